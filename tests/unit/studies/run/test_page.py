"""The comparison as a table in Markdown."""

from __future__ import annotations

import re
from pathlib import Path

from sim.analysis.analyse import analyse
from sim.experiment.run import simulate_scenario
from sim.pages.markdown import markdown
from sim.scenario.loader import load_text
from sim.store.run import Run
from sim.studies.run.page import page

TEXT = """
title: bars
launches: [{name: launch}]
deadline: none
stages:
  a: {title: "radar | line", delay: 1 min, evidence: {step: hypothetical, value: assumed, note: "one | two"}}
  b: {delay: 2 min, evidence: assumed}
arrangements:
  x: {title: "by | way", flow: [a]}
  y: {title: plain, flow: [b]}
compare: [x, y]
replications: 10
"""


def test_a_bar_in_a_title_or_note_moves_no_number_under_another_heading() -> None:
    scenario = load_text(TEXT, "bars")
    alerts = simulate_scenario(scenario)
    said = markdown(page(Run(Path("digest"), scenario, alerts, analyse(scenario, alerts.tally), {})))
    tables = [block.splitlines() for block in said.split("\n\n") if block.startswith("|")]
    assert len(tables) == 4
    for rows in tables:
        assert r"\|" in "".join(rows)
        assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {len(rows[0].split("|")) - 1}
