"""When sensors see a launch, as a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any

from sim.flight.boost import State
from sim.flight.sight import Sight
from sim.pages.page import Drawing, Page, Section, Table
from sim.pages.sheets import number
from sim.say.numbers import capital, grade_text, share_text
from sim.studies.sight import figure
from sim.studies.sight.find import Seen, Sighting, SightPlan
from sim.studies.sight.say import NEVER, height_words, owner_name, sentence, time_words, title
from sim.units import length_text, seconds

CAVEAT = (
    "Geometry alone: when a sensor that looks and works could see it. What it takes to notice and to tell, and outages,"
    " are not in it; places that are approximate move it."
)
UNIT = (
    "first and last: from launch, and how high it is then; between them it may be out of sight; over range: first"
    " sight where ranges of what is not known let it see least and most; out: the share of launches for which it is not"
    " there or does not work"
)
NO_LIMIT = "horizon"


def page(plan: SightPlan, found: Sighting) -> Page:
    """What is said of a launch and its sensors."""
    scenario = plan.scenario
    name = scenario.name if len(scenario.launches) == 1 else f"{scenario.name}, {found.entry.name}"
    draw = partial(figure.draw, found=found, run=f"{name}: {plan.digest}")
    return Page(
        study=plan.study,
        scenario=scenario.name,
        digest=plan.digest,
        title=scenario.title,
        question=f"Who sees {found.entry.name}, and when",
        caveat="",
        headline=sentence(found),
        findings=(CAVEAT,),
        sections=(Section(table=Table.of(table(found)), notes=(UNIT,)),),
        labels={"Flight": flight_words(found), "Computed": computed_words(found)},
        repeat=plan.digest,
        sheet=Table.of(sheet(found)),
        data=_data(found),
        drawings=(Drawing("sight", title(found), draw),),
    )


def flight_words(found: Sighting) -> str:
    """What is reported of the flight."""
    flight = found.flight
    lat_deg, lon_deg = flight.place.lat_deg, flight.place.lon_deg
    place = f"{abs(lat_deg):.4g}° {'N' if lat_deg >= 0 else 'S'} {abs(lon_deg):.4g}° {'E' if lon_deg >= 0 else 'W'}"
    return (
        f"from {place} towards {flight.azimuth_deg:.0f}°, range {length_text(flight.range_m)}, apogee"
        f" {length_text(flight.apogee_m)}, as the scenario has it"
    )


def computed_words(found: Sighting) -> str:
    """What is computed of the flight, and the flight time of the file beside it."""
    path = found.track.trajectory
    end: State = path.boost.end
    shape = "as a flat flight inside the air" if path.is_flat else "as free flight on an ellipse"
    said = (
        f"from range and apogee, {shape}: burnout after {time_words(path.burnout_s)} at {height_words(end.altitude_m)},"
        f" apogee after {time_words(path.apogee_s)}, impact after {time_words(path.flight_time_s)}"
    )
    if found.written_us is None:
        return said
    return f"{said} (the scenario has {time_words(seconds(found.written_us))}, which is what deadlines go by)"


def table(found: Sighting) -> list[list[str]]:
    """A row a sensor as text cells, header first, under a row for its owner."""
    shown: list[tuple[str, Callable[[Seen], str]]] = [
        ("reaches", _reach),
        ("first", lambda seen: _time(_of(seen.sight, "first_s"))),
        ("at", lambda seen: _height(_of(seen.sight, "first_altitude_m"))),
        ("last", lambda seen: _time(_of(seen.sight, "last_s"))),
        ("at", lambda seen: _height(_of(seen.sight, "last_altitude_m"))),
        ("over range", _over_range),
        *([("out", lambda seen: share_text(seen.out))] if any(seen.out for seen in found.sensors) else []),
        ("value", lambda seen: grade_text(seen.stage.evidence.value)),
    ]
    rows = [["", *(header for header, _ in shown)]]
    for owner in found.owners:
        rows.append([capital(owner_name(owner)), *("" for _ in shown)])
        own = [seen for seen in found.sensors if seen.sensor.owner == owner]
        rows += [[f"  {seen.stage.title}", *(cell(seen) for _, cell in shown)] for seen in own]
    return rows


def _reach(seen: Seen) -> str:
    if seen.sensor.place is None:
        return "burning"
    return NO_LIMIT if seen.range_m is None else length_text(seen.range_m)


def _of(sight: Sight | None, field: str) -> float | None:
    return None if sight is None else float(getattr(sight, field))


def _time(value_s: float | None) -> str:
    return NEVER if value_s is None else f"{value_s:.0f} s"


def _height(altitude_m: float | None) -> str:
    return "" if altitude_m is None else height_words(altitude_m)


def _over_range(seen: Seen) -> str:
    if not seen.is_spread:
        return ""
    low, high = (_time(_of(end, "first_s")) for end in seen.ends)
    return low if low == high else f"{low} to {high}"


def sheet(found: Sighting) -> list[list[str]]:
    """One row a sensor: seconds from launch, metres; empty where there is none."""
    header = ["owner", "sensor", "title", "field", "range_m", "first_s", "first_altitude_m", "last_s"]
    header += [
        "last_altitude_m",
        "n_pieces",
        "first_s_at_low_range",
        "first_s_at_high_range",
        "out_share",
        "step",
        "value",
    ]
    return [[*header, "source"], *(_sheet_row(seen) for seen in found.sensors)]


def _sheet_row(seen: Seen) -> list[str]:
    stage, sight = seen.stage, seen.sight
    ends = [_number(_of(end, "first_s")) if seen.is_spread else "" for end in seen.ends]
    times = [_of(sight, field) for field in ("first_s", "first_altitude_m", "last_s", "last_altitude_m")]
    evidence = [stage.evidence.step, stage.evidence.value, " ".join(stage.evidence.source.split())]
    start = [seen.sensor.owner, stage.name, stage.title, seen.sensor.field, _number(seen.range_m)]
    return [*start, *map(_number, times), str(sight.n_pieces if sight else 0), *ends, number(seen.out), *evidence]


def _number(value: float | None) -> str:
    """To the millisecond or millimetre: no further do machines agree."""
    return "" if value is None else f"{round(value, 3):.10g}"


def _data(found: Sighting) -> dict[str, Any]:
    """The same as plain JSON, seconds from launch and metres."""
    path, flight = found.track.trajectory, found.flight
    return {
        "launch": found.entry.name,
        "source": found.entry.source,
        "flight": {
            **asdict(flight),
            "is_flat": path.is_flat,
            "burnout_s": path.burnout_s,
            "apogee_s": path.apogee_s,
            "flight_time_s": path.flight_time_s,
            "written_flight_time_s": None if found.written_us is None else seconds(found.written_us),
        },
        "sensors": [_plain(seen) for seen in found.sensors],
    }


def _plain(seen: Seen) -> dict[str, Any]:
    stage = seen.stage
    start = {"owner": seen.sensor.owner, "sensor": stage.name, "title": stage.title, "range_m": seen.range_m}
    ends = dict(zip(("at_low_range", "at_high_range"), map(_plain_sight, seen.ends), strict=True))
    rests_on = {"step": stage.evidence.step, "value": stage.evidence.value, "source": stage.evidence.source}
    return {
        **start,
        "sight": _plain_sight(seen.sight),
        **(ends if seen.is_spread else {}),
        "out_share": seen.out,
        **rests_on,
    }


def _plain_sight(sight: Sight | None) -> dict[str, Any] | None:
    return None if sight is None else {"first_s": sight.first_s, "last_s": sight.last_s, **asdict(sight)}
