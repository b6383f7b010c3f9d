"""The flow algebra: a stage, or one of five combinations nested freely.

`in turn`, `all`, `first` and `at least k of` are two nouns (`Sequence`, `Join`), `try … else` the third.
The execution rules are in `sim.engines.contract`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sim.model.ranges import Number


@dataclass(frozen=True)
class Step:
    """A stage in a flow. The same stage twice needs a label: two steps are two draws."""

    stage: str
    label: str = ""

    @property
    def name(self) -> str:
        return f"{self.stage} as {self.label}" if self.label else self.stage


@dataclass(frozen=True)
class Sequence:
    """Each in turn; done when the last is."""

    children: tuple[Flow, ...]
    name: str = ""


@dataclass(frozen=True)
class Join:
    """All at once; done at the k-th done of them, refused when that can no longer be."""

    children: tuple[Flow, ...]
    needed: int
    form: Literal["all", "first", "at_least"]
    name: str = ""


@dataclass(frozen=True)
class Try:
    """The main flow within `limit` (microseconds; None: unless refused), else the fallback as well."""

    main: Flow
    limit: Number | None
    fallback: Flow
    name: str = ""


Flow = Step | Sequence | Join | Try


def children(flow: Flow) -> tuple[Flow, ...]:
    """The parts of a flow, as written."""
    if isinstance(flow, Step):
        return ()
    return (flow.main, flow.fallback) if isinstance(flow, Try) else flow.children


def steps(flow: Flow) -> Iterator[Step]:
    """Every step of a flow, as written."""
    if isinstance(flow, Step):
        yield flow
    for child in children(flow):
        yield from steps(child)


def never_before(flow: Flow, other: Flow) -> bool:
    """Whether a flow provably never ends before another begun at the same time.

    Sufficient, not necessary: it follows the structure and knows no delays. It holds when equal
    steps take equal time, so not where they queue at desks.
    """
    if _same(flow, other):
        return True
    if isinstance(other, Join) and any(never_before(flow, child) for child in _enough(other)):
        return True
    if isinstance(flow, Sequence):
        return any(never_before(child, other) for child in flow.children)
    if isinstance(flow, Join):
        free = sum(not never_before(child, other) for child in flow.children)
        return free < flow.needed
    if isinstance(flow, Try):
        return never_before(flow.main, other) and never_before(flow.fallback, other)
    return False


def _enough(join: Join) -> tuple[Flow, ...]:
    """The children any one of which, done, makes the join done: those of `first`."""
    return join.children if join.needed == 1 else ()


def _same(flow: Flow, other: Flow) -> bool:
    if isinstance(flow, Step) or isinstance(other, Step):
        return flow == other
    if type(flow) is not type(other) or len(children(flow)) != len(children(other)):
        return False
    if isinstance(flow, Join) and isinstance(other, Join) and flow.needed != other.needed:
        return False
    if isinstance(flow, Try) and isinstance(other, Try) and flow.limit != other.limit:
        return False
    return all(map(_same, children(flow), children(other)))
