"""Flight times: every launch whose range, apogee and flight time are on record."""

from __future__ import annotations

from collections.abc import Iterable

from sim.flight.trajectory import trajectory
from sim.scenario.catalogue import Record
from sim.studies.record.rows import Row, Span, verdict

LEAST_TOLERANCE_S, TOLERANCE = 30.0, 0.05  # the larger: most clocks are whole minutes

# The launches from which the acceleration and the speed of flat flights were taken.
FITTED_ON = frozenset(
    {
        "2017-05-29",
        "2017-08-29",
        "2019-10-02",
        "2022-03-24",
        "2022-11-18",
        "2023-12-18",
        "2023-06-15",
    }
)


def flight_rows(catalogue: Iterable[Record]) -> tuple[Row, ...]:
    """A row a launch, in order of time."""
    return tuple(_row(one) for one in catalogue if one.range_km and one.apogee_km and one.flight_time_min)


def _row(launch: Record) -> Row:
    recorded_s = 60 * float(launch.flight_time_min)
    modelled_s = trajectory(1000 * float(launch.range_km), 1000 * float(launch.apogee_km)).flight_time_s
    tolerance_s = max(LEAST_TOLERANCE_S, TOLERANCE * recorded_s)
    record, model = Span(recorded_s - tolerance_s, recorded_s + tolerance_s), Span(modelled_s, modelled_s)
    return Row(
        kind="flight times",
        launch=launch.id,
        what=launch.missile,
        recorded=f"{recorded_s:,.0f} s ± {tolerance_s:.0f}",
        modelled=f"{modelled_s:,.0f} s ({round(modelled_s - recorded_s):+,d})",
        use="fitted" if launch.id in FITTED_ON else "held out",
        verdict=verdict(record, model),
        source=launch.sources,
        note=f"{launch.range_km} km, {launch.apogee_km} km high; {launch.note}".removesuffix("; "),
        record=record,
        model=model,
        typical=modelled_s,
    )
