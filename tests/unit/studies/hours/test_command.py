"""``sim hours`` from the command line, and hours in the words of other commands."""

from __future__ import annotations

import json
from pathlib import Path

from tests.unit.cli.test_commands import call, refusal
from tests.unit.studies.hours.one_desk import TEXT

FEW = ["--engine", "columns", "--workers", "1"]
ON = "desks.us_desk.hours.on_call"


def written(here: Path) -> str:
    (here / "mine.yaml").write_text(TEXT, encoding="utf-8")
    return "mine.yaml"


def test_the_answer_is_kept_and_engines_agree(here: Path) -> None:
    mine = written(here)
    first = call("hours", mine, "--json", *FEW).stdout
    (folder,) = (here / "results" / "mine").iterdir()
    assert {"hours.json", "hours.csv", "hours.png", "hours.md", "answer.txt"} <= {
        path.name for path in folder.iterdir()
    }
    assert call("hours", mine, "--json", "--again", "--engine", "reference", "--workers", "1").stdout == first
    plain = json.loads(first)
    assert plain["desks"][0]["zone"] == "America/New_York"
    assert sum(plain["desks"][0]["is_staffed"]) == 45
    assert [len(arm["hours"]) for arm in plain["arms"]] == [168, 168]


def test_without_hours_one_line_says_so(here: Path) -> None:
    assert "no desk has hours, so the hour of the launch changes nothing" in refusal("hours", "first-look")


def test_a_run_says_when_desks_are_staffed_and_what_that_rests_on(here: Path) -> None:
    mine = written(here)
    text = " ".join(call("run", mine, *FEW).output.split())
    assert (
        "the US desk is staffed Mon–Fri 08:00–17:00 (America/New_York); outside, somebody is called, which takes "
        "10 min at the median (hypothetical, ASSUMED); at the launch it is Wed 16:34 there, within these hours, which "
        "count when the report reaches the desk"
    ) in text
    (folder,) = (here / "results" / "mine").iterdir()
    assert "The US desk is staffed Mon–Fri" in call("explain", str(folder)).output
    assert "| hours of us_desk | hypothetical | ASSUMED | none |" in (folder / "table.md").read_text(encoding="utf-8")
    outside = " ".join(call("run", mine, "--set", "launches[0].time=06:34", *FEW).output.split())
    assert "at the launch it is Wed 17:34 there, outside these hours" in outside


def test_a_range_of_the_call_has_its_break_even(here: Path) -> None:
    """Outside of the hours the relay takes 6 min and the call: as long as the direct 9 min when that takes 3 min."""
    options = ["--set", "launches[0].time=06:34", "--set", f"{ON}.constant={{low: 1 min, typical: 2 min, high: 5 min}}"]
    plain = json.loads(call("breakeven", written(here), *options, "--json", *FEW).stdout)
    (value,) = plain["values"]
    assert (value["path"], value["name"], value["rests_on"]) == (ON, "US desk: on-call delay", "assumed")
    assert value["break_evens"][0]["value"] == 3


def test_a_fixed_call_is_asked_about_between_bounds(here: Path) -> None:
    options = ["--set", "launches[0].time=06:34", "--set", f"{ON}=2 min"]
    plain = json.loads(call("breakeven", written(here), *options, "--on", f"{ON}=1 min:5 min", "--json", *FEW).stdout)
    assert plain["values"][0]["break_evens"][0]["value"] == 3


def test_a_part_of_the_ledger_rests_on_the_hours(here: Path) -> None:
    plain = json.loads(call("ledger", written(here), "--json", *FEW).stdout)
    assert "desks.us_desk.hours" in json.dumps(plain)
