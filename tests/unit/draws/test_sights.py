"""Sensors and the end of a flight as table contents: when a stage is ready, and what is never seen."""

from __future__ import annotations

import numpy as np
import pytest

import sim
from sim.draws import sights
from sim.draws.block import Block
from sim.draws.sights import seen_by, seen_in, track_of
from sim.draws.table import draw
from sim.engines.compare import first_difference
from sim.engines.compiled import prepare
from sim.engines.reference import simulate
from sim.flight.trajectory import trajectory
from sim.model.network import compile_network
from sim.model.ranges import TYPICAL, Exactly
from sim.model.scenario import Scenario
from sim.scenario.loader import load_mapping, load_text
from tests.sensors import sight

SEEN = """
title: t
launches:
  - {name: lofted, place: {lat: 39.2 deg, lon: 127.5 deg}, azimuth: 90 deg, range: 450 km, apogee: 910 km}
  - {name: low, place: {lat: 39.2 deg, lon: 127.5 deg}, azimuth: 90 deg, range: 450 km, apogee: 30 km, at: 1 h}
sensors:
  sado:
    {owner: tokyo, field: land, place: {lat: 38.0 deg, lon: 138.4 deg}, height: 1000 m, delay: 20 s, evidence: assumed,
     range: {low: 100 km, typical: 1500 km, high: 2000 km}}
  busan: {owner: tokyo, field: land, place: {lat: 35.1 deg, lon: 129.0 deg}, out: 100 %, delay: 1 s, evidence: assumed}
  eye: {owner: us, field: space, sees_above: 8 km, delay: 30 s, evidence: assumed}
stages:
  splash: {delay: 5 s, earliest: impact, evidence: assumed}
  later: {delay: 5 s, earliest: 20 min, evidence: assumed}
arrangements:
  tokyo: {sight: tokyo}
  sado: [sado]
  us: [eye, splash, later]
compare: [tokyo, sado, us]
replications: 20
"""


def seen(**sets: str) -> Scenario:
    return load_text(SEEN, "seen", sets=sets)


def drawn(scenario: Scenario, arm: str, setting=TYPICAL):
    network = compile_network(scenario.arm(arm))
    return network, draw(Block(scenario, 0, 20), scenario.arm(arm), network, setting)


def us(seconds: float) -> int:
    return round(seconds * 1000) * 1000


def test_sight_of_an_owner_is_the_first_of_its_sensors():
    network = compile_network(seen().arm("tokyo"))
    assert [node.name for node in network.nodes] == ["busan", "sado", "tokyo"]
    assert network.nodes[-1].needed == 1


def test_a_sensor_is_ready_when_it_first_sees_the_launch_to_the_millisecond():
    scenario = seen()
    lofted = scenario.launches[0].flight
    first = sight(scenario.arm("sado").stages["sado"].sensor, track_of(lofted), 1.5e6)
    _, draws = drawn(scenario, "sado")
    assert draws.earliest[0, 0, 0] == us(first.first_s) > 0
    assert not draws.refused[:, 0].any()


def test_what_is_never_seen_is_refused_when_the_flight_is_over():
    """It never comes within 100 km of Sado, which stands 950 km east of the launch; the flight ends after 450 km."""
    scenario = seen()
    _, draws = drawn(scenario, "sado", {"sensors.sado.range": Exactly(100_000)})
    flight_times = [entry.flight_time_us for entry in scenario.launches]
    assert draws.earliest[0, :, 0].tolist() == flight_times
    assert draws.refused[:, :, 0].all()
    assert not draws.hold[:, :, 0].any()


def test_a_sensor_that_is_out_reports_nothing():
    _, draws = drawn(seen(), "tokyo")
    assert draws.refused[:, :, 0].all()


def test_a_sight_shorter_than_it_takes_is_none():
    scenario, long = seen(), seen(**{"sensors.sado.in_sight": "17 min"})
    flight = scenario.launches[0].flight
    found = seen_by(scenario.arm("sado").stages["sado"].sensor, flight, TYPICAL)
    assert found is not None
    assert found.last_s - found.first_s < 17 * 60
    assert seen_by(long.arm("sado").stages["sado"].sensor, flight, TYPICAL) is None


def test_how_far_it_reaches_and_how_long_a_track_takes_may_be_ranges() -> None:
    """The longest stretch in sight is some 16 min; half of 1,500 km is not 950 km, as far as Sado is."""
    fields = {"sensors.sado.in_sight": "{low: 0 s, high: 17 min}", "sensors.sado.reach": "{low: 50 %, high: 100 %}"}
    scenario = seen(**fields)
    sado = scenario.arm("sado").stages["sado"].sensor
    lofted, low = (entry.flight for entry in scenario.launches)
    path = "sensors.sado.{}".format
    full = {path("range"): Exactly(1.5e6), path("reach"): 1.0}
    assert {number.path for number in scenario.ranges()} >= {path("range"), path("reach"), path("in_sight")}
    assert sado.reach_m(full) == 1.5e6
    assert sado.reach_m(full | {path("reach"): 0.0}) == pytest.approx(0.75e6)
    assert seen_by(sado, lofted, full | {path("in_sight"): 0.0})
    assert seen_by(sado, lofted, full | {path("in_sight"): 1.0}) is None
    assert seen_by(sado, low, full | {path("in_sight"): 0.0})
    assert seen_by(sado, low, full | {path("in_sight"): 0.0, path("reach"): Exactly(0.3)}) is None


def test_a_satellite_sees_the_burning_engine_above_the_clouds():
    scenario = seen()
    flight = trajectory(450_000, 910_000)
    _, draws = drawn(scenario, "us")
    first_s = draws.earliest[0, 0, 0] / 1e6
    assert first_s < flight.burnout_s
    assert flight.altitude_m(first_s) == pytest.approx(8_000, abs=30)  # as it is to the millisecond


def test_a_stage_may_wait_for_impact_or_for_a_time_after_the_launch():
    scenario = seen()
    _, draws = drawn(scenario, "us")
    assert draws.earliest[0, :, 1].tolist() == [us(trajectory(450_000, h).flight_time_s) for h in (910_000, 30_000)]
    assert draws.earliest[0, :, 2].tolist() == [20 * 60_000_000] * 2


def test_a_written_flight_time_wins_over_the_computed_one():
    scenario = seen(**{"launches[0].flight_time": "17 min"})
    assert scenario.launches[0].flight_time_us == scenario.launches[0].deadline.after_us == 17 * 60_000_000


AT_THE_EQUATOR = SEEN.replace(
    "azimuth: 90 deg, range: 450 km, apogee: 910 km", "apogee: 910 km, impact_point: {lat: 0 deg, lon: 14 deg}"
).replace("place: {lat: 39.2 deg, lon: 127.5 deg}", "place: {lat: 0 deg, lon: 10 deg}", 1)


def test_an_impact_point_gives_the_azimuth():
    """Due east along the equator, by symmetry."""
    assert load_text(AT_THE_EQUATOR, "seen").launches[0].flight.azimuth_deg == pytest.approx(90)


def test_an_impact_point_gives_the_range():
    """Four degrees of the equator, π · 6,378,137 m / 45."""
    found = load_text(AT_THE_EQUATOR, "seen").launches[0]
    assert found.flight.range_m == pytest.approx(np.pi * 6_378_137 / 45)


@pytest.mark.parametrize("arm", ["tokyo", "sado", "us"])
def test_the_engines_agree(arm: str):
    network, draws = drawn(seen(), arm)
    for is_by_events in (False, True):
        assert (
            first_difference(prepare(network, is_by_events=is_by_events).paths(draws), simulate(network, draws)) == ""
        )


def test_a_sensor_more_moves_no_other_number():
    less = SEEN.replace(
        "  eye: {owner", "  new: {owner: us, field: space, delay: 9 s, evidence: assumed}\n  eye: {owner"
    )
    (_, one), (_, other) = (drawn(load_text(text, "seen"), "tokyo") for text in (SEEN, less))
    assert np.array_equal(one.hold, other.hold)
    assert np.array_equal(one.earliest, other.earliest)


def test_the_parts_of_a_mean_add_up_with_the_wait_for_sight(tmp_path):
    from sim.analysis.ledger import ledger

    path = tmp_path / "seen.yaml"
    path.write_text(SEEN)
    run = sim.run(path)
    for account in ledger(run.scenario, run.alerts.tally).arms:
        latency = run.alerts.typical[account.arm]
        came = latency[latency >= 0]
        assert account.total_us * len(came) == came.sum()
    waits = [
        entry.title for entry in ledger(run.scenario, run.alerts.tally).arm("sado").entries if entry.kind == "before"
    ]
    assert waits == ["before sado could see it"]


def test_sensors_alone_need_no_stages():
    alone = "\n".join(
        line for line in SEEN.splitlines() if not line.startswith(("stages:", "  splash", "  later", "  us:"))
    )
    scenario = load_text(alone.replace("compare: [tokyo, sado, us]", "compare: [tokyo, sado]"), "alone")
    paths = simulate(*drawn(scenario, "sado"))
    assert (paths.latency == simulate(*drawn(seen(), "sado")).latency).all()


def test_an_impact_point_stands_in_place_of_the_azimuth_and_range_on_record():
    """Four degrees of the equator, as above."""
    launch = {"catalogue": "2019-10-02", "place": {"lat": "0 deg", "lon": "10 deg"}}
    found = load_mapping(
        {
            "title": "t",
            "launches": [launch | {"impact_point": {"lat": "0 deg", "lon": "14 deg"}}],
            "stages": {"a": {"delay": "1 min", "evidence": "assumed"}},
            "arrangements": {"x": "a"},
            "compare": ["x"],
        },
        "moved",
    ).launches[0]
    assert found.flight.azimuth_deg == pytest.approx(90)
    assert found.flight.range_m == pytest.approx(np.pi * 6_378_137 / 45)


def test_more_ranges_than_are_looked_at_together_or_kept_are_each_seen_as_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scenario = seen()
    sado, flight = scenario.arm("sado").stages["sado"].sensor, scenario.launches[0].flight
    ranges = [{"sensors.sado.range": Exactly(float(metres))} for metres in range(500_000, 1_500_000, 50_000)]
    alone = [sight(sado, track_of(flight), setting["sensors.sado.range"].value) for setting in ranges]
    monkeypatch.setattr(sights, "AT_ONCE", 3)
    monkeypatch.setattr(sights, "MOST_KNOWN", 5)
    assert seen_in(sado, flight, ranges) == alone
    assert seen_in(sado, flight, ranges[::-1]) == alone[::-1]
    assert seen_in(sado, flight, []) == []
    assert len(set(map(repr, alone))) > 2
