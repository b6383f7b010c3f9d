"""How a function of the Python interface is called: what it cannot take is told as the command line tells it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from inspect import BoundArguments, Parameter, Signature, signature
from os import PathLike, fspath
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from sim.asking.option import refuse
from sim.errors import SimError
from sim.scenario.document import shown

P = ParamSpec("P")
T = TypeVar("T")


def plainly(function: Callable[P, T]) -> Callable[P, T]:
    """The function, which answers a call that it cannot take with a `SimError`."""
    takes = signature(function)

    @wraps(function)
    def called(*given: P.args, **options: P.kwargs) -> T:
        bound(function.__name__, takes, given, options)
        return function(*given, **options)

    return called


def bound(name: str, takes: Signature, given: Sequence[Any], options: Mapping[str, Any]) -> BoundArguments:
    """The arguments of a call by name.

    Raises
    ------
    SimError : an option is unknown, an argument lacks its name or is given twice, or the scenario is missing.
    """
    refuse([option for option in options if option not in takes.parameters], [*takes.parameters])
    try:
        return takes.bind(*given, **options)
    except TypeError as error:
        raise SimError(f"sim.{name}: {error} — {_form(name, takes)}") from None


def path_of(name: str, given: object) -> Path:
    """A path that was given as text or as a path.

    Raises
    ------
    SimError : it is neither; names the argument.
    """
    if not isinstance(given, str | PathLike) or not isinstance(fspath(given), str):
        raise SimError(f"{name} {shown(given)}: needs a path, as text or as a Path")
    return Path(given)


def text_of(name: str, given: object) -> str:
    """A text that was given.

    Raises
    ------
    SimError : it is none; names the argument.
    """
    if not isinstance(given, str):
        raise SimError(f"{name} {shown(given)}: needs text")
    return given


def _form(name: str, takes: Signature) -> str:
    """How it is called."""
    every = takes.parameters.values()
    alone = [one.name for one in every if one.kind is not Parameter.KEYWORD_ONLY]
    named = [one.name for one in every if one.kind is Parameter.KEYWORD_ONLY]
    form = f"write sim.{name}({', '.join([*alone, *(['NAME=VALUE'] if named else [])])})"
    which = "one of " if len(named) > 1 else ""
    return f"{form}, NAME is {which}{', '.join(named)}" if named else form
