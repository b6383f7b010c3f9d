"""The figure of a ledger, by the bars that it draws."""

from __future__ import annotations

from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.experiment.simulator import in_memory
from sim.pages.page import Page
from sim.plots.colours import GRADE_COLOURS
from sim.scenario.loader import load_text
from sim.studies.ledger.find import find, plan
from sim.studies.ledger.page import page, shares_table

TEXT = """
title: parts
launches: [{name: one, deadline: none}]
stages:
  sees:  {title: Seoul sees, delay: 1 min, evidence: {step: documented, value: documented, source: S}}
  calls: {title: a call, delay: 2 min, evidence: {step: documented, value: estimated, source: T}}
  relay: {title: a relay, delay: 5 min, evidence: assumed}
  never: {delay: 1 min, refusal: {probability: 100 %}, evidence: assumed}
arrangements: {direct: [sees, calls], around: [sees, relay], lost: [sees, never]}
compare: [direct, around]
replications: 2
settings: 1
"""


def drawn(compare: str) -> Figure:
    scenario = load_text(TEXT.replace("[direct, around]", compare), "parts")
    drawing = page(asked := plan(scenario), find(asked, in_memory())).drawing()
    assert drawing
    return drawing.draw(drawing.title)


def bars(figure: Figure, number: int) -> list[tuple[str, float, float, bool]]:
    """Colour, left, right and hatch of every bar of one axes, as drawn."""
    found = [patch for patch in figure.axes[number].patches if isinstance(patch, Rectangle)]
    return [
        (to_hex(bar.get_facecolor()), bar.get_x(), bar.get_x() + bar.get_width(), bool(bar.get_hatch()))
        for bar in found
    ]


def test_an_arm_is_its_parts_end_to_end_in_time_in_the_colours_of_their_grades_assumed_hatched() -> None:
    """By hand: 1 min documented, then 2 min estimated or 5 min assumed."""
    assert bars(drawn("[direct, around]"), 0) == [
        (GRADE_COLOURS["documented"], 0, 1, False),
        (GRADE_COLOURS["estimated"], 1, 3, False),
        (GRADE_COLOURS["documented"], 0, 1, False),
        (GRADE_COLOURS["assumed"], 1, 6, True),
    ]


def test_an_interview_has_its_colour_and_its_column_between_estimated_and_assumed() -> None:
    told = TEXT.replace("value: estimated", "value: interview")
    for text, grades in ((TEXT, "ASSUMED estimated documented"), (told, "ASSUMED interview estimated documented")):
        scenario = load_text(text, "parts")
        found = find(plan(scenario), in_memory())
        assert " ".join(shares_table(scenario, found.ledger).header[2:]) == grades
    assert list(GRADE_COLOURS) == ["documented", "estimated", "interview", "assumed"]


def test_a_difference_has_what_takes_away_left_of_zero_and_its_net_marked() -> None:
    """By hand: 2 min of a call against 5 min of a relay; what Seoul sees cancels."""
    figure = drawn("[direct, around]")
    assert bars(figure, 1) == [(GRADE_COLOURS["assumed"], -5, 0, True), (GRADE_COLOURS["estimated"], 0, 2, False)]
    assert [*figure.axes[1].lines[0].get_xdata()] == [-3, -3]
    assert figure.axes[1].get_title(loc="left").startswith("Direct is 3.0 min faster than around")
    assert figure.get_suptitle().split() == [
        "71",
        "%",
        "of",
        "what",
        "sets",
        "direct",
        "and",
        "around",
        "apart",
        "rests",
        "on",
        "assumed",
        "values",
    ]


def test_without_a_launch_that_both_report_there_is_no_difference_to_draw() -> None:
    figure = drawn("[direct, lost]")
    assert len(figure.axes) == 1
    assert "no report arrives" in " ".join(text.get_text() for text in figure.axes[0].texts)


def test_the_work_of_the_pair_is_drawn_where_steps_say_whose_it_is() -> None:
    """By hand: 1 min in Seoul under both arms, then 2 min more there or 5 min at the US."""
    assert [drawing.name for drawing in page_of(TEXT).drawings] == ["ledger"]
    placed = TEXT.replace("delay: 1 min", "at: seoul, delay: 1 min").replace("delay: 2 min", "at: seoul, delay: 2 min")
    said = page_of(placed.replace("delay: 5 min", "at: us, delay: 5 min"))
    drawing = said.drawing("work")
    assert drawing is not None
    assert drawing.title == "At working values direct takes 5.0 min less work a launch at the US than around"
    (axes,) = drawing.draw(drawing.title).axes
    assert [text.get_text() for text in axes.texts] == [
        *("Seoul", "Direct: 3.0 min", "Around: 1.0 min"),
        *("US", "Around: 5.0 min"),
    ]
    assert [line.get_xdata()[0] for line in axes.lines] == [3, 1, 5]


def page_of(text: str) -> Page:
    scenario = load_text(text, "parts")
    return page(asked := plan(scenario), find(asked, in_memory()))
