"""The shipped scenarios: whether desks can queue decides whether their capacities are not known."""

from __future__ import annotations

import numpy as np
import pytest

from sim.asking.scenarios import base_case, find_scenario, shipped_names
from sim.experiment.run import simulate_scenario
from sim.model.scenario import Scenario
from sim.scenario.catalogue import load_catalogue
from sim.scenario.loader import shipped_folder
from tests.examples import SHIPPED, examples

FIELD = ".capacity"


def unknown_capacities(scenario: Scenario) -> list[str]:
    return [found.path for found in scenario.ranges() if found.path.endswith(FIELD)]


@pytest.mark.parametrize("name", examples(shipped_names(), SHIPPED))
def test_capacities_are_ranges_only_where_launches_can_queue_and_more_people_make_no_difference_elsewhere(
    name: str,
) -> None:
    scenario = find_scenario(name, {})
    is_single = len(scenario.launch_keys()) == 1
    assert bool(unknown_capacities(scenario)) != is_single
    if is_single:
        few = {"replications": "30", "settings": "1"}
        desks = scenario.document.get("desks", {})
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
