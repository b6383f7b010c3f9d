"""What a sweep varies: a path of the scenario and its values, as the file writes them and as numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sim.errors import SimError
from sim.model.scenario import Scenario
from sim.scenario.document import find, parse_path, printable
from sim.units import (
    LENGTH_M,
    TIME_US,
    QuantityKind,
    exact_text,
    parse_quantity,
    quantity_text,
    unit_of,
)

MOST_VALUES = 100_000
SPACED = re.compile(r"([^:|\[\]{}]+):([^:|\[\]{}]+):\s*(\d{1,9})\s*(?::\s*(log)\s*)?")
FORMS = (
    "write PATH=from:to:n, evenly spaced, PATH=from:to:n:log, in the logarithm, or PATH=one|another — "
    'e.g. --vary stages.us_evaluates.delay.lognormal.median="30 s:1 h:25:log"'
)

_KINDS: Mapping[str, QuantityKind] = {  # by unit
    **dict.fromkeys(TIME_US, "time"),
    **dict.fromkeys(LENGTH_M, "length"),
    "%": "share",
    "": "number",
}


@dataclass(frozen=True)
class Axis:
    """One thing that is varied.

    kind : None of choices.
    texts : its values as a scenario file has them; exact, so that each can be given again.
    numbers : the same in microseconds, shares or plain numbers; none of choices.
    n_asked : how many were asked for between two ends, of which fewer are left where some are equal once rounded;
        0 of values written out.
    """

    path: str
    kind: QuantityKind | None
    texts: tuple[str, ...]
    numbers: tuple[float, ...]
    is_log: bool
    n_asked: int

    def text(self, number: float) -> str:
        """A number of this axis for people."""
        return quantity_text(self.kind or "number", number)

    def number(self, text: str) -> float | None:
        """The number of one of its texts; None of choices."""
        return self.numbers[self.texts.index(text)] if self.numbers else None

    @property
    def shown(self) -> tuple[str, ...]:
        """Every value for people."""
        return tuple(map(self.text, self.numbers)) or self.texts

    @property
    def is_curve(self) -> bool:
        """Whether its values are numbers that rise, so that something may be said between two of them."""
        return len(self.numbers) > 1 and list(self.numbers) == sorted(set(self.numbers))

    def along(self, number: float) -> float:
        """Where a number stands on the axis: itself, or its logarithm."""
        return math.log(number) if self.is_log else number

    def back(self, along: float) -> float:
        """The number that stands there."""
        return math.exp(along) if self.is_log else along


def parse_axis(given: str) -> Axis:
    """The axis of ``PATH=from:to:n[:log]`` or ``PATH=a|b``.

    Raises
    ------
    SimError : it is neither, or nothing lies between its ends.
    """
    path, _, values = (part.strip() for part in given.partition("="))
    path = path.removesuffix(".constant")  # whose range bears the path of its delay
    said = f"--vary {printable(given)}"
    try:
        parse_path(path)
    except ValueError as error:
        raise SimError(f"{said}: {error}") from None
    if spaced := SPACED.fullmatch(values):
        low, high, n, log = spaced.groups()
        try:
            return _spaced(path, low.strip(), high.strip(), int(n), is_log=log is not None)
        except ValueError as error:
            raise SimError(f"{said}: {error}") from None
    texts = _split(values)
    if len(texts) < 2 or not all(texts):
        raise SimError(f"{said}: {FORMS}")
    if len(set(texts)) < len(texts):
        raise SimError(f"{said}: gives a value twice")
    return listed(path, texts)


def listed(path: str, texts: Sequence[str]) -> Axis:
    """The axis of values written out: numbers if all are numbers of one kind, else choices."""
    kind = _kind(texts[0])
    try:
        numbers = tuple(parse_quantity(kind, text) for text in texts) if kind else ()
    except ValueError:
        kind, numbers = None, ()
    return Axis(path, kind, tuple(texts), numbers, is_log=False, n_asked=0)


def whole(axis: Axis) -> Axis:
    """The axis with its plain numbers rounded to whole ones, each once."""
    numbers = tuple(sorted({float(round(number)) for number in axis.numbers}))
    return replace(axis, texts=tuple(f"{number:.0f}" for number in numbers), numbers=numbers)


def _split(values: str) -> list[str]:
    """The choices between bars; a bar inside brackets or quotes belongs to a choice."""
    parts = re.findall(r"\||\"[^\"]*\"|'[^']*'|[\[{(]|[\])}]|[^|\"'\[\]{}()]+|.", values)
    found, depth = [""], 0
    for part in parts:
        depth += (part in "[{(") - (part in "]})")
        if part == "|" and depth <= 0:
            found.append("")
        else:
            found[-1] += part
    return [text.strip() for text in found]


def _kind(text: str) -> QuantityKind | None:
    unit = unit_of(text)
    return None if unit is None else _KINDS.get(unit)


def _spaced(path: str, low: str, high: str, n: int, *, is_log: bool) -> Axis:
    kind = _kind(low)
    if kind is None or _kind(high) != kind:
        raise ValueError(f'needs two numbers of one kind, got "{low}" and "{high}"; {FORMS}')
    start, stop = parse_quantity(kind, low), parse_quantity(kind, high)
    if not start < stop:
        raise ValueError(f"must rise, but {low} is not below {high}")
    if not 2 <= n <= MOST_VALUES:
        raise ValueError(f"needs 2 to {MOST_VALUES:,} values, got {n:,}")
    if is_log and start <= 0:
        raise ValueError("a logarithm needs values above zero — leave out :log, or begin above zero")
    between = [_between(start, stop, step / (n - 1), is_log=is_log) for step in range(1, n - 1)]
    texts = dict.fromkeys([low, *(exact_text(kind, number) for number in between), high])
    exact = {parse_quantity(kind, text): text for text in reversed(texts)}  # of equal ones the first: an end as written
    numbers = sorted(exact)
    return Axis(path, kind, tuple(exact[number] for number in numbers), tuple(numbers), is_log, n)


def _between(start: float, stop: float, share: float, *, is_log: bool) -> float:
    if is_log:
        return float(start * (stop / start) ** share)
    return start + (stop - start) * share


def own_number(scenario: Scenario, axis: Axis) -> float | None:
    """The number that the scenario itself has there: of a range the typical one; None if it has none."""
    ranged = next((one.typical for one in scenario.ranges() if one.path == axis.path), None)
    if ranged is not None:
        return ranged
    try:
        found = find(scenario.document, parse_path(axis.path))
        found = found.get("constant", found) if isinstance(found, dict) else found
        text = found["typical"] if isinstance(found, dict) else found
        return parse_quantity(axis.kind, text) if axis.kind and isinstance(text, str) else None
    except (KeyError, IndexError, TypeError, ValueError):
        return None
