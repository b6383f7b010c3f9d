"""What the comparison says in sentences: how many rows agree, and what that means."""

from __future__ import annotations

from collections.abc import Sequence

from sim.analysis.record.rows import Row, counts, of
from sim.analysis.record.tracked import Sighting


def counted(rows: Sequence[Row]) -> str:
    """How many rows agree, disagree and cannot be decided, and of those held out."""
    every, held = counts(rows), counts(of(rows, use="held out"))
    return (
        f"Of {len(rows)} rows {every.agrees} agree with the record, {every.disagrees} disagree, and {every.undecided} "
        f"the record cannot decide. Of the {held.decided} that were held out and can be decided, {held.agrees} agree."
    )


def meaning(rows: Sequence[Row]) -> str:
    """What that means, in one sentence."""
    fitted, flights, notices = (
        counts(of(rows, use="fitted")),
        counts(of(rows, kind="flight times", use="held out")),
        counts(of(rows, kind="notices", use="held out")),
    )
    return (
        f"The record bears out when Seoul can have a launch in sight, and of what was held out {flights.agrees} of "
        f"{flights.decided} flight times and {notices.agrees} of {notices.decided} notices; that {fitted.agrees} of "
        f"{fitted.decided} fitted rows agree says that the fit is one, and no row says how long a relay takes, direct "
        "or via Washington."
    )


def flights_title(rows: Sequence[Row]) -> str:
    """The finding of the flight times."""
    held, fitted = counts(of(rows, use="held out")), counts(of(rows, use="fitted"))
    return f"{held.agrees} of {held.decided} flight times held out agree; {fitted.agrees} of {fitted.decided} of those fitted"


def contacts_title(rows: Sequence[Row]) -> str:
    """The finding of the contacts."""
    found = counts(of(rows, use="fitted"))
    return f"{found.agrees} of {found.decided} contacts lie where sight and the sensor's delay put them"


def notices_title(rows: Sequence[Row]) -> str:
    """The finding of the notices."""
    held, fitted = counts(of(rows, use="held out")), counts(of(rows, use="fitted"))
    return (
        f"{held.agrees} of {held.decided} notices held out agree; {fitted.agrees} of {fitted.decided} of those fitted"
    )


def sight_title(sightings: Sequence[Sighting], n_reported: int) -> str:
    """The finding of who has the launches in sight."""
    n = sum(one.land is None for one in sightings)
    return f"By geometry alone Tokyo's land radars miss {n} of {len(sightings)} launches; the record says at least {n_reported}"
