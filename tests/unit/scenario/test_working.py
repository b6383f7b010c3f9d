"""A working value that is put into a scenario makes the scenario that the loader makes of it."""

from __future__ import annotations

import pytest

from sim.asking.scenarios import scenario_of
from sim.live.controls import controls_of
from sim.say.values import kind_of
from sim.scenario.loader import reload
from sim.scenario.working import with_working
from sim.store.place import run_digest

US = "stages.us_evaluates.delay.lognormal.median.typical"


@pytest.mark.parametrize(
    "name",
    [
        "first-look",
        "first-cue",
        "2019-10-02",
        pytest.param("night-in-washington", marks=pytest.mark.slow),
        pytest.param("hub-lost-in-a-salvo", marks=pytest.mark.slow),
        pytest.param("salvo-of-eight-2022-06-05", marks=pytest.mark.slow),
        pytest.param("a-thicker-web", marks=pytest.mark.slow),
    ],
)
def test_every_slider_makes_the_scenario_of_the_loader(name: str) -> None:
    scenario = scenario_of(name)
    stated = {one.path for one in scenario.ranges() if not one.is_middle}
    moved = [one for one in controls_of(scenario).sliders if one.known_path.removesuffix(".constant") in stated]
    texts = {one.path: one.stops[len(one.stops) * (1 + number % 3) // 4] for number, one in enumerate(moved)}
    for one in moved:
        alone = {one.path: texts[one.path]}
        assert with_working(scenario, alone, kind_of) in (None, reload(scenario, alone, "--set"))
    quick, loaded = with_working(scenario, texts, kind_of), reload(scenario, texts, "--set")
    assert quick == loaded
    assert quick is not None
    assert run_digest(quick) == run_digest(loaded)


@pytest.mark.parametrize(
    "text", ["2 h", "1 s", "no time", "5 min  ", "'5 min'", "{low: 1 min, high: 2 min}", "", "1.5", "1e400 s"]
)
def test_what_is_no_plain_value_within_the_range_is_left_to_the_loader(text: str) -> None:
    assert with_working(scenario_of("first-look"), {US: text}, kind_of) is None


@pytest.mark.parametrize("path", ["seed", "stages.us_evaluates.delay", f"{US}.typical", "stages.nobody.delay.typical"])
def test_so_is_what_is_no_working_value_of_a_range(path: str) -> None:
    assert with_working(scenario_of("first-look"), {path: "5 min"}, kind_of) is None
