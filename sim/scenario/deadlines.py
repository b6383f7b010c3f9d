"""By when a report must be there: of a launch, of the whole file, of an arrangement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.model.launch import Deadline
from sim.scenario import schema
from sim.scenario.document import TreePath
from sim.units import duration_text

if TYPE_CHECKING:
    from sim.scenario.build import Builder

NO_DEADLINE = (
    "has no flight time, so no deadline — add flight_time: 10 min, or its range and apogee, "
    "or for all launches a line deadline: {name: splash, after: 10 min} (deadline: none asks nothing)"
)
NO_DEADLINE_OF_EVENT = (
    "is an event, which has no impact, so no deadline — add deadline: {name: violation, after: 29 min} "
    "(deadline: none asks nothing)"
)


def of_launch(builder: Builder, launch: schema.Launch, path: TreePath, flight_time: int | None) -> Deadline | None:
    """That of a launch, or of the file; None where it is none, or nothing was launched."""
    given = launch.deadline if launch.deadline is not None else builder.file.deadline
    if given == "none" or launch.false_report is not None:
        return None
    after = given.after if given.after is not None else flight_time
    if after is None:
        builder.blame(path, NO_DEADLINE_OF_EVENT if launch.event is not None else NO_DEADLINE)
        return None
    where = path if launch.deadline is not None else ()
    if given.name == "impact" and launch.flight_time not in (None, after):
        builder.blame(
            (*where, "deadline", "after"),
            f"says impact after {duration_text(after)}, and the launch flies {duration_text(launch.flight_time or 0)} "
            "— leave after out, or give the deadline another name",
        )
    return _before(builder, (*where, "deadline"), given, after)


def of_arrangement(builder: Builder, path: TreePath, given: schema.Deadline | None) -> Deadline | None:
    """That of an arrangement, by which its reports of all launches are due; None where it leaves it to them."""
    if given is None:
        return None
    if given.after is None:
        builder.blame(path, f"{given.name} has no time here — add after: 2 h, or leave it out: launches have theirs")
        return None
    return _before(builder, path, given, given.after)


def _before(builder: Builder, path: TreePath, given: schema.Deadline, after: int) -> Deadline:
    """What is left of the time to an event by what is needed before it."""
    if given.needs and given.needs >= after:
        needs, event = duration_text(given.needs), duration_text(after)
        builder.blame((*path, "needs"), f"must be less than the time to {given.name}, {needs} of {event}")
    return Deadline(given.name, after - given.needs, given.needs)
