"""``sim ledger`` from the command line."""

from __future__ import annotations

import csv
import json
import re
from fractions import Fraction
from pathlib import Path

import pytest

from tests.unit.cli.test_commands import call, refusal

FEW = ["--replications", "60", "--engine", "columns", "--workers", "1"]


def test_the_parts_add_up_exactly_and_the_text_says_what_it_rests_on(here: Path) -> None:
    text = call("ledger", "first-look", *FEW).output
    assert "All of what sets direct and via Washington apart rests on assumed values" in text
    assert "of the difference on ASSUMED values (4 of the 4 behind it)" in text
    assert "cancels" in text
    (folder,) = (here / "results" / "first-look").iterdir()
    assert {"ledger.csv", "ledger.json", "ledger.png", "captions.md"} <= {path.name for path in folder.iterdir()}
    accounts = json.loads((folder / "ledger.json").read_text(encoding="utf-8"))["accounts"]
    names = {(account["arm"], account["minus"]) for account in accounts}
    assert names == {("direct", ""), ("via_washington", ""), ("direct", "via_washington")}
    for account in accounts:
        parts = sum((Fraction(**part["mean_us_exact"]) for part in account["parts"]), Fraction())
        assert parts == Fraction(**account["mean_us_exact"])


def test_the_sheet_has_every_exact_mean_as_a_decimal_number(here: Path) -> None:
    """Three decimals of a microsecond, so within half a nanosecond of the fraction that JSON has."""
    call("ledger", "first-look", *FEW)
    (folder,) = (here / "results" / "first-look").iterdir()
    accounts = json.loads((folder / "ledger.json").read_text(encoding="utf-8"))["accounts"]
    exact = [Fraction(**part["mean_us_exact"]) for account in accounts for part in [*account["parts"], account]]
    rows = list(csv.DictReader((folder / "ledger.csv").read_text(encoding="utf-8").splitlines()))
    assert all(re.fullmatch(r"-?\d+\.\d{3}", row["mean_us"]) for row in rows)
    assert [float(row["mean_us"]) for row in rows] == pytest.approx([*map(float, exact)], rel=0, abs=0.00051)


def test_its_difference_is_that_of_the_run_on_every_engine(here: Path) -> None:
    accounts = json.loads(call("ledger", "first-look", "--json", *FEW).stdout)["accounts"]
    assert (
        call("ledger", "first-look", "--json", *FEW, "--engine", "reference", "--out", "other").stdout
        == call("ledger", "first-look", "--json", *FEW).stdout
    )
    run = json.loads(call("run", "first-look", "--json", "--settings", "1", *FEW).stdout)
    assert accounts[-1]["mean_min"] == run["pairs"][0]["mean_min"]["estimate"]
    assert [share["grade"] for share in run["pairs"][0]["rests_on"]] == ["assumed"]


def test_one_arm_has_no_ledger(here: Path) -> None:
    assert "a ledger needs two — name them: --arms A,B" in refusal("ledger", "first-look", "--arms", "direct", *FEW)


def test_a_stored_run_answers_without_running_and_to_the_last_digit(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ["first-look", "--set", "replications=60", "--set", "settings=1", "--engine", "reference", "--workers", "1"]
    afresh = call("ledger", *asked, "--json", "--out", "other").stdout
    call("run", *asked, "--quiet")

    def refused(*_: object) -> None:
        raise AssertionError("it was run again")

    monkeypatch.setattr("sim.store.study.simulate_typical", refused)
    assert call("ledger", *asked, "--json").stdout == afresh
