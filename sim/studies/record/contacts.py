"""When Seoul first had a launch, and when it knew what it was, beside the first of its sensors to have it in sight.

Sight is geometry; from sight to contact passes the delay of the sensor, whose range was set with these very
contacts in view, so that all rows are fitted. That no contact is before sight follows from their agreement.
"""

from __future__ import annotations

from collections.abc import Iterable

from sim.scenario.facts import Clock, Contact
from sim.studies.record.rows import Row, Span, verdict
from sim.studies.record.watch import Watch, delay_s, in_sight, typical_delay_s

WITHIN_S: dict[Clock, float] = {"second": 1.0, "about": 5.0, "minute": 60.0}  # how far a clock may be off
NO_FLIGHT = "its flight is not on record"


def contact_rows(watch: Watch, contacts: Iterable[Contact]) -> tuple[Row, ...]:
    """A row a contact or identification."""
    return tuple(_row(watch, one) for one in contacts)


def _row(watch: Watch, contact: Contact) -> Row:
    sight, model, typical = sight_s(watch, contact.launch), None, None
    if sight is not None:
        sensor = watch.sensors["seoul"][0]
        stages = (sensor,) if contact.event == "contact" else (sensor, watch.identifies)
        delays = [delay_s(stage) for stage in stages]
        model = Span(sight.low + sum(one.low for one in delays), sight.high + sum(one.high for one in delays))
        typical = (sight.low + sight.high) / 2 + sum(typical_delay_s(stage) for stage in stages)
    within_s = WITHIN_S[contact.clock]
    record = Span(contact.after_s - within_s, contact.after_s + within_s)
    return Row(
        kind="contacts",
        launch=contact.launch,
        what=f"{contact.event}, {contact.sensor}",
        recorded=f"{contact.after_s:.0f} s ± {within_s:.0f}",
        modelled=NO_FLIGHT if model is None or sight is None else f"{_span(model)} s, in sight at {_span(sight)}",
        use="fitted",
        verdict=verdict(record, model),
        source=contact.source,
        note=contact.note,
        record=record,
        model=model,
        typical=typical,
        sight=sight,
    )


def sight_s(watch: Watch, launch: str) -> Span | None:
    """When the first of Seoul's sensors sees a launch; from the soonest to the latest of a launcher's flights."""
    seen = [in_sight(watch.sensors["seoul"], flight) for flight in watch.flights.get(launch, ())]
    known = [one.low for one in seen if one is not None]
    return Span(min(known), max(known)) if known else None


def _span(span: Span) -> str:
    return f"{span.low:.0f}" if round(span.low) == round(span.high) else f"{span.low:.0f} to {span.high:.0f}"
