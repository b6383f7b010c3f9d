"""The figure of rules of confirmation, by the bars, lines and points that it draws."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from sim.analysis.bands import Band
from sim.analysis.intervals import Interval
from sim.scenario.loader import load_scenario, shipped_folder
from sim.studies.confirm.figure import draw, limits
from sim.studies.confirm.rules import Estimate, Price, Rule
from sim.studies.confirm.say import title


def known(value: float, low: float = 0.0, high: float = 0.0) -> Estimate:
    return Estimate(Interval(value, value, value), Band(low, high))


def rule(name: str, shares: tuple[float, float, float], per_year: float, band: Band) -> Rule:
    in_time, late, never = shares
    return Rule(
        name, name, known(in_time, 0.25, 0.75), known(late).typical, known(never), known(60e6), (), per_year, band
    )


RULES = (
    rule("both", (0.5, 0.125, 0.375), 0.0, Band(0, 0)),
    rule("either", (1.0, 0.0, 0.0), 0.5, Band(0.02, 8)),
)
PRICES = (Price("both", "either", known(90e6), known(-0.5)),)


@pytest.fixture(name="figure")
def drawn() -> Figure:
    return draw(title(RULES, PRICES), load_scenario(shipped_folder() / "first-look.yaml"), RULES, "n = 2")


def test_a_rule_is_a_bar_of_in_time_late_and_never_with_its_band_below(figure: Figure) -> None:
    left = figure.axes[0]
    ends = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in left.patches]
    assert ends == [(0, 50), (50, 62.5), (62.5, 100), (0, 100), (100, 100), (100, 100)]
    assert [tuple(line.get_xdata()) for line in left.lines] == [(25, 75)] * 2
    assert [text.get_text() for text in left.texts] == ["both", "50 %", "12 %", "38 %", "either", "100 %"]


def test_false_alerts_are_a_point_in_its_band_and_none_is_said(figure: Figure) -> None:
    right = figure.axes[1]
    band, point = right.lines
    assert (tuple(band.get_xdata()), tuple(point.get_xdata())) == ((0.02, 8), (0.5,))
    assert [text.get_text() for text in right.texts] == [" none", "0.5"]
    assert right.get_xscale() == "log"
    assert tuple(right.get_xlim()) == (0.01, 10)


def test_the_title_is_the_finding(figure: Figure) -> None:
    assert " ".join(figure._suptitle.get_text().split()) == (
        "Both: no alert from one false report instead of 0.5 a year, 1.5 min slower at the median"
    )


def test_the_axis_has_whole_decades_and_at_least_two() -> None:
    assert limits(RULES) == (0.01, 10)
    assert limits(RULES[:1]) == (0.01, 1)
