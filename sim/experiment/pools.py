"""Where jobs run: on processes of this machine, on a Dask cluster, on the ranks of an MPI program.

A place is written as a number of processes, ``dask://HOST:PORT`` or ``mpi``. It changes no result: a
pool takes what can be pickled and gives it back, and parts are put together in the order of jobs.
The libraries of a cluster are imported when it is asked for, here and nowhere else.

A new kind of place: 1. a function here that opens it and closes it; 2. a line in `pool` and `cluster`;
3. an extra in ``pyproject.toml``; 4. a test beside those in ``tests/pools``.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor, wait
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from itertools import islice
from multiprocessing import connection, get_all_start_methods, get_context
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from time import monotonic
from typing import Any, TypeVar
from urllib.parse import urlsplit

from sim.errors import PoolError
from sim.experiment.versions import differing, series, versions

T = TypeVar("T")
R = TypeVar("R")
Where = int | str

AHEAD = 2  # jobs under way or waiting for each worker: none is idle while a part is put away
CONNECT_S = 5
NO_WORKER_S = 30
MPI = "mpi"
MPI_COMMAND = "mpiexec -n 3 python -m mpi4py.futures -m sim run SCENARIO --cluster mpi"
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
KEPT = "what is finished is kept, and the same command goes on from there"


@dataclass(frozen=True)
class Pool:
    """Where jobs are handed in, and how many workers there are at the moment."""

    executor: Executor
    n_workers: Callable[[], int]


def usable_cpus() -> int:
    """The CPUs that this process may use, which can be fewer than the machine has."""
    process_cpu_count = getattr(os, "process_cpu_count", None)  # from Python 3.13 on
    if process_cpu_count is not None:
        return process_cpu_count() or 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def cluster(text: str) -> str:
    """A cluster as it was given, if it is one.

    Raises
    ------
    PoolError : it is neither ``dask://HOST:PORT`` nor ``mpi``.
    """
    if text == MPI or _is_dask_address(text):
        return text
    raise PoolError(f"--cluster {text}: needs the form dask://HOST:PORT, e.g. dask://127.0.0.1:8786, or mpi")


def _is_dask_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        is_bare = not (parts.path or parts.query or parts.fragment or "@" in parts.netloc)
        return parts.scheme == "dask" and bool(parts.hostname) and bool(parts.port) and is_bare
    except ValueError:  # a port that is no port
        return False


def pool(where: Where) -> AbstractContextManager[Pool]:
    """Open the place where jobs run; what waits when it is left is not begun.

    Raises
    ------
    PoolError : the place cannot be reached, does not fit, or was lost.
    """
    if isinstance(where, int):
        return _processes(where)
    return _ranks() if where == MPI else _dask(where)


def in_order(workers: Pool, function: Callable[[T], R], jobs: Iterable[T]) -> Iterator[R]:
    """What the function gives for each job, in their order; so many under way, whatever their number."""
    waiting: deque[Future[R]] = deque()
    rest = iter(jobs)
    while True:
        n_wanted = AHEAD * max(1, workers.n_workers()) - len(waiting)
        waiting.extend(workers.executor.submit(function, job) for job in islice(rest, max(0, n_wanted)))
        if not waiting:
            return
        yield _result(workers, waiting.popleft())


def spread(
    function: Callable[[T], R], jobs: Sequence[T], where: Where, here_s: float, ours: dict[str, str]
) -> Generator[R]:
    """What the function gives for each job, in their order, wherever they run.

    On this machine jobs begin in this process, and go on in others after ``here_s`` seconds, which is what it
    takes to start those: few jobs never wait for processes, and many lose no more than that. Elsewhere a job
    runs only where the versions are ``ours``, so that the same job gives the same bytes.
    """
    n_done = 0
    if isinstance(where, int):
        until = monotonic() + here_s
        while n_done < len(jobs) and (where <= 1 or n_done + 1 == len(jobs) or monotonic() < until):
            yield function(jobs[n_done])
            n_done += 1
    if n_done < len(jobs):
        with pool(where) as workers:
            yield from in_order(workers, partial(_alike, ours, function), islice(jobs, n_done, None))


def _alike(ours: dict[str, str], function: Callable[[T], R], job: T) -> R:
    """Workers may have joined late."""
    refuse_others(ours)
    return function(job)


def _result(workers: Pool, future: Future[R]) -> R:
    """A result, unless nobody is left who could give it."""
    while not wait([future], NO_WORKER_S).done:
        if workers.n_workers() == 0:
            raise PoolError(f"no worker has been left for {NO_WORKER_S} s; {KEPT} when there are workers again")
    return future.result()


def refuse_others(ours: dict[str, str]) -> None:
    """Refuse to work for a run that other versions began."""
    if other := differing(versions(ours), ours):
        raise PoolError(f"a worker has {other} — install the same versions everywhere")


@contextmanager
def _processes(n_workers: int) -> Iterator[Pool]:
    """Processes of this machine, one thread each, that end when this process does, however it ends."""
    context = _start_method()
    there, here = context.Pipe(duplex=False)
    executor = ProcessPoolExecutor(n_workers, context, initializer=_settle, initargs=(there,))
    try:
        yield Pool(executor, lambda: n_workers)
    except BrokenExecutor:
        raise PoolError(
            f"a worker process was ended from outside or had no memory left; {KEPT} — try fewer --workers "
            '(a script of your own needs if __name__ == "__main__")'
        ) from None
    except BaseException:
        here.close()  # nobody waits for what the workers are at
        raise
    finally:
        executor.shutdown(wait=True, cancel_futures=True)
        here.close()
        there.close()


def _start_method() -> BaseContext:
    """How processes start: a server imports everything once, and each worker is a copy of it.

    Measured on two CPUs until all are ready: 2 workers 0.50 s against 0.65 s of spawn, 8 workers
    0.51 s against 2.2 s. Copies of this process itself would be ready in 0.01 s, but it has threads.
    """
    make_ready(("sim.experiment.run",))
    return get_context("forkserver" if _has_server() else "spawn")


def make_ready(modules: Sequence[str]) -> None:
    """Start the server with what its workers will need, unless it runs; it imports while this process goes on."""
    if _has_server():
        get_context("forkserver").set_forkserver_preload([*modules])
        with _one_thread_each(), _deaf_to_ctrl_c():
            import_module("multiprocessing.forkserver").ensure_running()


def _has_server() -> bool:
    return "forkserver" in get_all_start_methods()


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Libraries that read their number of threads when they are imported find 1, unless the user said."""
    added = [name for name in ONE_THREAD if name not in os.environ]
    os.environ.update(dict.fromkeys(added, "1"))
    try:
        yield
    finally:
        for name in added:
            del os.environ[name]


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """What starts meanwhile never hears of Ctrl-C, not even while it imports; this process hears of it after."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    import_module("multiprocessing.resource_tracker").ensure_running()  # which would hear of it again as it starts
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _settle(there: Connection) -> None:
    """Ctrl-C is the parent's, which tells its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, args=(there,), daemon=True).start()


def _end_with_parent(there: Connection) -> None:
    """The pipe ends when the parent closes it or is killed; idle workers hold both ends of their own queue."""
    connection.wait([there])
    os._exit(1)


def _extra(module: str, extra: str) -> Any:
    try:
        return import_module(module)
    except (ImportError, RuntimeError) as error:  # mpi4py without an MPI library: RuntimeError
        raise PoolError(f"--cluster {extra}: needs pip install 'alertpath[{extra}]' ({error})") from None


@contextmanager
def _dask(where: str) -> Iterator[Pool]:
    """A Dask cluster. A task whose worker is lost is run again by Dask, up to its allowed failures."""
    distributed = _extra("distributed", "dask")
    client = _connected(distributed, where)
    try:
        _refuse_other_workers(client, where)
        executor = client.get_executor()
        try:
            yield Pool(executor, lambda: sum(client.nthreads().values()))
        finally:
            executor.shutdown(wait=False)
    except distributed.KilledWorker:
        raise PoolError(
            f"{where}: a block lost one worker after another, as with too little memory; {KEPT} — give workers more"
        ) from None
    except (CancelledError, OSError) as error:
        raise PoolError(f"{where}: the scheduler was lost ({error}); {KEPT} when it is there again") from None
    finally:
        client.close()


def _connected(distributed: Any, where: str) -> Any:
    address = where.removeprefix("dask://")
    try:
        client = distributed.Client(f"tcp://{address}", timeout=CONNECT_S, set_as_default=False)
    except OSError:
        port = address.rpartition(":")[2]
        raise PoolError(
            f"{where}: no scheduler answers within {CONNECT_S} s — start one with dask scheduler --port {port}"
        ) from None
    try:
        client.wait_for_workers(1, timeout=CONNECT_S)
    except TimeoutError:
        client.close()
        raise PoolError(
            f"{where}: the scheduler has no workers — start some with dask worker {address} --nthreads 1 --nworkers N"
        ) from None
    return client


def _refuse_other_workers(client: Any, where: str) -> None:
    """Ask before anything is sent, since another version may not even be able to read it."""
    answers = client.get_versions(packages=[name for name in versions() if name != "python"])
    ours = _versions_of(answers["client"])
    for worker, answer in answers["workers"].items():
        if other := differing(_versions_of(answer), ours):
            raise PoolError(f"{where}: the worker at {worker} has {other} — install the same versions everywhere")


def _versions_of(answer: Any) -> dict[str, str]:
    found = {name: answer["packages"][name] for name in versions()}
    return {**found, "python": series(found["python"])}


@contextmanager
def _ranks() -> Iterator[Pool]:
    """The other ranks of an MPI program; rank 0 is this process."""
    _extra("mpi4py", "mpi")
    is_started = "mpi4py.futures" in sys.orig_argv  # asked first: the next line needs an MPI library
    if not is_started or _extra("mpi4py.MPI", "mpi").COMM_WORLD.Get_size() < 2:
        raise PoolError(f"--cluster mpi: needs at least two ranks — start with {MPI_COMMAND}")
    futures = import_module("mpi4py.futures")
    executor = futures.MPIPoolExecutor(main=False)
    n_workers = executor.num_workers
    try:
        yield Pool(executor, lambda: n_workers)
    finally:
        executor.shutdown(wait=True, cancel_futures=True)
