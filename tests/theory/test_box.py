"""The ends of a band: by closed forms where routes share nothing, by exhaustive search where they queue."""

from __future__ import annotations

import math
from functools import cache
from itertools import product

import pytest

from sim.analysis.box import Ask, Extent, Goal, extents, of, search, settings_of
from sim.analysis.measures import Measure
from sim.analysis.outcomes import Outcomes, Quantity, joined
from sim.experiment.bands import find_bands
from sim.experiment.batch import Batch, run_part
from sim.experiment.engines import EngineName
from sim.model.ranges import Setting
from sim.model.scenario import Scenario
from sim.scenario.loader import load_text

APART = """
title: t
replications: 4000
launches: [{name: one, deadline: {name: impact, after: 6 min}}]
stages:
  a: {at: seoul, delay: {exponential: {mean: {low: 2 min, typical: 4 min, high: 10 min}}}, evidence: assumed}
  b: {at: tokyo, delay: {exponential: {mean: {low: 1 min, typical: 3 min, high: 8 min}}}, evidence: assumed}
  c: {at: tokyo, delay: {constant: {low: 30 s, typical: 1 min, high: 2 min}}, evidence: assumed}
arrangements: {one: [a, c], other: [b]}
compare: [one, other]
"""
QUEUE = """
title: t
replications: 100
launches: [{name: one, deadline: {name: impact, after: 5 min}}, {name: two, at: 30 s}]
desks: {desk: {capacity: 1, evidence: assumed}}
stages:
  a: {desk: desk, delay: {exponential: {mean: {low: 20 s, typical: 1 min, high: 3 min}}}, evidence: assumed}
  b: {desk: desk, delay: {exponential: {mean: {low: 10 s, typical: 1 min, high: 2 min}}}, evidence: assumed}
  c: {at: tokyo, delay: {exponential: {mean: {low: 10 s, typical: 2 min, high: 5 min}}}, evidence: assumed}
  d: {at: tokyo, delay: {constant: {low: 10 s, typical: 1 min, high: 4 min}}, evidence: assumed}
deadline: {name: impact, after: 5 min}
arrangements:
  one: [{try: a, for: {low: 30 s, typical: 1 min, high: 4 min}, else: c}, b]
  other: [c, {first: [a, d]}, b]
compare: [one, other]
"""


def asks(scenario: Scenario, n: int, engine: EngineName = "columns") -> Ask:
    def ask(settings: tuple[Setting, ...]) -> Outcomes:
        return joined([run_part(part, engine) for part in Batch(scenario, settings, n).jobs()])

    return ask


def extent(measure: Measure, *about: str) -> Extent:
    return find_bands(load_text(APART, "t"), "columns")[Quantity(measure, *about)]


@pytest.mark.parametrize(
    ("measure", "low", "high"),
    [
        (Measure.MEAN, 2.5 - 8, 12 - 1),
        (Measure.P50, 0.5 + 2 * math.log(2) - 8 * math.log(2), 2 + 10 * math.log(2) - math.log(2)),
        (
            Measure.IN_TIME,
            (1 - math.exp(-4 / 10)) - (1 - math.exp(-6)),
            (1 - math.exp(-5.5 / 2)) - (1 - math.exp(-6 / 8)),
        ),
    ],
)
def test_routes_that_share_nothing_have_the_ends_of_the_closed_form(measure: Measure, low: float, high: float) -> None:
    found = extent(measure, "one", "other")
    scale = 1.0 if measure.is_share else 60e6
    for end, expected in ((found.low, low), (found.high, high)):
        assert abs(end.at.estimate / scale - expected) < 2 * end.at.half_width / scale
        assert end.at.half_width / scale < 1


def test_an_end_stands_at_the_ends_of_the_ranges_that_move_it() -> None:
    found = extent(Measure.MEAN, "one", "other")
    a, b, c = (
        f"stages.{name}.delay{rest}"
        for name, rest in (("a", ".exponential.mean"), ("b", ".exponential.mean"), ("c", ""))
    )
    minute = 60_000_000
    assert found.low.setting == {a: 2 * minute, b: 8 * minute, c: minute // 2}
    assert found.high.setting == {a: 10 * minute, b: minute, c: 2 * minute}


def queue() -> Scenario:
    return load_text(QUEUE, "t")


@cache
def everywhere() -> tuple[tuple[tuple[int, ...], ...], Outcomes]:
    """Every corner, edge and middle of the ranges, and what comes out there."""
    ranges = queue().ranges()
    every = tuple(product((-1, 0, 1), repeat=len(ranges)))
    return every, asks(queue(), 100, "compiled")(settings_of(ranges, every))


def known(settings: tuple[Setting, ...]) -> Outcomes:
    """What is asked of a search, looked up."""
    every, found = everywhere()
    places = {frozenset(setting.items()): at for at, setting in enumerate(settings_of(queue().ranges(), every))}
    return found.take([places[frozenset(setting.items())] for setting in settings])


@pytest.mark.parametrize("measure", [Measure.MEAN, Measure.P50, Measure.IN_TIME])
@pytest.mark.parametrize("about", [("one", "other"), ("one", ""), ("other", "")])
def test_where_work_queues_and_time_limits_turn_it_nothing_in_all_corners_is_better_beyond_noise(
    measure: Measure, about: tuple[str, str]
) -> None:
    quantity, ranges = Quantity(measure, *about), queue().ranges()
    every, found = everywhere()
    values = of(found, quantity)
    for sign, best in ((-1, values[0].min()), (1, values[0].max())):
        point = search(ranges, [Goal(quantity, sign)], known)[Goal(quantity, sign)]
        at = every.index(point)
        sections = values[1:, at] - values[1:, int((sign * values[0]).argmax())]
        room = 2 * sections.std() / math.sqrt(len(sections))
        assert abs(values[0, at] - best) <= room + 1e-9


def test_what_has_no_value_anywhere_has_no_ends() -> None:
    lost = load_text(APART.replace("c: {at: tokyo,", "c: {at: tokyo, refusal: {probability: 100 %},"), "t")
    found = extents(lost.ranges(), [Quantity(Measure.MEAN, "one", "other")], asks(lost, 20), asks(lost, 20))
    assert found == {}


def test_both_engines_find_the_same_ends() -> None:
    scenario = load_text(APART.replace("4000", "200"), "t")
    assert find_bands(scenario, "reference") == find_bands(scenario, "columns")
