"""Notices as predictions: whole minutes, coverage on made data, eras, and what no notice can show."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from sim.analysis.measures import Measure
from sim.analysis.outcomes import Quantity
from sim.experiment.batch import Batch
from sim.experiment.simulator import in_memory
from sim.model.ranges import TYPICAL
from sim.scenario.catalogue import load_catalogue, names_of
from sim.scenario.facts import Era, Notice, load_facts
from sim.scenario.folders import shipped_folder
from sim.scenario.loader import load_text
from sim.studies.record.eras import after_the_link, era_forecasts
from sim.studies.record.forecast import SHARES, Forecast, between, coverage, shown_by
from sim.studies.record.notices import CHAIN, ENDS, Chain, chains, forecast, forecasts, notice_rows, passed, summed
from sim.studies.record.rows import Span
from sim.studies.record.say import coverage_sentences, coverage_title, headline

SCENARIO = load_text(CHAIN, "chain")
CHAINS = chains(SCENARIO)
FACTS = load_facts(shipped_folder(), names_of(load_catalogue(shipped_folder())))


def notice(after_min: float, launch: str = "2019-10-31", to="ships", *, is_anchor: bool = False) -> Notice:
    return Notice(launch, to, "x", after_min, is_anchor, "s", "")


def chain(*seconds: float) -> Chain:
    """Latencies that are a decision alone, equally likely."""
    times = np.array(seconds, float)
    return Chain(np.zeros(1), times, np.sort(times), np.sort(times))


def test_a_latency_shows_as_one_of_two_minutes() -> None:
    """150 s after a launch at any second: 2 min on the clocks in half of cases, 3 in the others."""
    times = np.array([150.0])
    assert [shown_by(times, minutes, None) for minutes in (1, 2, 3)] == [0, 0.5, 1]


def test_where_the_second_of_the_launch_is_known_it_shows_as_one() -> None:
    """07:38:55 and 70 s later it is 07:40:05, two minutes by the clock; after 60 s 07:39:55, one."""
    known = 55 / 60
    assert [shown_by(np.array([70.0]), minutes, known) for minutes in (1, 2)] == [0, 1]
    assert [shown_by(np.array([60.0]), minutes, known) for minutes in (0, 1)] == [0, 1]
    assert passed(notice(1.1)) == pytest.approx(0.9)
    assert passed(notice(3)) is None


def test_an_interval_is_the_least_minutes_that_hold_the_middle_share() -> None:
    """Ten latencies of 30 s, 90 s, … 570 s: each shows as one of two minutes, so every minute to 9 has a tenth."""
    times = np.arange(30.0, 600, 60)
    assert shown_by(times, 0, None) == pytest.approx(0.05)
    assert shown_by(times, 4, None) == pytest.approx(0.45)
    assert between(times, 0.5, None) == (2, 7)
    assert between(times, 0.9, None) == (0, 9)


def test_a_forecast_by_hand() -> None:
    """Two latencies, 150 and 270 s: shown as 2, 3, 4 and 5 min, a quarter each."""
    found = forecast(notice(4), chain(150, 270), "made")
    assert found.below == Span(0.5, 0.75)
    assert found.within == ((2, 4), (2, 5))
    assert found.holds == (0.75, 1.0)
    assert (found.is_within(0), found.is_sooner) == (True, False)
    assert not forecast(notice(6), chain(150, 270), "made").is_within(1)


def made(minutes: int, times: np.ndarray) -> Forecast:
    return forecast(notice(minutes), Chain(np.zeros(1), times, times, times), "made")


def test_coverage_of_made_data_is_as_expected() -> None:
    """4,000 notices drawn from the chain that predicts them, two in ten years' worth of seeds: the share held is what
    whole minutes make of it, to three standard errors (false alarm: 0.5 % for both)."""
    rng = np.random.default_rng(20191219)
    times = np.sort(110 + 190 * np.exp(0.715 * rng.standard_normal(2_000)))
    n = 4_000
    came = np.floor(rng.choice(times, n) / 60 + rng.random(n)).astype(int)
    by_minute = {minutes: made(minutes, times) for minutes in set(came.tolist())}
    for place, share in enumerate(SHARES):
        found = coverage([by_minute[minutes] for minutes in came.tolist()], place)
        error = math.sqrt(found.expected * (1 - found.expected) / n)
        assert found.expected >= share
        assert found.n_held / n == pytest.approx(found.expected, abs=3 * error)
        assert not found.is_contradicted


def test_a_chain_that_is_too_slow_is_found_out() -> None:
    """All of 20 notices come at 3 min, which a chain of some 10 min expects in none."""
    found = coverage([made(3, np.linspace(500.0, 700.0, 100))] * 20, 1)
    assert (found.n_held, found.interval.high, found.is_contradicted) == (0, pytest.approx(0.1684, abs=1e-4), True)


def test_a_notice_agrees_where_nine_in_ten_should_come() -> None:
    times = np.arange(30.0, 600, 60)  # every minute to 9 has a tenth
    found = notice_rows([notice(9), notice(10), notice(5, to="press")], {"ships": chain(*times)})
    assert [one.verdict for one in found] == ["agrees", "disagrees", "undecided"]
    assert (found[0].model, found[0].core) == (Span(0, 540), Span(120, 420))
    assert found[0].modelled == "2 to 7, 90 %: 0 to 9 min"
    assert found[2].model is None


def test_a_row_with_a_known_second_is_told_in_the_difference_of_the_clocks() -> None:
    """07:38:55 to 07:40 is 1.1 min, so that whole minutes of the clock stand at 0.1, 1.1, 2.1."""
    (row,) = notice_rows([notice(1.1, is_anchor=True)], {"ships": chain(70)})
    assert row.use == "fitted"
    assert row.model
    assert (row.model.low, row.model.high) == (pytest.approx(66), pytest.approx(66))
    assert row.verdict == "agrees"


def test_only_notices_that_set_nothing_and_have_a_chain_are_forecasts() -> None:
    told = [notice(5), notice(5, is_anchor=True), notice(5, to="press")]
    assert [one.minutes for one in forecasts(told, {"ships": chain(300)})] == [5]


def test_chains_are_those_that_the_engines_simulate() -> None:
    """Median and 95 % quantile of 4,000 replications at working values: to 5 %, some four standard errors."""
    found = in_memory().outcomes(Batch(SCENARIO, (TYPICAL,), 4_000)).values
    for to, arm in ENDS.items():
        for measure, share in ((Measure.P50, 0.5), (Measure.P95, 0.95)):
            simulated_s = found[Quantity(measure, arm)][0][0] / 1e6
            assert float(np.quantile(CHAINS[to].typical, share)) == pytest.approx(simulated_s, rel=0.06)


def test_a_chain_varies_the_warning_or_the_decision_and_never_both() -> None:
    """Medians of a sum of two lognormals: above the sum of the medians, below that of the means.

    J-Alert: 110 s and 60, 150, 310 s; spread p90 / median 1.3 and 2.5, so log sd ln 1.3 / 1.2816 and ln 2.5 / 1.2816.
    """
    warning = CHAINS["command post"]
    assert [float(np.median(times)) for times in (warning.low, warning.high)] == pytest.approx([65, 185], rel=0.01)
    wide, public = math.exp((math.log(2.5) / 1.2816) ** 2 / 2), CHAINS["public"]
    for times, decision in ((public.low, 60), (public.typical, 150), (public.high, 310)):
        assert 0.97 * (110 + decision) < float(np.median(times)) < 112.4 + wide * decision


def test_every_latency_is_a_warning_and_a_decision() -> None:
    assert summed(np.array([1.0, 2.0]), np.array([10.0, 20.0])).tolist() == [11, 12, 21, 22]


ERAS = (Era("ships", "2016-01-01", "first", "s", ""), Era("ships", "2019-01-01", "then", "s", ""))


def test_an_era_is_judged_by_the_one_before_and_by_nothing_of_its_own() -> None:
    """The middle of 18, 13 and 5 min is 13: less a warning of 110 s that leaves 670 s for the decision."""
    before = [notice(minutes, f"2017-0{month}-01") for month, minutes in ((1, 18), (2, 13), (3, 5))]
    after = [notice(3, "2019-01-01"), notice(9, "2022-01-14-2")]
    found = era_forecasts([*before, *after], ERAS[::-1], {"ships": CHAINS["ships"]})
    assert [(one.launch, one.minutes, one.label) for one in found] == [
        ("2019-01-01", 3, "2016 to 2018"),
        ("2022-01-14-2", 9, "2016 to 2018"),
    ]
    other = era_forecasts([*before, replace(after[0], after_min=30)], ERAS, {"ships": CHAINS["ships"]})
    assert other[0].within == found[0].within
    scaled = CHAINS["ships"].with_median(780)
    assert float(np.median(scaled.decision)) == pytest.approx(780 - float(np.median(scaled.warning)), rel=1e-6)


def test_an_era_with_no_notice_before_it_predicts_nothing() -> None:
    assert era_forecasts([notice(3, "2019-01-01")], ERAS, {"ships": CHAINS["ships"]}) == ()


def test_the_eras_of_the_record_have_sources_and_the_rule_of_2023_is_followed_by_no_j_alert() -> None:
    assert [(era.to, era.start[:4]) for era in FACTS.eras] == [
        ("public", "2012"),
        ("public", "2019"),
        ("public", "2023"),
        ("ships", "2016"),
        ("ships", "2019"),
        ("ships", "2022"),
    ]
    found = era_forecasts(FACTS.notices, FACTS.eras, CHAINS)
    assert {(one.to, one.label) for one in found} == {
        ("ships", "2016 to 2018"),
        ("ships", "2019 to 2021"),
        ("public", "2012 to 2018"),
    }


def test_no_notice_of_the_record_comes_after_the_machine_link_and_none_could_show_a_relay() -> None:
    assert after_the_link(FACTS.notices) == 0
    assert after_the_link([notice(3, "2023-12-18"), notice(3, "2023-12-19"), notice(3, "2024-01-14")]) == 2
    told = [forecast(notice(4), chain(150, 270), "made")]
    said = coverage_sentences(told, told, 33, 0)[-1]
    assert said.startswith("None of 33 notices is of a launch since 19 December 2023")
    assert "a notice is a public act and carries no relay time" in said


def test_the_sentence_names_what_is_expected_and_what_lies_outside() -> None:
    """Of one that came at 6 min where 2 to 5 were predicted none is held; its exact interval ends at 97.5 %."""
    late = forecast(notice(6), chain(150, 270), "made")
    said = coverage_sentences([late], [late], 1, 0)[0]
    assert (
        "the 90 % interval holds 0 of 1, too few: to whole minutes 100 % are expected, which 0 % to 98 % leaves" in said
    )
    assert said.endswith("outside the 90 % interval: 2019-10-31 ships (6 min, later).")


def test_what_so_few_notices_leave_open_is_not_as_it_should_be() -> None:
    """Of two at 2 and 6 min one is held; exact 95 % interval of 1 in 2: 1.26 % to 98.7 % (Clopper and Pearson)."""
    told = [forecast(notice(minutes), chain(150, 270), "made") for minutes in (2, 6)]
    said = coverage_sentences(told, [], 2, 0)[0]
    assert "holds 1 of 2, not contradicted: to whole minutes 75 % are expected, which 1 % to 99 % leaves open" in said
    assert coverage_title(told, told) == (
        "Into the dark band reach 1 of 2 predicted by the base case, which does not contradict 75 %; 1 of 2 predicted "
        "by the era before, which does not contradict 75 %"
    )


def test_a_notice_is_within_an_interval_where_its_line_reaches_into_that_band() -> None:
    """So that what a title counts is what is seen: of the 50 % interval from 25 to 75 %, of the 90 % one to 95."""
    by_era = era_forecasts(FACTS.notices, FACTS.eras, CHAINS)
    for one in (*forecasts(FACTS.notices, CHAINS), *by_era):
        for place, share in enumerate(SHARES):
            reaches = one.below.high >= (1 - share) / 2 and one.below.low < (1 + share) / 2
            assert one.is_within(place) == reaches
    assert coverage(by_era, 0).n_held == 3
    assert coverage_title([], by_era).startswith(
        "Into the dark band reach 3 of 15 predicted by the era before, too few"
    )


def test_where_nothing_is_predicted_nothing_of_it_is_said() -> None:
    late, into = [forecast(notice(6), chain(150, 270), "made")], "Into the dark band reach "
    (shown,) = coverage_sentences([], [], 3, 0)
    assert shown.startswith("None of 3 notices is of a launch since 19 December 2023")
    assert headline([], []).startswith("Of 0 rows 0 agree")
    assert headline([], late).startswith(
        "Held out, 0 of 1 notices come within the 90 % interval predicted, where 100 % "
    )
    assert coverage_title(late, []) == f"{into}0 of 1 predicted by the base case, which does not contradict 75 %"
    assert coverage_title([], late) == f"{into}0 of 1 predicted by the era before, which does not contradict 75 %"
