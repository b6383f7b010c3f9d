"""What arms ask of centres and desks, in words, as tables and as plain JSON."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from sim.analysis.burden import Burden, CentreWork, DeskLoad
from sim.analysis.intervals import Interval
from sim.analysis.results import ArmResult
from sim.analysis.work import NOWHERE as NO_CENTRE
from sim.analysis.work import centre_of
from sim.model.scenario import Scenario
from sim.pages.page import Section, Table
from sim.say.names import desk_name
from sim.say.numbers import capital, ends_cell, interval_cell, list_text, minutes_cell, minutes_text, share_text
from sim.studies.sight.say import owner_name
from sim.units import minutes

NOWHERE = "no centre named"
UNNAMED = "No centre is named of {}: at: seoul, in the stage or in its desk, says whose time it takes."
WHAT = (
    "Time of the modelled steps, sensors and lines among them, and no staffing of any office: how long each step that "
    "began was held at its centre, at a desk or not, in time to count or not; waits are not work. "
    "Means of the first {n:,} replications at working values."
)
NO_STAFFING = "It is time of the modelled steps, and no staffing of any office."
DESKS = (
    "In use: the share of a desk's time, from the first {what} to the end of its last work, that this work took. The "
    "longest queue is a mean over replications, in brackets the longest of all. Other work of desks is left out of all."
)


def sections(scenario: Scenario, arms: Sequence[ArmResult]) -> tuple[Section, ...]:
    """Work by centre, and how desks stood, where there are any."""
    told = [arm for arm in arms if arm.burden.centres]
    if not told:
        return ()
    notes = (WHAT.format(n=told[0].burden.n_replications), *_unnamed(scenario))
    table = centres_table(scenario, told)
    found = [Section("Work by centre", table=table, notes=notes, drawing="work", is_detail=True, is_on_screen=True)]
    if any(arm.burden.desks for arm in told):
        notes = (desks_note(scenario),)
        desks = desks_table(told)
        found.append(Section("Desks", table=desks, notes=notes, drawing="desks", is_detail=True, is_on_screen=True))
    return tuple(found)


def sentence(scenario: Scenario, arms: Sequence[ArmResult]) -> str:
    """How long each arm keeps each centre at work, in words, and what that is not; empty without any work."""
    said = [
        f"{arm.title} {list_text([f'{work_words(one)} {centre_words(one.centre)}' for one in arm.burden.centres])}"
        for arm in arms
        if arm.burden.centres
    ]
    if not said:
        return ""
    return f"Work a {scenario.happening}, by centre: {'; '.join(said)}. {NO_STAFFING}"


def _unnamed(scenario: Scenario) -> Iterator[str]:
    """The steps that say nowhere whose time they take, and how they would."""
    steps = ((arm, stage) for arm in scenario.arms for stage in arm.used_stages())
    names = dict.fromkeys(arm.stages[stage].title for arm, stage in steps if centre_of(arm, stage) == NO_CENTRE)
    if names:
        yield UNNAMED.format(list_text([*names]))


def desks_note(scenario: Scenario) -> str:
    """What is said of desks."""
    return DESKS.format(what=scenario.happening)


def work_words(work: CentreWork) -> str:
    """Minutes of work a launch, their band in brackets."""
    ends = f" ({ends_cell(work.band.low, work.band.high)})" if work.band.low < work.band.high else ""
    return f"{minutes_text(work.work.estimate)} min{ends}"


def centre_words(centre: str) -> str:
    """Where work is done."""
    return f"at {owner_name(centre)}" if centre else f"with {NOWHERE}"


def centres_table(scenario: Scenario, arms: Sequence[ArmResult]) -> Table:
    """A row an arm and centre; no band where only the typical setting was run."""
    is_banded = any(one.band.low < one.band.high for arm in arms for one in arm.burden.centres)
    header = ["", "centre", f"work, min a {scenario.happening} (noise)", *(["across ranges"] if is_banded else [])]
    rows = [_centre_cells(arm, one, is_banded=is_banded) for arm in arms for one in arm.burden.centres]
    return Table.of([[*header, "of it at desks"], *rows])


def _centre_cells(arm: ArmResult, one: CentreWork, *, is_banded: bool) -> list[str]:
    band = [ends_cell(one.band.low, one.band.high)] if is_banded else []
    work = interval_cell(one.work.estimate, one.work.low, one.work.high)
    return [arm.title, centre_title(one.centre), work, *band, minutes_cell(one.at_desks_us)]


def centre_title(centre: str) -> str:
    """A centre at the head of a row."""
    return capital(owner_name(centre).removeprefix("the ")) if centre else NOWHERE


def desks_table(arms: Sequence[ArmResult]) -> Table:
    """A row an arm and desk."""
    header = ["", "desk", "pieces a launch", "wait a piece, min", "in use", "longest queue"]
    return Table.of([header, *([arm.title, *_desk_cells(one)] for arm in arms for one in arm.burden.desks)])


def desk_title(desk: str) -> str:
    """A desk at the head of a row."""
    return desk_name(desk).removeprefix("the ")


def _desk_cells(one: DeskLoad) -> list[str]:
    return [
        desk_title(one.desk),
        f"{one.pieces:.2f}",
        minutes_cell(one.wait_us),
        share_text(one.utilisation),
        queue_text(one.longest, one.most),
    ]


def queue_text(longest: float, most: int) -> str:
    """The longest queue on average, and in brackets that of all replications."""
    return f"{longest:.1f} ({most})" if most else "0"


def plain_burden(found: Burden) -> dict[str, Any]:
    """The same as plain JSON, minutes a launch."""
    return {
        "replications": found.n_replications,
        "centres": [
            {
                "centre": one.centre,
                "work_min": _interval(one.work),
                "at_desks_min": minutes(one.at_desks_us),
                "band": {"low": minutes(one.band.low), "high": minutes(one.band.high)},
            }
            for one in found.centres
        ],
        "desks": [
            {
                "desk": one.desk,
                "centre": one.centre,
                "pieces": one.pieces,
                "wait_min": None if math.isnan(one.wait_us) else minutes(one.wait_us),
                "utilisation_share": one.utilisation,
                "longest_queue": one.longest,
                "longest_queue_of_all": one.most,
            }
            for one in found.desks
        ],
    }


def _interval(found: Interval) -> dict[str, float]:
    return {name: minutes(getattr(found, name)) for name in ("estimate", "low", "high")}
