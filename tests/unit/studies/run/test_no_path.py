"""Where channels leave no way, every output says so with the reason, and shows neither a zero nor an empty plot."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from sim.analysis.analyse import analyse
from sim.experiment.bands import find_bands
from sim.experiment.run import simulate_scenario
from sim.pages.document import document
from sim.pages.markdown import markdown
from sim.pages.page import Page
from sim.pages.terminal import terminal
from sim.scenario.loader import load_text
from sim.store.run import Run
from sim.studies.run.catalogue import plain, sheet
from sim.studies.run.ends import ends
from sim.studies.run.explain import explain
from sim.studies.run.figures import FIGURES
from sim.studies.run.files import view_of
from sim.studies.run.page import page
from sim.studies.run.tables import channels
from tests.layout import faults, shown_texts

WHY = "no path: the line opened on 23 November 2016"
ONE = '[{name: one, date: 2015-03-01, time: "07:10"}]'
EVENT = '[{event: they enter, date: 2019-07-23, time: "06:44", matter: air patrol}]'
TEXT = """
title: two ways
launches: {launches}
deadline: {{name: splash, after: 20 min}}
channels:
  line:  {{title: the line, between: [seoul, tokyo], open: [{{from: 2016-11-23, because: in force}}]}}
  relay: {{title: the relay, between: [seoul, us, tokyo], carries: [DPRK missile]}}
stages:
  warns:  {{delay: {{exponential: {{mean: 2 min}}}}, evidence: assumed}}
  calls:  {{delay: {{exponential: {{mean: 5 min}}}}, channel: line, evidence: assumed}}
  relays: {{delay: {{exponential: {{mean: 5 to 20 min}}}}, channel: relay, evidence: assumed}}
arrangements:
  early:  {{title: early warning, flow: [warns]}}
  direct: {{title: direct, route: direct, mode: asked, flow: [calls]}}
  via_us: {{title: by the US, route: by the US, mode: asked, flow: [relays]}}
compare: [direct, via_us]
baseline: early
replications: 40
settings: {{count: 3, replications: 10}}
seed: 5
"""


@cache
def run_of(launches: str) -> Run:
    scenario = load_text(TEXT.format(launches=launches), "scope")
    alerts = simulate_scenario(scenario)
    return Run(Path("digest"), scenario, alerts, analyse(scenario, alerts.tally), {})


@cache
def page_of(launches: str) -> Page:
    return page(run_of(launches))


def test_the_finding_is_that_there_is_no_path() -> None:
    said = page_of(ONE)
    assert said.headline == f"Direct: {WHY}."
    assert not any("difference" in sentence for sentence in said.sentences)


@pytest.mark.parametrize("rendered", [terminal, markdown])
def test_a_table_says_no_path_and_which_channels_were_open(rendered) -> None:
    text = rendered(page_of(ONE))
    assert re.search(r"direct( \|)? +no path[ |]*\n", text)
    assert "the line not yet: from 23 November 2016" in text


def test_the_ends_of_the_bands_are_those_of_the_first_pair_with_paths_and_name_it() -> None:
    run = run_of(ONE)
    assert not any(section.title.startswith("Ends") for section in page(run).sections)  # its only pair has none
    scenario = replace(run.scenario, contrasts=(*run.scenario.contrasts, ("via_us", "early")))
    extents = find_bands(scenario, "reference")
    table = ends(replace(run, scenario=scenario, extents=extents))
    assert table is not None
    assert table.header[0] == "by the US − early warning"
    assert [row[0] for row in table.rows] == [
        f"{side}: {what}"
        for what in ("mean difference", "difference of who is in time")
        for side in ("lowest", "highest")
    ]


def test_where_arms_differ_in_a_channel_each_way_has_its_arms() -> None:
    text = TEXT.format(launches=ONE)
    found = channels(load_text(text, "scope"))
    assert [row[0] for row in found.rows] == ["the line", "the line", "the relay"]
    lapsed = "arms: {lapsed: {arrangement: direct, title: lapsed, set: {channels.line.open: [{until: 2019-11-23}]}}}"
    found = channels(
        load_text(text.replace("compare: [direct, via_us]", f"{lapsed}\ncompare: [lapsed, direct]"), "scope")
    )
    assert [[*row[:3]] for row in found.rows] == [
        ["the line (lapsed)", "anything", ""],
        ["the line (lapsed)", "", "until 23 November 2019"],
        ["the line (direct)", "anything", ""],
        ["the line (direct)", "", "from 23 November 2016"],
    ]


def test_json_and_sheet_have_the_reason_and_no_numbers() -> None:
    data, (header, *rows) = document(page_of(ONE)), page_of(ONE).sheet.cells
    direct = next(arm for arm in data["arms"] if arm["arm"] == "direct")
    assert direct == {"arm": "direct", "title": "direct", "no_path": WHY}
    assert data["pairs"][0]["no_path"] == f"direct: {WHY}"
    assert data["channels"] == "the line not yet: from 23 November 2016"
    by_arm = {row[0]: dict(zip(header, row, strict=True)) for row in rows}
    assert {name: value for name, value in by_arm["direct"].items() if value} == {"arm": "direct", "no_path": WHY}
    assert by_arm["via_us"]["no_path"] == ""


def test_a_memo_gives_the_reason_and_the_channels_of_the_day() -> None:
    text = explain(run_of(ONE))
    assert f"Direct: {WHY}." in text
    assert "**What it rests on.** the line not yet: from 23 November 2016." in text


def test_a_list_of_launches_has_words_in_place_of_a_dash() -> None:
    assert re.search(r"^one .* no path +[\d.]+$", plain([run_of(ONE)]), re.M)
    assert sheet([run_of(ONE)]).splitlines()[1].endswith(f"direct: {WHY}")


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_says_it_and_draws_nothing_of_that_arm(name: str) -> None:
    run = run_of(ONE)
    figure = FIGURES[name](view_of(run.scenario, run.alerts.tally, run.results))
    if name in ("difference", "launches", "work", "desks"):
        assert figure is None  # no pair has a difference, there is one launch, no centre is named and nothing waits
        return
    assert figure is not None
    assert WHY in " ".join(text.get_text().replace("\n", " ") for text in shown_texts(figure))
    assert "direct" not in [line.get_label() for axes in figure.axes for line in axes.get_lines()]
    assert faults(figure) == []


def test_of_an_event_nothing_speaks_of_launches() -> None:
    run, said = run_of(EVENT), page_of(EVENT)
    assert said.headline == "By the US: no path: the relay covers DPRK missile only."
    figures = [FIGURES[name](view_of(run.scenario, run.alerts.tally, run.results)) for name in FIGURES]
    drawn = [text.get_text() for figure in figures if figure for text in shown_texts(figure)]
    for text in (terminal(said), markdown(said), *drawn):
        assert "launch" not in text.lower()
    assert any("event" in text for text in drawn)
