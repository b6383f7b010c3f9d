"""What must not change an answer, and what must change it by exactly so much."""

from __future__ import annotations

import json

import numpy as np
import pytest

from sim.analysis.analyse import analyse
from sim.engines.contract import NEVER
from sim.experiment import execution
from sim.experiment import run as experiment
from sim.experiment.execution import Execution
from sim.experiment.run import simulate_scenario
from sim.model.scenario import Scenario
from sim.scenario.loader import load_scenario, load_text, shipped_folder

SETS = {"replications": "24", "settings": "{count: 4, replications: 8}"}


def base(**sets: str) -> Scenario:
    return load_scenario(shipped_folder() / "2019-08-24-super-large-rocket.yaml", {**SETS, **sets})


def latencies(scenario: Scenario, where: int = 1) -> dict[str, list[object]]:
    alerts = simulate_scenario(scenario, Execution(where=where))
    return {arm: [alerts.typical[arm].tolist(), alerts.by_setting[arm].tolist()] for arm in alerts.typical}


def test_a_constant_added_to_a_stage_without_a_desk_in_a_plain_route_moves_every_latency_by_it() -> None:
    text = (shipped_folder() / "first-look.yaml").read_text()
    before, after = (
        simulate_scenario(load_text(text, "x", sets={**SETS, "stages.seoul_sees.delay": delay})).typical["direct"]
        for delay in ("57 s", "67 s")
    )
    assert np.array_equal(after, before + 10_000_000)


def test_units_change_nothing() -> None:
    sets = {"stages.rok_identifies.delay": "90 s"}, {"stages.rok_identifies.delay": "1.5 min"}
    assert latencies(base(**sets[0])) == latencies(base(**sets[1]))


def test_sections_and_entries_in_another_order_change_nothing() -> None:
    scenario = base()
    turned = {key: scenario.document[key] for key in reversed(scenario.document)}
    turned["stages"] = dict(reversed(scenario.document["stages"].items()))
    assert latencies(load_text(json.dumps(turned), "x")) == latencies(scenario)


def test_the_resolved_document_repeats_the_scenario() -> None:
    scenario = base()
    again = load_text(json.dumps(scenario.document), scenario.name)
    assert again == scenario


@pytest.mark.parametrize("work", [16, 100])
def test_the_size_of_blocks_changes_nothing(work: int, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = latencies(base())
    monkeypatch.setattr(experiment, "BLOCK_WORK", work)
    assert latencies(base()) == expected


def test_workers_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = latencies(base())
    monkeypatch.setattr(execution, "START_S", 0)
    assert latencies(base(), where=2) == expected


def test_identical_flows_differ_by_exactly_zero() -> None:
    text = (shipped_folder() / "first-look.yaml").read_text()
    twin = text.replace("arrangements:\n", "arrangements:\n  twin: [seoul_sees, seoul_releases, encrypted_call]\n")
    scenario = load_text(twin.replace("[direct, via_washington]", "[direct, twin]"), "x", sets=SETS)
    pair = analyse(scenario, simulate_scenario(scenario).tally).contrasts[0]
    assert (pair.mean.low, pair.mean.high, pair.band.low, pair.band.high) == (0, 0, 0, 0)


def test_a_never_is_a_never_in_every_setting_where_nobody_asks() -> None:
    scenario = base(**{"stages.tokyo_asks.refusal.probability": "100 %"})
    alerts = simulate_scenario(scenario)
    assert (alerts.typical["direct"] == NEVER).all()
    assert (alerts.by_setting["direct"] == NEVER).all()
