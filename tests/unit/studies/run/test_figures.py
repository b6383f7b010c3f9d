"""Every figure, by the data that it draws."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure

from sim.analysis.analyse import analyse
from sim.analysis.histogram import RELATIVE_ERROR
from sim.analysis.launches import launch_medians
from sim.analysis.results import Alerts
from sim.asking.scenarios import find_scenario, shipped_names
from sim.engines.contract import NEVER
from sim.experiment.run import replay, simulate_scenario
from sim.model.scenario import Scenario
from sim.plots.colours import DIRECT, INK, WASHINGTON
from sim.plots.labels import DrawnCurve, best_box, is_nearest
from sim.plots.measure import inches, lines
from sim.say.numbers import share_text
from sim.scenario.loader import load_text
from sim.studies.run.figures import FIGURES, launches
from sim.studies.run.figures.latency import grid_of
from sim.studies.run.files import told_replication, write_figures
from sim.studies.run.titles import title_of_all
from sim.studies.run.view import View, colours, shared_with_partner
from sim.units import minutes
from tests.examples import SHIPPED, examples
from tests.layout import faults, shown_texts

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


NOT_OF_SALVO = ("warning", "work", "desks")  # it has no deadlines, centres or desks

FEW = {"replications": "8", "settings": "1"}


@cache
def view_of(text: str) -> View:
    return seen(load_text(text, "drawn"))


@cache
def alerts_of(text: str) -> Alerts:
    return simulate_scenario(load_text(text, "drawn"))


def seen(scenario: Scenario) -> View:
    alerts = simulate_scenario(scenario)
    paths = {arm.name: replay(scenario, arm, 0) for arm in scenario.arms}
    return View(scenario, analyse(scenario, alerts.tally), alerts.tally, paths, "00000000")


def texts(figure: Figure) -> str:
    every = [text.get_text() for axes in figure.axes for text in axes.texts]
    return "\n".join([*every, *(text.get_text() for text in figure.texts)])


@pytest.mark.parametrize("text", [ONE, SALVO], ids=["one launch", "salvo without deadlines"])
@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_carries_its_small_print(name: str, text: str) -> None:
    view = view_of(text)
    figure = FIGURES[name](view)
    if figure is None:
        has_deadlines = all(entry.deadline for entry in view.scenario.launches)
        assert (name, len(view.scenario.launch_names()) == 1, has_deadlines) in (
            ("launches", True, True),
            ("warning", False, False),
            *((name, is_one, is_one) for name in ("work", "desks") for is_one in (True, False)),  # no centre, no desk
        )
    else:
        n = len(view.scenario.launch_names())
        launches = f" × {n} launches" if n > 1 else ""
        small = " ".join(figure._supxlabel.get_text().split("\n"))
        assert (
            f"drawn: n = 40 replications{launches}, 6 settings × 20, 95 % level, seed 1, 00000000, paths kept" in small
        )
        assert figure._suptitle.get_text()


def test_rows_of_launches_are_thinner_where_they_are_many() -> None:
    """Eight launches under five arms are less than twice as high as wide; the names of more stand beside the rows."""
    width, height = FIGURES["launches"](seen(find_scenario("salvo-of-eight-2022-06-05", FEW))).get_size_inches()
    assert height < 2 * width
    many = launches.draw_all([view_of(SALVO)] * 7)  # of three launches each
    assert many.get_size_inches()[1] < 2 * width
    assert [label.get_text() for label in many.axes[1].get_yticklabels()][:3] == [
        "drawn: salvo 1",
        "drawn: salvo 2",
        "drawn: salvo 3",
    ]


def test_figures_are_the_same_files_whoever_makes_them(tmp_path: Path) -> None:
    alone, shared = tmp_path / "alone", tmp_path / "shared"
    for folder, n_workers in ((alone, 1), (shared, 2)):
        folder.mkdir()
        paths = write_figures(folder, view_of(SALVO), n_workers)
        names = [name for name in FIGURES if name not in NOT_OF_SALVO]
        assert [path.name for path in paths] == [*(f"{name}.png" for name in names), "captions.md"]
    assert [path.read_bytes() for path in sorted(alone.iterdir())] == [
        path.read_bytes() for path in sorted(shared.iterdir())
    ]


def test_a_latency_curve_ends_at_the_share_that_arrives() -> None:
    view = view_of(ONE)
    figure = FIGURES["latency"](view)
    curves = {line.get_label(): line.get_ydata() for line in figure.axes[0].lines}
    latency = alerts_of(ONE).typical["direct"]
    assert curves["direct"][-1] == np.mean(latency != NEVER) < 1


def reported(latency: np.ndarray, minutes: np.ndarray) -> np.ndarray:
    """The share of launches reported by each time, counted one by one."""
    return np.array([np.mean((latency != NEVER) & (latency <= limit * 60e6)) for limit in minutes])


def test_what_never_arrives_is_noted_inside_the_axes() -> None:
    """Direct arrives in 75 % of launches: below the end of its curve; in none: above the axis."""
    for probability, is_above in (("25 %", False), ("100 %", True)):
        (axes,) = FIGURES["latency"](view_of(ONE.replace("25 %", probability))).axes
        (note,) = (text for text in axes.texts if text.get_text().endswith(" never"))
        (end,) = (line.get_ydata()[-1] for line in axes.lines if line.get_label() == "direct")
        assert 0 < note.get_position()[1] < 1
        assert (note.get_position()[1] > end) == is_above


def test_the_latency_curve_counts_launches_reported_by_each_time() -> None:
    """Latencies in one bucket are drawn as one, so a step may be off by the error of a bucket, no more."""
    view = view_of(ONE)
    grid = grid_of(view)
    latency = alerts_of(ONE).typical["via_washington"]
    lines = {line.get_label(): line.get_ydata() for line in FIGURES["latency"](view).axes[0].lines}
    drawn = lines["via Washington"]
    assert (reported(latency, grid / (1 + RELATIVE_ERROR)) <= drawn).all()
    assert (drawn <= reported(latency, grid / (1 - RELATIVE_ERROR))).all()


def test_the_envelope_holds_the_typical_curve_of_the_settings() -> None:
    view = view_of(ONE)
    grid = grid_of(view)
    curves = np.stack([reported(one, grid) for one in alerts_of(ONE).by_setting["via_washington"]])
    band = FIGURES["latency"](view).axes[0].collections[1].get_paths()[0].vertices
    assert band[:, 1].max() == pytest.approx(curves.max())


def test_the_difference_shows_every_setting_as_a_dot() -> None:
    view = view_of(ONE)
    axes = FIGURES["difference"](view).axes[0]
    dots = next(line for line in axes.lines if line.get_marker() == ".")
    assert sorted(dots.get_xdata()) == sorted(minutes(d) for d in view.results.contrasts[0].by_setting)


def test_of_many_pairs_the_difference_shows_as_many_as_a_page_holds_and_says_so() -> None:
    """As many arrangements as a file may have, 50, one of them the baseline: 48 pairs, each against the first."""
    others = [f"y{n}" for n in range(47)]
    arms = "".join(f"  {name}: {{title: way number {name[1:]}, flow: [sees, warns]}}\n" for name in others)
    text = ONE.replace("arrangements:\n", f"arrangements:\n{arms}").replace("count: 6", "count: 1")
    compared = f"compare: [direct, {', '.join(others)}, via_washington]"
    figure = FIGURES["difference"](view_of(text.replace("compare: [direct, via_washington]", compared)))
    rows = [text for text in figure.axes[0].texts if "against way number" in text.get_text()]
    assert figure.get_figheight() < 16.2  # 24 cm of a page, where 5.4 inches are 8 cm
    assert rows[0].get_text().startswith("direct against way number 0:")
    assert f"The first {len(rows)} of 48 pairs" in " ".join(texts(figure).split())
    assert 8 < len(rows) < 48


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


def test_the_timeline_tells_the_first_launch_with_both_reports() -> None:
    """A quarter of the direct reports is refused, among the first forty some."""
    view = view_of(ONE)
    latency = alerts_of(ONE).typical["direct"][:, 0]
    assert told_replication(view.scenario) == np.flatnonzero(latency != NEVER)[0]
    none = view_of(ONE.replace("probability: 25 %", "probability: 100 %"))
    assert told_replication(none.scenario) == 0


def test_an_arm_without_report_says_so_on_the_timeline() -> None:
    view = view_of(ONE.replace("probability: 25 %", "probability: 100 %"))
    assert "no report arrives" in texts(FIGURES["timeline"](view))


def marks(figure: Figure) -> list[float]:
    lines = [line for line in figure.axes[1].lines if line.get_marker() in ("o", "D", "s")]
    return sorted(float(line.get_xdata()[0]) for line in lines)


def test_each_launch_has_a_mark_for_every_arm() -> None:
    view = view_of(SALVO)
    medians = launch_medians(view.scenario, view.tally)
    assert marks(FIGURES["launches"](view)) == sorted(minutes(median.p50_us) for median in medians)
    assert len(medians) == 9


def test_several_runs_share_one_figure_and_an_arm_that_one_lacks_is_absent_from_its_row() -> None:
    """One launch under three arms, three launches under two."""
    fewer = view_of(SALVO.replace("baseline: warning", ""))
    figure = launches.draw_all([view_of(ONE), fewer])
    of_each = [launch_medians(view.scenario, view.tally) for view in (view_of(ONE), fewer)]
    assert marks(figure) == sorted(minutes(median.p50_us) for medians in of_each for median in medians)
    assert [len(medians) for medians in of_each] == [3, 6]
    assert [text.get_text() for text in figure.axes[0].texts] == ["warning", "direct", "via Washington"]
    assert figure._supxlabel.get_text().count("seed 1") == 2


def test_the_deadline_of_a_launch_is_a_tick_in_its_row_alone() -> None:
    other = view_of(ONE.replace("10 min", "20 min"))
    figure = launches.draw_all([view_of(ONE), other, view_of(SALVO)])
    ticks = [list(line.get_xdata()) for line in figure.axes[1].lines if line.get_color() == INK]
    assert ticks == [[10.0, 10.0], [20.0, 20.0]]


def test_the_title_over_several_runs_spans_their_shares() -> None:
    """By hand: direct takes 3 to 5 min and is refused in a quarter; impact at 10 min, and at 1 min."""
    early, late = view_of(ONE), view_of(ONE.replace("10 min", "1 min"))
    arrives = share_text(early.results.arm("direct").arrives.estimate)
    assert f"direct 0 % to {arrives}" in title_of_all([(view.scenario, view.results) for view in (early, late)])


def test_a_single_launch_and_too_many_are_not_drawn() -> None:
    assert launches.draw_all([view_of(ONE)]) is None
    assert launches.draw_all([view_of(ONE)] * (launches.MOST_ROWS + 1)) is None


WIDE = 0.012  # of the figure's width: the pad of a plate beside its text


@pytest.mark.parametrize("name", examples(shipped_names(), SHIPPED[1:2]))
def test_no_label_of_a_shipped_scenario_runs_over_the_edge(name: str) -> None:
    sets = {"replications": "40", "settings": "{count: 4, replications: 20}"}
    view = seen(find_scenario(name, sets))
    for draw in FIGURES.values():
        figure = draw(view)
        if figure is None:
            continue
        figure.draw_without_rendering()
        width, height = figure.get_size_inches() * figure.dpi
        every = [text for axes in figure.axes for text in axes.texts if text.get_text()]
        for text in [*every, figure._suptitle, figure._supxlabel]:
            box = text.get_window_extent()
            assert -WIDE * width <= box.x0, text
            assert box.x1 <= (1 + WIDE) * width, text
            assert box.y0 >= 0, text
            assert box.y1 <= height, text


@pytest.mark.parametrize("name", examples(shipped_names(), SHIPPED))
def test_arms_of_one_route_have_one_colour_once_for_each_mode(name: str) -> None:
    scenario = find_scenario(name, FEW)
    found = colours(seen(scenario))
    modes = [(colour, scenario.arm(arm).mode) for arm, colour in found.items()]
    assert len(set(modes)) == len(modes)
    if name == "2019-10-02-pukguksong-3":
        assert (found["direct"], found["via_washington_pushed"]) == (DIRECT, WASHINGTON)


def line_of(x: float) -> DrawnCurve:
    """A curve that rises from 0 to 1 between x and x + 0.1."""
    grid = np.linspace(0, 1, 400)
    return DrawnCurve(grid, np.clip((grid - x) / 0.1, 0, 1))


def test_a_label_stands_inside_the_axes_off_other_curves_and_names() -> None:
    first, second = line_of(0.4), line_of(0.5)
    _, box = best_box(first, [(0.2, 0.1)], [second], [])
    assert box.left + box.width < 0.5
    _, other = best_box(second, [(0.2, 0.1)], [first], [box])
    assert other.left > 0.5
    assert not box.overlaps(other)


def test_names_of_curves_that_stay_low_stand_over_them_inside_the_axes() -> None:
    grid, taken = np.linspace(0, 1, 400), []
    for end in (0.0, 0.0, 0.3):
        curve = DrawnCurve(grid, grid * end)
        _, box = best_box(curve, [(0.2, 0.1)], [], taken)
        assert 0 <= box.left <= box.left + box.width <= 1
        assert 0 < box.bottom < box.bottom + box.height < 1
        assert box.n_points(curve) == 0
        assert not any(box.overlaps(other) for other in taken)
        taken.append(box)


def test_a_label_stands_nearest_to_its_own_curve() -> None:
    """Two curves at the bottom, one above the other: the name of the lower one stands below it or not at all."""
    grid = np.linspace(0, 1, 400)
    lower, upper = DrawnCurve(grid, grid * 0.1), DrawnCurve(grid, grid * 0.2)
    _, box = best_box(upper, [(0.2, 0.1)], [lower], [])
    assert is_nearest(box, upper, [lower])
    _, box = best_box(lower, [(0.2, 0.1)], [upper], [])
    assert not is_nearest(box, lower, [upper])


def test_a_label_that_has_no_room_on_one_line_is_broken() -> None:
    chosen, box = best_box(line_of(0.7), [(0.9, 0.1), (0.15, 0.2)], [line_of(0.05), line_of(0.55)], [])
    assert chosen == 1
    assert 0 < box.left < box.left + box.width < 1


def test_lines_are_as_wide_as_they_may_be() -> None:
    said = lines("Whether direct or via Washington is faster is not determined", 13, 2.5, is_bold=True)
    assert " ".join(said) == "Whether direct or via Washington is faster is not determined"
    assert all(inches(line, 13, is_bold=True) <= 2.5 for line in said)
    assert len(said) == 3


def test_warning_gives_the_share_with_so_much_time_left():
    """Exact beside the latencies: with t left before 10 min, reported by 10 - t; cells are 0.4 % wide."""
    alerts = alerts_of(ONE)
    line = next(line for line in FIGURES["warning"](view_of(ONE)).axes[0].lines if line.get_label() == "direct")
    left, share = line.get_xdata(), line.get_ydata()
    latency = np.where(alerts.typical["direct"] == NEVER, np.inf, alerts.typical["direct"])
    for t, found in zip(left[::40], share[::40], strict=True):
        edges = [(latency <= (10 - t) * 60e6 * (1 + sign * RELATIVE_ERROR)).mean() for sign in (-1, 1)]
        assert edges[0] <= found <= edges[1]


def test_warning_marks_the_time_that_is_needed():
    text = ONE.replace("replications: 40", "replications: 40\ndeadline: {needs: 150 s}")
    figure = FIGURES["warning"](view_of(text))
    assert "2.5 min needed" in texts(figure)
    assert any(np.array_equal(line.get_xdata(), [2.5, 2.5]) for line in figure.axes[0].lines)
    assert "2.5 min or more before impact" in " ".join(texts(figure).split())


def test_names_of_many_curves_in_one_panel_stand_apart():
    """Five arms, half a minute apart: every name has a place of its own, off the needed time."""
    stages = "".join(
        f"  s{n}: {{delay: {{uniform: {{low: {60 + 30 * n} s, high: 5 min}}}}, evidence: assumed}}\n" for n in range(5)
    )
    five = "\n".join(f"  arm_{n}: {{title: a rather long name {n}, flow: [s{n}]}}" for n in range(5))
    text = ONE.split("arrangements:")[0] + f"{stages}arrangements:\n{five}\n"
    text += "compare: [arm_0, arm_1, arm_2, arm_3, arm_4]\nreplications: 40\nsettings: 1\ndeadline: {needs: 150 s}\n"
    view = view_of(text)
    for name in ("warning", "latency"):
        figure = FIGURES[name](view)
        figure.draw_without_rendering()
        assert not faults(figure)
        assert len([text for text in shown_texts(figure) if "rather long name" in text.get_text()]) == 5


def test_warning_needs_deadlines():
    assert FIGURES["warning"](view_of(SALVO)) is None


def test_curves_that_lie_on_one_another_are_named_in_a_key():
    """Five arms of one flow: a name beside their curve would not say whose it is."""
    arms = "".join(
        f"  the_same_once_more_{letter}: {{title: the same once more {letter}, flow: [relays]}}\n" for letter in "abcde"
    )
    names = ", ".join(f"the_same_once_more_{letter}" for letter in "abcde")
    text = ONE.replace("compare: [direct, via_washington]", f"{arms}compare: [{names}]")
    for name in ("latency", "warning"):
        axes = FIGURES[name](view_of(text)).axes[0]
        named = [text.get_text() for text in axes.get_legend().get_texts()]
        alike = [f"the same once more {letter}, the same" for letter in "bcde"]
        assert named == ["warning", "the same once more a", *alike]
    assert FIGURES["latency"](view_of(ONE)).axes[0].get_legend() is None


def test_a_step_that_carries_reports_of_one_arm_alone_is_not_shared_though_both_flows_have_it() -> None:
    """The line is open under one arm and closed under the other, which falls back on the relay."""
    text = """
title: two calendars
launches: [{name: one, date: 2019-11-28, time: "16:58", deadline: none}]
channels: {line: {between: [seoul, tokyo], open: [{from: 2016-11-23}]}}
stages:
  sees:   {delay: 1 min, evidence: assumed}
  calls:  {delay: 2 min, channel: line, evidence: assumed}
  relays: {delay: 9 min, evidence: assumed}
arrangements: {kept: [sees, {try: calls, else: relays}]}
arms: {left: {arrangement: kept, set: {channels.line.open: []}}}
compare: [kept, left]
replications: 8
"""
    assert shared_with_partner(view_of(text), "left") == {"sees"}
