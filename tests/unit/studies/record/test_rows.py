"""The model beside the public record: verdicts, what was fitted, and what is counted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.flight.trajectory import trajectory
from sim.scenario.catalogue import load_catalogue, names_of
from sim.scenario.facts import Claim, Contact, Ruling, load_facts
from sim.scenario.folders import shipped_folder
from sim.scenario.loader import load_text
from sim.studies.record.contacts import contact_rows, sight_s
from sim.studies.record.flights import FITTED_ON, flight_rows
from sim.studies.record.holding import holding
from sim.studies.record.rows import VERDICTS, Counts, Row, Span, counts, of, verdict
from sim.studies.record.rules import rule_rows
from sim.studies.record.say import contacts_sentence, contacts_title, may_sentence
from sim.studies.record.tracked import launches_in_sight, missed, tracking_rows
from sim.studies.record.watch import WATCH, delay_s, flights_of, in_sight, on_land, watch

RECORDS = load_catalogue(shipped_folder())
WATCHED = watch(load_text(WATCH, "watch"), RECORDS)
SUMMER = ("2019-05-04", "2019-09-23")


def row(use="held out", judged="agrees", kind="notices") -> Row:
    return Row(
        kind=kind, launch="2000-01-01", what="x", recorded="1", modelled="1", use=use, verdict=judged, source="s"
    )


def claim(kind: str, number: str, who: str = "tokyo") -> Claim:
    return Claim(*SUMMER, who, kind, number, "Kyodo", "")


def test_record_and_model_agree_if_they_have_a_value_in_common() -> None:
    assert verdict(Span(1, 2), Span(2, 3)) == "agrees"
    assert verdict(Span(1, 2), Span(2.1, 3)) == "disagrees"
    assert verdict(Span(1, 2), None) == "undecided"


def test_rows_are_counted_by_verdict_and_use() -> None:
    rows = (row(), row("fitted", "disagrees"), row("given", "undecided"))
    assert counts(rows) == Counts(1, 1, 1)
    assert counts(of(rows, use="fitted")) == Counts(0, 1, 0)


def test_the_launches_fitted_are_every_second_that_flies_free_and_the_later_flat_one() -> None:
    """As the flight layer says it was fitted: tests/theory/test_flight_record.py."""
    timed = [one for one in RECORDS if one.range_km and one.apogee_km and one.flight_time_s]
    flat = [one.id for one in timed if trajectory(1000 * one.range_km.value, 1000 * one.apogee_km.value).is_flat]
    free = [one.id for one in timed if one.id not in flat]
    assert {*free[1::2], flat[-1]} == FITTED_ON
    assert [*dict.fromkeys(one.launch for one in flight_rows(RECORDS) if one.record)] == [one.id for one in timed]


def test_a_launcher_flies_in_two_ways_and_what_lacks_figures_in_none() -> None:
    by_id = {one.id: one for one in RECORDS}
    assert [flight.apogee_m for flight in flights_of(by_id["2012-12-12"])] == [1_000_000, 200_000]
    assert [flight.range_m for flight in flights_of(by_id["2012-04-13"])] == [2_600_000, 2_600_000]
    assert flights_of(by_id["2019-05-04"]) == ()


def test_the_lowest_launch_of_2019_is_hidden_from_land_and_no_other() -> None:
    """25 km high off the coast; Sado needs 40 km over Wonsan, Shimo-Koshiki 34 (tests/theory/test_flight.py)."""
    found = missed(WATCHED, "tokyo", *SUMMER)
    assert found.least == ()
    assert [(one.id, one.apogee_km.value) for one in found.most] == [("2019-08-02", 25)]
    assert (found.n_known, [one.id for one in found.unknown]) == (9, ["2019-05-04"])


def test_seoul_has_every_launch_of_that_summer_in_sight_before_tokyo() -> None:
    for one in launches_in_sight(WATCHED, *SUMMER):
        assert one.seoul
        assert one.tokyo
        assert one.seoul.low < one.tokyo.low < one.tokyo.high <= one.flight_s
        assert one.land is None or one.tokyo.low <= one.land.low


@pytest.mark.parametrize(
    ("kind", "number", "who", "judged"),
    [
        ("missed at least", "1", "tokyo", "agrees"),
        ("missed at least", "2", "tokyo", "undecided"),  # one more launch, of unknown height, may be the second
        ("missed at least", "3", "tokyo", "disagrees"),
        ("missed at most", "0", "seoul", "agrees"),
        ("most missed at or below", "60", "tokyo", "agrees"),
        ("most missed at or below", "20", "tokyo", "disagrees"),
        ("missed a", "MLRS", "tokyo", "agrees"),
        ("missed a", "KN-23", "tokyo", "undecided"),  # the launch of unknown height was one
        ("missed a", "KN-02", "tokyo", "disagrees"),
    ],
)
def test_claims_are_judged_by_what_is_missed_and_by_what_is_not_known(kind, number, who, judged) -> None:
    (found,) = tracking_rows(WATCHED, [claim(kind, number, who)])
    assert found.verdict == judged
    assert found.use == "held out"


def test_a_claim_on_a_launch_without_a_flight_cannot_be_decided() -> None:
    (found,) = tracking_rows(WATCHED, [replace(claim("tracked", ""), start="2009-04-05", stop="2009-04-05")])
    assert (found.verdict, found.modelled) == ("undecided", "the launch is not in the catalogue")


def contact(launch: str, after_s: float, event="contact", clock="second") -> Contact:
    return Contact(launch, "Aegis ship", event, after_s, clock, "lift-off", "JCS", "")


def test_a_contact_comes_after_first_sight_by_the_delay_of_a_sensor_and_identification_later_still() -> None:
    """The median of a sensor's delay runs from 5 s to 1 min, that of identifying from 40 s to 1 min."""
    flight = WATCHED.flights["2017-11-29"][0]
    first = in_sight(WATCHED.sensors["seoul"], flight)
    assert first
    assert sight_s(WATCHED, "2017-11-29") == Span(first.low, first.low)
    assert delay_s(WATCHED.sensors["seoul"][0]) == Span(pytest.approx(5), pytest.approx(60))
    seen, known = contact_rows(WATCHED, [contact("2017-11-29", 50), contact("2017-11-29", 50, "identification")])
    assert (seen.model.low, seen.model.high) == (pytest.approx(first.low + 5), pytest.approx(first.low + 60))
    assert (known.model.low, known.model.high) == (pytest.approx(first.low + 45), pytest.approx(first.low + 120))
    assert (seen.verdict, known.verdict) == ("agrees", "disagrees")
    assert seen.use == known.use == "fitted"


def test_a_contact_before_the_missile_is_in_sight_disagrees_and_is_said() -> None:
    """First sight is 25 s after launch; a clock to the minute may be 60 s off."""
    rows = [contact_rows(WATCHED, [contact("2017-11-29", 5, clock=clock)])[0] for clock in ("second", "minute")]
    assert [one.verdict for one in rows] == ["disagrees", "agrees"]
    assert contacts_sentence(rows).startswith("1 of 2 contacts whose flight is known is before the first of Seoul's")


def test_contacts_on_which_delays_were_set_are_fitted_each_of_them_once_and_none_is_held_out() -> None:
    """Eight lines of contacts.csv: six contacts, of which that of 2009 has no flight, and two identifications."""
    facts = load_facts(shipped_folder(), names_of(RECORDS)).contacts
    rows = contact_rows(WATCHED, facts)
    assert [one.use for one in rows] == ["fitted"] * len(facts) == ["fitted"] * 8
    assert contacts_title(rows).startswith("5 of 5 contacts and 2 of 2 identifications fit sight")
    assert contacts_sentence(rows).startswith("None of 5 contacts whose flight is known is before")
    assert contacts_title([]).startswith("No contacts fit")


def test_a_contact_without_a_flight_cannot_be_decided() -> None:
    (found,) = contact_rows(WATCHED, [contact("2009-04-05", 15)])
    assert found.verdict == "undecided"
    assert contacts_sentence([found]).startswith("None of 0 contacts")


def test_sight_is_told_and_missed_launches_are_counted_with_the_same_ranges() -> None:
    """Those never in sight from land in the one figure are those that the other misses if a track takes no time."""
    shown = launches_in_sight(WATCHED, *SUMMER)
    land = holding(WATCHED, on_land(WATCHED.sensors["tokyo"]), *SUMMER)
    assert [one.launch for one in shown if one.land is None] == [
        one for one, stretch_s in zip(land.launches, land.stretch_s[0], strict=True) if stretch_s == 0
    ]
    for one, stretch_s in zip(shown, land.stretch_s[0], strict=True):
        assert stretch_s <= (one.land.high - one.land.low if one.land else 0) + 1e-9


def test_the_ships_of_the_sensors_are_not_on_land() -> None:
    assert {stage.name for stage in on_land(WATCHED.sensors["tokyo"])} == {"sado", "shimo_koshiki", "ominato"}


@pytest.mark.parametrize(
    ("happened", "judged"),
    [("alert", ["agrees", "disagrees"]), ("no alert", ["disagrees", "agrees"]), ("", ["undecided", "undecided"])],
)
def test_what_a_rule_lets_through_is_compared_with_what_happened(happened, judged) -> None:
    ruling = Ruling("2012-04-13", "f.yaml", "two_sources", happened, "x", "s", "")
    every, none = rule_rows([ruling], lambda _: 1.0), rule_rows([ruling], lambda _: 0.0)
    assert [every[0].verdict, none[0].verdict] == judged
    assert every[0].use == "given"


def test_a_rule_that_was_not_the_one_of_the_day_is_told_beside_the_one_that_was() -> None:
    had = Ruling("2012-04-13", "f.yaml", "two_sources", "no alert", "x", "s", "why")
    other = Ruling("2012-04-13", "f.yaml", "one_source", "", "not the rule of that day", "t", "because")
    (found,) = rule_rows([other, had], lambda ruling: float(ruling is other))
    assert (found.what, found.verdict, found.modelled) == ("two sources", "agrees", "alert in 0 % of cases")
    assert found.rival == "under one source, not the rule of that day, alert in 100 % of cases"
    assert (found.source, found.note) == ("s; t", "why; because")


def test_what_a_reader_may_conclude_follows_from_the_rows() -> None:
    seen, unseen = (replace(row(judged=judged, kind="tracking"), recorded="not seen") for judged in VERDICTS[:2])
    assert "may be missed all the same (2000-01-01). A reader may not" in may_sentence([seen, unseen])
    assert "missed" not in may_sentence([seen])
