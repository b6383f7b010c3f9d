"""``sim sweep`` from the command line: every cell is the run that has its values."""

from __future__ import annotations

import csv
import io
import json
import shlex
from pathlib import Path
from typing import Any

import pytest

import sim
from sim.errors import SimError
from tests.examples import examples
from tests.unit.cli.test_commands import call, refusal

EVALUATES = "stages.us_evaluates.delay.lognormal.median"
FEW = ["--replications", "60", "--engine", "columns", "--workers", "1"]


def rows(here: Path) -> list[dict[str, str]]:
    (path,) = (here / "results").glob("*/sweep-*/sweep.csv")
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


VARIED = [
    [f"{EVALUATES}=30 s:1 h:3:log"],
    [f"{EVALUATES}=30 s:1 h:2:log", "stages.seoul_sees.delay=30 s:2 min:2"],
    ["stages.us_to_tokyo.loss.attempts=1:5:3"],
    ["desks.us_relay.capacity=1|2", "stages.us_to_tokyo.loss.probability=0 %:50 %:2"],
    ["stages.seoul_sees.delay.constant=1 s:7 s:2", "launches[0].flight_time=5 min|20 min"],
    ["stages.us_evaluates.delay.lognormal.p90_over_median=2:3:3"],
    ["stages.us_to_tokyo.title=Tokyo's line|another", f"{EVALUATES}=1 min|2 min"],
    ["arrangements.direct=[seoul_sees, encrypted_call]|[seoul_sees, seoul_releases, encrypted_call]"],
]


@pytest.mark.parametrize("varied", examples(VARIED, VARIED[1:2]))
def test_a_cell_is_the_run_that_its_set_repeats(here: Path, varied: list[str]) -> None:
    text = call("sweep", "first-look", *(word for one in varied for word in ("--vary", one)), *FEW).output
    assert "to the last digit" in " ".join(text.split())
    found = rows(here)
    (path,) = (here / "results").glob("*/sweep-*/sweep.json")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    for row, cell in ((found[0], cells[0]), (found[-1], cells[-1])):
        alone = json.loads(
            call("run", "first-look", *shlex.split(row["set"]), "--settings", "1", "--json", *FEW).stdout
        )
        expected = alone["pairs"][0]["mean_min"]["estimate"]
        assert cell["difference"] == expected
        assert float(row["difference_mean_min"]) == pytest.approx(expected, rel=1e-5)


def test_a_curve_has_a_band_and_says_where_the_two_are_equal(here: Path) -> None:
    vary = ["--vary", f"{EVALUATES}=30 s:1 h:9:log", "--settings", "3"]
    text = call("sweep", "first-look", *vary, *FEW).output
    assert "the two are equal at about" in text
    (folder,) = (here / "results" / "first-look").glob("sweep-*")
    assert {"sweep.csv", "sweep.json", "sweep.png", "captions.md"} <= {path.name for path in folder.iterdir()}
    assert all(
        float(row["band_low_min"]) <= float(row["difference_mean_min"]) <= float(row["band_high_min"])
        for row in rows(here)
    )
    again = call("sweep", "first-look", *vary, *FEW).output
    assert "nothing was run" in again


def test_a_map_says_whose_side_has_the_working_values_and_that_a_count_is_no_probability(here: Path) -> None:
    vary = ["--vary", f"{EVALUATES}=30 s:1 h:4:log", "--vary", "stages.us_to_tokyo.delay=10 s:5 min:3"]
    assert "A count of cells is not a probability" in " ".join(call("sweep", "first-look", *vary, *FEW).output.split())


def test_a_faulty_cell_of_a_sheet_is_told_at_its_row_and_column(here: Path) -> None:
    """The second case, in line 3 of the file; a column `name` names cases as `case` does."""
    (here / "cases.csv").write_text(f"name,{EVALUATES},stages.seoul_sees.delay\nquick,1 min,30 s\nslow,40 min,90\n")
    said = refusal("sweep", "first-look", "--cases", "cases.csv", *FEW)
    assert 'cases.csv:3:3  stages.seoul_sees.delay: needs a unit, got 90 — write "90 s" or "90 min"' in said


def test_in_python_a_file_of_cases_may_be_a_path_and_a_table_is_told_to_be_written(here: Path) -> None:
    path = here / "cases.csv"
    path.write_text(f"case,{EVALUATES}\nquick,1 min\nslow,40 min\n")
    few: dict[str, Any] = {"replications": 20, "settings": 1}
    by_path, by_text = (sim.sweep("first-look", cases=given, **few).page.headline for given in (path, str(path)))
    assert by_path == by_text
    with pytest.raises(SimError, match=r"^--cases .*: needs the path of a file — write a table to one first$"):
        sim.sweep("first-look", cases=[{EVALUATES: "1 min"}], **few)


def test_cases_come_from_a_sheet(here: Path) -> None:
    (here / "cases.csv").write_text(f"case,{EVALUATES},stages.seoul_sees.delay\nquick,1 min,30 s\nslow,40 min,2 min\n")
    text = call("sweep", "first-look", "--cases", "cases.csv", *FEW).output
    assert "of 2 cases" in text
    assert [row["case"] for row in rows(here)] == ["quick", "slow"]


def test_a_sheet_may_begin_as_office_programs_write_it(here: Path) -> None:
    (here / "cases.csv").write_text(f"case,{EVALUATES}\nquick,1 min\nslow,40 min\n", encoding="utf-8-sig")
    found = json.loads(call("sweep", "first-look", "--cases", "cases.csv", "--json", "--quiet", *FEW).stdout)
    assert [cell["case"] for cell in found["cells"]] == ["quick", "slow"]


def test_many_values_of_a_fixed_delay_are_settings_of_one_scenario(here: Path) -> None:
    said = call("sweep", "first-look", "--vary", "stages.us_to_tokyo.delay=30 s:2 min:6000", "--plan", *FEW)
    assert "plan: 6,000 cells" in said.output


@pytest.mark.slow
def test_one_by_one_on_the_other_engine_is_the_same(here: Path) -> None:
    """Settings of one scenario on the reference engine, and a scenario each by columns."""
    on = "stages.us_to_tokyo.delay"
    ways = [[f"{on}=10 s:50 s:3", "reference"], [f"{on}={{constant: 10 s}}|{{constant: 30 s}}|50 s", "columns"]]
    every = [
        json.loads(call("sweep", "first-look", "--vary", vary, *FEW, "--engine", engine, "--json", "--quiet").stdout)
        for vary, engine in ways
    ]
    one, other = ([cell["difference"] for cell in found["cells"]] for found in every)
    assert one == other


def test_a_wrong_value_of_a_case_is_told_with_the_file(here: Path) -> None:
    (here / "cases.csv").write_text(f"case,{EVALUATES}\nquick,1\nslow,40 min\n")
    said = refusal("sweep", "first-look", "--cases", "cases.csv", *FEW)
    assert "cases.csv" in said
    assert "needs a unit, got 1" in said


@pytest.mark.parametrize(
    ("vary", "words", "absent"),
    [
        ("desks.us_relay.capacity=1:4:2", "than via Washington throughout, as the capacity of US relay", "goes from 5"),
        (
            "stages.us_to_tokyo.loss.probability=0 %:100 %:3",
            "goes from 0 % to 50 %, of the values at which launches have both reports",
            "(–",
        ),
        (f"{EVALUATES}=66 s:70 s:2", "they meet nowhere, but noise has room for it", "nowhere equal"),
        (f"{EVALUATES}=5 min:1 h:2", "and the two are nowhere equal", "noise has room"),
    ],
)
def test_a_curve_claims_no_more_than_its_cells_carry(here: Path, vary: str, words: str, absent: str) -> None:
    """Two servers serve one launch like one; a line that loses all delivers nothing; about 68 s noise decides."""
    text = " ".join(call("sweep", "first-look", "--vary", vary, *FEW, "--settings", "1").output.split())
    assert words in text
    assert absent not in text


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
        (["--vary", "desks.us_relay.capacity=1|2.5"], "must be a whole number"),
        (["--vary", f"{EVALUATES}=1 h:30 s:5"], "must rise, but 1 h is not below 30 s"),
        (["--vary", f"{EVALUATES}=30 s:1 h:1"], "needs 2 to 100,000 values"),
        (["--vary", f"{EVALUATES}=0 s:1 h:5:log"], "needs values above zero"),
        (["--vary", f"{EVALUATES}=30 s"], "write PATH=from:to:n"),
        (["--vary", f"{EVALUATES}=30 s|30 s"], "gives a value twice"),
        (["--vary", f"{EVALUATES}=30 s:2:5"], "needs two numbers of one kind"),
        (["--vary", f"{EVALUATES}=1 s|2 s", "--vary", f"{EVALUATES}=1 s|2 s"], "is varied twice"),
        (["--vary", f"{EVALUATES}=1 s:9 s:400", "--vary", "stages.us_to_tokyo.delay=1 s:9 s:400"], "160,000 cells"),
        (["--vary", "stages.seoul_sees.delay=1 s:9 s:3", "--arms", "direct"], "name two with --arms A,B"),
        (["--vary", "stages.seoul_sees.delay=1 s:9 s:3", "--cases", "x.csv"], "give one of them"),
        (["--cases", "absent.csv"], "cannot be read"),
        (["--vary", "stages.seoul_sees.delay=1 s:9 s:3", "--for", "in-time", "--set", "deadline=none"], "no deadline"),
    ],
)
def test_bad_input_is_told_before_anything_runs(here: Path, arguments: list[str], words: str) -> None:
    assert words in refusal("sweep", "first-look", *arguments, *FEW)
    assert not (here / "results").exists()


def test_a_sheet_of_one_case_is_a_sweep_too(here: Path) -> None:
    cases = here / "one.csv"
    cases.write_text(f"{EVALUATES}\n4 min\n", encoding="utf-8")
    text = call("sweep", "first-look", "--cases", str(cases), *FEW).stdout
    assert "Direct is faster in 1 of 1 case" in text


def test_a_table_that_has_not_all_cells_says_so(here: Path) -> None:
    varied = [f"{EVALUATES}=1 min:9 min:5", "stages.seoul_sees.delay=30 s:2 min:4"]
    text = call("sweep", "first-look", *(word for one in varied for word in ("--vary", one)), *FEW).stdout
    assert "12 of 20 cells; all are in sweep.csv." in text


def test_a_path_that_changes_nothing_is_refused_beside_one_that_does(here: Path) -> None:
    unused = "stages.originator_consents.delay.lognormal.median=1 min:5 min:3"
    varied = ["--vary", f"{EVALUATES}=1 min:5 min:3", "--vary", unused]
    arms = ["--arms", "direct,via_washington_standing"]
    assert "changes nothing of" in refusal("sweep", "2019-10-02-pukguksong-3", *varied, *arms, *FEW)


def test_every_column_of_the_sheet_is_in_the_unit_that_its_name_has(here: Path) -> None:
    call("sweep", "first-look", "--vary", f"{EVALUATES}=30 s:1 h:3:log", *FEW)
    header, *_ = rows(here)
    assert [float(row[f"{EVALUATES} (min)"]) for row in rows(here)] == pytest.approx([0.5, 30**0.5, 60])
    assert "direct_in_time_share" in header
    assert all("-" not in name for name in header)
    assert "=30 s" in rows(here)[0]["set"]


def test_the_band_of_shares_is_within_what_they_can_be() -> None:
    """What a detour takes longer can only cost: nowhere less than no point, though a hundred are all there are."""
    text = {
        "title": "a detour",
        "launches": [{"name": "one", "flight_time": "10 min"}],
        "stages": {
            "sees": {"delay": {"lognormal": {"median": {"low": "1 min", "high": "1 h"}, "p90_over_median": "2.5"}}},
            "detours": {"delay": "1 min"},
        },
        "arrangements": {"straight": ["sees"], "round": ["sees", "detours"]},
        "compare": ["straight", "round"],
        "replications": 2_000,
    }
    for stage in text["stages"].values():
        stage["evidence"] = "assumed"
    answer = sim.sweep(text, measure="in-time", vary=["stages.detours.delay=1 min:8 min:3"], settings=16)
    swept = answer.found
    whole = swept.difference[0]
    assert (swept.low >= 0).all()
    assert (swept.low <= whole).all()
    assert (whole <= swept.high).all()
    assert (swept.high <= 1).all()
    title = answer.page.drawings[0].title
    low, high = 100 * swept.low.min(), 100 * swept.high.max()
    assert title.endswith(f"({low:.0f} to {high:.0f} over 16 settings)")
