"""A launcher whose burn ended early: whatever flight its reports leave open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.scenario.catalogue import Record, find_records, load_catalogue
from sim.scenario.figures import Statement, figure_of
from sim.scenario.folders import shipped_folder
from sim.scenario.loader import load_text
from sim.studies.record.failed import flights, not_seen
from sim.studies.record.watch import WATCH, watch

RECORDS = load_catalogue(shipped_folder())
(APRIL,) = find_records(RECORDS, "2012-04-13")
TOKYO = watch(load_text(WATCH, "watch"), RECORDS).sensors["tokyo"]


def peaking(*heights: str) -> Record:
    """That launch with other reports of how high it came."""
    told = (Statement("x", "A", None, figure_of("A", height, is_time=False), None, "", "") for height in heights)
    return replace(APRIL, statements=tuple(told))


def test_its_flights_span_what_is_reported() -> None:
    """About 100 km leaves 95, about 120 leaves 125 km; straight up, or to 450 km."""
    found = {(flight.range_m, flight.apogee_m) for flight in flights(APRIL)}
    assert found == {(far, high) for far in (1_000, 450_000) for high in (95_000, 125_000)}


@pytest.mark.parametrize("record", [peaking(), replace(APRIL, outcome="success"), replace(APRIL, kind="SRBM")])
def test_what_did_not_fail_or_has_no_height_has_none(record: Record) -> None:
    assert flights(record) == ()
    assert not_seen(TOKYO, [record])[0] == "undecided"


@pytest.mark.parametrize(
    ("heights", "verdict"),
    [(("10.0",), "agrees"), (("100", "120"), "disagrees"), (("30.0", "120"), "undecided")],
)
def test_it_is_out_of_sight_below_the_horizon_of_shimo_koshiki_and_in_sight_above(
    heights: tuple[str, ...], verdict: str
) -> None:
    """Over Sohae, 985 km away, that is 44 to 49 km, and 18 km after 450 km of flight towards it."""
    assert not_seen(TOKYO, [peaking(*heights)])[0] == verdict


def test_by_geometry_the_rocket_of_april_2012_was_in_sight_where_the_record_says_nobody_saw_it() -> None:
    judged, words = not_seen(TOKYO, [APRIL])
    assert judged == "disagrees"
    assert words.startswith("in sight from land after ")
    assert not_seen(TOKYO, []) == ("undecided", "the launch is not in the catalogue")
