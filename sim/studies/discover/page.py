"""Where a condition holds, and the regret of arms, as a text for the terminal, a sheet, JSON and a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from sim.analysis.outcomes import Floats, Measure
from sim.model.scenario import Scenario
from sim.pages.tables import aligned
from sim.pages.texts import CAVEAT, assumed_line, csv_text, filled, labelled, number, numbers, plain_difference, unit
from sim.plots.render import figure_files
from sim.say.findings import study_words
from sim.say.measures import names
from sim.say.numbers import grade_text, minutes_cell, share_text
from sim.store.run import json_text
from sim.store.study import Answer
from sim.studies.discover import figure as figure
from sim.studies.discover.condition import Bools, Condition
from sim.studies.discover.find import Box, Discovery, Regret
from sim.studies.discover.say import RULE, discovery_sentence, limit_text, regret_sentence, said_in

MOST_ROWS = 8


@dataclass(frozen=True, eq=False)
class Discovered:
    """All that was found.

    paths, positions, holds : the ranges looked at; float64 (setting, range), 0 to 1; bool (setting,).
    regrets : by measure, of all arms but the baseline.
    """

    scenario: Scenario
    condition: Condition
    paths: tuple[str, ...]
    positions: Floats
    holds: Bools
    discovery: Discovery
    regrets: Mapping[Measure, tuple[Regret, ...]]
    n_replications: int


def answer(every: Discovered, digest: str) -> Answer:
    """What is said of it; no figure where there is no region."""
    scenario, found = every.scenario, every.discovery
    run = study_words(scenario, every.n_replications, found.n_settings, digest)
    document = {"scenario": scenario.name, "digest": digest, "when": every.condition.text, **asdict(found)}
    files = {
        "discover.json": json_text({**document, "regrets": _plain(every)}).encode(),
        "discover.csv": sheet(every).encode(),
    }
    if found.box:
        drawn = figure.draw(scenario, every.condition, found, every.paths, every.positions, every.holds, run)
        files |= figure_files("discover", drawn)
    return Answer(text(every, run), files)


def _plain(every: Discovered) -> dict[str, list[dict[str, object]]]:
    return {measure: [asdict(one) for one in regrets] for measure, regrets in every.regrets.items()}


def text(every: Discovered, run: str) -> str:
    """For the terminal: the finding, the box, the trade-off, the regret."""
    scenario, found, known = every.scenario, every.discovery, names(every.scenario)
    lines = [scenario.title, filled(f'Where "{said_in(scenario, every.condition)}" holds'), CAVEAT, ""]
    lines.append(filled(discovery_sentence(scenario, every.condition, found, known)))
    if found.box:
        lines += ["", aligned(_limits(every, found.box)), "", aligned(_trade_off(found)), filled(RULE)]
    if len(every.regrets["mean"]) > 1:
        lines += ["", filled(regret_sentence(scenario, every.regrets["mean"], found.n_settings))]
        lines += [aligned(_regrets(scenario, every.regrets))]
        lines.append(
            filled("Regret: minutes, or points of the share in time, behind the best arm in the same setting.")
        )
    grades = [known[path].grade for path in every.paths]
    lines.append(assumed_line(grades))
    return "\n".join([*lines, labelled("Run", run)]) + "\n"


def _limits(every: Discovered, box: Box) -> list[list[str]]:
    known = names(every.scenario)
    rows = [
        [value.name, grade_text(value.grade) or "–", value.ends, limit_text(value, limit)]
        for limit in box.limits
        for value in (known[limit.range.path],)
    ]
    return [["", "rests on", "range", "in the box"], *rows]


def _trade_off(found: Discovery) -> list[list[str]]:
    """Some of the boxes, evenly spaced, and the chosen one."""
    step = max(1, -(-len(found.boxes) // MOST_ROWS))
    shown = [box for place, box in enumerate(found.boxes) if place % step == 0 or box is found.box]
    rows = [
        [
            "chosen" if box is found.box else "",
            *(share_text(box.coverage), share_text(box.density), f"{box.n_settings:,}", str(len(box.limits))),
        ]
        for box in shown
    ]
    return [["box", "coverage", "density", "settings", "values limited"], *rows]


def _regrets(scenario: Scenario, regrets: Mapping[Measure, Sequence[Regret]]) -> list[list[str]]:
    header = ["regret", "mean", "p95", "largest", "best in", "worst in"]
    rows = [
        [
            scenario.arm(one.arm).title,
            *(minutes_cell(value) for value in (one.mean, one.p95, one.most)),
            *(f"{one.n_best:,}", f"{one.n_worst:,}"),
        ]
        for one in regrets["mean"]
    ]
    if "in-time" not in regrets:
        return [header, *rows]
    shares = [f"{100 * one.most:.0f}" for one in regrets["in-time"]]
    return [[*header, "in time: largest"], *([*row, share] for row, share in zip(rows, shares, strict=True))]


def sheet(every: Discovered) -> str:
    """One row a limit of the chosen box; then one row an arm and measure: regret in minutes or as a share."""
    known, box = names(every.scenario), every.discovery.box
    header = ["kind", "name", "unit_or_measure", "low", "high", "mean", "p95", "largest", "n_best", "n_worst"]
    rows = [header]
    for limit in box.limits if box else ():
        value = known[limit.range.path]
        ends = numbers(value, limit.range.at(limit.low), limit.range.at(limit.high))
        rows.append(["limit", limit.range.path, unit(value), *ends, *[""] * 5])
    for measure, regrets in every.regrets.items():
        for one in regrets:
            sizes = [number(plain_difference(measure, size)) for size in (one.mean, one.p95, one.most)]
            rows.append(["regret", one.arm, measure, "", "", *sizes, str(one.n_best), str(one.n_worst)])
    return csv_text(rows)
