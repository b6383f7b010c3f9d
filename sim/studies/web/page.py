"""The worth of channels and sensors as a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from typing import Any

from sim.analysis.outcomes import Floats
from sim.pages.page import Drawing, Page, Section, Table
from sim.pages.sheets import number
from sim.say.numbers import capital, is_noise_shown, minutes_cell, share_text
from sim.say.repeat import study_words
from sim.studies.web import figure
from sim.studies.web.find import IN_TIME, WARNING, Found, Valued, WebPlan
from sim.studies.web.games import KINDS, Kind, goal_of
from sim.studies.web.say import headline, notes, player_name, ranked, rests_on, seen_sentences, title, warning_of
from sim.units import minutes

SHEET = ("kind", "player", "measure", "unit", "alone", "last_in", "value", "value_noise", "value_low", "value_high")
MEASURES = {WARNING: ("warning", "min", minutes(1)), IN_TIME: ("in_time", "share", 1.0)}
TOGETHER = {"channels": "all channels", "sensors": "all sensors"}
POINTS = "In time: percentage points of the launches reported in time."


def page(plan: WebPlan, found: Found) -> Page:
    """What is said of the channels and of the sensors."""
    scenario = plan.scenario
    run = study_words(scenario, plan.n, plan.n_settings, plan.digest)
    draw = partial(figure.draw, plan=plan, found=found, run=run)
    kinds = [kind for kind in KINDS if found.of(kind)]
    return Page(
        study=plan.study,
        scenario=scenario.name,
        digest=plan.digest,
        title=scenario.title,
        question=f"What is each channel worth to {plan.arm.recipient}, and what are each centre's sensors?",
        headline=headline(plan, found),
        sections=(
            *(Section(table=values_table(plan, found, kind)) for kind in kinds),
            Section(sentences=tuple(seen_sentences(found)), notes=(*notes(plan), POINTS)),
        ),
        rests_on=rests_on(plan),
        repeat=run,
        sheet=sheet(found),
        data=_data(plan, found),
        drawings=(Drawing("web", title(plan, found), draw),),
    )


def values_table(plan: WebPlan, found: Found, kind: Kind) -> Table:
    """A row a player, and one of all: warning in minutes, then points in time."""
    header = [kind, "alone", "last in", "value", "over settings", "in time: alone", "last in", "value"]
    rows = [[player_name(plan, valued), *_cells(valued)] for valued in ranked(found.of(kind))]
    together = found.whole - found.without[kind]
    total = [
        minutes_cell(together[WARNING, 0, 0], 2),
        over_cell(together),
        "",
        "",
        points_cell(together[IN_TIME, 0, 0]),
    ]
    return Table.of([header, *rows, [TOGETHER[kind], "", "", *total]])


def _cells(valued: Valued) -> Iterator[str]:
    each, noise = (valued.alone, valued.last, valued.shapley), valued.noise
    *minutes_each, value = (minutes_cell(values[WARNING, 0, 0], 2) for values in each)
    yield from (*minutes_each, _beside(value, noise[WARNING], minutes_cell(noise[WARNING], 2), warning_of(valued)))
    yield over_cell(valued.shapley)
    *points_each, value = (points_cell(values[IN_TIME, 0, 0]) for values in each)
    points_noise = f"{100 * noise[IN_TIME]:.0f}"
    yield from (*points_each, _beside(value, noise[IN_TIME], points_noise, valued.shapley[IN_TIME, 0, 0]))


def _beside(cell: str, half_width: float, noise: str, value: float) -> str:
    """A value with its noise, where that is a large share of it and not nothing in digits."""
    return f"{cell} ± {noise}" if is_noise_shown(half_width, value) and float(noise) else cell


def over_cell(values: Floats) -> str:
    """Lowest to highest warning over the settings; a dash where there is one."""
    over = values[WARNING, 0]
    return f"{minutes_cell(over.min(), 2)} to {minutes_cell(over.max(), 2)}" if over.size > 1 else "–"


def points_cell(share: float) -> str:
    """A difference of shares in points."""
    return share_text(share).removesuffix(" %") if share >= 0 else f"{100 * share:.0f}"


def sheet(found: Found) -> Table:
    """A row a player and measure."""
    rows = (
        [valued.kind, valued.player, name, unit, *map(number, numbers(valued, measure).values())]
        for valued in found.players
        for measure, (name, unit, _) in MEASURES.items()
    )
    return Table.of([[*SHEET], *rows])


def numbers(valued: Valued, measure: int) -> dict[str, float]:
    """What a player is worth in a measure, at working values and over the settings, in the unit of the sheet."""
    factor, value = MEASURES[measure][2], valued.shapley[measure, 0]
    found = (valued.alone[measure, 0, 0], valued.last[measure, 0, 0], value[0], valued.noise[measure])
    return dict(zip(SHEET[4:], (factor * float(one) for one in (*found, value.min(), value.max())), strict=True))


def _data(plan: WebPlan, found: Found) -> dict[str, Any]:
    return {
        "arm": plan.arm.name,
        "reports_to": goal_of(plan.arm.flow),
        "recipient": plan.arm.recipient,
        "n_settings": plan.n_settings,
        "sampled_orders": {one.kind: 0 if one.orders is None else len(one.orders) for one in plan.games},
        "with_all": _plain(found.whole),
        "without": {kind: _plain(values) for kind, values in found.without.items()},
        "players": [
            {
                "kind": valued.kind,
                "player": valued.player,
                "title": capital(player_name(plan, valued)),
                **{f"{name}_{unit}": numbers(valued, at) for at, (name, unit, _) in MEASURES.items()},
            }
            for valued in found.players
        ],
        "carries_nothing_that_is_seen": [*found.idle],
        "sensors": [
            {
                "centre": sights.centre,
                "n": sights.n_sensors,
                "first_sight_s": sights.first_s,
                "unseen": [asdict(one) for one in sights.unseen],
            }
            for sights in found.sights
        ],
    }


def _plain(values: Floats) -> dict[str, float]:
    return {f"{name}_{unit}": factor * float(values[at, 0, 0]) for at, (name, unit, factor) in MEASURES.items()}
