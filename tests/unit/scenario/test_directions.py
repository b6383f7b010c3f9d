"""The other direction: what Tokyo knows of the end of a flight, on its way to Seoul, and both ways at once."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.asking.scenarios import find_scenario
from sim.engines.contract import NEVER
from sim.experiment.run import simulate_scenario
from sim.say.whose import report_words, where
from sim.scenario.loader import load_text, shipped_folder
from sim.units import US_PER_MINUTE

FEW = {"replications": "400", "settings": "1"}
SD_OF_P90 = 1.2815515655446004  # the standard normal quantile of 0.9


def mean_s(median_s: float, p90_over_median: float) -> float:
    """Of a lognormal: exp(mu + sigma² / 2)."""
    return median_s * math.exp((math.log(p90_over_median) / SD_OF_P90) ** 2 / 2)


def test_a_report_to_seoul_takes_the_flight_and_the_sum_of_its_steps() -> None:
    """The mean of a sequence is the sum of means; tolerance 4 standard errors, one false alarm in 16,000."""
    sets = FEW | {"flows.tokyo_tracks_to_the_end": "[tokyo_has_the_end]"}
    scenario = find_scenario("2019-10-02-seoul-asks", sets)
    latency = simulate_scenario(scenario).typical["to_seoul_direct_standing"][:, 0] / 1e6
    steps = mean_s(35, 1.3) + mean_s(55, 2.5) + mean_s(95, 2.5) + mean_s(21, 2.5)
    error = latency.std(ddof=1) / math.sqrt(len(latency))
    assert latency.mean() == pytest.approx(17 * 60 + steps, abs=4 * error)


def test_nothing_reaches_seoul_of_the_end_before_the_end() -> None:
    typical = simulate_scenario(find_scenario("2019-10-02-seoul-asks", FEW)).typical
    assert all((latency[latency != NEVER] > 17 * US_PER_MINUTE).all() for latency in typical.values())


def test_two_halves_are_whole_when_the_slower_has_arrived() -> None:
    text = (shipped_folder() / "2019-07-25-two-halves.yaml").read_text(encoding="utf-8")
    ways = (
        "  to_tokyo: [each_has_its_half, seoul_half_is_asked, direct_by_item]\n"
        "  to_seoul: [each_has_its_half, tokyo_half_is_asked, to_seoul_by_item]\n"
    )
    text = text.replace("arrangements:\n", f"arrangements:\n{ways}").split("compare:")[0]
    text += "compare: [both_direct, to_tokyo, to_seoul]\ncontrasts: []\n"
    found = simulate_scenario(load_text(text, "halves", sets=FEW)).typical
    is_whole = (found["to_tokyo"] != NEVER) & (found["to_seoul"] != NEVER)
    slower = np.maximum(found["to_tokyo"], found["to_seoul"])
    assert np.array_equal(found["both_direct"], np.where(is_whole, slower, NEVER))
    assert 0 < is_whole.mean() < 1


@pytest.mark.parametrize(
    ("name", "report", "place"),
    [
        ("2019-10-02-seoul-asks", "Tokyo's report", "Seoul"),
        ("2019-07-25-two-halves", "the report", "Seoul and Tokyo"),
        ("assessment-after-the-event", "Seoul's report", "Tokyo"),
    ],
)
def test_a_shipped_scenario_is_of_its_own_direction(name: str, report: str, place: str) -> None:
    scenario = find_scenario(name, {})
    assert (report_words(scenario), where(scenario)) == (report, place)


def test_release_and_route_are_whole_in_the_base_case() -> None:
    scenario = find_scenario("2019-10-02-pukguksong-3", {})
    ways = {(arm.mode, arm.route) for arm in scenario.arms if arm.name != scenario.baseline}
    modes, routes = ({way[side] for way in ways} for side in (0, 1))
    assert len(ways) == len(modes) * len(routes) == 6
    alone = [pair for pair in scenario.contrasts if len({scenario.arm(name).mode for name in pair}) == 1]
    assert {scenario.arm(a).mode for a, _ in alone} == modes
