"""``sim confirm`` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.cli.test_commands import call, refusal

FEW = ["--set", "settings={count: 4, replications: 10}", "--replications", "60", "--workers", "1"]


def test_it_says_what_the_second_source_stops_and_costs(here: Path) -> None:
    text = " ".join(call("confirm", "confirmation", *FEW).output.split())
    assert (
        "With two sources, Seoul direct, no false report of a single source becomes an alert; with one source" in text
    )
    assert "Rests on 3 of 3 rates of false reports are ASSUMED" in text
    (folder,) = (here / "results" / "confirmation").iterdir()
    names = {path.name for path in folder.iterdir()}
    assert {"confirm.json", "confirm.csv", "confirm.png", "captions.md", "answer.txt"} <= names
    assert "nothing was run" in call("confirm", "confirmation", *FEW).output


@pytest.mark.slow
def test_engines_agree_and_the_chosen_arms_stand_beside_the_baseline(here: Path) -> None:
    asked = ["--arms", "two_with_direct,one_source", "--json", *FEW]
    first = call("confirm", "confirmation", *asked, "--engine", "reference").stdout
    assert call("confirm", "confirmation", *asked, "--engine", "columns", "--again").stdout == first
    plain = json.loads(first)
    shares = {
        rule["arm"]: [source["false_alert_share"]["typical"]["estimate"] for source in rule["sources"]]
        for rule in plain["rules"]
    }
    assert shares["two_with_direct"] == [0, 0, 0]
    assert shares["one_source"][2] == 1  # Seoul's first track is never refused
    assert shares["early_warning"][1:] == [0, 0]  # and is no part of early warning
    assert [(price["strict"], price["loose"]) for price in plain["prices"]] == [("two_with_direct", "one_source")]


def test_the_sheet_has_a_row_a_number(here: Path) -> None:
    call("confirm", "confirmation", *FEW)
    (sheet,) = (here / "results" / "confirmation").glob("confirm-*/confirm.csv")
    rows = [line.split(",") for line in sheet.read_text(encoding="utf-8").splitlines()]
    assert {len(row) for row in rows} == {len(rows[0])}
    assert ["one_source", "us_early_warning", "false_reports", "a year", "0.2", "", "", "0.02", "2"] in rows


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["first-look"], "no stage or sensor with false_alarms"),
        (["confirmation", "--set", "deadline=none"], "not every launch has a deadline"),
        (
            ["confirmation", "--set", "launches=[{false_report: us_early_warning}]"],
            "has false reports only, and a run is of launches",
        ),
    ],
)
def test_what_cannot_be_asked_is_said(here: Path, arguments: list[str], words: str) -> None:
    assert words in refusal("confirm", *arguments)


def test_a_run_with_a_false_report_says_how_many_become_alerts(here: Path) -> None:
    launches = "launches=[{name: low, flight_time: 11 min}, {name: false, false_report: us_early_warning, at: 1 h}]"
    text = call("run", "confirmation", "--set", launches, *FEW).output
    assert "no source" not in text
    assert "false alerts" in text
    assert "and 1 false report" in " ".join(text.split())
    (sheet,) = (here / "results" / "confirmation").glob("*/summary.csv")
    header, *rows = (line.split(",") for line in sheet.read_text(encoding="utf-8").splitlines())
    told = {row[0]: float(row[header.index("false_alerts_share")]) for row in rows}
    assert told["two_with_direct"] == 0
    assert told["one_source"] == told["early_warning"] > 0.8


def test_a_stage_that_only_seems_no_source_is_told_of_and_a_trace_says_that_nothing_was_launched(here: Path) -> None:
    """Without false_alarms Seoul's first track would see what the US alone reports."""
    launches = "launches=[{name: alarm, false_report: us_early_warning}]"
    seoul = "stages.rok_first_track={delay: 1 min, evidence: assumed}"
    text = call("check", "confirmation", "--set", launches, "--set", seoul).output
    assert "stage rok_first_track: begins by itself and is no source" in text
    assert "5 arms, 0 launches, 1 false report" in text
    assert "One simulated false report (alarm, " in call("trace", "confirmation", "--set", launches).output


def test_without_ranges_there_is_no_band(here: Path) -> None:
    """One setting is no band: what stands across the ranges is what stands at working values."""
    settings = ["--set", "settings=1", "--replications", "60", "--workers", "1"]
    said = " ".join(call("confirm", "confirmation", *settings).output.split())
    assert "that setting alone" in said
    plain = json.loads(call("confirm", "confirmation", *settings, "--json").stdout)
    for rule in plain["rules"]:
        for name in ("in_time_share", "never_share", "p50_min"):
            estimate = rule[name]["typical"]["estimate"]
            assert rule[name]["band"] == {"low": estimate, "high": estimate}
    assert "across the ranges" not in plain["headline"]
