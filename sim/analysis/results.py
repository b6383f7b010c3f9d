"""What a run says: small frozen results, each a pure function of a tally of its alerts.

Two kinds of not knowing stay apart: an `Interval` is the noise of the simulation at the typical
setting; a `Band` is what the values that nobody outside knows do to the answer. How many settings
fall on one side is a count, never a probability.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from sim.analysis.branch import StageSums
from sim.analysis.histogram import RELATIVE_ERROR
from sim.analysis.intervals import (
    Interval,
    RatioSums,
    median,
    quantile_interval,
    ratio_interval,
    share_interval,
    share_of_randomisations,
)
from sim.analysis.ledger import Share, pair_account, shares, step_title
from sim.analysis.refine import DIFFERENCE_QUANTILES, QUANTILES, coarse_cells
from sim.analysis.tally import TYPICAL, Key, Measure, Tally
from sim.draws.nouns import Times
from sim.model.evidence import StepGrade, ValueGrade
from sim.model.flow import Step, never_before, steps
from sim.model.scenario import Arm, Scenario, Stage

Kind = Literal["route", "mode", "mixed", "other"]


@dataclass(frozen=True, eq=False)
class Alerts:
    """What a run simulated: its tally, and alert latencies in microseconds, `NEVER` where no alert came.

    tally : all that the results need of them
    typical : by arm, int64 (replication, launch), at the typical setting
    by_setting : by arm, int64 (setting, replication, launch), fewer replications; setting 0 is the
        typical one
    """

    tally: Tally
    typical: Mapping[str, Times]
    by_setting: Mapping[str, Times]


@dataclass(frozen=True)
class Band:
    """The lowest and highest value over the settings; nan where no setting has one."""

    low: float
    high: float


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
    nan where no pair is complete. `rests_on` are the shares of its ledger by grade, `is_one_way` whether no
    part of it takes away what another adds; `adds` whether a can only add to b, which it holds within itself.
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
    rests_on: tuple[Share, ...]
    is_one_way: bool
    adds: bool

    @property
    def n_settings_a_sooner(self) -> int:
        return sum(d < 0 for d in self.by_setting)

    @property
    def n_settings_b_sooner(self) -> int:
        return sum(d > 0 for d in self.by_setting)


@dataclass(frozen=True)
class FalseAlerts:
    """The share of false reports of which an arm makes an alert, typical, with its band over the settings."""

    arm: str
    share: Interval
    band: Band


@dataclass(frozen=True)
class Results:
    """All that a run says: of launches; of false reports, if there are any, no more than ``false_alerts``, by arm.

    ``quantile_error`` bounds the error of quantiles and medians, relative: 0 where latencies were
    kept, so that they are exact.
    """

    arms: tuple[ArmResult, ...]
    contrasts: tuple[Contrast, ...]
    n_replications: int
    n_launches: int
    n_settings: int
    n_setting_replications: int
    n_ranges: int
    quantile_error: float
    false_alerts: tuple[FalseAlerts, ...] = ()

    def arm(self, name: str) -> ArmResult:
        return next(arm for arm in self.arms if arm.name == name)


def analyse(scenario: Scenario, tally: Tally) -> Results:
    """Everything the comparison says, from the tally of a run."""
    arm = scenario.arms[0].name
    settings = tally.settings
    return Results(
        tuple(arm_result(scenario, arm, tally) for arm in scenario.arms),
        tuple(contrast(scenario, a, b, tally) for a, b in scenario.contrasts),
        tally.sums[Key(TYPICAL, "latency", arm)].n * scenario.n_together,
        len(scenario.real.launch_keys()),
        len(settings),
        tally.sums[Key(settings[0], "latency", arm)].n,
        len(scenario.ranges()),
        RELATIVE_ERROR if coarse_cells(tally) else 0.0,
        tuple(_false_alerts(scenario, tally)),
    )


def _false_alerts(scenario: Scenario, tally: Tally) -> Iterator[FalseAlerts]:
    for arm in (arm.name for arm in scenario.arms):
        if sums := tally.sums.get(Key(TYPICAL, "false alert", arm)):
            yield FalseAlerts(arm, _share(scenario, sums), _band_of_means(tally, "false alert", arm))


def arm_result(scenario: Scenario, arm: Arm, tally: Tally) -> ArmResult:
    """The result of one arm."""

    def share(measure: Measure) -> Interval | None:
        sums = tally.sums.get(Key(TYPICAL, measure, arm.name))
        return None if sums is None else _share(scenario, sums)

    latency = Key(TYPICAL, "latency", arm.name)
    sums, spread, stages = tally.sums[latency], tally.spreads[latency], tally.stages[arm.name]
    margin = tally.sums.get(Key(TYPICAL, "margin", arm.name))
    in_time = share("in time")
    return ArmResult(
        name=arm.name,
        title=arm.title,
        arrives=_share(scenario, tally.sums[Key(TYPICAL, "arrives", arm.name)]),
        in_time=in_time,
        margin=None if margin is None else ratio_interval(margin),
        mean=ratio_interval(sums),
        quantiles=tuple(quantile_interval(spread, sums, q) for q in QUANTILES),
        ahead=share("ahead"),
        is_never_first=_is_never_first(scenario, arm),
        arrives_band=_band_of_means(tally, "arrives", arm.name),
        in_time_band=None if in_time is None else _band_of_means(tally, "in time", arm.name),
        mean_band=_band_of_means(tally, "latency", arm.name),
        p50_band=median_band(tally, Key(TYPICAL, "latency", arm.name)),
        stages=_stage_means(arm, stages),
        fallback_us=stages.fallback_us / max(stages.n_alerts, 1),
    )


def _share(scenario: Scenario, sums: RatioSums) -> Interval:
    return share_of_randomisations(sums) if scenario.draws == "sobol" else share_interval(sums)


def _band_of_means(tally: Tally, measure: Measure, arm: str) -> Band:
    return band([tally.sums[Key(setting, measure, arm)].mean for setting in tally.settings])


def median_band(tally: Tally, key: Key) -> Band:
    """The band of the median of what a histogram measures, over the settings."""
    return band([median(tally.spreads[key._replace(setting=setting)]) for setting in tally.settings])


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


def _stage_means(arm: Arm, sums: StageSums) -> tuple[StageMean, ...]:
    n = max(sums.n_alerts, 1)
    return tuple(
        _stage_mean(arm.stages[step.stage], step, sums.n[i] / n, sums.wait_us[i] / n, sums.hold_us[i] / n)
        for i, step in enumerate(steps(arm.flow))
    )


def _stage_mean(stage: Stage, step: Step, share: float, wait_us: float, hold_us: float) -> StageMean:
    evidence = stage.evidence
    grades = (evidence.step, evidence.value, evidence.source, evidence.note)
    return StageMean(step.name, step_title(stage, step), share, wait_us, hold_us, *grades)


def contrast(scenario: Scenario, a: str, b: str, tally: Tally) -> Contrast:
    """The paired comparison of two arms."""

    def share(measure: Measure, arm: str, against: str) -> Interval | None:
        sums = tally.sums.get(Key(TYPICAL, measure, arm, against))
        return None if sums is None else _share(scenario, sums)

    key = Key(TYPICAL, "difference", a, b)
    sums, spread = tally.sums[key], tally.spreads[key]
    by_setting = [tally.sums[key._replace(setting=setting)].mean for setting in tally.settings]
    account = pair_account(scenario, a, b, tally)
    return Contrast(
        a=a,
        b=b,
        kind=contrast_kind(scenario.arm(a), scenario.arm(b)),
        counts=_counts(tally, a, b),
        mean=ratio_interval(sums),
        quantiles=tuple(quantile_interval(spread, sums, q) for q in DIFFERENCE_QUANTILES),
        a_sooner=_share(scenario, tally.sums[Key(TYPICAL, "sooner", a, b)]),
        b_sooner=_share(scenario, tally.sums[Key(TYPICAL, "sooner", b, a)]),
        in_time_only_a=share("only in time", a, b),
        in_time_only_b=share("only in time", b, a),
        by_setting=tuple(by_setting),
        band=band(by_setting),
        rests_on=shares(account),
        is_one_way=account.is_one_way,
        adds=_adds(scenario.arm(a), scenario.arm(b)),
    )


def _adds(a: Arm, b: Arm) -> bool:
    """Whether a provably never ends after b, as where it is the first of b and something else."""
    has_desk = any(b.stages[step.stage].desk for step in steps(b.flow))
    return not has_desk and never_before(b.flow, a.flow) and not never_before(a.flow, b.flow)


def _counts(tally: Tally, a: str, b: str) -> Counts:
    """By how many launches alert under both, under each, and how many there are."""
    both = tally.sums[Key(TYPICAL, "difference", a, b)].count
    of_a, of_b = (tally.sums[Key(TYPICAL, "arrives", arm)] for arm in (a, b))
    return Counts(both, of_a.total - both, of_b.total - both, of_a.count - of_a.total - of_b.total + both)


def contrast_kind(a: Arm, b: Arm) -> Kind:
    """What two arms differ in, by the route and mode that they state."""
    if not (a.route and b.route and a.mode and b.mode):
        return "other"
    if a.route != b.route and a.mode != b.mode:
        return "mixed"
    if a.route != b.route:
        return "route"
    return "mode" if a.mode != b.mode else "other"
