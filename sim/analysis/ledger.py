"""What a mean latency and a mean difference are made of, and what each part rests on.

The parts are those of the delivering branch at the typical setting: stages at work, waits at desks, the
time that tries spent before their fallback began. They add up to the mean latency of an arm, and, one arm
minus the other, to the mean difference of a pair, as exact fractions of microseconds. What decides the
branch (refusals, rivals of a `first`) has no time of its own and so no part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, get_args

from sim.analysis.branch import StageSums
from sim.analysis.tally import AT_TYPICAL, Key, Tally
from sim.model.evidence import ASSUMED, Evidence, StepGrade, ValueGrade
from sim.model.flow import Step, steps
from sim.model.scenario import Arm, Scenario
from sim.model.stage import Stage

PartKind = Literal["hold", "before", "wait", "fallback", "pairing"]
STEPS: tuple[StepGrade, ...] = get_args(StepGrade)[::-1]  # the weakest first
GRADES: tuple[ValueGrade, ...] = get_args(ValueGrade)[::-1]


@dataclass(frozen=True)
class Basis:
    """A value of a scenario by its path, and what it rests on."""

    path: str
    evidence: Evidence


@dataclass(frozen=True)
class Entry:
    """A part of a mean: ``us`` microseconds, exact, and the values that make it.

    kind : hold (a stage at work, with the time-outs of lost attempts), before (it could begin or see), wait
        (at a desk), fallback (before fallbacks began), pairing (what launches that only one of two arms
        reports do to the difference of the two means).
    """

    kind: PartKind
    name: str
    title: str
    values: tuple[Basis, ...]
    us: Fraction

    @property
    def step(self) -> StepGrade:
        """The weakest grade among the steps."""
        return min((value.evidence.step for value in self.values), key=STEPS.index)

    @property
    def value(self) -> ValueGrade:
        """The weakest grade among the values: what is made of several is known no better."""
        return min((value.evidence.value for value in self.values), key=GRADES.index)

    @property
    def source(self) -> str:
        return "; ".join(dict.fromkeys(value.evidence.source for value in self.values if value.evidence.source))


@dataclass(frozen=True)
class Account:
    """The mean latency of an arm, or the mean difference of a pair, in parts; none without ``n`` launches."""

    arm: str
    against: str
    entries: tuple[Entry, ...]
    n: int

    @property
    def total_us(self) -> Fraction:
        return sum((entry.us for entry in self.entries), Fraction())

    @property
    def is_one_way(self) -> bool:
        """Whether no part takes away what another adds."""
        return abs(self.total_us) == _size(self.entries)


@dataclass(frozen=True)
class Ledger:
    """The accounts of all arms and of all pairs."""

    arms: tuple[Account, ...]
    pairs: tuple[Account, ...]

    def arm(self, name: str) -> Account:
        return next(account for account in self.arms if account.arm == name)


@dataclass(frozen=True)
class Share:
    """How much rests on values of a grade: a share of the absolute parts, and how many values are of it."""

    grade: ValueGrade
    share: float
    n_values: int


def ledger(scenario: Scenario, tally: Tally) -> Ledger:
    """Every account of a run."""
    return Ledger(
        tuple(arm_account(arm, tally.stages[arm.name]) for arm in scenario.arms),
        tuple(pair_account(scenario, a, b, tally) for a, b in scenario.contrasts),
    )


def arm_account(arm: Arm, sums: StageSums) -> Account:
    """The mean latency of an arm in parts."""
    entries = tuple(_parts(arm, sums)) if sums.n_alerts else ()
    return Account(arm.name, "", entries, sums.n_alerts)


def _parts(arm: Arm, sums: StageSums) -> Iterator[Entry]:
    wait_us: dict[str, int] = {}
    for step, hold, wait in zip(steps(arm.flow), sums.hold_us, sums.wait_us, strict=True):
        stage = arm.stages[step.stage]
        if stage.desk is not None:
            wait_us[stage.desk] = wait_us.get(stage.desk, 0) + wait
        elif wait:
            title = f"before {step_title(stage, step)} could {'see it' if stage.sensor else 'begin'}"
            values = (Basis(stage.path, stage.evidence), *_down(arm, stage.path))
            yield Entry("before", step.name, title, values, Fraction(wait, sums.n_alerts))
        values = (*_held(stage), *_called(arm, stage.desk))
        yield Entry("hold", step.name, step_title(stage, step), values, Fraction(hold, sums.n_alerts))
    for desk, us in wait_us.items():
        if us:
            yield Entry("wait", desk, f"waiting at {desk}", _queued(arm, desk), Fraction(us, sums.n_alerts))
    if sums.fallback_us:
        # The format has no evidence for a time limit: it is what the scenario supposes.
        values = (Basis("time limits of try", ASSUMED),)
        yield Entry("fallback", "try", "before a fallback began", values, Fraction(sums.fallback_us, sums.n_alerts))


def step_title(stage: Stage, step: Step) -> str:
    """What a step is called."""
    return f"{stage.title} ({step.label})" if step.label else stage.title


def _held(stage: Stage) -> tuple[Basis, ...]:
    lost = (Basis(f"{stage.path}.loss", stage.loss.evidence),) if stage.loss else ()
    return (Basis(f"{stage.path}.delay", stage.evidence), *lost)


def _called(arm: Arm, name: str | None) -> tuple[Basis, ...]:
    """Work at a desk has in it how long it took to reach somebody, where there are hours outside of which that is."""
    hours = arm.desks[name].hours if name is not None else None
    return (Basis(f"desks.{name}.hours", hours.evidence),) if hours and hours.on_call else ()


def _queued(arm: Arm, name: str) -> tuple[Basis, ...]:
    """A wait rests on how many serve and when, and on how long all that is done there takes."""
    desk, path = arm.desks[name], f"desks.{name}"
    background = desk.background
    other = (Basis(f"{path}.background", background.evidence),) if background else ()
    surge = (Basis(f"{path}.background.surge", background.surge.evidence),) if background and background.surge else ()
    served = (arm.stages[step.stage] for step in steps(arm.flow))
    work = dict.fromkeys(value for stage in served if stage.desk == name for value in _held(stage))
    hours = (Basis(f"{path}.hours", desk.hours.evidence),) if desk.hours else ()
    return (Basis(f"{path}.capacity", desk.evidence), *hours, *_down(arm, path), *other, *surge, *work)


def _down(arm: Arm, *paths: str) -> tuple[Basis, ...]:
    """What the outages of some of what an arm uses rest on."""
    return tuple(Basis(f"{path}.outages", one.evidence) for path, one in arm.outages().items() if path in paths)


def bases(scenario: Scenario) -> tuple[Basis, ...]:
    """Every value that some arm rests on, a range or not: of its stages and of the desks that do them, each once."""
    found = (basis for arm in scenario.arms for basis in _of_arm(arm))
    return tuple(dict.fromkeys(found))


def _of_arm(arm: Arm) -> Iterator[Basis]:
    for step in steps(arm.flow):
        stage = arm.stages[step.stage]
        yield from _held(stage)
        if stage.refusal:
            yield Basis(f"{stage.path}.refusal", stage.refusal.evidence)
    for desk in arm.used_desks():
        yield from _queued(arm, desk)
    yield from _down(arm, *arm.outages())


def pair_account(scenario: Scenario, a: str, b: str, tally: Tally) -> Account:
    """The mean difference of a pair in parts: what both arms spend alike leaves exactly nothing."""
    paired = tally.sums[Key(AT_TYPICAL, "difference", a, b)]
    if not paired.count:
        return Account(a, b, (), 0)
    arms = scenario.arm(a), scenario.arm(b)
    entries = _minus(*(arm_account(arm, tally.stages[arm.name]).entries for arm in arms))
    rest = Fraction(paired.total, paired.count) - Account(a, b, entries, 0).total_us
    if rest:
        entries += (Entry("pairing", "pairing", "launches that only one reports", _decided(*arms), rest),)
    return Account(a, b, entries, paired.count)


def _minus(of_a: tuple[Entry, ...], of_b: tuple[Entry, ...]) -> tuple[Entry, ...]:
    found = {(entry.kind, entry.name): entry for entry in of_a}
    for entry in of_b:
        key = entry.kind, entry.name
        other = found.get(key, replace(entry, us=Fraction()))
        values = tuple(dict.fromkeys([*other.values, *entry.values]))
        found[key] = replace(other, us=other.us - entry.us, values=values)
    return tuple(found.values())


def _decided(*arms: Arm) -> tuple[Basis, ...]:
    """What decides whether a report arrives: refusals, losses and outages; where there are none, the horizon."""
    stages = dict.fromkeys(arm.stages[step.stage].name for arm in arms for step in steps(arm.flow))
    values = dict.fromkeys(
        Basis(f"{stage.path}.{part}", ending.evidence)
        for name in stages
        for arm in arms
        if (stage := arm.stages.get(name)) is not None
        for part, ending in (("refusal", stage.refusal), ("loss", stage.loss))
        if ending is not None
    )
    down = dict.fromkeys(basis for arm in arms for basis in _down(arm, *arm.outages()))
    return (*values, *down) or (Basis("horizon", ASSUMED),)


def shares(account: Account) -> tuple[Share, ...]:
    """What an account rests on, weakest first, of the grades that occur in it; none where no part is left.

    A part counts whole under the weakest grade of the values that make it, and by its size whatever its sign.
    """
    moving = [entry for entry in account.entries if entry.us]
    values = dict.fromkeys(value for entry in moving for value in entry.values)
    grades = [value.evidence.value for value in values]
    by_grade = {grade: _size([entry for entry in moving if entry.value == grade]) for grade in GRADES}
    return tuple(
        Share(grade, float(by_grade[grade] / _size(moving)), grades.count(grade)) for grade in GRADES if grade in grades
    )


def _size(entries: list[Entry] | tuple[Entry, ...]) -> Fraction:
    return sum((abs(entry.us) for entry in entries), Fraction())
