"""What the comparison says in sentences: how many rows agree, and what that means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.studies.record.rows import Counts, Row, RowKind, counts, of
from sim.studies.record.tracked import InSight

SUBJECTS: Mapping[RowKind, str] = {
    "flight times": "flight times",
    "tracking": "who sees a launch",
    "contacts": "who sees a launch",
    "notices": "how soon Tokyo tells whom",
    "exchanges": "how often reports are exchanged",
}


def counted(rows: Sequence[Row]) -> str:
    """How many rows agree, disagree and cannot be decided, and of those held out."""
    every, held = counts(rows), counts(of(rows, use="held out"))
    return (
        f"Of {len(rows)} rows {every.agrees} agree with the record, {every.disagrees} disagree, and {every.undecided} "
        f"cannot be decided. Of the {held.decided} that were held out and can be decided, {held.agrees} agree."
    )


def meaning(rows: Sequence[Row]) -> str:
    """What that means, in one sentence: where the model is borne out best and least, and what no row can say."""
    fitted = counts(of(rows, use="fitted"))
    said = [
        f"That {fitted.agrees} of {fitted.decided} fitted rows agree says only that the fit is one",
        "no row says how long a relay takes, direct or via Washington",
    ]
    by_share = sorted(_held_out(rows).items(), key=lambda item: item[1].agrees / item[1].decided, reverse=True)
    if len(by_share) > 1:
        best, least = (_share(*by_share[place]) for place in (0, -1))
        said.insert(0, f"Where nothing was fitted the model is borne out best in {best} and least in {least}")
        said[1] = f"t{said[1][1:]}"
    return f"{'; '.join(said)}."


def _held_out(rows: Sequence[Row]) -> Mapping[str, Counts]:
    """Counts of what was held out, by subject; those of which some row can be decided."""
    found = {
        subject: counts(row for row in of(rows, use="held out") if SUBJECTS.get(row.kind) == subject)
        for subject in dict.fromkeys(SUBJECTS.values())
    }
    return {subject: one for subject, one in found.items() if one.decided}


def _share(subject: str, found: Counts) -> str:
    undecided = f", {found.undecided} undecided" if found.undecided else ""
    return f"{subject} ({found.agrees} of {found.decided}{undecided})"


def exchanges_sentence(rows: Sequence[Row]) -> str:
    """What a count of exchanges shows, what it was used for, and what it cannot show."""
    held = counts(of(rows, use="held out"))
    days = " and ".join(row.launch for row in of(rows, use="fitted"))
    used = f"that of {days} set how often Tokyo asks, so that its agreement tests nothing" if days else ""
    said = [f"{held.agrees} of {held.decided} counts held out agree", used]
    return f"{'; '.join(filter(None, said))}; a count of exchanges says nothing of their speed."


def flights_title(rows: Sequence[Row]) -> str:
    """The finding of the flight times."""
    return f"{_of_held_out(rows, 'flight times')}; {_of_fitted(rows)}"


def contacts_title(rows: Sequence[Row]) -> str:
    """The finding of the contacts."""
    found = counts(row for row in rows if row.model)
    return f"{found.agrees} of {found.decided} contacts fit sight and a sensor's delay"


def notices_title(rows: Sequence[Row]) -> str:
    """The finding of the notices."""
    return f"{_of_held_out(rows, 'notices')}; {_of_fitted(rows)}"


def _of_held_out(rows: Sequence[Row], what: str) -> str:
    held = counts(of(rows, use="held out"))
    return f"{held.agrees} of {held.decided} {what} held out agree"


def _of_fitted(rows: Sequence[Row]) -> str:
    fitted = counts(of(rows, use="fitted"))
    return f"{fitted.agrees} of {fitted.decided} of those fitted"


def sight_title(launches: Sequence[InSight], n_reported: int) -> str:
    """The finding of who has the launches in sight."""
    n = sum(one.land is None for one in launches)
    said = f"By geometry alone Tokyo's land radars miss {n} of {len(launches)} launches"
    return f"{said}; the record says at least {n_reported}"
