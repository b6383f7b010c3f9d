"""The shipped sensors of 2019, and what they see of what flies over Wonsan."""

from __future__ import annotations

import pytest

from sim.draws.sights import seen_by
from sim.model.launch import Flight
from sim.model.ranges import TYPICAL, Range
from sim.model.sensor import Place
from sim.model.stage import Stage
from sim.scenario.loader import load_text

WONSAN = Place(39.1677, 127.4817)
TEXT = """
title: who sees it
use: [base-case/stages.yaml, base-case/one-launch-desks.yaml, base-case/sensors-2019.yaml,
      base-case/channels-as-if.yaml]
launches: [{name: one, place: {lat: 39.1677 deg, lon: 127.4817 deg}, azimuth: 86 deg, range: 450 km, apogee: 910 km}]
arrangements: {seoul: {sight: seoul}, tokyo: {sight: tokyo}, us: {sight: us}}
compare: [seoul, tokyo, us]
deadline: none
"""
SENSORS = {name: stage for arm in load_text(TEXT, "t").arms for name, stage in arm.stages.items() if stage.sensor}


def first_km(stage: Stage, apogee_m: int = 500_000) -> float:
    """How high what goes straight up over Wonsan is when it is first in sight."""
    assert stage.sensor
    found = seen_by(stage.sensor, Flight(WONSAN, 0.0, 1, apogee_m), TYPICAL)
    assert found
    return found.first_altitude_m / 1000


def test_there_are_eleven_and_each_says_what_it_rests_on() -> None:
    assert len(SENSORS) == 11
    for stage in SENSORS.values():
        assert stage.evidence.step == "documented"
        assert stage.evidence.value == "assumed"
        assert stage.evidence.source
        assert any(word in stage.evidence.note for word in ("approximate", "assumed"))


@pytest.mark.parametrize(
    ("name", "least_km"),
    [("sado", 40), ("shimo_koshiki", 34), ("japan_aegis", 13), ("green_pine_north", 3), ("green_pine_south", 3)],
)
def test_over_wonsan_they_see_what_the_evidence_says(name: str, least_km: float) -> None:
    """The lower ends of the collected evidence: 40, 34, 13 and 3 to 4 km, rays bent as on 4/3 of the Earth."""
    assert first_km(SENSORS[name]) == pytest.approx(least_km, abs=1.5)


def test_seoul_sees_first_and_satellites_before_japan_s_land() -> None:
    heights = {name: first_km(stage) for name, stage in SENSORS.items() if name not in ("ominato", "shariki")}
    seoul = max(height for name, height in heights.items() if SENSORS[name].at == "seoul")
    tokyo = min(height for name, height in heights.items() if SENSORS[name].at == "tokyo")
    assert seoul < heights["infrared_satellites"] < tokyo


def test_how_long_tokyo_s_radars_take_to_track_is_a_range_that_works_with_geometry_alone() -> None:
    """To a minute, as long as their whole delay may be; no other sensor has one, nor any a share of its range."""
    takes = {name: stage.sensor.in_sight_us for name, stage in SENSORS.items() if stage.sensor}
    ranges = {name: found for name, found in takes.items() if isinstance(found, Range)}
    assert {*ranges} == {"sado", "shimo_koshiki", "ominato", "japan_aegis"}
    assert {(found.low, found.typical, found.high) for found in ranges.values()} == {(0, 0, 60_000_000)}
    assert {found for name, found in takes.items() if name not in ranges} == {0}
    assert {stage.sensor.reach for stage in SENSORS.values() if stage.sensor} == {1.0}
