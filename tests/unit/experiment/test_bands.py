"""The bands of a run: the same whatever the seed, its own working value within them, each end a run of its own."""

from __future__ import annotations

import math
import shlex

import numpy as np
import pytest
from scipy import stats

import sim
from sim.analysis.intervals import LEVEL
from sim.analysis.measures import Measure
from sim.analysis.outcomes import SECTIONS, Quantity
from sim.asking.scenarios import find_scenario, parse_sets, shipped_names
from sim.experiment.bands import _is_low, find_bands
from sim.experiment.run import simulate_scenario
from sim.model.ranges import Range
from sim.say.findings import is_open
from sim.store.place import run_digest
from sim.studies.run.ends import rerun
from tests.examples import examples

SCENARIOS = examples(shipped_names(), ["first-look"])


@pytest.mark.parametrize("side", ["low", "high"])
@pytest.mark.parametrize("measure", [Measure.MEAN, Measure.IN_TIME])
def test_an_end_is_the_answer_of_the_run_that_is_printed_beside_it(measure: Measure, side: str) -> None:
    scenario = find_scenario("first-look", {})
    end = getattr(find_bands(scenario, "columns")[Quantity(measure, *scenario.contrasts[0])], side)
    words = shlex.split(rerun(scenario, end).options)
    options = dict(zip(words[::2], words[1::2], strict=True))
    sets = parse_sets([text for flag, text in zip(words[::2], words[1::2], strict=True) if flag == "--set"])
    again = sim.run("first-look", sets=sets, replications=int(options["--replications"]), settings=1, engine="columns")
    assert again.found.digest == run_digest(again.scenario) == rerun(scenario, end).digest
    pair = again.results.contrasts[0]
    own = pair.mean if measure == Measure.MEAN else pair.in_time
    assert own is not None
    assert own.estimate == pytest.approx(end.at.estimate, rel=1e-15)


@pytest.mark.parametrize("name", SCENARIOS)
def test_five_seeds_give_the_same_verdict_and_the_same_ends_within_noise(name: str) -> None:
    """Their spread is held to the studentized range of five estimates, each with a half-width from 20 sections."""
    answers = [sim.run(name, seed=seed, replications=1000, engine="columns").results.contrasts for seed in range(1, 6)]
    n_spreads = 2 * 8 * len(shipped_names())  # about, of all scenarios, at 95 % together
    most = stats.studentized_range.ppf(1 - 0.05 / n_spreads, 5, SECTIONS - 1)
    for pairs in zip(*answers, strict=True):
        bands = [pair.band for pair in pairs]
        for ends, noises in (
            ([band.low for band in bands], [band.low_noise for band in bands]),
            ([band.high for band in bands], [band.high_noise for band in bands]),
        ):
            if np.isnan(ends).all():  # no launch has both reports
                continue
            error = math.sqrt(np.mean(np.square(noises))) / stats.t.ppf((1 + LEVEL) / 2, SECTIONS - 1)
            assert max(ends) - min(ends) <= most * error
        assert len({is_open(pair) for pair in pairs}) == 1


@pytest.mark.parametrize("name", SCENARIOS)
def test_what_the_drawn_settings_give_lies_within_the_band(name: str) -> None:
    """Beyond noise: a setting has 100 replications, so about ten times the noise of 10,000."""
    run = sim.run(name, replications=1000)
    for pair in run.results.contrasts:
        noise = 3 * pair.mean.half_width * math.sqrt(run.scenario.replications / run.scenario.settings.replications)
        found = [value for value in pair.by_setting if not math.isnan(value)]
        assert all(pair.band.low - noise <= value <= pair.band.high + noise for value in found)


def test_the_working_value_lies_within_its_band_however_few_replications_there_are() -> None:
    for seed in range(4):
        results = sim.run("first-look", seed=seed, replications=100, settings=2).results
        for pair in results.contrasts:
            assert pair.band.low <= pair.mean.estimate <= pair.band.high
        for arm in results.arms:
            assert arm.p50_band.low <= arm.quantiles[0].estimate <= arm.p50_band.high
            assert arm.in_time_band is not None
            assert arm.in_time is not None
            assert arm.in_time_band.low <= arm.in_time.estimate <= arm.in_time_band.high


@pytest.mark.parametrize(
    ("low", "high", "is_whole", "position", "is_low"),
    [
        (1, 2, True, 0.4, False),  # one server is 1 up to 0.58 of the way, and so as near to the high end as the middle
        (1, 4, True, 0.2, True),
        (60_000_000, 3_600_000_000, True, 0.499, True),
        (60_000_000, 3_600_000_000, True, 0.5, False),
        (0.1, 0.5, False, 0.499, True),
    ],
)
def test_a_corner_has_the_end_that_a_position_is_nearer_to(
    low: float, high: float, is_whole: bool, position: float, is_low: bool
) -> None:
    assert _is_low(Range("p", low, low, high, is_whole), position) == is_low


def test_without_settings_nothing_is_looked_for() -> None:
    scenario = find_scenario("first-look", {"settings": "1", "replications": "40"})
    assert find_bands(scenario, "reference") == {}
    assert simulate_scenario(scenario).tally.settings == (0,)
