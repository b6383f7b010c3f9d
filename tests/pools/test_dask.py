"""A real scheduler with two worker processes, on 127.0.0.1: same bytes, lost workers, wrong workers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli import cli
from sim.errors import PoolError
from sim.experiment import pools
from sim.experiment import run as experiment
from sim.experiment.execution import Execution
from sim.experiment.pools import in_order, pool
from sim.experiment.run import jobs_of, run_jobs
from sim.experiment.versions import CODE
from tests.pools.copies import copied
from tests.stored import BLOCK_WORK, N_BLOCKS, promised_bytes, small_scenario, store

distributed = pytest.importorskip("distributed", reason="needs the extra alertpath[dask]")


@dataclass
class Cluster:
    """Processes that this test started, and where the scheduler is."""

    folder: Path
    processes: list[subprocess.Popen[bytes]]

    @property
    def address(self) -> str:
        return json.loads(self._file.read_text())["address"]

    @property
    def place(self) -> str:
        return self.address.replace("tcp://", "dask://")

    @property
    def _file(self) -> Path:
        return self.folder / "scheduler.json"

    def start(self, role: str, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        common = [Path(sys.executable).with_name("dask"), role, "--host", "127.0.0.1", "--no-dashboard"]
        log = (self.folder / f"{role}-{len(self.processes)}.log").open("wb")
        command = [*common, "--scheduler-file", self._file, *arguments]
        with log:
            process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, **environment})
        self.processes.append(process)
        return process

    def start_worker(self, **environment: str) -> subprocess.Popen[bytes]:
        own = ("--name", f"worker-{len(self.processes)}", "--local-directory", str(self.folder))
        return self.start("worker", "--nthreads", "1", "--no-nanny", "--memory-limit", "0", *own, **environment)

    def wait_for_workers(self, n_workers: int) -> None:
        with distributed.Client(self.address, timeout=30, set_as_default=False) as client:
            client.wait_for_workers(n_workers, timeout=30)

    def kill_at_work(self, worker: subprocess.Popen[bytes]) -> list[str]:
        """Kill a worker while it holds tasks; gives those, none if it held none and lives on."""
        worker.send_signal(signal.SIGSTOP)
        with distributed.Client(self.address, timeout=30, set_as_default=False) as client:
            addresses = {one["name"]: address for address, one in client.scheduler_info()["workers"].items()}
            held = [str(task) for task in client.processing()[addresses[f"worker-{self.processes.index(worker)}"]]]
        worker.send_signal(signal.SIGKILL if held else signal.SIGCONT)
        return held

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()


@pytest.fixture
def bare(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Cluster]:
    """A scheduler without workers; a parameter is its environment."""
    cluster = Cluster(tmp_path, [])
    cluster.start("scheduler", "--port", "0", **getattr(request, "param", {}))
    deadline = time.monotonic() + 30
    while not cluster._file.exists():
        assert time.monotonic() < deadline, (tmp_path / "scheduler-0.log").read_text()
        time.sleep(0.05)
    yield cluster
    cluster.stop()


@pytest.fixture
def two(bare: Cluster) -> Cluster:
    """A scheduler with two workers of one thread each."""
    bare.start_worker()
    bare.start_worker()
    bare.wait_for_workers(2)
    return bare


@pytest.fixture(autouse=True)
def _many_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(experiment, "BLOCK_WORK", BLOCK_WORK)


@pytest.mark.slow
def test_a_run_that_loses_a_worker_in_the_middle_gives_the_bytes_of_one_core(two: Cluster, tmp_path: Path) -> None:
    expected = promised_bytes(store(small_scenario(), tmp_path / "one").path)
    done: list[int] = []
    lost: list[str] = []

    def kill_one(n_replications: int) -> None:
        done.append(n_replications)
        if len(done) >= 5 and not lost:
            lost.extend(two.kill_at_work(two.processes[-1]))

    run = store(small_scenario(), tmp_path / "dask", Execution(where=two.place, watch=kill_one))
    assert lost
    assert two.processes[-1].wait(10) == -signal.SIGKILL
    assert len(done) == len(jobs_of(run.scenario)) == N_BLOCKS
    assert promised_bytes(run.path) == expected


@pytest.mark.slow
def test_the_command_runs_on_a_cluster_and_notes_where(two: Cluster, tmp_path: Path) -> None:
    command = ["run", "first-look", "--replications", "900", "--settings", "4", "--quiet", "--out", str(tmp_path)]
    path = Path(CliRunner().invoke(cli, [*command, "--cluster", two.place], catch_exceptions=False).output.strip())
    one = store(small_scenario(replications="900", settings="4"), tmp_path / "one")
    assert promised_bytes(path) == promised_bytes(one.path)
    assert json.loads((path / "provenance.json").read_text())["where"] == two.place


@pytest.mark.slow
@pytest.mark.parametrize("bare", [{"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}], indirect=True)
def test_a_block_that_loses_more_workers_than_allowed_stops_the_run(bare: Cluster) -> None:
    bare.start_worker()
    bare.wait_for_workers(1)
    with pytest.raises(PoolError, match="a block lost one worker after another"), pool(bare.place) as workers:
        list(in_order(workers, os._exit, [9]))


@pytest.mark.slow
def test_a_cluster_without_workers_left_is_not_waited_for_without_end(
    bare: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pools, "NO_WORKER_S", 2)
    bare.start_worker()
    bare.wait_for_workers(1)
    with pytest.raises(PoolError, match="no worker has been left for 2 s"), pool(bare.place) as workers:
        list(in_order(workers, os._exit, [9]))


@pytest.mark.slow
def test_leaving_early_leaves_nothing_on_the_cluster(two: Cluster) -> None:
    scenario = small_scenario()
    parts = run_jobs(scenario, jobs_of(scenario), Execution(where=two.place))
    next(parts)
    parts.close()
    with distributed.Client(two.address, timeout=5, set_as_default=False) as client:
        deadline = time.monotonic() + 10
        while any(client.run_on_scheduler(_task_names)):
            assert time.monotonic() < deadline
            time.sleep(0.05)


def _task_names(dask_scheduler: object) -> list[str]:
    return list(dask_scheduler.tasks)  # type: ignore[attr-defined]


@pytest.mark.slow
def test_a_scheduler_that_is_lost_is_told_in_words(two: Cluster) -> None:
    scenario = small_scenario()
    parts = run_jobs(scenario, jobs_of(scenario), Execution(where=two.place))
    next(parts)
    two.processes[0].kill()
    with pytest.raises(PoolError, match="the scheduler was lost"):
        list(parts)


@pytest.mark.slow
def test_a_worker_with_another_version_is_refused_by_name(bare: Cluster, tmp_path: Path) -> None:
    metadata = tmp_path / "older" / "alertpath-0.0.9.dist-info" / "METADATA"
    metadata.parent.mkdir(parents=True)
    metadata.write_text("Metadata-Version: 2.1\nName: alertpath\nVersion: 0.0.9\n")
    bare.start_worker(PYTHONPATH=str(tmp_path / "older"))
    bare.wait_for_workers(1)
    with (
        pytest.raises(PoolError, match=r"the worker at tcp://127\.0\.0\.1:\d+ has alertpath 0\.0\.9, not"),
        pool(bare.place),
    ):
        pass


@pytest.mark.slow
def test_a_worker_with_other_code_of_the_same_version_is_refused(bare: Cluster, tmp_path: Path) -> None:
    changed = copied(tmp_path / "other") / "experiment" / "simulate.py"
    changed.write_text(f"{changed.read_text()}\n")
    bare.start_worker(PYTHONPATH=str(tmp_path / "other"))
    bare.wait_for_workers(1)
    with (
        pytest.raises(PoolError, match=rf"the worker at tcp://.* has code \w+, not {CODE} — install"),
        pool(bare.place),
    ):
        pass


def test_a_scheduler_without_workers_says_how_to_start_them(bare: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "CONNECT_S", 1)
    with pytest.raises(PoolError, match=r"has no workers — start some with dask worker 127\.0\.0\.1"), pool(bare.place):
        pass


def test_no_scheduler_is_told_within_seconds_with_how_to_start_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "CONNECT_S", 1)
    started = time.monotonic()
    message = "no scheduler answers within 1 s — start one with dask scheduler --port 9"
    with pytest.raises(PoolError, match=message), pool("dask://127.0.0.1:9"):
        pass
    assert time.monotonic() - started < 5
