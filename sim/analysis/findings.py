"""The results in plain sentences, all computed: what is not determined is said first."""

from __future__ import annotations

import math

from sim.analysis.results import ArmResult, Band, Contrast, Counts, Results
from sim.model.scenario import Scenario
from sim.units import minutes

NOT_A_PROBABILITY = "A count of settings is not a probability."


def minutes_text(us: float) -> str:
    """Minutes with the digits that matter: 0.14, 5.6, 61."""
    value = abs(minutes(us))
    if value >= 9.95 or value == 0:
        return f"{value:.0f}"
    if value < 0.005:
        return "under 0.01"
    return f"{value:.1f}" if value >= 0.095 else f"{value:.2f}"


def sooner_text(us: float) -> str:
    """A difference as words, from the first arm's side."""
    return f"{minutes_text(us)} min {'sooner' if us < 0 else 'later'}"


def share_text(share: float) -> str:
    """A share as a percentage; never 0 or 100 for what is not quite."""
    if 0 < share < 0.005:
        return "<1 %"
    if 0.995 < share < 1:
        return ">99 %"
    return f"{100 * share:.0f} %"


def kept_text(results: Results) -> str:
    """What was kept of the run, and so how exact its quantiles are."""
    if results.quantile_error == 0:
        return "paths kept, quantiles exact"
    return f"summary kept, quantiles within {100 * results.quantile_error:.1f} %"


def deadline_name(scenario: Scenario) -> str:
    """What the deadlines are called, if all are called the same."""
    names = {entry.deadline.name for entry in scenario.launches if entry.deadline}
    return names.pop() if len(names) == 1 else "deadline"


def sentences(scenario: Scenario, results: Results) -> tuple[str, ...]:
    """The findings, most asked for first."""
    found = [contrast_sentence(scenario, results, contrast) for contrast in results.contrasts]
    found += [
        mode_and_route_sentence(results),
        in_time_sentence(scenario, results),
        first_cue_sentence(scenario, results),
        counts_sentence(results),
    ]
    return tuple(sentence for sentence in found if sentence)


def contrast_sentence(scenario: Scenario, results: Results, contrast: Contrast) -> str:
    """One pair: which is sooner, by how much, within what band."""
    a, b = scenario.arm(contrast.a).title, scenario.arm(contrast.b).title
    opening = _opening(scenario, contrast)
    if contrast.counts.both == 0:
        return _sentence(f"{opening}no launch alerted under both {a} and {b}, so they have no difference")
    typical = f"{_at_typical(a, b, contrast)}{_noise(contrast)}"
    alone = _arriving_alone(a, b, contrast.counts)
    if results.n_settings < 2 or contrast.band.low == contrast.band.high:
        return _sentence(f"{opening}{typical}{alone}")
    over = f"over the ranges of what is not known, from {band_text(contrast.band)}"
    if not contrast.band.crosses_zero:
        return _sentence(f"{opening}at placeholder values {typical}; {over}{alone}")
    n = sum(not math.isnan(d) for d in contrast.by_setting)
    sides = f"sooner in {contrast.n_settings_a_sooner} of {n} settings, later in {contrast.n_settings_b_sooner}"
    return _sentence(
        f"{opening}which is sooner is not determined. At placeholder values {typical}; {over} ({sides}){alone}"
    )


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _arriving_alone(a: str, b: str, counts: Counts) -> str:
    """How often only one of the two arrives: such launches have no difference, so they must be told."""
    n = counts.both + counts.only_a + counts.only_b + counts.neither
    alone = [
        f"only {arm} in {share_text(k / n)}" for arm, k in ((a, counts.only_a), (b, counts.only_b)) if k / n >= 0.005
    ]
    return f"; both arrive in {share_text(counts.both / n)} of launches, {', '.join(alone)}" if alone else ""


def band_text(band: Band) -> str:
    """A band of differences in words."""
    low, high = band.low, band.high
    if (low < 0) == (high < 0) or 0 in (low, high):
        ends = sorted((abs(low), abs(high)))
        return f"{minutes_text(ends[0])} to {minutes_text(ends[1])} min {'sooner' if high <= 0 else 'later'}"
    return f"{sooner_text(low)} to {sooner_text(high)}"


def _opening(scenario: Scenario, contrast: Contrast) -> str:
    a, b = scenario.arm(contrast.a), scenario.arm(contrast.b)
    return {
        "route": f"Route alone ({a.mode}): ",
        "mode": f"Mode alone ({a.route}): ",
        "mixed": f"Route and mode mixed ({a.mode}, against {b.mode}): ",
        "other": "",
    }[contrast.kind]


def _at_typical(a: str, b: str, contrast: Contrast) -> str:
    mean = contrast.mean
    if mean.estimate == 0 and mean.half_width == 0:
        return f"{a} and {b} arrive at the same time"
    if mean.low <= 0 <= mean.high:
        return f"{a} and {b} do not differ beyond noise"
    return f"{a} is {sooner_text(mean.estimate)} than {b}"


def _noise(contrast: Contrast) -> str:
    half = contrast.mean.half_width
    if not math.isfinite(half) or half == 0:
        return ""
    return f" (noise ± {minutes_text(half)} min)"


def mode_and_route_sentence(results: Results) -> str:
    """Which of the two matters more, where every pair of one kind exceeds every pair of the other."""
    sizes = {
        kind: [abs(pair.mean.estimate) for pair in results.contrasts if pair.kind == kind and pair.counts.both]
        for kind in ("route", "mode")
    }
    if not (sizes["route"] and sizes["mode"]):
        return ""
    if min(sizes["mode"]) > max(sizes["route"]):
        larger, smaller = "mode", "route"
    elif min(sizes["route"]) > max(sizes["mode"]):
        larger, smaller = "route", "mode"
    else:
        return ""
    least, most = minutes_text(min(sizes[larger])), minutes_text(max(sizes[smaller]))
    return f"At placeholder values the {larger} outweighs the {smaller}: {least} min or more against {most} at most."


def in_time_sentence(scenario: Scenario, results: Results) -> str:
    """Whether any of it changes who is in time."""
    changes = []
    for contrast in results.contrasts:
        only_a, only_b = contrast.in_time_only_a, contrast.in_time_only_b
        if only_a is None or only_b is None:
            return ""
        if max(only_a.estimate, only_b.estimate) >= 0.01:
            a, b = results.arm(contrast.a), results.arm(contrast.b)
            changes.append(f"{a.title} {_share_in_time(a)} against {b.title} {_share_in_time(b)}")
    by = f"by {deadline_name(scenario)}"
    if not changes:
        return f"At placeholder values none of these choices changes which reports are there {by} in 1 % of launches."
    return f"Reports there {by} at placeholder values: {'; '.join(changes)}."


def _share_in_time(arm: ArmResult) -> str:
    return share_text(arm.in_time.estimate) if arm.in_time else "?"


def first_cue_sentence(scenario: Scenario, results: Results) -> str:
    """Whether the report can be the first that Tokyo hears."""
    asked = [arm.title for arm in results.arms if arm.is_never_first]
    others = [arm for arm in results.arms if arm.ahead is not None and not arm.is_never_first]
    said = []
    if asked:
        verb = (
            "comes only after Tokyo has heard and adds"
            if len(asked) == 1
            else "come only after Tokyo has heard and add"
        )
        said.append(_sentence(f"{_list(asked)} {verb} nothing to Tokyo's first cue"))
    if others and scenario.baseline:
        shares = [f"{arm.title} {share_text(arm.ahead.estimate)}" for arm in others if arm.ahead]
        said.append(f"Share of launches in which a report comes ahead of the baseline, or alone: {', '.join(shares)}.")
    return " ".join(said)


def _list(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def counts_sentence(results: Results) -> str:
    """The reminder that goes with every count of settings."""
    return NOT_A_PROBABILITY if results.n_settings > 1 else ""


def rests_on(scenario: Scenario, results: Results) -> str:
    """How much of the first contrast is assumed."""
    if not results.contrasts:
        return ""
    first = results.contrasts[0]
    a, b = scenario.arm(first.a).title, scenario.arm(first.b).title
    n, n_assumed = first.n_separating, first.n_separating_assumed
    if n == 0:
        return f"no stage sets {a} and {b} apart"
    share = f"all {n}" if n_assumed == n else f"{n_assumed} of {n}"
    return f"{share} values that set {a} and {b} apart are ASSUMED" if n_assumed else f"none of {n} is assumed"


def headline(scenario: Scenario, results: Results) -> str:
    """The first contrast in one line, for the title of a figure."""
    if not results.contrasts:
        return scenario.title
    first = results.contrasts[0]
    a, b = scenario.arm(first.a).title, scenario.arm(first.b).title
    if first.band.crosses_zero:
        return f"Whether {a} or {b} is sooner is not determined"
    return f"{_at_typical(a, b, first)[:1].upper()}{_at_typical(a, b, first)[1:]}"
