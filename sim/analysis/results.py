"""What a run says: small frozen results, each a pure function of alert latencies.

Two kinds of not knowing stay apart: an `Interval` is the noise of the simulation at the typical
setting; a `Band` is what the values that nobody outside knows do to the answer. How many settings
fall on one side is a count, never a probability.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sim.analysis.branch import StageSums
from sim.analysis.intervals import Interval, quantile_interval, ratio_interval, share_interval
from sim.draws.nouns import Flags, Times
from sim.engines.contract import NEVER
from sim.model.evidence import StepGrade, ValueGrade
from sim.model.flow import Step, never_before, steps
from sim.model.scenario import Arm, Scenario, Stage

QUANTILES = (0.5, 0.9, 0.95, 0.99)
DIFFERENCE_QUANTILES = (0.05, 0.5, 0.95)

Kind = Literal["route", "mode", "mixed", "other"]


@dataclass(frozen=True, eq=False)
class Alerts:
    """What a run simulated: alert latencies in microseconds, `NEVER` where no alert came.

    typical : by arm, int64 (replication, launch), at the typical setting
    by_setting : by arm, int64 (setting, replication, launch), fewer replications; setting 0 is the
        typical one
    stages : by arm, sums along the delivering branch at the typical setting
    """

    typical: Mapping[str, Times]
    by_setting: Mapping[str, Times]
    stages: Mapping[str, StageSums]


@dataclass(frozen=True)
class Band:
    """The lowest and highest value over the settings; nan where no setting has one."""

    low: float
    high: float

    @property
    def crosses_zero(self) -> bool:
        return self.low < 0 < self.high


@dataclass(frozen=True)
class StageMean:
    """One stage of an arm: how it stands on the delivering branch, and what it rests on.

    Means are over all alerts of the arm, zero where the branch passed it by, so that they add up to
    the mean latency.
    """

    name: str
    title: str
    share: float
    wait_us: float
    hold_us: float
    step: StepGrade
    value: ValueGrade
    source: str
    note: str


@dataclass(frozen=True)
class ArmResult:
    """One arm: alerts and latency at the typical setting, with bands over the settings.

    Times are microseconds. `in_time` and `margin` are None without deadlines; `ahead` is the share
    of launches whose report comes before the baseline's alert, None for the baseline itself.
    """

    name: str
    title: str
    arrives: Interval
    in_time: Interval | None
    margin: Interval | None
    mean: Interval
    quantiles: tuple[Interval, ...]
    ahead: Interval | None
    is_never_first: bool
    arrives_band: Band
    in_time_band: Band | None
    mean_band: Band
    p50_band: Band
    stages: tuple[StageMean, ...]
    fallback_us: float


@dataclass(frozen=True)
class Counts:
    """Launches by which of two arms alerted, over all replications."""

    both: int
    only_a: int
    only_b: int
    neither: int


@dataclass(frozen=True)
class Contrast:
    """Two arms under common random numbers, a minus b, paired launch by launch.

    Differences exist only where both alert. `by_setting` is the mean difference in each setting,
    nan where no pair is complete.
    """

    a: str
    b: str
    kind: Kind
    counts: Counts
    mean: Interval
    quantiles: tuple[Interval, ...]
    a_sooner: Interval
    b_sooner: Interval
    in_time_only_a: Interval | None
    in_time_only_b: Interval | None
    by_setting: tuple[float, ...]
    band: Band
    n_separating: int
    n_separating_assumed: int

    @property
    def n_settings_a_sooner(self) -> int:
        return sum(d < 0 for d in self.by_setting)

    @property
    def n_settings_b_sooner(self) -> int:
        return sum(d > 0 for d in self.by_setting)


@dataclass(frozen=True)
class Results:
    """All that a run says."""

    arms: tuple[ArmResult, ...]
    contrasts: tuple[Contrast, ...]
    n_replications: int
    n_launches: int
    n_settings: int
    n_setting_replications: int
    n_ranges: int

    def arm(self, name: str) -> ArmResult:
        return next(arm for arm in self.arms if arm.name == name)


def analyse(scenario: Scenario, alerts: Alerts) -> Results:
    """Everything the comparison says, from the alert latencies of a run."""
    some = next(iter(alerts.by_setting.values()))
    n_replications, n_launches = next(iter(alerts.typical.values())).shape
    return Results(
        tuple(arm_result(scenario, arm, alerts) for arm in scenario.arms),
        tuple(contrast(scenario, a, b, alerts) for a, b in scenario.contrasts),
        n_replications,
        n_launches,
        some.shape[0],
        some.shape[1],
        len(scenario.ranges()),
    )


def deadlines_us(scenario: Scenario) -> Times | None:
    """The deadline of every launch, from its own launch, int64 (launch,); None if one has none."""
    found = [entry.deadline for entry, _ in scenario.launch_keys()]
    if any(deadline is None for deadline in found):
        return None
    return np.array([deadline.after_us for deadline in found if deadline is not None], np.int64)


def in_time(latency: Times, deadlines: Times) -> Flags:
    """Rule 15: an alert that came, at the deadline or before."""
    is_in_time: Flags = (latency != NEVER) & (latency <= deadlines)
    return is_in_time


def arm_result(scenario: Scenario, arm: Arm, alerts: Alerts) -> ArmResult:
    """The result of one arm."""
    latency, by_setting = alerts.typical[arm.name], alerts.by_setting[arm.name]
    is_known, deadlines = latency != NEVER, deadlines_us(scenario)
    counts = is_known.sum(axis=1, dtype=np.int64)
    known = np.where(is_known, latency, 0)
    is_in_time = None if deadlines is None else in_time(latency, deadlines)
    return ArmResult(
        name=arm.name,
        title=arm.title,
        arrives=share_interval(is_known),
        in_time=None if is_in_time is None else share_interval(is_in_time),
        margin=None if deadlines is None else ratio_interval(_margins(latency, deadlines), counts),
        mean=ratio_interval(known.sum(axis=1), counts),
        quantiles=tuple(quantile_interval(latency, is_known, q) for q in QUANTILES),
        ahead=_ahead(scenario, arm, alerts),
        is_never_first=_is_never_first(scenario, arm),
        arrives_band=band([float((one != NEVER).mean()) for one in by_setting]),
        in_time_band=None if deadlines is None else band([float(in_time(x, deadlines).mean()) for x in by_setting]),
        mean_band=band([_mean(one) for one in by_setting]),
        p50_band=band([_median(one) for one in by_setting]),
        stages=_stage_means(arm, alerts.stages[arm.name]),
        fallback_us=alerts.stages[arm.name].fallback_us / max(alerts.stages[arm.name].n_alerts, 1),
    )


def _margins(latency: Times, deadlines: Times) -> Times:
    margins: Times = np.where(latency != NEVER, deadlines - latency, 0).sum(axis=1)
    return margins


def _ahead(scenario: Scenario, arm: Arm, alerts: Alerts) -> Interval | None:
    if scenario.baseline is None or arm.name == scenario.baseline:
        return None
    latency, base = alerts.typical[arm.name], alerts.typical[scenario.baseline]
    return share_interval((latency != NEVER) & ((base == NEVER) | (latency < base)))


def _is_never_first(scenario: Scenario, arm: Arm) -> bool:
    """Whether the arm waits for Tokyo to hear by the cue, so that it cannot be the first cue."""
    if scenario.cue is None or arm.name == scenario.baseline:
        return False
    has_desk = any(arm.stages[step.stage].desk for step in steps(scenario.cue))
    return not has_desk and never_before(arm.flow, scenario.cue)


def band(values: list[float]) -> Band:
    """The lowest and highest of the values that exist."""
    found = [value for value in values if not math.isnan(value)]
    return Band(min(found), max(found)) if found else Band(math.nan, math.nan)


def _mean(latency: Times) -> float:
    known = latency[latency != NEVER]
    return int(known.sum()) / len(known) if len(known) else math.nan


def _median(latency: Times) -> float:
    known = np.sort(latency[latency != NEVER])
    return float(known[(len(known) - 1) // 2]) if len(known) else math.nan


def _stage_means(arm: Arm, sums: StageSums) -> tuple[StageMean, ...]:
    n = max(sums.n_alerts, 1)
    return tuple(
        _stage_mean(arm.stages[step.stage], step, sums.n[i] / n, sums.wait_us[i] / n, sums.hold_us[i] / n)
        for i, step in enumerate(steps(arm.flow))
    )


def _stage_mean(stage: Stage, step: Step, share: float, wait_us: float, hold_us: float) -> StageMean:
    evidence = stage.evidence
    title = f"{stage.title} ({step.label})" if step.label else stage.title
    grades = (evidence.step, evidence.value, evidence.source, evidence.note)
    return StageMean(step.name, title, share, wait_us, hold_us, *grades)


def contrast(scenario: Scenario, a: str, b: str, alerts: Alerts) -> Contrast:
    """The paired comparison of two arms."""
    x, y = alerts.typical[a], alerts.typical[b]
    has_x, has_y = x != NEVER, y != NEVER
    has_both = has_x & has_y
    difference = np.where(has_both, x - y, 0)
    n_pairs = has_both.sum(axis=1, dtype=np.int64)
    deadlines = deadlines_us(scenario)
    only = None if deadlines is None else (in_time(x, deadlines), in_time(y, deadlines))
    settings = zip(alerts.by_setting[a], alerts.by_setting[b], strict=True)
    by_setting = [_mean_difference(one, other) for one, other in settings]
    separating = separating_grades(scenario.arm(a), scenario.arm(b))
    return Contrast(
        a=a,
        b=b,
        kind=contrast_kind(scenario.arm(a), scenario.arm(b)),
        counts=Counts(
            int(has_both.sum()), int((has_x & ~has_y).sum()), int((has_y & ~has_x).sum()), int((~has_x & ~has_y).sum())
        ),
        mean=ratio_interval(difference.sum(axis=1), n_pairs),
        quantiles=tuple(quantile_interval(difference, has_both, q) for q in DIFFERENCE_QUANTILES),
        a_sooner=share_interval(has_x & (~has_y | (x < y))),
        b_sooner=share_interval(has_y & (~has_x | (y < x))),
        in_time_only_a=None if only is None else share_interval(only[0] & ~only[1]),
        in_time_only_b=None if only is None else share_interval(only[1] & ~only[0]),
        by_setting=tuple(by_setting),
        band=band(by_setting),
        n_separating=len(separating),
        n_separating_assumed=separating.count("assumed"),
    )


def _mean_difference(x: Times, y: Times) -> float:
    has_both = (x != NEVER) & (y != NEVER)
    n = int(has_both.sum())
    return int((x - y)[has_both].sum()) / n if n else math.nan


def contrast_kind(a: Arm, b: Arm) -> Kind:
    """What two arms differ in, by the route and mode that they state."""
    if not (a.route and b.route and a.mode and b.mode):
        return "other"
    if a.route != b.route and a.mode != b.mode:
        return "mixed"
    if a.route != b.route:
        return "route"
    return "mode" if a.mode != b.mode else "other"


def separating_grades(a: Arm, b: Arm) -> list[ValueGrade]:
    """The grade of every value of a stage that one arm has and the other has not, or has otherwise."""
    of_a, of_b = ({step: arm.stages[step.stage] for step in steps(arm.flow)} for arm in (a, b))
    apart = [of_a.get(step) or of_b[step] for step in [*of_a, *of_b] if of_a.get(step) != of_b.get(step)]
    return [grade for stage in dict.fromkeys(map(_grades, apart)) for grade in stage[1]]


def _grades(stage: Stage) -> tuple[str, tuple[ValueGrade, ...]]:
    parts = [stage.evidence, *(part.evidence for part in (stage.loss, stage.refusal) if part)]
    return stage.name, tuple(evidence.value for evidence in parts)
