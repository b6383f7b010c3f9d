"""Where jobs run: on processes of this machine, on a Dask cluster, on the ranks of an MPI program.

A place is written as a number of processes, ``dask://HOST:PORT`` or ``mpi``. It changes no result: a
pool takes what can be pickled and gives it back, and parts are put together in the order of jobs.
The libraries of a cluster are imported when it is asked for, here and nowhere else.

A new kind of place: 1. a function here that opens it and closes it; 2. a line in `pool` and `cluster`;
3. an extra in ``pyproject.toml``; 4. a test beside those in ``tests/pools``.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, Executor, Future, wait
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from itertools import islice
from time import monotonic
from typing import Any, TypeVar
from urllib.parse import urlsplit

from sim.errors import KEPT, PoolError
from sim.experiment.processes import processes
from sim.experiment.versions import differing, series, versions
from sim.sources import HOME

T = TypeVar("T")
R = TypeVar("R")
Where = int | str

AHEAD = 2  # jobs under way or waiting for each worker: none is idle while a part is put away
CONNECT_S = 5
NO_WORKER_S = 30
SAME = "install the same versions, and the same sources of them, everywhere"
PACKAGES = ("alertpath", "numpy")
MPI = "mpi"
MPI_COMMAND = "mpiexec -n 3 python -P -m mpi4py.futures -m sim run SCENARIO --cluster mpi"


@dataclass(frozen=True)
class Pool:
    """Where jobs are handed in, and how many workers there are at the moment."""

    executor: Executor
    n_workers: Callable[[], int]


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
        return _here(where)
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
        raise PoolError(f"a worker, whose code is in {HOME}, has {other} — {SAME}")


@contextmanager
def _here(n_workers: int) -> Iterator[Pool]:
    with processes(n_workers) as executor:
        yield Pool(executor, lambda: n_workers)


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
    answers = client.get_versions(packages=[*PACKAGES])
    _refuse(where, {worker: _versions_of(answer) for worker, answer in answers["workers"].items()})
    codes = client.run(versions, ("code",), on_error="return")  # an older one cannot answer
    _refuse(where, {worker: answer if isinstance(answer, dict) else {"code": None} for worker, answer in codes.items()})


def _refuse(where: str, found: Mapping[str, Mapping[str, str | None]]) -> None:
    for worker, theirs in found.items():
        if other := differing(theirs, versions(theirs)):
            raise PoolError(f"{where}: the worker at {worker} has {other} — {SAME}")


def _versions_of(answer: Any) -> dict[str, str | None]:
    found = answer["packages"]
    return {**{name: found[name] for name in PACKAGES}, "python": series(found["python"])}


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
