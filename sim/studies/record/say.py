"""What the comparison with the record says, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from sim.say.numbers import list_text, share_text
from sim.studies.record.flights import beyond, off_by, open_by, split, typical_miss
from sim.studies.record.forecast import SHARES, Coverage, Forecast, coverage
from sim.studies.record.holding import Holding
from sim.studies.record.rows import Row, counts, of
from sim.studies.record.tracked import InSight
from sim.units import count_text

FAILED = "failed"  # in what a row is about
FINE = 0.01  # of a flight time: what its clock must tell, for a miss of so little to be one
MAY = (
    "A reader may conclude that range and apogee give a flight time about as well as the parties' own figures hang "
    "together"
)
MAY_NOT = (
    "A reader may not conclude how long a relay takes, direct or via Washington: no row says it, and that fitted rows "
    "agree says only that the fit is one."
)


def headline(rows: Sequence[Row], forecasts: Sequence[Forecast]) -> str:
    """What was held out, first: flight times, predictions of notices, and how many rows there are at all."""
    told = [row for row in of(rows, kind="flight times", use="held out") if row.record and row.model]
    miss, beyond_that = typical_miss([row for row in told if FAILED not in row.what])
    flights, every, held = counts(told), counts(rows), counts(of(rows, use="held out"))
    near = (
        f" (half of those that did not fail miss by less than {_percent(miss)}, or {_percent(beyond_that)} beyond what "
        "clocks and rounding leave open)"
    )
    said = [f"{flights.agrees} of {flights.decided} flight times agree{near}"] if told else []
    if forecasts:
        most = coverage(forecasts, -1)
        said.append(
            f"{most.n_held} of {most.n} notices come within the {share_text(most.share)} interval predicted, where "
            f"{share_text(most.expected)} should"
        )
    leads = f"Held out, {', and '.join(said)}. " if said else ""
    return (
        f"{leads}Of {len(rows)} rows {every.agrees} agree, {every.disagrees} disagree, and {every.undecided} cannot be "
        f"decided; of the {held.decided} held out that can be, {held.agrees} agree."
    )


def may_sentence(rows: Sequence[Row]) -> str:
    """What a reader may conclude, and what not."""
    unseen = [row.launch for row in of(rows, kind="tracking") if row.recorded == "not seen" and _disagrees(row)]
    missed = f"that a launch in sight by geometry may be missed all the same ({', '.join(unseen)})"
    return f"{MAY}{f', and {missed}' if unseen else ''}. {MAY_NOT}"


def flights_sentences(rows: Sequence[Row]) -> tuple[str, ...]:
    """How far off flights are that were held out, which miss, whose figures hang together, and what is predicted."""
    told = [row for row in rows if row.record and row.model and row.use == "held out"]
    said = [*_missed([row for row in told if FAILED not in row.what])]
    if off := [row for row in told if _disagrees(row)]:
        missed = [f"{row.launch} {row.what.partition(', ')[2]} ({_percent(beyond(row))})" for row in off]
        said.append(f"More than 3 % beyond what is left open: {list_text(missed)}.")
    said += map(_hangs_together, split(rows))
    blank = [f"{row.launch} {row.typical / 60:.1f} min" for row in rows if row.record is None and row.typical]
    if blank:
        said.append(f"Predicted, since the catalogue has the figures and no flight time: {list_text(blank)}.")
    return tuple(said)


def _missed(sound: Sequence[Row]) -> Iterator[str]:
    """How far off flights are that did not fail, and how much of that is what clocks and rounded figures leave open."""
    if not sound:
        return
    miss, beyond_that = typical_miss(sound)
    yield (
        f"Of {len(sound)} flight times held out that did not fail the median miss is {_percent(miss)}, and "
        f"{_percent(beyond_that)} beyond what whole minutes and rounded figures leave open: "
        f"{100 * (miss - beyond_that):.1f} of its {100 * miss:.1f} points are the clocks' and the rounding's."
    )
    fine = [_percent(off_by(row)) for row in sound if open_by(row) < FINE]
    launches = dict.fromkeys(row.launch for row in sound)
    agree = dict.fromkeys(row.launch for row in sound if row.verdict == "agrees")
    of_fine = f"the misses are {list_text(fine)}" if fine else "there is none"
    yield (
        f"Clocks alone leave half of them open by {_percent(median(map(open_by, sound)))} or more to either side; of "
        f"those told to 1 % {of_fine}. {len(agree)} of {len(launches)} launches agree with a party that timed them."
    )


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _disagrees(row: Row) -> bool:
    return row.verdict == "disagrees"


def _hangs_together(rows: Sequence[Row]) -> str:
    """Whose flight time the figures of range and apogee fit, of parties that contradict each other."""
    fit = [_time_of(row) for row in rows if row.verdict == "agrees"]
    unfit = [_time_of(row) for row in rows if _disagrees(row)]
    taken = "which a scenario of it takes" if len(fit) == 1 else "one of which a scenario of it takes"
    return f"{rows[0].launch}: range and apogee fit {list_text(fit)}, {taken}, not {' or '.join(unfit)}."


def _time_of(row: Row) -> str:
    assert row.record is not None  # noqa: S101  (a row that agrees or disagrees has one)
    said_s, party = round((row.record.low + row.record.high) / 2), row.what.rpartition("by ")[2]
    time = f"{said_s:,} s" if said_s % 60 else f"{said_s // 60} min"
    own = ", whose own apogee it is" if f"apogee by {party} (" in row.note else ""
    return f"the {time} of {party}{own}"


def coverage_sentences(
    forecasts: Sequence[Forecast], by_era: Sequence[Forecast], n_notices: int, n_after: int
) -> tuple[str, ...]:
    """How often predictions hold what came, from the base case and from era to era; and what no notice can show."""
    parts = ("Notices that the base case was not set on", forecasts), ("Set on one era and judged on the next", by_era)
    held = [(_held(what, ones), _drift(ones) if ones is by_era else "", _outside(ones)) for what, ones in parts if ones]
    return (
        *(f"{first}{drift}{out}." for first, drift, out in held),
        f"{n_after or 'None'} of {n_notices} notices {'are' if n_after > 1 else 'is'} of a launch since 19 December "
        "2023, when the machine link of the three began; a notice is a public act and carries no relay time, so that "
        "even a sooner one would not show that a report came sooner.",
    )


def _held(what: str, forecasts: Sequence[Forecast]) -> str:
    parts = [_of_share(coverage(forecasts, place)) for place in range(len(SHARES))]
    return f"{what}: {'; '.join(parts)}"


def _of_share(found: Coverage) -> str:
    low, high = (share_text(end) for end in (found.interval.low, found.interval.high))
    judged, leaves = (_too(found), "leaves out") if found.is_contradicted else ("not contradicted", "leaves open")
    return (
        f"the {share_text(found.share)} interval holds {found.n_held} of {found.n}, {judged}: to whole minutes "
        f"{share_text(found.expected)} are expected, which {low} to {high} {leaves}"
    )


def _too(found: Coverage) -> str:
    return "too few" if found.interval.high < found.expected else "too many"


def _outside(forecasts: Sequence[Forecast]) -> str:
    """Those outside the widest interval, by name."""
    out = [f"{one.launch} {one.to} ({_side(one)})" for one in forecasts if not one.is_within(-1)]
    return f"; outside the {share_text(SHARES[-1])} interval: {list_text(out)}" if out else ""


def _side(one: Forecast) -> str:
    return f"{one.minutes} min, {'sooner' if one.is_sooner else 'later'}"


def _drift(forecasts: Sequence[Forecast]) -> str:
    """To which side eras go: how many are sooner than the middle of what was predicted, by who is told."""
    told = dict.fromkeys(one.to for one in forecasts)
    sooner = [
        f"{sum(one.is_sooner for one in ones)} of {len(ones)} for {to}"
        for to in told
        if (ones := [one for one in forecasts if one.to == to])
    ]
    return f"; sooner than the middle of what was predicted came {list_text(sooner)}"


def holding_sentence(land: Holding, all_: Holding, n: int) -> str:
    """What makes so many launches missed, which geometry alone does not."""
    name = "KN-23"
    low = land.only(lambda one: name in one.missile).most_reach(1)
    which = f"; a {name} is among them from {share_text(low)} down" if low is not None else ""
    return (
        f"By geometry alone Tokyo's radars on land miss {land.n_missed[0, 0]} of {len(land.launches)}; at least {n} "
        f"are missed if a track takes {_least(land, n)} of continuous sight, or if these launches are seen no farther "
        f"than {_reach(land, n)} of a radar's range{which}. With a ship in the middle of the sea it takes "
        f"{_least(all_, n)}, or {_reach(all_, n)}. Neither value is public, and the base case works with "
        "geometry alone."
    )


def _least(found: Holding, n: int) -> str:
    least = found.least_s(n)
    return "longer than was asked for" if least is None else f"{least} s"


def _reach(found: Holding, n: int) -> str:
    reach = found.most_reach(n)
    return "less than was asked for" if reach is None else share_text(reach)


def exchanges_sentence(rows: Sequence[Row]) -> str:
    """What a count of exchanges shows, what it was used for, and what it cannot show."""
    held = counts(of(rows, use="held out"))
    days = " and ".join(row.launch for row in of(rows, use="fitted"))
    used = f"that of {days} set how often Tokyo asks, so that its agreement tests nothing" if days else ""
    once = [
        f"that of {row.launch} is one question and counted once: as {row.what}, it {row.verdict}, {row.rival}"
        for row in rows
        if row.rival
    ]
    said = [f"{held.agrees} of {held.decided} counts held out agree", used, *once]
    return f"{'; '.join(filter(None, said))}; a count of exchanges says nothing of their speed."


def flights_title(rows: Sequence[Row]) -> str:
    """The finding of the flight times."""
    n_split = len(split(rows))
    apart = f"; parties contradict each other on {n_split} {'day' if n_split == 1 else 'days'}" if n_split else ""
    return f"{_of_held_out(rows, 'flight times')} within 3 %{apart}"


def contacts_title(rows: Sequence[Row]) -> str:
    """The finding of the contacts, and of the identifications."""
    told = [row for row in rows if row.model]
    events = dict.fromkeys(_event(row) for row in told)
    found = [(event, counts(row for row in told if _event(row) == event)) for event in events]
    fit = [f"{one.agrees} of {one.decided} {event}s" for event, one in found]
    return f"{list_text(fit or ['No contacts'])} fit sight and delays that were set on them"


def _event(row: Row) -> str:
    """A contact or an identification."""
    return row.what.partition(", ")[0]


def contacts_sentence(rows: Sequence[Row]) -> str:
    """Whether any contact comes before sight, which their agreement implies."""
    known = [row for row in rows if _event(row) == "contact" and row.sight]
    early = [row for row in known if row.record and row.sight and row.record.high < row.sight.low]
    return (
        f"{len(early) or 'None'} of {count_text(len(known), 'contact')} whose flight is known "
        f"{'are' if len(early) > 1 else 'is'} before the first of Seoul's sensors has it in sight; places and delays "
        "were set with these contacts in view, so that it tests nothing more."
    )


def notices_title(rows: Sequence[Row]) -> str:
    """The finding of the notices."""
    held = counts(of(rows, use="held out"))
    return (
        f"{held.agrees} of {held.decided} notices held out come within the {share_text(SHARES[-1])} interval predicted"
    )


def coverage_title(forecasts: Sequence[Forecast], by_era: Sequence[Forecast]) -> str:
    """The finding of the predictions, of which there are some."""
    parts = (("the base case", forecasts), ("the era before", by_era))
    told = [_of_half(coverage(ones, 0), what) for what, ones in parts if ones]
    return f"Into the dark band reach {'; '.join(told)}"


def _of_half(half: Coverage, what: str) -> str:
    judged = f"{_too(half)} for" if half.is_contradicted else "which does not contradict"
    return f"{half.n_held} of {half.n} predicted by {what}, {judged} {share_text(half.expected)}"


def holding_title(land: Holding, n: int) -> str:
    """The finding of what a count of missed launches hangs on."""
    return (
        f"Tokyo's radars on land miss {n} of {len(land.launches)} launches if a track takes {_least(land, n)} or they "
        f"reach no farther than {_reach(land, n)} of their range"
    )


def _of_held_out(rows: Sequence[Row], what: str) -> str:
    held = counts(of(rows, use="held out"))
    return f"{held.agrees} of {held.decided} {what} held out agree"


def sight_title(launches: Sequence[InSight], n_reported: int) -> str:
    """The finding of who has the launches in sight."""
    n = sum(one.land is None for one in launches)
    said = f"By geometry alone Tokyo's land radars miss {n} of {len(launches)} launches"
    return f"{said}; the record says at least {n_reported}"
