"""A launcher whose burn ended early: its height is on record, and how far it came is not, or in contradictory ways.

What can be had is every flight that the reports leave open: from straight up to the farthest that was published, as
high as the lowest and the highest report has it. What all of these have in common is not open.
"""

from __future__ import annotations

from collections.abc import Sequence

from sim.model.launch import Flight
from sim.model.sensor import Place
from sim.model.stage import Stage
from sim.scenario.catalogue import Record
from sim.studies.record.rows import Span, Verdict
from sim.studies.record.watch import LAUNCHER, SHORTEST, in_sight, on_land

DISTANCES_M = (1_000.0, 450_000.0)  # assumed: straight up; and the farthest published of 13 April 2012
ABSENT = "the launch is not in the catalogue"
NOT_HAD = "how far and how high it flew is not on record"


def flights(record: Record) -> tuple[Flight, ...]:
    """Every end of what reports leave open of a launcher that failed; none where no height is on record."""
    heights_km = [one.apogee_km for one in record.statements if one.apogee_km]
    if record.kind != LAUNCHER or "failure" not in record.outcome or not heights_km:
        return ()
    ends_m = (1000 * min(one.low for one in heights_km), 1000 * max(one.high for one in heights_km))
    place, azimuth_deg = Place(float(record.lat), float(record.lon)), float(record.azimuth_deg)
    return tuple(Flight(place, azimuth_deg, far_m, high_m) for far_m in DISTANCES_M for high_m in ends_m)


def not_seen(sensors: Sequence[Stage], launches: Sequence[Record]) -> tuple[Verdict, str]:
    """Whether radars on land, with their shortest ranges, could not have seen a launch that failed."""
    if not launches:
        return "undecided", ABSENT
    found = [in_sight(on_land(sensors), flight, at=SHORTEST) for one in launches for flight in flights(one)]
    seen = [one for one in found if one]
    if not found:
        return "undecided", NOT_HAD
    if not seen:
        return "agrees", "out of sight from land, however it flew"
    if len(seen) < len(found):
        return "undecided", f"in sight from land in {len(seen)} of {len(found)} flights that reports leave open"
    first, length = _ends([one.low for one in seen]), _ends([one.high - one.low for one in seen])
    return "disagrees", f"in sight from land after {first} s and for {length} s, however it flew"


def _ends(values: list[float]) -> str:
    span = Span(min(values), max(values))
    return f"{span.low:.0f} to {span.high:.0f}"
