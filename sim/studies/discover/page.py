"""Where a condition holds, and the regret of arms, as a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from sim.analysis.measures import Measure
from sim.model.scenario import Scenario
from sim.pages.page import Drawing, Page, Section, Table
from sim.pages.sheets import number, numbers, scaled, unit
from sim.say.measures import names
from sim.say.numbers import grade_text, minutes_cell, share_text
from sim.say.repeat import study_words
from sim.say.values import Value, assumed_words
from sim.studies.discover import figure
from sim.studies.discover.boxes import Box, Discovery, Regret
from sim.studies.discover.condition import Condition
from sim.studies.discover.find import DiscoverPlan, Found
from sim.studies.discover.say import RULE, box_sentence, discovery_sentence, limit_text, regret_sentence, said_in, title

MOST_ROWS = 8
REGRET = "Regret: minutes, or points of the share in time, behind the best arm in the same setting."
Known = Mapping[str, Value]


def page(plan: DiscoverPlan, found: Found) -> Page:
    """What is said of it; no figure where there is no region."""
    scenario, discovery, known = plan.scenario, found.discovery, names(plan.scenario)
    run = study_words(scenario, plan.n_each, discovery.n_settings, plan.digest)
    return Page(
        study=plan.study,
        scenario=scenario.name,
        digest=plan.digest,
        title=scenario.title,
        question=f'Where "{said_in(scenario, plan.condition)}" holds',
        headline=discovery_sentence(scenario, plan.condition, discovery, known),
        sections=tuple(_sections(scenario, found, known)),
        rests_on=assumed_words([known[vary.path].grade for vary in found.ranges]),
        repeat=run,
        sheet=sheet(found, known),
        data=_data(plan.condition, found, known),
        drawings=_drawings(plan, found, known, run),
    )


def _sections(scenario: Scenario, found: Found, known: Known) -> Iterator[Section]:
    """The box and the trade-off that it was chosen from; the regret, where there is more than one arm."""
    discovery, regrets = found.discovery, found.regrets
    if discovery.box:
        yield Section(table=Table.of(_limits(known, discovery.box)))
        yield Section(table=Table.of(_trade_off(discovery)), notes=(RULE,))
    if len(regrets[Measure.MEAN]) > 1:
        said = regret_sentence(scenario, regrets[Measure.MEAN], discovery.n_settings)
        yield Section(sentences=(said,), table=Table.of(_regrets(scenario, regrets)), notes=(REGRET,))


def _drawings(plan: DiscoverPlan, found: Found, known: Known, run: str) -> tuple[Drawing, ...]:
    box, scenario, condition = found.discovery.box, plan.scenario, plan.condition
    if box is None:
        return ()
    said = box_sentence(scenario, condition, found.discovery, box)
    draw = partial(figure.draw, scenario=scenario, found=found, said=said, run=run)
    return (Drawing("discover", title(scenario, condition, box, known), draw),)


def _limits(known: Known, box: Box) -> list[list[str]]:
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
        for one in regrets[Measure.MEAN]
    ]
    if Measure.IN_TIME not in regrets:
        return [header, *rows]
    shares = [f"{100 * one.most:.0f}" for one in regrets[Measure.IN_TIME]]
    return [[*header, "in time: largest"], *([*row, share] for row, share in zip(rows, shares, strict=True))]


def sheet(found: Found, known: Known) -> Table:
    """One row a limit of the chosen box; then one row an arm and measure: regret in minutes or as a share."""
    box = found.discovery.box
    header = ["kind", "name", "measure", "unit", "low", "high", "mean", "p95", "largest", "n_best", "n_worst"]
    rows = [header]
    for limit in box.limits if box else ():
        value = known[limit.range.path]
        ends = numbers(value, limit.range.at(limit.low), limit.range.at(limit.high))
        rows.append(["limit", limit.range.path, "", unit(value), *ends, *[""] * 5])
    for measure, regrets in found.regrets.items():
        for regret in regrets:
            sizes = [number(measure.in_sheet(size)) for size in (regret.mean, regret.p95, regret.most)]
            rows.append(
                [
                    "regret",
                    regret.arm,
                    measure.column,
                    measure.sheet_unit,
                    "",
                    "",
                    *sizes,
                    str(regret.n_best),
                    str(regret.n_worst),
                ]
            )
    return Table.of(rows)


def _data(condition: Condition, found: Found, known: Known) -> dict[str, Any]:
    """The same as plain JSON, a value in the unit that stands beside it."""
    discovery = found.discovery
    return {
        "when": condition.text,
        "n_settings": discovery.n_settings,
        "n_of_interest": discovery.n_of_interest,
        "box": _plain_box(discovery.box, known) if discovery.box else None,
        "boxes": [_plain_box(box, known) for box in discovery.boxes],
        "regrets": {
            measure: [_plain_regret(measure, regret) for regret in regrets]
            for measure, regrets in found.regrets.items()
        },
    }


def _plain_box(box: Box, known: Known) -> dict[str, Any]:
    return {
        "coverage": box.coverage,
        "density": box.density,
        "n_settings": box.n_settings,
        "n_of_interest": box.n_of_interest,
        "limits": [
            {
                "path": limit.range.path,
                "unit": unit(known[limit.range.path]),
                "low": scaled(known[limit.range.path], limit.range.at(limit.low)),
                "high": scaled(known[limit.range.path], limit.range.at(limit.high)),
                "quasi_p": limit.quasi_p,
            }
            for limit in box.limits
        ],
    }


def _plain_regret(measure: Measure, regret: Regret) -> dict[str, Any]:
    unit_of = measure.sheet_unit
    sizes = {"mean": regret.mean, "p95": regret.p95, "largest": regret.most}
    plain = {f"{name}_{unit_of}": measure.in_sheet(size) for name, size in sizes.items()}
    return {"arm": regret.arm, **plain, "n_best": regret.n_best, "n_worst": regret.n_worst}
