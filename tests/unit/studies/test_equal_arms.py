"""Of two arms that are equal no study says that one is slower, later or behind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.examples import slow
from tests.unit.cli.test_commands import call

TEXT = """title: Two that are equal
launches: [{name: one, flight_time: 10 min}]
stages:
  seen: {delay: {exponential: {mean: 1 to 3 min}}, evidence: assumed, false_alarms: {per_year: 1, evidence: assumed}}
  told: {delay: {lognormal: {median: 2 to 8 min, p90: 12 min}}, evidence: assumed}
arrangements: {a: [seen, told], b: [seen, told]}
compare: [a, b]
replications: 20
settings: 2
"""
MEDIAN = ["--vary", "stages.told.delay.lognormal.median=2 min:8 min:3"]
MEAN = ["--vary", "stages.seen.delay.exponential.mean=1 min:3 min:2"]
FEW = ["--replications", "20"]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["run"], "A and b arrive at the same time."),
        (["breakeven", *FEW], "At working values a and b are equal; no value alone turns"),
        (["ledger"], "No value sets a and b apart."),
        (["confirm"], "of false reports of 1 source, and"),
        (["sweep", *MEDIAN, *FEW], "A and b are equal throughout, as the median of told goes from 2 min to 8 min."),
        (["sweep", *MEDIAN, *MEAN, *FEW], "A and b are equal in every cell."),
        slow((["discover", "--settings", "60", *FEW], "Over 60 settings no arm falls behind another: all are equal.")),
    ],
    ids=lambda given: given[0] if isinstance(given, list) else "",
)
def test_equal_arms_are_called_equal(here: Path, command: list[str], words: str) -> None:
    if command[0] == "discover":
        pytest.importorskip("ema_workbench", reason="needs the extra alertpath[study]")
    (here / "eq.yaml").write_text(TEXT, encoding="utf-8")
    text = " ".join(call(command[0], "eq.yaml", *command[1:], "--workers", "1").output.split())
    assert words in text
    assert not re.search(r"\b0(\.0)? (min|s) (slower|faster|later)", text)


@pytest.mark.parametrize(
    ("measure", "ends", "words"),
    [
        ("mean", "2 min:12 min", "X goes from level to 10 min slower than y as the delay of a goes"),
        ("mean", "0 s:2 min", "X goes from 2.0 min faster than y to level as the delay of a goes"),
        ("mean", "5 min:12 min", "X is 3.0 to 10 min slower than y as the delay of a goes"),
        ("in-time", "2 min:12 min", "X goes from level to 100 percentage points less often in time than y as"),
    ],
)
def test_a_sweep_whose_end_is_level_says_level(here: Path, measure: str, ends: str, words: str) -> None:
    """By y it takes 2 min; 12 min are past the impact at 10."""
    text = (
        "title: t\nlaunches: [{name: one, flight_time: 10 min}]\nreplications: 20\n"
        "stages: {a: {delay: 2 min, evidence: assumed}, b: {delay: 2 min, evidence: assumed}}\n"
        "arrangements: {x: a, y: b}\ncompare: [x, y]\n"
    )
    (here / "level.yaml").write_text(text, encoding="utf-8")
    said = call("sweep", "level.yaml", "--for", measure, *FEW, "--vary", f"stages.a.delay={ends}:2").output
    assert words in " ".join(said.split())
