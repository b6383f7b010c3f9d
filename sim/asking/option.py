"""What may be asked of a study: a flag of the command line and an argument in Python, checked in one place."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sim.analysis.measures import Measure
from sim.errors import SimError
from sim.scenario.document import of_python, printable, shown, suggestion

Form = Literal["text", "path", "number", "choice", "flag"]


@dataclass(frozen=True)
class Option:
    """One option.

    name : of the argument; `flag` : on the command line; `metavar` : what stands behind that in help.
    least, most : of a number; choices : of a choice, and `make` : what a study has one as.
    is_many : may be given several times; is_argument : stands on the command line without its flag.
    """

    name: str
    flag: str
    help: str
    form: Form = "text"
    default: Any = None
    choices: tuple[str, ...] = ()
    least: int = 1
    most: int = 10**9
    metavar: str = ""
    is_many: bool = False
    is_argument: bool = False
    make: Callable[[str], Any] = str

    def checked(self, given: Any) -> Any:
        """What was given, as the study takes it; a whole number may be written ``1e4`` or be a float.

        Raises
        ------
        SimError : it is none of what may be given; names the flag.
        """
        if self.is_many:
            return tuple(replace(self, is_many=False).checked(text) for text in self._many(given))
        given = self.default if given is None else given
        if given is None:
            return None
        if self.form == "number":
            return self._number(given)
        if self.form == "choice":
            return self._choice(given)
        if self.form == "flag":
            return bool(given)
        if self.form == "path":
            return self._path(given)
        if not isinstance(given, str | int | float):
            raise SimError(f"{self.flag} {shown(given)}: needs text")
        return str(given)

    def _path(self, given: Any) -> str:
        path = os.fspath(given) if isinstance(given, str | os.PathLike) else ""
        if not path or not isinstance(path, str):
            raise SimError(f"{self.flag} {shown(given)}: needs the path of a file — write a table to one first")
        return path

    def _many(self, given: Any) -> Sequence[str]:
        texts = [given] if isinstance(given, str) else () if given is None else of_python(given)
        if not isinstance(texts, list | tuple) or not all(isinstance(text, str) for text in texts):
            raise SimError(f"{self.flag} {shown(given)}: needs a text or a list of texts — {self.metavar}")
        return texts

    def _number(self, given: Any) -> int:
        try:
            number = float(given)
            if isinstance(given, bool) or number != int(number) or not self.least <= number <= self.most:
                raise ValueError
        except (TypeError, ValueError, OverflowError):
            raise SimError(
                f"{self.flag} {shown(given)}: needs a whole number from {self.least:,} to {self.most:,}"
            ) from None
        return int(number)

    def _choice(self, given: Any) -> Any:
        if not isinstance(given, str) or given not in self.choices:
            hint = suggestion(str(given)[:60], list(self.choices)) or f" — write one of {', '.join(self.choices)}"
            raise SimError(f"{self.flag} {shown(given)}: there is no such choice{hint}")
        return self.make(given)


def checked(options: Sequence[Option], given: dict[str, Any]) -> dict[str, Any]:
    """All options by name, those that were not given at their defaults.

    Raises
    ------
    SimError : an option is unknown, or what was given is none of what it takes.
    """
    names = [option.name for option in options]
    refuse([name for name in given if name not in names], names)
    return {option.name: option.checked(given.get(option.name)) for option in options}


def refuse(unknown: Iterable[str], names: Sequence[str]) -> None:
    """Refuse options of names that there are none of.

    Raises
    ------
    SimError : there is such a name; says which was meant, or which there are.
    """
    for name in unknown:
        hint = suggestion(name[:60], list(names)) or f" — the options are {', '.join(names)}"
        raise SimError(f'there is no option "{printable(name)}"{hint}')


MEASURE = Option(
    "measure",
    "--for",
    "What is compared: alert latency, or the share of launches reported in time.",
    form="choice",
    default="mean",
    choices=("mean", "p50", "p95", "in-time"),
    make=Measure,
)
REPLICATIONS = Option(
    "replications", "--replications", "Replications of each setting.", form="number", least=2, most=1_000_000
)
LAUNCH = Option("launch", "--launch", "Which launch, where the scenario has several.", metavar="NAME")
