"""Where jobs run: its order, its bounds, its ends, and what it refuses."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, wait
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from sim.errors import PoolError
from sim.experiment import execution, pools
from sim.experiment import run as experiment
from sim.experiment.execution import Execution
from sim.experiment.pools import AHEAD, Pool, cluster, in_order, pool, refuse_others
from sim.experiment.processes import processes, usable_cpus
from sim.experiment.run import jobs_of, run_jobs
from sim.experiment.versions import differing, series, versions
from sim.model.scenario import Scenario
from sim.scenario.loader import load_scenario, shipped_folder


class Counted(Executor):
    """Runs a job when it is handed in, and counts."""

    def __init__(self) -> None:
        self.n_submitted = 0

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.n_submitted += 1
        future: Future[Any] = Future()
        future.set_result(function(*args, **kwargs))
        return future


def test_results_come_in_the_order_of_jobs_whatever_the_order_in_which_they_end() -> None:
    with pool(2) as workers:
        assert list(in_order(workers, time.sleep, [0.2, 0, 0, 0])) == [None] * 4
        assert list(in_order(workers, abs, range(-5, 5))) == [5, 4, 3, 2, 1, 0, 1, 2, 3, 4]


def test_only_so_many_jobs_are_under_way_whatever_their_number() -> None:
    counted = Counted()
    for n_seen, _ in enumerate(in_order(Pool(counted, lambda: 3), abs, range(100_000)), start=1):
        assert counted.n_submitted - n_seen < AHEAD * 3
    assert n_seen == 100_000


def test_workers_that_join_are_given_work() -> None:
    counted = Counted()
    counts = iter([1, 5])
    results = in_order(Pool(counted, lambda: next(counts)), abs, range(100))
    next(results)
    assert counted.n_submitted == AHEAD
    next(results)
    assert counted.n_submitted == AHEAD * 5 + 1


class Waiting(Executor):
    """Takes work and never does it."""

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        return Future()


def test_a_pool_that_has_lost_all_workers_is_not_waited_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "NO_WORKER_S", 0.05)
    with pytest.raises(PoolError, match="no worker has been left for"):
        next(in_order(Pool(Waiting(), lambda: 0), abs, [1]))


def test_an_error_of_a_job_is_the_error_of_the_run_and_what_waits_is_not_begun(tmp_path: Path) -> None:
    paths = [tmp_path / str(number) for number in range(50)]
    with pytest.raises(FileNotFoundError), pool(2) as workers:
        list(in_order(workers, os.mkdir, [tmp_path / "absent" / "x", *paths]))
    assert len(list(tmp_path.iterdir())) < AHEAD * 2


def test_an_interrupt_does_not_wait_for_what_the_workers_are_at() -> None:
    def interrupted() -> None:
        with pool(2) as workers:
            next(in_order(workers, time.sleep, [0, 60, 60, 60]))
            raise KeyboardInterrupt

    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert time.monotonic() - started < 30


def test_a_worker_process_that_is_killed_is_told_in_words() -> None:
    with pytest.raises(PoolError, match="ended from outside or had no memory left"), pool(2) as workers:
        list(in_order(workers, os._exit, [9]))


KILLED_PARENT = """
import os
from sim.experiment.pools import pool
if __name__ == "__main__":
    with pool(2) as workers:
        futures = [workers.executor.submit(os.getpid) for _ in range(20)]
        print(*{future.result() for future in futures}, flush=True)
        os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks for processes in /proc")
def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(KILLED_PARENT)
    with (tmp_path / "out").open("w") as out:
        code = subprocess.run([sys.executable, script], stdout=out, check=False).returncode
    assert code == -9
    processes = [Path("/proc", number) for number in (tmp_path / "out").read_text().split()]
    assert processes
    deadline = time.monotonic() + 10
    while any(process.exists() for process in processes):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_workers_use_one_thread_each_and_this_process_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    code = "from sim.experiment.pools import pool\nimport os\nif __name__ == '__main__':\n    with pool(1) as p:\n"
    code += "        print(p.executor.submit(os.getenv, 'OMP_NUM_THREADS').result(), os.getenv('OMP_NUM_THREADS'))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.split() == ["1", "None"]


def test_no_more_processes_than_this_one_may_use_cpus() -> None:
    code = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})"
    code += "; from sim.experiment.processes import processes, usable_cpus; print(usable_cpus())"
    if not hasattr(os, "sched_setaffinity"):
        pytest.skip("this system does not say which CPUs a process may use")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHON_CPU_COUNT"}
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert result.stdout == "1\n"
    assert usable_cpus() >= 1


@pytest.fixture
def scenario(monkeypatch: pytest.MonkeyPatch) -> Scenario:
    monkeypatch.setattr(experiment, "BLOCK_WORK", 16)
    sets = {"replications": "40", "settings": "{count: 10, replications: 8}"}
    return load_scenario(shipped_folder() / "first-look.yaml", sets)


def test_parts_from_processes_are_those_from_here(scenario: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    here = list(run_jobs(scenario, jobs_of(scenario)))
    monkeypatch.setattr(execution, "START_S", 0)
    there = list(run_jobs(scenario, jobs_of(scenario), Execution(where=2)))
    assert [part.job for part in there] == list(jobs_of(scenario))
    for one, other in zip(here, there, strict=True):
        assert {arm: times.tolist() for arm, times in one.latency.items()} == {
            arm: times.tolist() for arm, times in other.latency.items()
        }
        assert one.tally.stages == other.tally.stages


def test_a_small_run_starts_no_process(scenario: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(execution, "START_S", 1000)
    monkeypatch.setattr(pools, "pool", None)
    assert len(list(run_jobs(scenario, jobs_of(scenario), Execution(where=8)))) == len(jobs_of(scenario))


@pytest.mark.parametrize("text", ["mpi", "dask://127.0.0.1:8786", "dask://node-1.local:1", "dask://[::1]:8786"])
def test_a_cluster_is_an_address_or_mpi(text: str) -> None:
    assert cluster(text) == text


@pytest.mark.parametrize(
    "text",
    ["", "dask", "127.0.0.1:8786", "dask://h", "dask://:1", "dask://h:x", "dask://h:99999", "dask://h:1/x", "MPI"],
)
def test_another_place_is_refused_with_the_form(text: str) -> None:
    with pytest.raises(PoolError, match="needs the form dask://HOST:PORT"):
        cluster(text)


@pytest.mark.parametrize(("place", "module"), [("dask://127.0.0.1:1", "distributed"), ("mpi", "mpi4py")])
def test_a_library_that_is_not_installed_is_named(place: str, module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    extra = place.split(":")[0]
    with pytest.raises(PoolError, match=rf"pip install 'alertpath\[{extra}\]'"), pool(place):
        pass


def test_another_version_refuses_to_work_and_says_which() -> None:
    refuse_others(versions())
    assert differing({**versions(), "numpy": None}, versions()) == f"numpy missing, not {versions()['numpy']}"
    with pytest.raises(PoolError, match=r"not 0\.0\.9 — install the same versions, and the same sources"):
        refuse_others({**versions(), "alertpath": "0.0.9"})


def test_of_python_the_series_counts() -> None:
    assert series("3.11.7.final.0") == series("3.11.9") == "3.11"


def test_a_pool_error_survives_pickling() -> None:
    assert str(pickle.loads(pickle.dumps(PoolError("gone")))) == "gone"


@pytest.mark.skipif(sys.platform == "win32", reason="what is written there ends with who writes it")
@pytest.mark.parametrize(
    ("ending", "error"),
    [("raise KeyboardInterrupt", "KeyboardInterrupt"), ("os.kill(worker, signal.SIGKILL)", "PoolError")],
    ids=["let go", "killed"],
)
def test_a_result_that_was_being_written_when_its_worker_ended_is_not_waited_for(ending: str, error: str) -> None:
    """Ten are: of a few megabytes each, at moments that fall into the writing of most."""
    script = f"""
import os, signal, time
from sim.errors import PoolError
from sim.experiment.processes import processes
for number in range(10):
    try:
        with processes(2) as pool:
            worker = pool.submit(os.getpid).result()
            futures = [pool.submit(bytes, 20_000_000) for _ in range(20)]
            time.sleep(0.02 + 0.01 * number)
            {ending}
            [future.result() for future in futures]
    except {error}:
        print(number)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == [str(number) for number in range(10)]


@pytest.mark.skipif(sys.platform == "win32", reason="workers are killed by a signal")
def test_a_worker_that_is_started_after_another_was_lost_is_ended_too() -> None:
    late = get_context("spawn").Process(target=time.sleep, args=(60,))

    def lost() -> None:
        with processes(2) as pool:
            os.kill(pool.submit(os.getpid).result(), signal.SIGKILL)
            wait([pool.submit(time.sleep, 60)])
            pool._executor_manager_thread.join(30)  # else it may be looking through the processes
            late.start()
            pool._processes[late.pid] = late
            late.join(30)
            pool.submit(os.getpid)

    with pytest.raises(PoolError):
        lost()
    assert late.exitcode == -signal.SIGKILL
