"""Every way of writing a range that the format has gives a slider, and what is said of a move is what was answered."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from sim.asking.scenarios import load, parse_sets
from sim.live.bench import Bench
from sim.live.change import Change
from sim.model.scenario import Scenario
from sim.scenario.written import yaml_text
from sim.store.place import run_digest
from sim.units import parse_quantity
from tests.examples import examples

SCENARIO = """
title: Every place at which a range may stand
launches:
  - {{name: salvo, count: 2, gap: {gap}, place: {{lat: 39.4 deg, lon: 127.5 deg}}, azimuth: 75 deg, range: 600 km,
      apogee: 50 km, date: 2019-10-02, time: "22:10"}}
channels:
  line:  {{between: [seoul, tokyo], outages: {{availability: {availability}, down: {down}, evidence: assumed}}}}
  relay: {{between: [us, tokyo], outages: {{up: {up}, down: 5 min, evidence: assumed}}}}
desks:
  us_desk:
    {{at: us, capacity: {capacity}, evidence: assumed,
     hours: {{from: "08:00", until: "09:00", on_call: {on_call}, evidence: assumed}},
     background: {{interarrival: {interarrival}, service: {service}, surge: {{times: {times}, until: 1 h}}}}}}
sensors:
  radar:
    {{owner: seoul, field: land, place: {{lat: 36.8 deg, lon: 127.7 deg}}, range: {range}, reach: {reach},
     in_sight: {in_sight}, out: {out}, delay: {sees}, evidence: assumed}}
stages:
  calls:
    {{at: seoul, channel: line, evidence: assumed, loss: {{probability: {loss}, retry_after: {retry}, attempts: 3}},
     delay: {{lognormal: {{median: {median}, p90_over_median: {ratio}}}, min: {min}, max: {max}}}}}
  talks:
    {{at: seoul, delay: {{usual: {usual}, at_worst: {at_worst}}}, refusal: {{probability: {refusal}}},
     evidence: assumed}}
  tells: {{at: seoul, delay: {tells}, evidence: assumed}}
  relays: {{at: us, channel: relay, delay: {{constant: {constant}}}, evidence: assumed}}
  evaluates: {{desk: us_desk, delay: {{gamma: {{mean: {mean}, shape: {shape}}}}}, evidence: assumed}}
  repeats: {{at: us, delay: {{erlang: {{mean: 1 min, shape: {count}}}}}, evidence: assumed}}
arrangements:
  direct: [{{sight: seoul}}, talks, tells, {{try: calls, for: {limit}, else: [evaluates, repeats, relays]}}]
  via: [{{sight: seoul}}, evaluates, relays]
compare: [direct, via]
replications: 100
settings: 2
"""
DELAYS = {
    "gap": ("20 s", "60 s"),
    "down": ("1 min", "9 min"),
    "up": ("30 min", "9 h"),
    "on_call": ("1 min", "40 min"),
    "interarrival": ("20 min", "50 min"),
    "service": ("1 min", "3 min"),
    "sees": ("5 s", "1 min"),
    "tells": ("1 min", "6 min"),
}
NUMBERS = {
    "availability": ("80 %", "99 %"),
    "capacity": ("1", "3"),
    "times": ("2", "4"),
    "range": ("500 km", "2000 km"),
    "reach": ("50 %", "100 %"),
    "in_sight": ("1 s", "20 s"),
    "out": ("0 %", "5 %"),
    "loss": ("1 %", "5 %"),
    "retry": ("5 s", "20 s"),
    "median": ("1 min", "9 min"),
    "ratio": ("1.5", "3"),
    "min": ("1 s", "20 s"),
    "max": ("1 h", "3 h"),
    "usual": ("1 min", "4 min"),
    "at_worst": ("5 min", "20 min"),
    "refusal": ("0 %", "10 %"),
    "constant": ("1 min", "6 min"),
    "mean": ("1 min", "5 min"),
    "shape": ("1.5", "3"),
    "count": ("2", "4"),
    "limit": ("1 min", "20 min"),
}
WAYS = {
    "short": "{0} to {1}",
    "ends": "{{low: {0}, high: {1}}}",
    "whole": "{{low: {0}, typical: {1}, high: {1}}}",
}


def bench_of(folder: Path, text: str) -> Bench:
    """That of a file whose name a shell would not take as it is."""
    path = folder / "it's mine.yaml"
    path.write_text(text, encoding="utf-8")
    return Bench(str(path), load(str(path), {}), "columns")


def written(way: str) -> str:
    numbers = {name: WAYS[way].format(*ends) for name, ends in NUMBERS.items()}
    delays = {name: WAYS[way].format(*ends) for name, ends in DELAYS.items()}
    if way != "short":  # which alone says that a delay is always the same
        delays = {name: f"{{constant: {text}}}" for name, text in delays.items()}
    return SCENARIO.format(**numbers, **delays)


def by_command(line: str) -> Scenario:
    """What a shell makes of the command that is shown."""
    _, _, name, *options = shlex.split(line)
    return load(name, parse_sets(tuple(text for _, text in list(pairwise(options))[::2])))


def typical(scenario: Scenario) -> Mapping[str, float]:
    return {one.path: one.typical for one in scenario.ranges()}


@pytest.mark.parametrize("way", examples(WAYS, ["short"]))
def test_however_a_range_is_written_it_can_be_moved_and_the_command_says_the_same(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nothing is simulated here but to hold the engines together, which takes nine tenths of the time.
    monkeypatch.setattr("sim.live.bench.check", lambda *_: None)
    bench = bench_of(tmp_path, written(way))
    before = typical(bench.base)
    assert len(bench.controls.sliders) == len(before) == len(DELAYS) + len(NUMBERS)
    for slider in bench.controls.sliders:
        stop, path = slider.stops[1], slider.known_path.removesuffix(".constant")
        moved, known = Change({slider.path: stop}), Change({slider.known_path: stop})
        for change in (moved, known):
            assert run_digest(bench.scenario(change)[1]) == run_digest(by_command(bench.line(change))), change
        assert typical(bench.scenario(moved)[1]) == {**before, path: parse_quantity(slider.kind, stop)}
        assert {*before} - {*typical(bench.scenario(known)[1])} == {path}


def test_what_is_saved_of_a_file_with_an_odd_name_is_the_scenario_and_names_the_command(tmp_path: Path) -> None:
    bench = bench_of(tmp_path, written("short"))
    change = Change({slider.path: slider.stops[2] for slider in bench.controls.sliders})
    scenario = bench.scenario(change)[1]
    path = tmp_path / "saved.yaml"
    path.write_text(yaml_text(scenario), encoding="utf-8")
    assert run_digest(load(str(path), {})) == run_digest(scenario) == run_digest(by_command(bench.line(change)))


SHARED = """
title: A range of an arm's own
launches: [{{name: one, flight_time: 10 min}}]
stages:
  sees:  {{delay: 1 min, evidence: assumed}}
  tells: {{delay: {own}, evidence: assumed}}
arrangements:
  route: [sees, tells]
arms:
  later: {{arrangement: route, set: {{stages.tells.delay: 7 to 9 min}}}}
compare: [later, route]
"""


@pytest.mark.parametrize("own", ["2 min", "{triangular: {low: 1 min, mode: 2 min, high: 5 min}}"])
def test_what_an_arm_sets_for_itself_has_no_slider_which_would_move_the_files(own: str, tmp_path: Path) -> None:
    assert bench_of(tmp_path, SHARED.format(own=own)).controls.sliders == ()
