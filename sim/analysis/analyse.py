"""From the tally of a run to all that it says."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from sim.analysis.bands import Band, band, band_of
from sim.analysis.box import Extents
from sim.analysis.branch import StageSums
from sim.analysis.burden import burden
from sim.analysis.histogram import RELATIVE_ERROR
from sim.analysis.intervals import (
    Interval,
    RatioSums,
    median,
    quantile_interval,
    ratio_interval,
    share_difference,
    share_interval,
    share_of_randomisations,
)
from sim.analysis.ledger import pair_account, shares, step_title
from sim.analysis.measures import Measure
from sim.analysis.outcomes import Quantity
from sim.analysis.refine import DIFFERENCE_QUANTILES, QUANTILES, coarse_cells
from sim.analysis.results import ArmResult, Contrast, ContrastKind, Counts, FalseAlerts, Results, StageMean
from sim.analysis.tally import AT_TYPICAL, Key, Summed, Tally
from sim.model.flow import Step, never_before, steps
from sim.model.scenario import Arm, Scenario
from sim.model.stage import Stage

NO_EXTENTS: Extents = MappingProxyType({})


def analyse(scenario: Scenario, tally: Tally, extents: Extents = NO_EXTENTS) -> Results:
    """Everything the comparison says, from the tally of a run and from how far its answers go over the ranges."""
    arm = scenario.arms[0].name
    settings = tally.settings
    return Results(
        tuple(arm_result(scenario, arm, tally, extents) for arm in scenario.arms),
        tuple(contrast(scenario, a, b, tally, extents) for a, b in scenario.contrasts),
        tally.sums[Key(AT_TYPICAL, "latency", arm)].n * scenario.n_together,
        len(scenario.real.launch_keys()),
        len(settings),
        tally.sums[Key(settings[0], "latency", arm)].n,
        len(scenario.ranges()),
        RELATIVE_ERROR if coarse_cells(tally) else 0.0,
        tuple(_false_alerts(scenario, tally, extents)),
    )


def _false_alerts(scenario: Scenario, tally: Tally, extents: Extents) -> Iterator[FalseAlerts]:
    for arm in (arm.name for arm in scenario.arms):
        if sums := tally.sums.get(Key(AT_TYPICAL, "false alert", arm)):
            share = _share(scenario, sums)
            yield FalseAlerts(arm, share, band_of(extents, Quantity(Measure.FALSE_ALERT, arm), share))


def arm_result(scenario: Scenario, arm: Arm, tally: Tally, extents: Extents = NO_EXTENTS) -> ArmResult:
    """The result of one arm."""

    def share(measure: Summed) -> Interval | None:
        sums = tally.sums.get(Key(AT_TYPICAL, measure, arm.name))
        return None if sums is None else _share(scenario, sums)

    def over(measure: Measure, at: Interval) -> Band:
        return band_of(extents, Quantity(measure, arm.name), at)

    def work_over(centre: str, at: Interval) -> Band:
        return band_of(extents, Quantity(Measure.WORK, arm.name, at=centre), at)

    latency = Key(AT_TYPICAL, "latency", arm.name)
    sums, spread, stages = tally.sums[latency], tally.spreads[latency], tally.stages[arm.name]
    margin = tally.sums.get(Key(AT_TYPICAL, "margin", arm.name))
    in_time, arrives = share("in time"), _share(scenario, tally.sums[Key(AT_TYPICAL, "arrives", arm.name)])
    mean, quantiles = ratio_interval(sums), tuple(quantile_interval(spread, sums, q) for q in QUANTILES)
    return ArmResult(
        name=arm.name,
        title=arm.title,
        arrives=arrives,
        in_time=in_time,
        margin=None if margin is None else ratio_interval(margin),
        mean=mean,
        quantiles=quantiles,
        ahead=share("ahead"),
        is_never_first=_is_never_first(scenario, arm),
        arrives_band=over(Measure.ARRIVES, arrives),
        in_time_band=None if in_time is None else over(Measure.IN_TIME, in_time),
        mean_band=over(Measure.MEAN, mean),
        p50_band=over(Measure.P50, quantiles[0]),
        stages=_stage_means(arm, stages),
        fallback_us=stages.fallback_us / max(stages.n_alerts, 1),
        burden=burden(arm, stages.work, work_over),
    )


def _share(scenario: Scenario, sums: RatioSums) -> Interval:
    return share_of_randomisations(sums) if scenario.draws == "sobol" else share_interval(sums)


def median_band(tally: Tally, key: Key) -> Band:
    """Lowest to highest median of what a histogram measures over the settings that were drawn."""
    return band([median(tally.spreads[key._replace(setting=setting)]) for setting in tally.settings])


def _share_difference(scenario: Scenario, sums: RatioSums) -> Interval:
    return ratio_interval(sums) if scenario.draws == "sobol" else share_difference(sums)


def _is_never_first(scenario: Scenario, arm: Arm) -> bool:
    """Whether the arm waits for Tokyo to hear by the cue, so that it cannot be the first cue."""
    if scenario.cue is None or arm.name == scenario.baseline:
        return False
    has_desk = any(arm.stages[step.stage].desk for step in steps(scenario.cue))
    return not has_desk and never_before(arm.flow, scenario.cue)


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


def contrast(scenario: Scenario, a: str, b: str, tally: Tally, extents: Extents = NO_EXTENTS) -> Contrast:
    """The paired comparison of two arms."""

    def share(measure: Summed, arm: str, against: str) -> Interval | None:
        sums = tally.sums.get(Key(AT_TYPICAL, measure, arm, against))
        return None if sums is None else _share(scenario, sums)

    key = Key(AT_TYPICAL, "difference", a, b)
    sums, spread = tally.sums[key], tally.spreads[key]
    by_setting = [tally.sums[key._replace(setting=setting)].mean for setting in tally.settings]
    account = pair_account(scenario, a, b, tally)
    mean, in_time = ratio_interval(sums), tally.sums.get(Key(AT_TYPICAL, "in time", a, b))
    apart = None if in_time is None else _share_difference(scenario, in_time)
    return Contrast(
        a=a,
        b=b,
        kind=contrast_kind(scenario.arm(a), scenario.arm(b)),
        counts=_counts(tally, a, b),
        mean=mean,
        quantiles=tuple(quantile_interval(spread, sums, q) for q in DIFFERENCE_QUANTILES),
        a_sooner=_share(scenario, tally.sums[Key(AT_TYPICAL, "sooner", a, b)]),
        b_sooner=_share(scenario, tally.sums[Key(AT_TYPICAL, "sooner", b, a)]),
        in_time_only_a=share("only in time", a, b),
        in_time_only_b=share("only in time", b, a),
        in_time=apart,
        in_time_band=None if apart is None else band_of(extents, Quantity(Measure.IN_TIME, a, b), apart),
        by_setting=tuple(by_setting),
        band=band_of(extents, Quantity(Measure.MEAN, a, b), mean),
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
    both = tally.sums[Key(AT_TYPICAL, "difference", a, b)].count
    of_a, of_b = (tally.sums[Key(AT_TYPICAL, "arrives", arm)] for arm in (a, b))
    return Counts(both, of_a.total - both, of_b.total - both, of_a.count - of_a.total - of_b.total + both)


def contrast_kind(a: Arm, b: Arm) -> ContrastKind:
    """What two arms differ in, by the route and mode that they state."""
    if not (a.route and b.route and a.mode and b.mode):
        return "other"
    if a.route != b.route and a.mode != b.mode:
        return "mixed"
    if a.route != b.route:
        return "route"
    return "mode" if a.mode != b.mode else "other"
