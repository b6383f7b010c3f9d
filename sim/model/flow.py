"""The flow algebra: a stage, or one of five combinations nested freely.

`in turn`, `all`, `first` and `at least k of` are two nouns (`Sequence`, `Join`), `try … else` the third.
The execution rules are in `sim.engines.contract`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
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


class Combination:
    """What has parts; its steps are asked for again and again, and gathered once."""

    @property
    def parts(self) -> tuple[Flow, ...]:
        """As written."""
        raise NotImplementedError

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every step, as written."""
        return tuple(step for child in self.parts for step in steps(child))


@dataclass(frozen=True)
class Sequence(Combination):
    """Each in turn; done when the last is."""

    children: tuple[Flow, ...]
    name: str = ""

    @property
    def parts(self) -> tuple[Flow, ...]:
        return self.children


@dataclass(frozen=True)
class Join(Combination):
    """All at once; done at the k-th done of them, refused when that can no longer be.

    ``reports_to`` is the centre of a web to which its children are the ways; empty for any other.
    """

    children: tuple[Flow, ...]
    needed: int
    form: Literal["all", "first", "at_least"]
    name: str = ""
    reports_to: str = ""

    @property
    def parts(self) -> tuple[Flow, ...]:
        return self.children


@dataclass(frozen=True)
class Try(Combination):
    """The main flow within `limit` (microseconds; None: unless refused), else the fallback as well."""

    main: Flow
    limit: Number | None
    fallback: Flow
    name: str = ""

    @property
    def parts(self) -> tuple[Flow, ...]:
        return (self.main, self.fallback)


Flow = Step | Sequence | Join | Try


def children(flow: Flow) -> tuple[Flow, ...]:
    """The parts of a flow, as written."""
    return () if isinstance(flow, Step) else flow.parts


def steps(flow: Flow) -> tuple[Step, ...]:
    """Every step of a flow, as written."""
    return (flow,) if isinstance(flow, Step) else flow.steps


def first_steps(flow: Flow) -> Iterator[Step]:
    """The steps that begin when a flow does, as written."""
    if isinstance(flow, Step):
        yield flow
    for child in children(flow) if isinstance(flow, Join) else children(flow)[:1]:
        yield from first_steps(child)


def needed_steps(flow: Flow) -> Iterator[Step]:
    """The steps without which a flow cannot end, as written: none of a choice."""
    if isinstance(flow, Step):
        yield flow
    elif isinstance(flow, Sequence) or (isinstance(flow, Join) and flow.needed == len(flow.children)):
        for child in flow.children:
            yield from needed_steps(child)


def without(flow: Flow, is_lost: Callable[[Step], bool]) -> Flow | None:
    """What of a flow can still end when some of its steps cannot be done; None: nothing can.

    What leads to a lost step alone is not begun, other than where a step is refused.
    """
    if isinstance(flow, Step):
        return None if is_lost(flow) else flow
    left = [without(child, is_lost) for child in children(flow)]
    kept = tuple(child for child in left if child is not None)
    if isinstance(flow, Join):
        return replace(flow, children=kept) if len(kept) >= flow.needed else None
    if len(kept) == len(left):
        return replace(flow, main=kept[0], fallback=kept[1]) if isinstance(flow, Try) else replace(flow, children=kept)
    return next(iter(kept), None) if isinstance(flow, Try) else None


def never_before(flow: Flow, other: Flow) -> bool:
    """Whether a flow provably never ends before another begun at the same time.

    Sufficient, not necessary: it follows the structure and knows no delays. It holds when equal
    steps take equal time, so not where they queue at desks.
    """
    return _never_before(flow, other, {})


Pairs = dict[tuple[int, int], bool]  # by identity: each pair is looked at once, however many ways lead to it


def _never_before(flow: Flow, other: Flow, known: Pairs) -> bool:
    pair = id(flow), id(other)
    if pair not in known:
        known[pair] = (
            _same(flow, other)
            or any(_never_before(flow, child, known) for child in _enough(other))
            or _by_its_parts(flow, other, known)
        )
    return known[pair]


def _by_its_parts(flow: Flow, other: Flow, known: Pairs) -> bool:
    late = (_never_before(child, other, known) for child in children(flow))
    if isinstance(flow, Sequence):
        return any(late)
    if isinstance(flow, Join):
        return sum(not is_late for is_late in late) < flow.needed
    return isinstance(flow, Try) and all(late)


def _enough(flow: Flow) -> tuple[Flow, ...]:
    """The children any one of which, done, makes it done: those of `first`."""
    return flow.children if isinstance(flow, Join) and flow.needed == 1 else ()


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
