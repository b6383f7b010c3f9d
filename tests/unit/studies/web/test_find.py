"""What channels and sensors are worth: webs solved by hand, and the same by other ways."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.analysis.games import grand
from sim.draws.settings import settings_of
from sim.draws.sights import track_of
from sim.errors import SimError
from sim.experiment.execution import Execution
from sim.experiment.simulator import in_memory
from sim.flight.earth import RADIUS_M
from sim.flight.reach import reach
from sim.model.flow import steps
from sim.model.scenario import Scenario
from sim.scenario.loader import load_mapping, load_scenario, shipped_folder
from sim.studies.web.find import IN_TIME, WARNING, Found, WebPlan, find, noise_between, plan, worth_of
from sim.studies.web.games import NOTHING
from tests.webs import web_file

SECOND = 1_000_000
DUE = {"name": "due", "after": "10 min"}
# Of a report by one link: in sight at once, 10 s of the sensor, identified, released, line, handled, a second each.
ONE_LINK = 14
BRIDGE = [("seoul", "us"), ("us", "tokyo")]
PARALLEL = [("seoul", "tokyo"), ("seoul", "tokyo")]


def scenario_of(*given: Any, due: str = "10 min", **more: Any) -> Scenario:
    file = web_file(*given) | {"deadline": DUE | {"after": due}}
    for path, value in more.items():
        *above, last = path.split("__")
        holder = file
        for part in above:
            holder = holder[part]
        holder[last] = value
    return load_mapping(file, "t")


def found_of(scenario: Scenario, **options: Any) -> tuple[WebPlan, Found]:
    made = plan(scenario, **{"replications": 4, **options})
    return made, find(made, in_memory(Execution("columns")))


def seconds(found: Found, player: str) -> list[float]:
    """Alone, last in and value in warning at working values, in seconds."""
    (one,) = (valued for valued in found.players if valued.player == player)
    return [float(values[WARNING, 0, 0]) / SECOND for values in (one.alone, one.last, one.shapley)]


def test_of_a_bridge_each_link_is_worth_half_and_nothing_alone() -> None:
    """Line, handling and release more for the second link: 17 s, so 583 s of warning, for both links or for none."""
    _, found = found_of(scenario_of(BRIDGE))
    assert seconds(found, "k0") == seconds(found, "k1") == [0, 583, 291.5]
    assert seconds(found, "seoul") == [583, 583, 583]
    assert found.whole[:, 0, 0].tolist() == [1, 583 * SECOND]


def test_of_two_parallel_links_the_slower_is_worth_what_it_brings_alone_in_half_of_the_orders() -> None:
    """586 s by the faster; by the other, a minute slower, 526 s, and nothing on top of the faster."""
    _, found = found_of(scenario_of(PARALLEL, stages__line1__delay="61 s"))
    assert 600 - ONE_LINK == 586
    assert seconds(found, "k0") == [586, 60, (586 + 60) / 2]
    assert seconds(found, "k1") == [526, 0, 526 / 2]


def test_a_report_that_comes_late_or_never_leaves_no_warning_and_is_counted() -> None:
    _, late = found_of(scenario_of(PARALLEL, due="60 s", stages__line1__delay="61 s"))
    assert seconds(late, "k0") == [46, 46, 46]
    assert seconds(late, "k1") == [0, 0, 0]
    half = {"delay": "1 s", "channel": "k0", "evidence": "assumed", "refusal": {"probability": "50 %"}}
    scenario = scenario_of(PARALLEL[:1], stages__line0=half)
    made, never = found_of(scenario, replications=400)
    share = float(never.whole[IN_TIME, 0, 0])
    assert 0.4 < share < 0.6  # ± 4 standard deviations of 400 coins
    assert never.whole[WARNING, 0, 0] == pytest.approx(share * 586 * SECOND, rel=1e-12)  # 0 s of all others
    assert made.n == 400


def test_at_the_very_deadline_is_in_time_with_nothing_left() -> None:
    _, found = found_of(scenario_of(PARALLEL[:1], due=f"{ONE_LINK} s"))
    assert found.whole[:, 0, 0].tolist() == [1, 0]


def mixed(**more: Any) -> Scenario:
    """Three centres with sensors, six channels, ranges, refusals and losses."""
    links = [("seoul", "tokyo"), ("seoul", "us"), ("us", "tokyo"), ("us", "tokyo"), ("us", "guam"), ("guam", "tokyo")]
    file = web_file(links, ("seoul", "us", "tokyo"), "tokyo", 3) | {"deadline": DUE | {"after": "45 s"}}
    for number in range(len(links)):
        file["stages"][f"line{number}"]["delay"] = {"exponential": {"mean": {"low": "5 s", "high": f"{60 + number} s"}}}
    file["stages"]["line0"]["loss"] = {"probability": "30 %", "retry_after": "20 s", "attempts": "2"}
    for name in ("seoul", "us", "tokyo"):
        file["sensors"][f"watch_{name}"] |= {"out": "20 %", "delay": {"exponential": {"mean": "30 s"}}}
    return load_mapping(file | {"settings": {"count": "5"}} | more, "mixed")


def test_values_add_up_to_what_all_bring_in_every_setting_and_section() -> None:
    _, found = found_of(mixed(), replications=40)
    for kind in ("channels", "sensors"):
        together = found.whole - found.without[kind]
        np.testing.assert_allclose(sum(one.shapley for one in found.of(kind)), together, rtol=1e-9, atol=1e-6)
    assert found.whole.shape == (2, 21, 5)
    assert len(found.of("channels")) == 6
    assert (found.of("channels")[0].shapley[WARNING, 0] > 0).all()


def test_engines_give_a_web_to_the_last_bit() -> None:
    scenario = mixed()
    settings = settings_of(scenario)[:2]
    one, *others = (worth_of(scenario, 30, engine, settings) for engine in ("reference", "columns", "compiled"))
    assert all(np.array_equal(one, other) for other in others)
    assert 0 < one[0, IN_TIME, 0, 0] < 1


@pytest.mark.slow
def test_who_is_not_there_is_as_who_is_closed_or_always_out() -> None:
    """Without desks nobody waits for a report that goes nowhere, so a way that is cut is one that is not begun."""
    made, found = found_of(mixed(), replications=40)
    _, closed = found_of(_with(("channels", "k0"), {"between": ["seoul", "tokyo"], "open": []}), replications=40)
    assert np.array_equal(found.whole - closed.whole, found.of("channels")[0].last)
    sensor = {"owner": "us", "field": "space", "delay": "10 s", "out": "100 %", "evidence": "assumed"}
    _, out = found_of(_with(("sensors", "watch_us"), sensor), replications=40)
    (us,) = (one for one in found.of("sensors") if one.player == "us")
    assert np.array_equal((found.whole - out.whole)[:, :, 0], us.last[:, :, 0])
    assert len(made.worlds) < sum(len(one.worlds) for one in made.games)  # coalitions of one flow are simulated once


def _with(path: tuple[str, str], value: Any) -> Scenario:
    section, name = path
    entries: Any = dict(mixed().document[section])  # type: ignore[call-overload]
    return mixed(**{section: entries | {name: value}})


def test_a_coalition_has_the_steps_of_its_players_alone() -> None:
    made = plan(scenario_of(BRIDGE))
    channels = made.games[0]
    assert channels.players == ("k0", "k1")
    assert [channels.worlds[coalition] for coalition in range(4)] == [NOTHING, NOTHING, NOTHING, 0]
    mixed_plan = plan(mixed())
    for one in mixed_plan.games:
        for coalition, world in one.worlds.items():
            there = {player for place, player in enumerate(one.players) if coalition >> place & 1}
            left = () if world == NOTHING else steps(mixed_plan.worlds[world].flow)
            stages = [mixed_plan.arm.stages[step.stage] for step in left]
            used = {stage.channel for stage in stages} - {None}
            if one.kind == "sensors":
                used = {stage.sensor.owner for stage in stages if stage.sensor}
            assert used <= there
        assert one.worlds[grand(len(one.players))] == 0


THIRTEEN = [("seoul", "tokyo")] * 13


def test_more_than_a_dozen_players_are_refused_exactly() -> None:
    with pytest.raises(
        SimError, match="13 channels have 8,192 coalitions, and exactly is for 12 at most — leave --ord"
    ):
        plan(scenario_of(THIRTEEN), orders=0)
    with pytest.raises(SimError, match="--orders 19: too few to tell their noise — give 20 or more, or leave it out"):
        plan(scenario_of(THIRTEEN), orders=19)


@pytest.mark.slow
def test_more_than_a_dozen_players_are_sampled() -> None:
    scenario = scenario_of(THIRTEEN)
    made, found = found_of(scenario, replications=2, orders=100)
    assert made.asked["orders"] == [100, 100]
    assert plan(scenario).asked["orders"] == [200, 0]  # the one sensor exactly
    channels = found.of("channels")
    total = sum(float(one.shapley[WARNING, 0, 0]) for one in channels)
    assert total == pytest.approx(float(found.whole[WARNING, 0, 0]), rel=1e-12)
    # All alike, so each is worth a thirteenth: whoever comes first brings all. Of 13 intervals of 95 % one misses
    # that by chance; more than four do for some seeds in a thousand.
    misses = [abs(one.shapley[WARNING, 0, 0] - total / 13) > one.noise[WARNING] for one in channels]
    assert sum(one.noise[WARNING] for one in channels) > 0
    assert sum(misses) <= 4
    # Who comes first brings all, so the noise of one is that of a share of 1 in 13 in 100 orders, t 1.98 of 99 degrees:
    # 0.0266 x 1.98 = 0.053 of all within four standard deviations of a variance estimate; of two apart, with the
    # covariance of who is first, sqrt(2 / 13 / 100) x 1.98 = 0.078.
    each = [one.noise[WARNING] / total for one in channels]
    assert sum(each) / 13 == pytest.approx(0.053, rel=0.1)
    apart = [noise_between(channels[0], other)[WARNING] / total for other in channels[1:]]
    assert sum(apart) / 12 == pytest.approx(0.078, rel=0.25)


def test_sampled_orders_come_near_the_exact_values() -> None:
    exact, sampled = (found_of(mixed(), replications=40, orders=orders)[1] for orders in (0, 400))
    for one, other in zip(exact.players, sampled.players, strict=True):
        apart = abs(one.shapley[WARNING, 0, 0] - other.shapley[WARNING, 0, 0])
        assert apart <= 2 * other.noise[WARNING]  # four standard deviations, of nine players
    assert any(one.noise[WARNING] > 0 for one in sampled.of("channels"))


def test_without_a_link_there_are_sensors_alone() -> None:
    """In sight at once, 10 s of the sensor and one to identify: 589 s."""
    _, found = found_of(scenario_of([], ("tokyo",)))
    assert found.of("channels") == ()
    assert seconds(found, "tokyo") == [589, 589, 589]


def test_what_has_no_web_or_nothing_to_value_is_refused() -> None:
    with pytest.raises(SimError, match="first-look: has no web — add web:"):
        plan(load_scenario(shipped_folder() / "first-look.yaml"))
    file = web_file(BRIDGE) | {"deadline": DUE}
    file["arrangements"]["plain"] = ["seoul_identifies"]
    with pytest.raises(SimError, match="no arm that is compared reports by its web"):
        plan(load_mapping(file | {"compare": ["plain"]}, "t"))
    with pytest.raises(SimError, match="has no deadline"):
        plan(load_mapping(web_file(BRIDGE) | {"deadline": "none"}, "t"))


@pytest.fixture(name="bangkok", scope="module")
def shipped() -> tuple[WebPlan, Found]:
    scenario = load_scenario(shipped_folder() / "bangkok-instead-of-tokyo.yaml")
    return found_of(scenario, settings=6, replications=40)


def test_bangkok_is_worth_nothing_and_geometry_says_why(bangkok: tuple[WebPlan, Found]) -> None:
    _, found = bangkok
    by_name = {one.player: one for one in found.players}
    for name in ("rok_thailand", "bangkok"):
        one = by_name[name]
        assert not any(values.any() for values in (one.alone, one.last, one.shapley))
    assert by_name["tokyo"].alone[IN_TIME, 0, 0] > 0.9
    assert found.idle == ("rok_thailand",)
    (blind,) = (sights for sights in found.sights if sights.is_blind)
    assert (blind.centre, len(blind.unseen)) == ("bangkok", 1)


def test_the_horizon_of_bangkok_is_that_of_the_formula(bangkok: tuple[WebPlan, Found]) -> None:
    """k R (acos(k R / (k R + a)) + acos(k R / (k R + t))) along the ground, k = 4/3 (US Federal Standard 1037C)."""
    scenario = bangkok[0].scenario
    (sensor,) = (stage.sensor for stage in scenario.sensors if stage.name == "bangkok_radar")
    flight = scenario.launches[0].flight
    assert sensor is not None and sensor.place is not None and flight is not None  # noqa: PT018
    track, radius_m = track_of(flight), 4 / 3 * RADIUS_M
    found = reach(sensor, track)
    assert found is not None

    def horizon_m(height_m: float) -> float:
        return radius_m * math.acos(radius_m / (radius_m + height_m))

    def ground_m(lat_deg: float, lon_deg: float) -> float:
        """On a sphere: within half a per cent of the Earth."""
        one, other = math.radians(lat_deg), math.radians(sensor.place.lat_deg)
        apart = math.radians(lon_deg - sensor.place.lon_deg)
        cosine = math.sin(one) * math.sin(other) + math.cos(one) * math.cos(other) * math.cos(apart)
        return RADIUS_M * math.acos(cosine)

    points = zip(track.lat_deg, track.lon_deg, track.altitude_m, strict=True)
    short = [ground_m(lat, lon) - horizon_m(1_000) - horizon_m(height) for lat, lon, height in points]
    assert min(short) > 0
    assert found.short_m == pytest.approx(min(short), abs=0.005 * 4e6)
    ((unseen,),) = (sights.unseen for sights in bangkok[1].sights if sights.is_blind)
    assert unseen.needed is not None
    for more_m, is_hidden in ((0.0, False), (-1_000.0, True)):
        higher = reach(sensor, track_of(replace(flight, apogee_m=unseen.needed.apogee_m + more_m)))
        assert higher is not None
        assert (higher.short_m >= 1) is is_hidden
    beyond_m = found.short_m + horizon_m(found.highest_m)  # of the ground, past the horizon of the antenna
    assert unseen.needed.apogee_m == pytest.approx(radius_m / math.cos(beyond_m / radius_m) - radius_m, rel=0.01)
    assert found.nearest_m > 3_000_000  # what the farthest-reaching radar of the file may reach


def test_a_sensor_that_may_see_at_the_high_end_of_its_range_is_not_called_blind() -> None:
    scenario = load_scenario(
        shipped_folder() / "bangkok-instead-of-tokyo.yaml",
        {"sensors.bangkok_radar.place": "{lat: 30 deg, lon: 122 deg}", "sensors.bangkok_radar.range.low": "100 km"}
        | {"sensors.bangkok_radar.range.typical": "200 km"},
    )
    _, found = found_of(scenario, settings=2, replications=4)
    (bangkok,) = (sights for sights in found.sights if sights.centre == "bangkok")
    assert not bangkok.is_blind
    assert not bangkok.first_s
    assert found.idle == ()
