"""From the checked fields of a launch to its noun: where it flies, how long, and by when it must be known."""

from __future__ import annotations

from typing import NamedTuple

from sim.model.flow import steps
from sim.model.launch import Flight, LaunchEntry
from sim.model.scenario import Arm
from sim.scenario import deadlines, schema
from sim.scenario.build import Builder, place
from sim.scenario.calendar import at_of
from sim.scenario.document import TreePath
from sim.units import duration_text, to_the_millisecond

MOST_APART = 2  # times a flight time as written and as computed: on record they are at most a quarter apart
FLIGHT = ("place", "azimuth", "range", "apogee")  # what sensors need to know of a launch


def _flight_lacks(launch: schema.Launch) -> tuple[str, ...]:
    """The fields that are missing to know where a launch flies."""
    known = {name for name in FLIGHT if getattr(launch, name) is not None}
    known |= {"azimuth", "range"} if launch.impact_point else set()
    return tuple(name for name in FLIGHT if name not in known)


class Way(NamedTuple):
    """In which direction a launch flies and how far, as written or as its point of impact tells."""

    azimuth_deg: float | None
    range_m: float | None


def _way(launch: schema.Launch) -> Way:
    if launch.place is None or launch.impact_point is None:
        return Way(launch.azimuth, launch.range)
    from sim.flight.geodesy import azimuth_and_range  # few files name the point

    return Way(*azimuth_and_range(place(launch.place), place(launch.impact_point)))


def _flight(launch: schema.Launch, way: Way) -> Flight | None:
    if launch.place is None or way.azimuth_deg is None or way.range_m is None or launch.apogee is None:
        return None
    return Flight(place(launch.place), way.azimuth_deg, way.range_m, launch.apogee)


def launch_entry(builder: Builder, index: int, given: schema.Launch) -> LaunchEntry:
    """A launch, or several of one entry, in its place in the file."""
    path: TreePath = ("launches", index)
    if index == 0 and given.at:
        builder.blame((*path, "at"), "the first launch is time 0 — leave `at` out, or write it first")
    way = _way(given)
    flight_time = _flight_time(builder, given, way, path)
    return LaunchEntry(
        name=given.name or given.event or "launch",
        at_us=at_of(builder, given, path),
        count=len(given.offsets) if given.offsets else given.count or 1,
        gap=builder.delay(given.gap, (*path, "gap")) if given.gap else None,
        offsets_us=tuple(given.offsets or ()),
        deadline=deadlines.of_launch(builder, given, path, flight_time),
        missile=given.missile,
        date=given.date or "",
        range_m=None if way.range_m is None else round(way.range_m),
        apogee_m=given.apogee,
        source=given.source,
        flight_time_us=flight_time,
        flight=_flight(given, way),
        flight_lacks=_flight_lacks(given),
        false_report=given.false_report,
        matter=given.matter,
        is_event=given.event is not None,
        note=given.note,
    )


def _flight_time(builder: Builder, given: schema.Launch, way: Way, path: TreePath) -> int | None:
    """As written; else from range and apogee, to the millisecond: no further do machines agree."""
    if way.range_m is None or given.apogee is None:
        return given.flight_time
    if given.flight_time is None:
        return _computed_time(builder, given, way, path)
    _check_written_time(builder, given, given.flight_time, way, path)
    return given.flight_time


def _check_written_time(builder: Builder, given: schema.Launch, written: int, way: Way, path: TreePath) -> None:
    """Note a flight time that range and apogee contradict: far beyond what burning, gliding and reports explain."""
    computed = _time_of(way, given)
    if computed and not computed <= MOST_APART * written <= MOST_APART**2 * computed:
        builder.blame(
            (*path, "flight_time"),
            f"is {duration_text(written)}, and range and apogee make it {duration_text(computed)} — check their units, "
            "or leave one out",
        )


def _time_of(way: Way, given: schema.Launch) -> int | None:
    """What range and apogee make of the flight time; None where no missile flies so, which matters to sensors alone."""
    from sim.flight.trajectory import trajectory

    try:
        return to_the_millisecond(trajectory(way.range_m or 0, given.apogee or 0).flight_time_s)
    except ValueError:
        return None


def _computed_time(builder: Builder, given: schema.Launch, way: Way, path: TreePath) -> int | None:
    """From range and apogee; None, with the fault noted, where no missile flies so."""
    from sim.flight.trajectory import trajectory  # few files leave the time out

    if way.range_m is None or given.apogee is None:
        return None
    try:
        return to_the_millisecond(trajectory(way.range_m, given.apogee).flight_time_s)
    except ValueError as error:
        said = str(error)
        if given.flight_time is not None:  # so what is asked for is where it flies
            said = f"{said.partition(' — ')[0]} — sensors cannot look for it: check range and apogee"
        builder.blame(path, said)
        return None


def check_sights(builder: Builder, arm: Arm) -> None:
    """What an arm's sensors and its steps after impact need to know of every launch."""
    used = [arm.stages[step.stage] for step in steps(arm.flow)]
    real = ((index, launch) for index, launch in enumerate(builder.file.launches) if launch.false_report is None)
    for index, launch in real:
        lacks = _flight_lacks(launch)
        if any(stage.sensor for stage in used):
            if launch.event is not None:
                builder.blame(
                    ("launches", index),
                    "sensors look for it, and nothing flies in an event — leave sensors out of its arms",
                )
            elif lacks:
                builder.blame(("launches", index), f"sensors look for it, so it needs {', '.join(lacks)} as well")
            elif launch.flight_time is not None:  # else its flight was computed already
                _computed_time(builder, launch, _way(launch), ("launches", index))
        is_timed = launch.flight_time is not None or not {"range", "apogee"} & set(lacks)
        if not is_timed and any(stage.earliest == "impact" for stage in used):
            message = "a stage waits for impact, so it needs flight_time, or range and apogee"
            of_event = "a stage waits for impact, and an event has none — leave it out of its arms"
            builder.blame(("launches", index), message if launch.event is None else of_event)
