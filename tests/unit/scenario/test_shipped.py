"""The shipped scenarios: whether desks can queue decides whether their capacities are not known."""

from __future__ import annotations

import numpy as np
import pytest

from sim.asking.scenarios import base_case, find_scenario, shipped_names
from sim.experiment.run import simulate_scenario
from sim.model.scenario import Scenario
from sim.scenario.catalogue import load_catalogue
from sim.scenario.loader import shipped_folder

FIELD = ".capacity"
SINGLE = [name for name in shipped_names() if len(find_scenario(name, {}).launch_keys()) == 1]


def unknown_capacities(scenario: Scenario) -> list[str]:
    return [found.path for found in scenario.ranges() if found.path.endswith(FIELD)]


@pytest.mark.parametrize("name", shipped_names())
def test_capacities_are_ranges_only_where_launches_can_queue(name: str) -> None:
    scenario = find_scenario(name, {})
    assert bool(unknown_capacities(scenario)) == (len(scenario.launch_keys()) > 1)


@pytest.mark.parametrize("name", SINGLE)
def test_more_people_make_no_difference_to_a_single_launch(name: str) -> None:
    few = {"replications": "30", "settings": "1"}
    desks = find_scenario(name, few).document.get("desks", {})
    more = {f"desks.{desk}.capacity": "3" for desk in desks}
    one, other = (simulate_scenario(find_scenario(name, few | sets)).typical for sets in ({}, more))
    assert desks
    assert all(np.array_equal(one[arm], other[arm]) for arm in one)


def test_the_base_case_takes_ranges_of_capacity_for_days_with_several_missiles() -> None:
    """2 October 2019: one missile. 24 August 2019: two, 17 minutes apart."""
    records = {record.id: record for record in load_catalogue(shipped_folder())}
    assert "base-case/one-launch-desks.yaml" in base_case(records["2019-10-02"])
    assert "base-case/desks.yaml" in base_case(records["2019-08-24"])
    assert "one-launch" not in base_case(records["2019-08-24"])
