"""Same job, same bytes: whatever the engine, the workers, the order of hashes, and what NumPy finds in the CPU."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

from sim.experiment.engines import EngineName
from sim.experiment.execution import Execution, Keep
from sim.store.run import Run, load_run
from tests.examples import examples
from tests.one_run import run_once, scenario, small_blocks
from tests.stored import PROMISED, interrupt, promised_bytes, store

Usual = Callable[[Keep], Run]
Expected = Callable[[Keep], dict[str, str]]

ALL = ("columns", "compiled", "reference")
EVERY = examples(ALL, ["columns"])
KEEPS = ("paths", "summary")
ROOT = Path(__file__).parents[2]
FOUND = " ".join(name for name in __cpu_dispatch__ if __cpu_features__[name])


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Usual:
    """The run of the reference engine in one process, by what is kept."""
    return cache(lambda keep: run_once(tmp_path_factory.mktemp(keep), Execution("reference", keep)))


@pytest.fixture(scope="module")
def expected(usual: Usual) -> Expected:
    """What that run promises."""
    return cache(lambda keep: promised_bytes(usual(keep).path))


@pytest.mark.parametrize(
    ("engine", "n_workers", "keep"),
    examples(product(ALL, (1, 2, 7), KEEPS), [("columns", 2, "paths")]),
)
def test_engines_and_workers_do_not_show(
    n_workers: int, engine: EngineName, keep: Keep, expected: Expected, tmp_path: Path
) -> None:
    run = run_once(tmp_path, Execution(engine, keep), n_workers)
    assert run.provenance["engine"] == engine
    assert promised_bytes(run.path) == expected(keep)


@pytest.mark.parametrize(
    ("engine", "seed"), examples([("columns", "1"), ("reference", "1"), ("compiled", "2")], [("columns", "1")])
)
def test_the_order_of_hashes_does_not_show(engine: EngineName, seed: str, expected: Expected, tmp_path: Path) -> None:
    assert bytes_elsewhere(tmp_path, engine, PYTHONHASHSEED=seed) == expected("paths")


@pytest.mark.skipif(not FOUND, reason="NumPy has nothing here that could be taken away")
@pytest.mark.parametrize("engine", EVERY)
def test_what_numpy_finds_in_the_cpu_does_not_show(engine: EngineName, expected: Expected, tmp_path: Path) -> None:
    assert bytes_elsewhere(tmp_path, engine, NPY_DISABLE_CPU_FEATURES=FOUND) == expected("paths")


def bytes_elsewhere(folder: Path, engine: EngineName, **environment: str) -> object:
    command = [sys.executable, "-m", "tests.one_run", folder, engine, "paths", "1"]
    return json.loads(subprocess.check_output(command, cwd=ROOT, env={**os.environ, **environment}))


@pytest.mark.parametrize(("block_work", "engine"), examples(product((200, 100_000), ALL), [(200, "columns")]))
def test_the_size_of_blocks_shows_in_the_files_of_latencies_alone(
    block_work: int, engine: EngineName, usual: Usual, expected: Expected, tmp_path: Path
) -> None:
    other = load_run(run_once(tmp_path, Execution(engine), block_work=block_work).path)
    found, wanted = promised_bytes(other.path), expected("paths")
    assert {name for name in wanted if name in found and wanted[name] == found[name]} >= {*PROMISED}
    assert len(found) != len(wanted)
    for arm, latency in usual("paths").alerts.typical.items():
        assert np.array_equal(other.alerts.typical[arm], latency)
        assert np.array_equal(other.alerts.by_setting[arm], usual("paths").alerts.by_setting[arm])


@pytest.mark.slow
@pytest.mark.parametrize("keep", KEEPS)
def test_a_run_goes_on_under_another_engine(keep: Keep, expected: Expected, tmp_path: Path) -> None:
    with small_blocks():
        interrupt(scenario(), tmp_path, 5, Execution("compiled", keep))
        run = store(scenario(), tmp_path, how=Execution("reference", keep))
    assert promised_bytes(run.path) == expected(keep)
    assert run.provenance["engine"] == "compiled and reference"
    assert run.provenance["blocks"]["taken_up"] == 5
