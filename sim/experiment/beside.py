"""A copy of this process that does one thing after another while this one goes on, and hands back what it finds.

It is for what a command has two of to do at once. Many alike things are for a pool (`sim.experiment.pools`), which
needs a thread of this process; that one has none, so that either process can still be copied.
"""

from __future__ import annotations

import gc
import pickle
import signal
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, ParamSpec, Protocol, TypeVar

from sim.errors import PoolError
from sim.experiment.processes import LOST, as_ours_start, end_with_parent, make_ready, may_copy

P = ParamSpec("P")
R = TypeVar("R")


class Beside(Protocol):
    """Who does a thing that is begun; its result, or its error, comes when it is asked for."""

    def begin(self, function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Callable[[], R]: ...


class Here:
    """This process, when the result is asked for."""

    def begin(self, function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Callable[[], R]:
        return partial(function, *args, **kwargs)


HERE = Here()


class Copy:
    """Another process, at once; the result of one thing is taken before the next is begun."""

    def __init__(self, connection: Connection) -> None:
        self._connection, self._is_at_work = connection, False

    def begin(self, function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Callable[[], R]:
        if self._is_at_work:
            raise RuntimeError("the result of what was begun before has not been taken")
        self._is_at_work = True
        try:
            self._connection.send(partial(function, *args, **kwargs))
        except OSError:
            raise PoolError(LOST) from None
        return self._result

    def _result(self) -> Any:
        try:
            result, error = self._connection.recv()
        except (EOFError, OSError):
            raise PoolError(LOST) from None
        self._is_at_work = False
        if error:
            raise error
        return result


@contextmanager
def beside(modules: Sequence[str], later: Sequence[str] = (), *, is_wanted: bool = True) -> Iterator[Beside]:
    """Another process if it is wanted, or this one where there can be no copy of it.

    Parameters
    ----------
    modules : imported there at once, while this process does what comes before the first thing.
    later : imported there once the first thing is done, whenever nothing is asked. Where there is no copy both are for
        the server of workers.

    Raises
    ------
    PoolError : it was ended from outside.
    """
    copy = _copied(modules, later) if is_wanted and may_copy() else None
    if copy is None:
        if is_wanted and not may_copy():
            make_ready([*modules, *later])
        yield HERE
        return
    process, ours = copy
    try:
        yield Copy(ours)
    finally:
        process.kill()  # nobody waits for what it is at
        ours.close()
        process.join()


def _copied(modules: Sequence[str], later: Sequence[str]) -> tuple[BaseProcess, Connection] | None:
    """A copy of this process and the way to it; None where the system has no room for another."""
    context = get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(ours, theirs, modules, later))
    with theirs:
        try:
            with as_ours_start():
                process.start()
        except OSError:
            ours.close()
            return None
    return process, ours


def _serve(ours: Connection, theirs: Connection, modules: Sequence[str], later: Sequence[str]) -> None:
    """Do what is asked until nobody can ask any more."""
    end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is the parent's, which ends this process
    ours.close()
    for name in modules:
        _load(name)
    left = iter(later)
    with suppress(EOFError, OSError):
        while True:
            gc.freeze()  # what is loaded stays, and need not be looked through for rubbish
            theirs.send_bytes(_done(theirs.recv()))
            while not theirs.poll() and (name := next(left, "")):
                _load(name)


def _load(name: str) -> None:
    with suppress(ImportError):  # told by whoever needs it
        import_module(name)


def _done(asked: Callable[[], object]) -> bytes:
    """A result and no error, or none and the error, be it that of a result that does not travel."""
    try:
        return pickle.dumps((asked(), None))
    except Exception as error:
        error.add_note(traceback.format_exc())  # which does not travel
        return pickle.dumps((None, error))
