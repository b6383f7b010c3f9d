"""The results of a run as plain JSON: minutes and shares, with the unit in each name.

The document about them, as ``--json`` prints it, is of `sim.pages.document`; ``files.py`` writes summary.json.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from sim.analysis.bands import Band
from sim.analysis.intervals import Interval
from sim.analysis.refine import DIFFERENCE_QUANTILES, QUANTILES
from sim.analysis.results import ArmResult, Contrast, FalseAlerts, Results, StageMean
from sim.model.scenario import Scenario
from sim.say.channels import channels_line, no_difference_words, no_path_words
from sim.say.findings import is_pathless
from sim.studies.run.burden import plain_burden
from sim.units import minutes


def data_of(scenario: Scenario, results: Results) -> dict[str, Any]:
    """All results; no false alerts without false reports, no channels where none has dates."""
    counts = {
        "replications": results.n_replications,
        "launches": results.n_launches,
        "settings": results.n_settings,
        "setting_replications": results.n_setting_replications,
        "ranges": results.n_ranges,
        "quantile_error_share": results.quantile_error,
    }
    told = {
        "arms": [_arm(scenario, arm) for arm in results.arms],
        "pairs": [_pair(scenario, pair) for pair in results.contrasts],
    }
    line = channels_line(scenario)
    channels = {"channels": line} if line else {}
    false = {"false_alerts": [_false_alerts(one) for one in results.false_alerts]} if results.false_alerts else {}
    return {**counts, **channels, **told, **false}


def _arm(scenario: Scenario, arm: ArmResult) -> dict[str, Any]:
    """One arm; of one without a path why, and no numbers."""
    if why := no_path_words(scenario, scenario.arm(arm.name)):
        return {"arm": arm.name, "title": arm.title, "no_path": why}
    return {
        "arm": arm.name,
        "title": arm.title,
        "arrives_share": _share(arm.arrives),
        "in_time_share": _share(arm.in_time),
        "mean_min": _time(arm.mean),
        **_quantiles(QUANTILES, arm.quantiles),
        "margin_min": _time(arm.margin),
        "ahead_of_baseline_share": _share(arm.ahead),
        "is_never_first": arm.is_never_first,
        "band": {
            "arrives_share": _ends(arm.arrives_band, float),
            "in_time_share": _ends(arm.in_time_band, float),
            "mean_min": _ends(arm.mean_band, minutes),
            "p50_min": _ends(arm.p50_band, minutes),
        },
        "fallback_min": minutes(arm.fallback_us),
        "stages": [_stage(stage) for stage in arm.stages],
        "burden": plain_burden(arm.burden),
    }


def _stage(stage: StageMean) -> dict[str, Any]:
    return {
        "stage": stage.name,
        "title": stage.title,
        "on_branch_share": stage.share,
        "wait_min": minutes(stage.wait_us),
        "hold_min": minutes(stage.hold_us),
        "step": stage.step,
        "value": stage.value,
        "source": stage.source,
        "note": stage.note,
    }


def _pair(scenario: Scenario, pair: Contrast) -> dict[str, Any]:
    """One arm minus the other, so a negative difference means that ``a`` is faster; no numbers without a path."""
    if is_pathless(scenario, pair):
        why = no_difference_words(scenario, pair.a, pair.b)
        return {"a": pair.a, "b": pair.b, "kind": pair.kind, "no_path": why}
    return {
        "a": pair.a,
        "b": pair.b,
        "kind": pair.kind,
        "launches_reported_by": {
            "both": pair.counts.both,
            "only_a": pair.counts.only_a,
            "only_b": pair.counts.only_b,
            "neither": pair.counts.neither,
        },
        "mean_min": _time(pair.mean),
        **_quantiles(DIFFERENCE_QUANTILES, pair.quantiles),
        "a_sooner_share": _share(pair.a_sooner),
        "b_sooner_share": _share(pair.b_sooner),
        "in_time_only_a_share": _share(pair.in_time_only_a),
        "in_time_only_b_share": _share(pair.in_time_only_b),
        "in_time_difference_share": _share(pair.in_time),
        "band": {
            "mean_min": _ends(pair.band, minutes),
            "in_time_difference_share": _ends(pair.in_time_band, float),
        },
        "mean_by_setting_min": [minutes(difference) for difference in pair.by_setting],
        "rests_on": [{"grade": share.grade, "share": share.share, "values": share.n_values} for share in pair.rests_on],
        "is_one_way": pair.is_one_way,
        "adds": pair.adds,
    }


def _false_alerts(found: FalseAlerts) -> dict[str, Any]:
    return {"arm": found.arm, "share": _share(found.share), "band": {"share": _ends(found.band, float)}}


def _quantiles(levels: Sequence[float], intervals: Sequence[Interval]) -> dict[str, Any]:
    """By name, such as ``p95_min``."""
    return {f"p{100 * q:g}_min": _time(interval) for q, interval in zip(levels, intervals, strict=True)}


def _time(interval: Interval | None) -> dict[str, float] | None:
    return _interval(interval, minutes)


def _share(interval: Interval | None) -> dict[str, float] | None:
    return _interval(interval, float)


def _interval(interval: Interval | None, scaled: Callable[[float], float]) -> dict[str, float] | None:
    if interval is None:
        return None
    ends = {"estimate": interval.estimate, "low": interval.low, "high": interval.high}
    return {name: scaled(end) for name, end in ends.items()}


def _ends(band: Band | None, scaled: Callable[[float], float]) -> dict[str, float] | None:
    """Both ends, and as half-widths how uncertain the simulation leaves them."""
    return None if band is None else {name: scaled(end) for name, end in asdict(band).items()}
