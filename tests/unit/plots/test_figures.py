"""Every figure, by the data that it draws."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from matplotlib.figure import Figure

from sim.analysis.histogram import RELATIVE_ERROR
from sim.analysis.launches import launch_medians
from sim.analysis.results import analyse
from sim.engines.contract import NEVER
from sim.experiment.run import replay, simulate_scenario
from sim.plots import FIGURES
from sim.plots.latency import grid_of
from sim.plots.view import View
from sim.scenario.loader import load_text
from sim.units import minutes

ONE = """
title: two routes
launches: [{name: one, flight_time: 10 min}]
stages:
  sees:   {title: Seoul sees, delay: 1 min, evidence: assumed}
  calls:  {delay: {uniform: {low: 2 min, high: 4 min}}, refusal: {probability: 25 %}, evidence: assumed}
  relays: {delay: {exponential: {mean: {low: 1 min, typical: 4 min, high: 16 min}}}, evidence: assumed}
  warns:  {delay: 30 s, evidence: assumed}
arrangements:
  warning: [warns]
  direct: {route: direct, mode: pushed, flow: [sees, calls]}
  via_washington: {route: via Washington, mode: pushed, flow: [sees, relays]}
compare: [direct, via_washington]
baseline: warning
replications: 40
settings: {count: 6, replications: 20}
"""
SALVO = ONE.replace("[{name: one, flight_time: 10 min}]", "[{name: salvo, count: 3, gap: 1 min, deadline: none}]")


@cache
def view_of(text: str) -> View:
    scenario = load_text(text, "drawn")
    alerts = simulate_scenario(scenario)
    paths = {arm.name: replay(scenario, arm, 0) for arm in scenario.arms}
    return View(scenario, analyse(scenario, alerts.tally), alerts, paths, "00000000")


def texts(figure: Figure) -> str:
    every = [text.get_text() for axes in figure.axes for text in axes.texts]
    return "\n".join([*every, *(text.get_text() for text in figure.texts)])


@pytest.mark.parametrize("text", [ONE, SALVO], ids=["one launch", "salvo without deadlines"])
@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_carries_its_small_print(name: str, text: str) -> None:
    view = view_of(text)
    figure = FIGURES[name](view)
    if figure is None:
        assert name == "launches"
        assert len(view.scenario.launch_names()) == 1
    else:
        said = " ".join(figure._supxlabel.get_text().split())
        assert "n = 40 replications · 6 settings × 20 · 95 % level · seed 1 · 00000000 · paths kept" in said
        assert figure._suptitle.get_text()


def test_a_latency_curve_ends_at_the_share_that_arrives() -> None:
    view = view_of(ONE)
    figure = FIGURES["latency"](view)
    lines = {line.get_label(): line.get_ydata() for line in figure.axes[0].lines}
    latency = view.alerts.typical["direct"]
    assert lines["direct"][-1] == np.mean(latency != NEVER) < 1


def reported(latency: np.ndarray, minutes: np.ndarray) -> np.ndarray:
    """The share of launches reported by each time, counted one by one."""
    return np.array([np.mean((latency != NEVER) & (latency <= limit * 60e6)) for limit in minutes])


def test_the_latency_curve_counts_launches_reported_by_each_time() -> None:
    """Latencies in one bucket are drawn as one, so a step may be off by the error of a bucket, no more."""
    view = view_of(ONE)
    grid = grid_of(view)
    latency = view.alerts.typical["via_washington"]
    lines = {line.get_label(): line.get_ydata() for line in FIGURES["latency"](view).axes[0].lines}
    drawn = lines["via Washington"]
    assert (reported(latency, grid / (1 + RELATIVE_ERROR)) <= drawn).all()
    assert (drawn <= reported(latency, grid / (1 - RELATIVE_ERROR))).all()


def test_the_envelope_holds_the_typical_curve_of_the_settings() -> None:
    view = view_of(ONE)
    grid = grid_of(view)
    curves = np.stack([reported(one, grid) for one in view.alerts.by_setting["via_washington"]])
    band = FIGURES["latency"](view).axes[0].collections[1].get_paths()[0].vertices
    assert band[:, 1].max() == pytest.approx(curves.max())


def test_the_difference_shows_every_setting_as_a_dot() -> None:
    view = view_of(ONE)
    axes = FIGURES["difference"](view).axes[0]
    dots = next(line for line in axes.lines if line.get_marker() == ".")
    assert sorted(dots.get_xdata()) == sorted(minutes(d) for d in view.results.contrasts[0].by_setting)


def test_the_bars_of_an_arm_add_up_to_its_mean_latency() -> None:
    view = view_of(ONE)
    bars = FIGURES["stages"](view).axes[0].patches
    for row, arm in enumerate(view.results.arms):
        width = sum(bar.get_width() for bar in bars if round(bar.get_y() + bar.get_height() / 2) == -row)
        assert width == pytest.approx(minutes(arm.mean.estimate))


def test_the_timeline_ends_at_the_latency_of_its_launch() -> None:
    view = view_of(ONE)
    latency = minutes(int(view.paths["via_washington"].latency[0, 0]))
    assert f"{latency:.1f} min" in texts(FIGURES["timeline"](view))


def test_an_arm_without_report_says_so_on_the_timeline() -> None:
    view = view_of(ONE.replace("probability: 25 %", "probability: 100 %"))
    assert "no report arrives" in texts(FIGURES["timeline"](view))


def test_each_launch_has_a_mark_for_every_arm() -> None:
    view = view_of(SALVO)
    axes = FIGURES["launches"](view).axes[0]
    marks = sorted(float(line.get_xdata()[0]) for line in axes.lines if line.get_marker() == "o")
    medians = launch_medians(view.scenario, view.alerts.tally)
    assert marks == sorted(minutes(median.p50_us) for median in medians)
    assert len(marks) == 9
