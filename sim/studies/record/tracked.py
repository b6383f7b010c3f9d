"""What is reported of who tracked and who missed launches, beside whom the sensors of 2019 have in sight.

A launch is *missed* if no sensor of the owner ever has it in sight. Where Japan's ships were is not public, so
launches are counted twice: with a ship in the middle of the sea and the longest ranges, and with the radars on
land alone and the shortest. A launch without range or apogee may have been missed or not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sim.flight.trajectory import trajectory
from sim.scenario.catalogue import Record
from sim.scenario.facts import Claim, ClaimKind
from sim.studies.record.failed import ABSENT, NOT_HAD, not_seen
from sim.studies.record.rows import Row, Span, Verdict
from sim.studies.record.watch import SHORTEST, Watch, in_sight, on_land

CAPITALS = {"seoul": "Seoul", "tokyo": "Tokyo"}


@dataclass(frozen=True)
class InSight:
    """A launch, and from when to when it is in sight, in seconds; None: never.

    seoul, tokyo : of all sensors; land : of Tokyo's radars on land. All with their working range.
    """

    launch: Record
    flight_s: float
    seoul: Span | None
    tokyo: Span | None
    land: Span | None


@dataclass(frozen=True)
class Missed:
    """Launches of an owner from one day to another: missed at the best, at the worst, seen or not, and not known."""

    least: tuple[Record, ...]
    most: tuple[Record, ...]
    n_known: int
    unknown: tuple[Record, ...]


def launches_in_sight(watch: Watch, start: str, stop: str) -> tuple[InSight, ...]:
    """Who has the launches from one day to another in sight; those whose flight is known."""
    during = [one for one in watch.records if start <= one.date <= stop and one.id in watch.flights]
    return tuple(_in_sight_of(watch, one) for one in during)


def _in_sight_of(watch: Watch, launch: Record) -> InSight:
    flight, tokyo = watch.flights[launch.id][0], watch.sensors["tokyo"]
    return InSight(
        launch,
        trajectory(flight.range_m, flight.apogee_m).flight_time_s,
        in_sight(watch.sensors["seoul"], flight, at=None),
        in_sight(tokyo, flight, at=None),
        in_sight(on_land(tokyo), flight, at=None),
    )


def missed(watch: Watch, owner: str, start: str, stop: str) -> Missed:
    """What an owner misses of the launches from one day to another."""
    sensors = watch.sensors[owner]
    during = [one for one in watch.records if start <= one.date <= stop]
    known = [one for one in during if one.id in watch.flights and one.kind != "SLV"]
    flights = {one.id: watch.flights[one.id][0] for one in known}
    return Missed(
        tuple(one for one in known if in_sight(sensors, flights[one.id]) is None),
        tuple(one for one in known if in_sight(on_land(sensors), flights[one.id], at=SHORTEST) is None),
        len(known),
        tuple(one for one in during if one not in known),
    )


def tracking_rows(watch: Watch, claims: Iterable[Claim]) -> tuple[Row, ...]:
    """A row a claim."""
    return tuple(_row(watch, claim) for claim in claims)


def _row(watch: Watch, claim: Claim) -> Row:
    found = missed(watch, claim.who, claim.start, claim.stop)
    judged, modelled = _judged(watch, claim, found)
    unknown = f"; {len(found.unknown)} without range or apogee" if found.n_known and found.unknown else ""
    days = claim.start if claim.start == claim.stop else f"{claim.start} to {claim.stop}"
    recorded = f"{claim.claim} {claim.number}{' km' if 'below' in claim.claim else ''}".strip()
    what = f"{CAPITALS[claim.who]}'s sensors"
    return Row(
        kind="tracking",
        launch=days,
        what=what,
        recorded=recorded,
        modelled=f"{modelled}{unknown}",
        use="held out",
        verdict=judged,
        source=claim.source,
        note=claim.note,
    )


def _judged(watch: Watch, claim: Claim, found: Missed) -> tuple[Verdict, str]:
    """By whom the sensors miss, or by every flight that is left open of a launch that failed."""
    if claim.claim == "not seen":
        return not_seen(watch.sensors[claim.who], found.unknown)
    judge = JUDGES.get(claim.claim)
    if judge and found.n_known:
        return judge(claim, found)
    return "undecided", NOT_HAD if found.unknown else ABSENT


def _missed_at_least(claim: Claim, found: Missed) -> tuple[Verdict, str]:
    """Agrees if so many are missed at the worst; open if those of unknown flight could make up for it."""
    n, most = int(claim.number), len(found.most)
    judged: Verdict = "agrees" if most >= n else "undecided" if most + len(found.unknown) >= n else "disagrees"
    return judged, _counted(found)


def _missed_at_most(claim: Claim, found: Missed) -> tuple[Verdict, str]:
    return "agrees" if len(found.least) <= int(claim.number) else "disagrees", _counted(found)


def _counted(found: Missed) -> str:
    least, most = len(found.least), len(found.most)
    bounds = f"{least} with all on station and their longest ranges, {most} with land radars alone and their shortest"
    n = f"{least}" if least == most else bounds
    return f"missed {n}, of {found.n_known}"


def _most_at_or_below(claim: Claim, found: Missed) -> tuple[Verdict, str]:
    low = [one for one in found.most if one.apogee_km and one.apogee_km.value <= float(claim.number)]
    words = f"{len(low)} of the {len(found.most)} that land radars alone miss"
    if not found.most:
        return "undecided", words
    return "agrees" if 2 * len(low) > len(found.most) else "disagrees", words


def _missed_a(claim: Claim, found: Missed) -> tuple[Verdict, str]:
    """Agrees if land radars alone miss one of the name; open if one of the name has an unknown flight."""
    of_name, unknown = (sum(claim.number in one.missile for one in ones) for ones in (found.most, found.unknown))
    judged: Verdict = "agrees" if of_name else "undecided" if unknown else "disagrees"
    return judged, f"land radars alone miss {of_name or 'no'} {claim.number}"


Judge = Callable[[Claim, Missed], tuple[Verdict, str]]
JUDGES: Mapping[ClaimKind, Judge] = {
    "missed at least": _missed_at_least,
    "missed at most": _missed_at_most,
    "most missed at or below": _most_at_or_below,
    "missed a": _missed_a,
}
