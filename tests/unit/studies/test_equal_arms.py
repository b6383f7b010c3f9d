"""Of two arms that are equal no study says that one is slower, later or behind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

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
        (["discover", "--settings", "60", *FEW], "Over 60 settings no arm falls behind another: all are equal."),
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
