"""The tables of a run: arms, pairs, stages, and the sheet."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from sim.analysis.bands import Band
from sim.analysis.intervals import Interval
from sim.analysis.refine import QUANTILES
from sim.analysis.results import ArmResult, Contrast, Results
from sim.model.calendar import Channel
from sim.model.evidence import Evidence
from sim.model.scenario import Scenario
from sim.model.scope import has_no_path
from sim.pages.page import Table
from sim.pages.sheets import number
from sim.say.channels import NO_PATH, no_path_words, period_text
from sim.say.deadlines import deadline_after, deadline_name
from sim.say.findings import has_unpaired, is_pathless
from sim.say.hours import hours_of
from sim.say.numbers import grade_text, interval_cell, list_text, minutes_cell, share_text
from sim.say.outages import outages_of
from sim.units import minutes

UNIT = "minutes from {}; averages leave out reports that never arrive, and *arrives* says how many do"
UNIT_OF_PAIRS = "; differences are of {} in which both reports arrive"
UNIT_OF_FALSE = "; false alerts: the share of false reports that become one, which count in nothing else"


def _range(band: Band) -> str:
    return "–" if math.isnan(band.low) else f"{minutes_cell(band.low)} to {minutes_cell(band.high)}"


def _share(interval: Interval | None) -> str:
    return "–" if interval is None else share_text(interval.estimate)


def columns(scenario: Scenario, results: Results) -> list[tuple[str, Callable[[ArmResult], str]]]:
    """Header and cell of every column after the arm's name; no band where only the typical setting was run."""
    over_ranges = ("p50 across ranges", lambda arm: _range(arm.p50_band))
    of_false = {one.arm: share_text(one.share.estimate) for one in results.false_alerts}
    return [
        ("arrives", lambda arm: _share(arm.arrives)),
        (f"by {deadline_name(scenario)}", lambda arm: _share(arm.in_time)),
        ("mean", lambda arm: minutes_cell(arm.mean.estimate)),
        ("p50", lambda arm: minutes_cell(arm.quantiles[0].estimate)),
        ("p95", lambda arm: minutes_cell(arm.quantiles[2].estimate)),
        *([over_ranges] if results.n_settings > 1 else []),
        *([("false alerts", lambda arm: of_false[arm.name])] if of_false else []),
    ]


def arms(scenario: Scenario, results: Results) -> Table:
    """A row an arm."""
    shown = columns(scenario, results)
    body = [[_arm_title(scenario, arm), *_arm_cells(scenario, arm, shown)] for arm in results.arms]
    return Table.of([["", *(header for header, _ in shown)], *body])


def _arm_cells(
    scenario: Scenario, arm: ArmResult, shown: Sequence[tuple[str, Callable[[ArmResult], str]]]
) -> list[str]:
    """The numbers of an arm; of one without a path, that alone."""
    if has_no_path(scenario, scenario.arm(arm.name)):
        return [NO_PATH, *[""] * (len(shown) - 1)]
    return [cell(arm) for _, cell in shown]


def _arm_title(scenario: Scenario, arm: ArmResult) -> str:
    return f"{arm.title} (baseline)" if arm.name == scenario.baseline else arm.title


def unit_text(scenario: Scenario, results: Results) -> str:
    """What the numbers are, of which launches, and when the deadline is."""
    after = deadline_after(scenario)
    deadline = f"; {deadline_name(scenario)}: {after} after {scenario.happening}" if after else ""
    of_pairs = UNIT_OF_PAIRS.format(scenario.happenings) * has_unpaired(results)
    of_false = UNIT_OF_FALSE * bool(results.false_alerts)
    return f"{UNIT.format(scenario.happening)}{deadline}{of_pairs}{of_false}"


def terms_notes(scenario: Scenario) -> tuple[str, ...]:
    """What the names of routes and modes mean, where the file says so; one note, or none."""
    terms = {name: meaning for arm in scenario.arms for name, meaning in arm.terms.items()}
    said = "; ".join(f"{name}: {meaning}" for name, meaning in terms.items())
    return (said,) if said else ()


def _pair_columns(scenario: Scenario, results: Results) -> list[tuple[str, Callable[[Contrast], str]]]:
    """Header and cell of every column after the names of a pair."""
    over_ranges: list[tuple[str, Callable[[Contrast], str]]] = [
        ("mean: lowest to highest", lambda pair: _range(pair.band)),
        ("settings: a faster, b faster", _settings_cell),
    ]
    has_deadlines = any(pair.in_time_only_a for pair in results.contrasts)
    return [
        ("mean (noise)", _mean_cell),
        *(over_ranges if results.n_settings > 1 else []),
        (
            f"{scenario.happenings}: a faster, b faster",
            lambda pair: f"{_share(pair.a_sooner)}, {_share(pair.b_sooner)}",
        ),
        *([("in time: only a, only b", _in_time_cell)] if has_deadlines else []),
        *([("in time: a − b, points (noise)", _points_cell)] if has_deadlines else []),
        *([("in time: lowest to highest", _points_range)] if has_deadlines and results.n_settings > 1 else []),
        ("arrives: both, only a, only b, neither", _counts_cell),
    ]


def _mean_cell(pair: Contrast) -> str:
    return interval_cell(pair.mean.estimate, pair.mean.low, pair.mean.high)


def _settings_cell(pair: Contrast) -> str:
    n = sum(not math.isnan(difference) for difference in pair.by_setting)
    return f"{pair.n_settings_a_sooner}, {pair.n_settings_b_sooner} of {n}"


def _in_time_cell(pair: Contrast) -> str:
    return f"{_share(pair.in_time_only_a)}, {_share(pair.in_time_only_b)}"


def _points_cell(pair: Contrast) -> str:
    apart = pair.in_time
    if apart is None:
        return "–"
    return f"{100 * apart.estimate:.1f} ({100 * apart.low:.1f} to {100 * apart.high:.1f})"


def _points_range(pair: Contrast) -> str:
    band = pair.in_time_band
    return "–" if band is None else f"{100 * band.low:.0f} to {100 * band.high:.0f}"


def _counts_cell(pair: Contrast) -> str:
    counts = pair.counts
    return ", ".join(f"{n:,}" for n in (counts.both, counts.only_a, counts.only_b, counts.neither))


def pairs(scenario: Scenario, results: Results) -> Table:
    """Every pair: noise and band of its difference, and the counts that stand beside them."""
    shown = _pair_columns(scenario, results)
    cells = [["a minus b, minutes", *(header for header, _ in shown)]]
    for pair in results.contrasts:
        names = f"{scenario.arm(pair.a).title} − {scenario.arm(pair.b).title}"
        none = [NO_PATH, *[""] * (len(shown) - 1)]
        cells.append([names, *(none if is_pathless(scenario, pair) else [cell(pair) for _, cell in shown])])
    return Table.of(cells)


def stages(scenario: Scenario, results: Results) -> tuple[Table, tuple[str, ...]]:
    """Every stage that carried a report, hours and outages: what they rest on and why; the sources by number."""
    known = {stage.name: stage for arm in results.arms for stage in arm.stages}
    rows = [(one.title, Evidence(one.step, one.value, one.source, one.note)) for one in known.values()]
    rows += [(f"hours of {desk}", hours.evidence) for desk, hours in hours_of(scenario.arms).items()]
    rows += [(f"outages of {path}", outages.evidence) for (path, _), outages in outages_of(scenario).items()]
    sources = list(dict.fromkeys(evidence.source for _, evidence in rows if evidence.source))
    cells = [["stage", "step rests on", "value rests on", "source", "why"]]
    for title, evidence in rows:
        mark = f"[{sources.index(evidence.source) + 1}]" if evidence.source else "none"
        cells.append([title, evidence.step, grade_text(evidence.value), mark, " ".join(evidence.note.split())])
    return Table.of(cells), tuple(sources)


def channels(scenario: Scenario) -> Table:
    """Every channel that some arm uses: what it carries, its periods with what happened, and who says so."""
    cells = [["channel", "carries", "open", "because", "source"]]
    for one, title in _titled(scenario):
        carried = list_text([*one.carries]) if one.carries else "anything"
        when = "always" if one.open is None else "" if one.open else "never"
        cells.append([title, carried, when, "", one.source or "none"])
        cells += [
            [title, "", period_text(period), period.because, period.source or "none"] for period in one.open or ()
        ]
    return Table.of(cells)


def _titled(scenario: Scenario) -> Iterator[tuple[Channel, str]]:
    """Every channel that some arm uses and its title, where arms differ in it with those that have it so."""
    found: dict[str, dict[Channel, list[str]]] = {}
    for arm in scenario.arms:
        for name in arm.used_channels():
            found.setdefault(name, {}).setdefault(arm.channels[name], []).append(arm.title)
    for ways in found.values():
        for one, titles in ways.items():
            yield one, f"{one.title} ({list_text(titles)})" if len(ways) > 1 else one.title


def sheet(scenario: Scenario, results: Results) -> Table:
    """One row an arm, all in minutes and shares, intervals beside estimates; of one without a path, why."""
    of_false = {one.arm: one.share.estimate for one in results.false_alerts}
    header = ["arm", "arrives_share", "in_time_share", "mean_min", "mean_low_min", "mean_high_min"]
    header += [f"p{100 * q:g}_{end}" for q in QUANTILES for end in ("min", "low_min", "high_min")]
    header += ["margin_min", "ahead_of_baseline_share"]
    header += [f"{of}_band_{end}_min" for of in ("p50", "mean") for end in ("low", "high")]
    header += ["false_alerts_share"] if of_false else []
    why = {arm.name: no_path_words(scenario, arm) for arm in scenario.arms}
    header += ["no_path"] if any(why.values()) else []
    rows = []
    for arm in results.arms:
        values = [*_values(arm), *([of_false[arm.name]] if of_false else [])]
        numbers = [""] * len(values) if why[arm.name] else [*map(number, values)]
        rows.append([arm.name, *numbers, *([why[arm.name]] if any(why.values()) else [])])
    return Table.of([header, *rows])


def _values(arm: ArmResult) -> list[float]:
    nan = math.nan
    times = [value for i in (arm.mean, *arm.quantiles) for value in (i.estimate, i.low, i.high)]
    bands = [arm.p50_band.low, arm.p50_band.high, arm.mean_band.low, arm.mean_band.high]
    return [
        arm.arrives.estimate,
        arm.in_time.estimate if arm.in_time else nan,
        *map(minutes, times),
        minutes(arm.margin.estimate) if arm.margin else nan,
        arm.ahead.estimate if arm.ahead else nan,
        *map(minutes, bands),
    ]
