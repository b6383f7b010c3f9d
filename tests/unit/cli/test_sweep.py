"""``sim sweep`` from the command line: every cell is the run that has its values."""

from __future__ import annotations

import csv
import io
import json
import shlex
from pathlib import Path

import pytest

from tests.unit.cli.test_commands import call, here, refusal

__all__ = ["here"]

EVALUATES = "stages.us_evaluates.delay.lognormal.median"
FEW = ["--replications", "60", "--engine", "reference", "--workers", "1"]


def rows(here: Path) -> list[dict[str, str]]:
    (path,) = (here / "results").glob("*/sweep-*/sweep.csv")
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize(
    "varied",
    [
        [f"{EVALUATES}=30 s:1 h:3:log"],
        [f"{EVALUATES}=30 s:1 h:2:log", "stages.seoul_sees.delay=30 s:2 min:2"],
        ["stages.us_to_tokyo.loss.attempts=1:5:3"],
        ["desks.us_relay.capacity=1|2", "stages.us_to_tokyo.loss.probability=0 %:50 %:2"],
        ["arrangements.direct=[seoul_sees, encrypted_call]|[seoul_sees, seoul_releases, encrypted_call]"],
    ],
)
def test_a_cell_is_the_run_that_its_set_repeats(here: Path, varied: list[str]) -> None:
    text = call("sweep", "first-look", *(word for one in varied for word in ("--vary", one)), *FEW).output
    assert "to the last digit" in " ".join(text.split())
    found = rows(here)
    for row in (found[0], found[-1]):
        alone = json.loads(
            call("run", "first-look", *shlex.split(row["set"]), "--settings", "1", "--json", *FEW).output
        )
        expected = alone["contrasts"][0]["mean"]["estimate"] / 60e6
        assert float(row["difference_mean_min"]) == pytest.approx(expected, rel=1e-5)


def test_a_curve_has_a_band_and_says_where_the_two_are_equal(here: Path) -> None:
    vary = ["--vary", f"{EVALUATES}=30 s:1 h:9:log", "--settings", "3"]
    text = call("sweep", "first-look", *vary, *FEW).output
    assert "the two are equal at about" in text
    (folder,) = (here / "results" / "first-look").glob("sweep-*")
    assert {"sweep.csv", "sweep.json", "sweep.png", "sweep.svg"} <= {path.name for path in folder.iterdir()}
    assert all(
        float(row["band_low"]) <= float(row["difference_mean_min"]) <= float(row["band_high"]) for row in rows(here)
    )
    again = call("sweep", "first-look", *vary, *FEW).output
    assert "nothing was run" in again


def test_a_map_says_whose_side_has_the_placeholders_and_that_a_count_is_no_probability(here: Path) -> None:
    vary = ["--vary", f"{EVALUATES}=30 s:1 h:4:log", "--vary", "stages.us_to_tokyo.delay=10 s:5 min:3"]
    assert "A count of cells is not a probability" in " ".join(call("sweep", "first-look", *vary, *FEW).output.split())


def test_cases_come_from_a_sheet(here: Path) -> None:
    (here / "cases.csv").write_text(f"case,{EVALUATES},stages.seoul_sees.delay\nquick,1 min,30 s\nslow,40 min,2 min\n")
    text = call("sweep", "first-look", "--cases", "cases.csv", *FEW).output
    assert "of 2 cases" in text
    assert [row["case"] for row in rows(here)] == ["quick", "slow"]


def test_a_plan_runs_nothing(here: Path) -> None:
    said = call("sweep", "first-look", "--vary", f"{EVALUATES}=30 s:1 h:9:log", "--plan", *FEW)
    assert "plan: 9 cells × 60 replications and 288 settings × 60" in said.output
    assert not (here / "results").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "one or two parameters make a curve or a map, got 0"),
        (["--vary", "stages.us_evaluate.delay=1 s:2 s:3"], "us_evaluates"),
        (["--vary", "stages.us_evaluates.delay=1:2:3"], "needs a unit"),
        (["--vary", "title=one|another"], "changes nothing of"),
        (["--vary", "stages.seoul_sees.delay=1 s:9 s:3", "--arms", "direct"], "name two with --arms A,B"),
        (["--vary", "stages.seoul_sees.delay=1 s:9 s:3", "--cases", "x.csv"], "give one of them"),
        (["--cases", "absent.csv"], "cannot be read"),
        (["--vary", "stages.seoul_sees.delay=1 s:9 s:3", "--for", "in-time", "--set", "deadline=none"], "no deadline"),
    ],
)
def test_bad_input_is_told_before_anything_runs(here: Path, arguments: list[str], words: str) -> None:
    assert words in refusal("sweep", "first-look", *arguments, *FEW)
    assert not (here / "results").exists()
