"""Processes of this machine: they run the code of the process that asks, and no file of the folder one stands in.

Where that is safe they are copies of this process, there at once and with all that it has loaded. Others are started
by Python. Left alone, those look for modules in the folder one stands in first, and run the main script again. There
a second checkout may lie, or a file called like a library, and a script has nothing that a job needs. So they look
where this one does, and have an empty main module.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from importlib import import_module
from multiprocessing import connection, get_all_start_methods, get_context
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from types import ModuleType
from typing import Any, ParamSpec, TypeVar

from sim.errors import KEPT, PoolError

P = ParamSpec("P")
R = TypeVar("R")
V = TypeVar("V")

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
MOST_ON_WINDOWS = 61  # processes that Windows can wait for at once: Python refuses more
PR_SET_PDEATHSIG = 1
LOOK_S = 0.2  # for a process that was lost
LOST = f"a worker process was ended from outside or had no memory left; {KEPT} — try fewer --workers"
OF_ENDS = "ignore:resource_tracker"  # Python's guard cleans up after a process that was killed, and need not say so


def usable_cpus() -> int:
    """The CPUs that this process may use, which can be fewer than the machine has."""
    process_cpu_count = getattr(os, "process_cpu_count", None)  # from Python 3.13 on
    if process_cpu_count is not None:
        return process_cpu_count() or 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def processes(n_workers: int) -> Iterator[ProcessPoolExecutor]:
    """Processes of this machine, one thread each, that end when this process does, however it ends.

    Raises
    ------
    PoolError : one of them was lost.
    """
    context = _start_method()
    there, here = context.Pipe(duplex=False)
    n_started = min(n_workers, MOST_ON_WINDOWS) if sys.platform == "win32" else n_workers
    executor = _Processes(n_started, context, there, here)
    try:
        yield executor
    except BrokenExecutor:
        raise PoolError(LOST) from None
    except BaseException:
        here.close()  # nobody waits for what the workers are at
        executor.give_up()
        raise
    finally:
        executor.close()
        here.close()
        there.close()


class _Processes(ProcessPoolExecutor):
    """Processes are started as work is handed in, and end with the first of them that is lost."""

    def __init__(self, n_workers: int, context: BaseContext, there: Connection, here: Connection) -> None:
        super().__init__(n_workers, context, initializer=_settle, initargs=(there, here))
        self._is_over, self._guard = threading.Event(), threading.Thread(target=self._end_with_one, daemon=True)

    def submit(self, function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        try:
            with as_ours_start():
                future = super().submit(function, *args, **kwargs)
        except (EOFError, OSError) as error:
            raise BrokenExecutor("the server of workers was lost") from error
        if self._guard.ident is None:
            self._guard.start()  # not before there are copies, which a thread forbids
        return future

    def close(self) -> None:
        """End the processes; what waits is not begun."""
        super().shutdown(wait=True, cancel_futures=True)
        self._is_over.set()
        if self._guard.ident is not None:
            self._guard.join()

    def _end_with_one(self) -> None:
        """One that is killed may leave half a result, or the lock of what is sent: the others would wait with Python.

        It looks again and again, since nothing tells it of a process that is started later.
        """
        while not self._is_over.wait(LOOK_S):
            ours = [*(self._processes or {}).values()]
            if any(process.exitcode for process in ours):
                for process in ours:
                    process.kill()
                self.give_up()

    def give_up(self) -> None:
        """Wait for no result: of one that a worker was writing when it ended the rest would be waited for, for ever.

        It is as if this process might go on writing it, until it closes its own end of their pipe.
        """
        results: Any = getattr(self, "_result_queue", None)
        if results is not None:
            with suppress(OSError):  # another thread closes it
                results._writer.close()


def _start_method() -> BaseContext:
    """How processes start: as copies of this one, else a server imports everything once, and each is a copy of it.

    Measured on two CPUs until all are ready: copies 0.01 s; of a server 2 workers 0.50 s against 0.65 s of spawn,
    8 workers 0.51 s against 2.2 s.
    """
    if may_copy():
        return get_context("fork")
    make_ready(("sim.experiment.run",))
    return get_context("forkserver" if _has_server() else "spawn")


def may_copy() -> bool:
    """Whether processes may be copies of this one: a lock that another thread holds would be held in a copy for good.

    Libraries have threads that Python does not know; those of linear algebra let themselves be copied. What macOS
    draws and multiplies with does not.
    """
    is_able = sys.platform == "linux" and "fork" in get_all_start_methods()
    return is_able and threading.active_count() == 1


def make_ready(modules: Sequence[str]) -> None:
    """Start the server with what its workers will need, unless it runs; it imports while this process goes on."""
    if hasattr(signal, "pthread_sigmask"):
        import_module("multiprocessing.resource_tracker").ensure_running()  # as it starts it lets Ctrl-C be heard again
    if _has_server():
        get_context("forkserver").set_forkserver_preload([*modules])
        with as_ours_start():
            import_module("multiprocessing.forkserver").ensure_running()


def _has_server() -> bool:
    return "forkserver" in get_all_start_methods()


@contextmanager
def as_ours_start() -> Iterator[None]:
    """What is started meanwhile looks for modules where this process does, has one thread, and is deaf to Ctrl-C.

    A copy has loaded what it needs; it keeps an empty main module, which is not sought again, and is deaf as well.
    """
    begun_in = import_module("multiprocessing.process").ORIGINAL_DIR
    where = os.pathsep.join(entry or begun_in for entry in sys.path if isinstance(entry, str))
    unsaid = dict.fromkeys((name for name in ONE_THREAD if name not in os.environ), "1")
    quiet = ",".join(filter(None, (os.environ.get("PYTHONWARNINGS"), OF_ENDS)))
    values = {**unsaid, "PYTHONSAFEPATH": "1", "PYTHONPATH": where, "PYTHONWARNINGS": quiet}
    with (
        _replaced(os.environ, values),
        _replaced(sys.modules, {"__main__": ModuleType("__main__")}),
        _ctrl_c_after(),
        _deaf_to_ctrl_c(),
        warnings.catch_warnings(),
    ):
        warnings.filterwarnings("ignore", message=".*use of fork", category=DeprecationWarning)  # see `may_copy`
        yield


@contextmanager
def _replaced(mapping: MutableMapping[str, V], values: Mapping[str, V]) -> Iterator[None]:
    before = {name: mapping[name] for name in values if name in mapping}
    mapping.update(values)
    try:
        yield
    finally:
        for name in values.keys() - before.keys():
            del mapping[name]
        mapping.update(before)


@contextmanager
def _ctrl_c_after() -> Iterator[None]:
    """This process hears of Ctrl-C after: a worker that is half started would be nobody's, and fail in a traceback.

    To block the signal is not enough: another thread takes it, and Python still stops this one.
    """
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        yield
        return
    heard: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if heard:
            signal.raise_signal(signal.SIGINT)


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """What starts meanwhile never hears of Ctrl-C, not even while it imports."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _settle(there: Connection, here: Connection) -> None:
    """Ctrl-C is the parent's, which tells its workers; the end that it closes is its alone."""
    end_with_parent()
    here.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, args=(there,), daemon=True).start()


def end_with_parent() -> None:
    """Let the system end this process with the one that started it, even where this one is stopped or too busy.

    What it holds of that one, the lock of a run among it, is free at once.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _end_with_parent(there: Connection) -> None:
    """The pipe ends when the parent closes it or is killed; idle workers hold both ends of their own queue."""
    connection.wait([there])
    os._exit(1)
