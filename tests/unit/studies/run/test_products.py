"""Two products of one run: each has its tables, its panel and its deadline."""

from __future__ import annotations

from pathlib import Path

from sim.analysis.analyse import analyse
from sim.experiment.run import simulate_scenario
from sim.scenario.loader import load_text
from sim.store.run import Run
from sim.studies.run.explain import explain
from sim.studies.run.figures import latency, warning
from sim.studies.run.figures.panels import panels_of
from sim.studies.run.files import view_of
from sim.studies.run.page import page

TEXT = """
title: two products
launches: [{name: one, flight_time: 10 min}]
stages:
  early: {delay: 5 min, evidence: assumed}
  late:  {delay: 11 min, evidence: assumed}
  long:  {delay: 130 min, evidence: assumed}
arrangements:
  cue_early:  {product: first cue, title: early, mode: cleared, flow: early}
  cue_late:   {product: first cue, title: late, mode: cleared, flow: late}
  slow:       {product: assessment, title: slow, mode: asked, deadline: {name: due, after: 2 h}, flow: long}
  quick:      {product: assessment, title: quick, mode: asked, deadline: {name: due, after: 2 h}, flow: late}
compare: [cue_early, slow, quick]
baseline: cue_late
contrasts: [[cue_early, cue_late], [slow, quick]]
replications: 2
settings: 1
"""
SCENARIO = load_text(TEXT, "products")
ALERTS = simulate_scenario(SCENARIO)
RUN = Run(Path("digest"), SCENARIO, ALERTS, analyse(SCENARIO, ALERTS.tally), {})
VIEW = view_of(SCENARIO, ALERTS.tally, RUN.results)


def test_each_product_has_a_table_of_arms_and_one_of_pairs_with_its_own_deadline() -> None:
    sections = {section.title: section.table for section in page(RUN).sections if section.table}
    assert [*sections][:4] == ["First cue", "Assessment", "Pairs of first cue", "Pairs of assessment"]
    cells = {title: next(zip(*table.cells, strict=True))[1:] for title, table in sections.items()}
    assert cells["First cue"] == ("late (baseline)", "early")
    assert cells["Assessment"] == ("slow", "quick")
    assert sections["First cue"].header[2] == "by impact"
    assert sections["Assessment"].header[2] == "by due"
    assert cells["Pairs of assessment"] == ("slow − quick",)


def test_each_product_has_a_panel_with_its_baseline_and_its_deadline() -> None:
    named = [(name, [arm.name for arm in arms]) for name, arms in panels_of(VIEW)]
    assert named == [("first cue", ["cue_late", "cue_early"]), ("assessment", ["slow", "quick"])]
    first, second = latency.draw(VIEW).axes
    words = [" ".join(text.get_text() for text in axes.texts) for axes in (first, second)]
    assert "impact, 10 min" in words[0]
    assert "due" not in words[0]
    assert "due, 120 min" in words[1]
    assert "impact" not in words[1]


def test_warning_goes_over_the_time_that_each_product_has() -> None:
    """By hand: impact is after 10 min, and an assessment is due after 2 h."""
    first, second = warning.draw(VIEW).axes
    assert first.get_xlim() == (10, 0)
    assert second.get_xlim() == (120, 0)


def test_the_title_of_a_figure_is_of_the_first_product() -> None:
    assert latency.draw(VIEW)._suptitle.get_text().startswith("First cue by impact, at working values: early 100 %")
    figure = warning.draw(VIEW)
    assert figure is not None
    assert figure._suptitle.get_text().replace("\n", " ").startswith("First cue reported before impact")


def test_a_memo_has_both_tables() -> None:
    said = explain(RUN)
    assert said.index("**First cue**") < said.index("| early |") < said.index("**Assessment**") < said.index("| slow |")
