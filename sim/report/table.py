"""The comparison as a table: plain for the terminal, Markdown with footnotes for a memo, CSV for a sheet."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable

from sim.analysis.findings import deadline_name, kept_text, rests_on, sentences, share_text
from sim.analysis.intervals import LEVEL, Interval
from sim.analysis.refine import QUANTILES
from sim.analysis.results import ArmResult, Band, Results
from sim.model.scenario import Scenario
from sim.units import minutes

CAVEAT = "A comparison under stated assumptions, not a reconstruction of any day."
UNIT = "minutes from launch; reports that never arrive are counted, not averaged in"


def minutes_cell(us: float) -> str:
    """Minutes as the tables show them; a dash where there is no value."""
    if math.isnan(us):
        return "–"
    value = minutes(us)
    return f"{value:.0f}" if abs(value) >= 99.5 else f"{value:.1f}"


def _range(band: Band) -> str:
    return "–" if math.isnan(band.low) else f"{minutes_cell(band.low)} to {minutes_cell(band.high)}"


def _share(interval: Interval | None) -> str:
    return "–" if interval is None else share_text(interval.estimate)


def columns(scenario: Scenario, results: Results) -> list[tuple[str, Callable[[ArmResult], str]]]:
    """Header and cell of every column after the arm's name; no band where only the typical setting was run."""
    over_settings = ("p50 over settings", lambda arm: _range(arm.p50_band))
    return [
        ("arrives", lambda arm: _share(arm.arrives)),
        (f"by {deadline_name(scenario)}", lambda arm: _share(arm.in_time)),
        ("mean", lambda arm: minutes_cell(arm.mean.estimate)),
        ("p50", lambda arm: minutes_cell(arm.quantiles[0].estimate)),
        ("p95", lambda arm: minutes_cell(arm.quantiles[2].estimate)),
        *([over_settings] if results.n_settings > 1 else []),
    ]


def rows(scenario: Scenario, results: Results) -> list[list[str]]:
    """The table as text cells, header first."""
    shown = columns(scenario, results)
    body = [[_arm_title(scenario, arm), *(cell(arm) for _, cell in shown)] for arm in results.arms]
    return [["", *(header for header, _ in shown)], *body]


def _arm_title(scenario: Scenario, arm: ArmResult) -> str:
    return f"{arm.title} (baseline)" if arm.name == scenario.baseline else arm.title


def plain_table(scenario: Scenario, results: Results) -> str:
    """Aligned for the terminal."""
    cells = rows(scenario, results)
    widths = [max(len(row[i]) for row in cells) for i in range(len(cells[0]))]
    lines = [
        "  ".join(c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True)))
        for row in cells
    ]
    return "\n".join(line.rstrip() for line in lines)


def run_words(scenario: Scenario, results: Results, digest: str) -> str:
    """What a reader needs to repeat it, in one line."""
    launches = f"{results.n_launches} launch{'es' if results.n_launches > 1 else ''}"
    return (
        f"n = {results.n_replications:,} replications × {launches}, {_settings_words(scenario, results)}, "
        f"{LEVEL:.0%} level, seed {scenario.seed}, {digest}, {kept_text(results)}"
    )


def _settings_words(scenario: Scenario, results: Results) -> str:
    if results.n_settings > 1:
        return f"{results.n_settings} settings × {results.n_setting_replications:,}"
    return "typical setting alone" if scenario.ranges() else "no ranges"


def markdown(scenario: Scenario, results: Results, digest: str) -> str:
    """The table with its findings, and the sources of every stage as footnotes."""
    cells = rows(scenario, results)
    lines = [f"# {scenario.title}", "", f"*{CAVEAT} Recipient: {scenario.arms[0].recipient}.*", ""]
    lines += [f"- {sentence}" for sentence in sentences(scenario, results)]
    lines += ["", "| " + " | ".join(cells[0]) + " |", "|" + " --- |" * len(cells[0])]
    lines += ["| " + " | ".join(row) + " |" for row in cells[1:]]
    lines += ["", f"*{UNIT[:1].upper()}{UNIT[1:]}. {run_words(scenario, results, digest)}.*", ""]
    lines += ["## Pairs", "", *_contrast_lines(scenario, results), ""]
    if rests := rests_on(scenario, results):
        lines += [f"**Rests on:** {rests}.", ""]
    lines += ["## Stages and what they rest on", "", *_stage_lines(results), ""]
    return "\n".join(lines)


def _contrast_lines(scenario: Scenario, results: Results) -> list[str]:
    lines = [
        "| a minus b, minutes | mean (noise) | over settings | a sooner, b sooner | both, only a, only b, neither |",
        "| --- | --- | --- | --- | --- |",
    ]
    for pair in results.contrasts:
        a, b = scenario.arm(pair.a).title, scenario.arm(pair.b).title
        noise = f"{minutes_cell(pair.mean.estimate)} ({_range(Band(pair.mean.low, pair.mean.high))})"
        sooner = f"{_share(pair.a_sooner)}, {_share(pair.b_sooner)}"
        counts = ", ".join(
            f"{n:,}" for n in (pair.counts.both, pair.counts.only_a, pair.counts.only_b, pair.counts.neither)
        )
        over = _range(pair.band) if results.n_settings > 1 else "–"
        lines.append(f"| {a} − {b} | {noise} | {over} | {sooner} | {counts} |")
    return lines


def _stage_lines(results: Results) -> list[str]:
    stages = {stage.name: stage for arm in results.arms for stage in arm.stages}
    sources = list(dict.fromkeys(stage.source for stage in stages.values() if stage.source))
    lines = ["| stage | step | value | source | why |", "| --- | --- | --- | --- | --- |"]
    for stage in stages.values():
        mark = f"[^{sources.index(stage.source) + 1}]" if stage.source else "none"
        value = stage.value.upper() if stage.value == "assumed" else stage.value
        lines.append(f"| {stage.title} | {stage.step} | {value} | {mark} | {_cell(stage.note)} |")
    return [*lines, "", *(f"[^{i + 1}]: {_cell(source)}" for i, source in enumerate(sources))]


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "/")


def summary_csv(results: Results) -> str:
    """One row an arm, all in minutes and shares, intervals beside estimates."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    header = ["arm", "arrives", "in_time", "mean_min", "mean_low", "mean_high"]
    header += [f"p{100 * q:g}_{end}" for q in QUANTILES for end in ("min", "low", "high")]
    header += ["margin_min", "ahead_of_baseline", "p50_band_low", "p50_band_high", "mean_band_low", "mean_band_high"]
    writer.writerow(header)
    for arm in results.arms:
        writer.writerow([arm.name, *(_number(value) for value in _values(arm))])
    return out.getvalue()


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


def _number(value: float) -> str:
    return f"{value:.6g}" if math.isfinite(value) else ""
