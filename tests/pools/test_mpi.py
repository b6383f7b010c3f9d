"""A real MPI program of three ranks on this machine: same bytes, and what it refuses."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sim.errors import PoolError
from sim.experiment.pools import pool
from sim.sources import HOME
from tests.pools.copies import copied
from tests.stored import promised_bytes, small_scenario, store

pytest.importorskip("mpi4py", reason="needs the extra alertpath[mpi]")

QUICK = ("run", "first-look", "--replications", "40000", "--settings", "4", "--quiet")  # four blocks
# MPICH stays on the loopback interface; Open MPI starts more ranks than CPUs, and as any user
ENVIRONMENT = {
    "HYDRA_IFACE": "lo",
    "OMPI_ALLOW_RUN_AS_ROOT": "1",
    "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
    "OMPI_MCA_btl_tcp_if_include": "lo",
    "OMPI_MCA_rmaps_base_oversubscribe": "1",
    "PRTE_MCA_rmaps_default_mapping_policy": ":oversubscribe",
}


def mpiexec() -> str:
    """The launcher of the MPI library that mpi4py finds: that of this environment, else of the system."""
    beside = Path(sys.executable).with_name("mpiexec")
    found = str(beside) if beside.exists() else shutil.which("mpiexec")
    if found is None:
        pytest.skip("there is no mpiexec: install mpich or Open MPI")
    return found


def ranks(n_ranks: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    return started("-n", str(n_ranks), sys.executable, *arguments)


def started(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **ENVIRONMENT}
    return subprocess.run(
        [mpiexec(), *arguments], capture_output=True, text=True, check=False, timeout=60, env=environment
    )


@pytest.mark.slow
def test_three_ranks_give_the_bytes_of_one_core(tmp_path: Path) -> None:
    many = ranks(3, "-m", "mpi4py.futures", "-m", "sim", *QUICK, "--cluster", "mpi", "--out", str(tmp_path / "many"))
    assert many.returncode == 0, many.stderr
    path = Path(many.stdout.strip())
    one = store(small_scenario(replications="40000", settings="4"), tmp_path / "one")
    assert promised_bytes(path) == promised_bytes(one.path)
    assert json.loads((path / "provenance.json").read_text())["where"] == "mpi"


@pytest.mark.slow
def test_a_rank_with_other_code_is_refused(tmp_path: Path) -> None:
    changed = copied(tmp_path / "other") / "experiment" / "simulate.py"
    changed.write_text(f"{changed.read_text()}\n")
    rank = [
        sys.executable,
        "-P",
        "-m",
        "mpi4py.futures",
        "-m",
        "sim",
        *QUICK,
        "--cluster",
        "mpi",
        "--out",
        str(tmp_path),
    ]
    ours, other = (["-n", "1", "env", f"PYTHONPATH={place}", *rank] for place in (HOME.parent, tmp_path / "other"))
    told = started(*ours, ":", *other)
    assert told.returncode == 2, told.stderr
    assert f"a worker, whose code is in {tmp_path / 'other' / 'sim'}, has code" in told.stderr


def test_wrong_input_ends_every_rank() -> None:
    result = ranks(2, "-m", "mpi4py.futures", "-m", "sim", "run", "frist-look", "--cluster", "mpi")
    assert result.returncode == 2
    assert 'did you mean "first-look"?' in result.stderr


def test_one_rank_alone_is_told_how_to_start() -> None:
    result = ranks(1, "-m", "mpi4py.futures", "-m", "sim", *QUICK, "--cluster", "mpi")
    assert result.returncode == 2
    assert "needs at least two ranks — start with mpiexec -n 3 python -P -m mpi4py.futures -m sim run" in result.stderr


def test_without_mpiexec_it_is_told_how_to_start() -> None:
    with (
        pytest.raises(PoolError, match=r"start with mpiexec -n 3 python -P -m mpi4py\.futures -m sim run"),
        pool("mpi"),
    ):
        pass
