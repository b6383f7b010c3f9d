"""Exchanges on record beside the number expected, by hand."""

from __future__ import annotations

import pytest

from sim.scenario.catalogue import load_catalogue, names_of
from sim.scenario.facts import Use, load_facts
from sim.scenario.folders import shipped_folder
from sim.scenario.loader import load_text
from sim.studies.record.exchanges import BASE_CASE, exchange_rows, occasions, passing
from sim.studies.record.rows import Row
from sim.studies.record.say import exchanges_sentence

SCENARIO = load_text(BASE_CASE, "exchanged")
RECORDS = load_catalogue(shipped_folder())


def use(exchanges: int, occasions: int | None = 10, arm: str = "direct", rival: str = "") -> Use:
    return Use("2019-01-01", "2019-08-22", arm, rival, exchanges, occasions, 0, False, "s", "")


def row(exchanges: int, occasions: int | None = 10, arm: str = "direct") -> Row:
    return exchange_rows([use(exchanges, occasions, arm)], SCENARIO, RECORDS)[0]


def test_asking_is_the_one_step_of_the_base_case_that_lets_fewer_pass() -> None:
    """Refusal of tokyo_asks: 0 % to 50 %; the US warning may fail as well, but is not needed to ask."""
    asked, unasked = passing(SCENARIO.arm("direct")), passing(SCENARIO.arm("via_washington_pushed"))
    assert (asked.low, asked.high) == pytest.approx((0.5, 1.0))
    assert (unasked.low, unasked.high) == (1.0, 1.0)


def test_the_number_expected_is_occasions_times_what_passes() -> None:
    """Of ten, 12 % are not asked for: 8.8, and from 5 to 10 over the range."""
    assert row(9).modelled == "8.8, 5.0 to 10.0 (of 10)"


@pytest.mark.parametrize(("exchanges", "verdict"), [(4, "disagrees"), (5, "agrees"), (10, "agrees"), (11, "disagrees")])
def test_a_count_agrees_within_the_expected_ones(exchanges: int, verdict: str) -> None:
    assert row(exchanges).verdict == verdict


def test_what_is_sent_unasked_leaves_no_room() -> None:
    assert [row(n, arm="via_washington_pushed").verdict for n in (9, 10)] == ["disagrees", "agrees"]


def test_occasions_are_launch_days_of_the_catalogue_and_nuclear_tests() -> None:
    """Eight launch days to 22 August 2019: 4 and 9 May, 25 and 31 July, 2, 6, 10 and 16 August."""
    assert occasions(use(7, None), RECORDS) == 8
    assert occasions(Use("2017-01-01", "2017-12-31", "direct", "", 19, None, 1, False, "s", ""), RECORDS) == 12 + 1


def test_the_row_that_set_a_value_is_fitted_and_the_sentence_says_so() -> None:
    rows = exchange_rows(load_facts(shipped_folder(), names_of(RECORDS)).uses, SCENARIO, RECORDS)
    assert [found.launch for found in rows if found.use == "fitted"] == ["2019-01-01 to 2019-08-22"]
    assert [found.recorded for found in rows] == ["17", "1", "19", "2", "7", "4"]
    said = exchanges_sentence(rows)
    assert "that of 2019-01-01 to 2019-08-22 set how often Tokyo asks, so that its agreement tests nothing" in said
    assert said.endswith("a count of exchanges says nothing of their speed.")


def test_a_count_that_could_be_of_two_arrangements_is_one_row_judged_as_the_first() -> None:
    """Of ten none is kept back unasked; asked for 8.8, and from 5 to 10: 9 fits the rival alone, in no second row."""
    (found,) = exchange_rows([use(9, arm="via_washington_pushed", rival="via_washington")], SCENARIO, RECORDS)
    assert (found.verdict, found.modelled) == ("disagrees", "10.0 (of 10)")
    assert found.rival == "as via Washington (8.8, 5.0 to 10.0) it agrees"
    said = exchanges_sentence([found])
    assert said.startswith("0 of 1 counts held out agree; that of 2019-01-01 to 2019-08-22 is one question and counted")
    assert "as via Washington, unasked, it disagrees, as via Washington (8.8, 5.0 to 10.0) it agrees" in said


def test_no_count_of_the_record_is_judged_twice() -> None:
    rows = exchange_rows(load_facts(shipped_folder(), names_of(RECORDS)).uses, SCENARIO, RECORDS)
    assert len({found.launch for found in rows}) == len(rows)
    assert [(found.launch, found.verdict) for found in rows if found.rival] == [
        ("2014-12-29 to 2016-11-22", "disagrees")  # 17 of 19, though sent unasked
    ]
