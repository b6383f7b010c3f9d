"""``sim breakeven`` from the command line, and the line of a run that rests on the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.cli.test_commands import QUICK, call, refusal

ON = "stages.us_evaluates.delay.lognormal.median"
FEW = ["--replications", "60", "--engine", "reference", "--workers", "1"]


def test_a_table_over_all_ranges_says_the_finding_first(here: Path) -> None:
    text = call("breakeven", "first-look", *FEW).output
    assert "it stops being faster once the median of US evaluates is below" in " ".join(text.split())
    assert "1 of 1 values are ASSUMED" in text or "2 of 2 values are ASSUMED" in text
    (folder,) = (here / "results" / "first-look").iterdir()
    assert {"breakeven.json", "breakeven.csv", "breakeven.png", "captions.md"} <= {p.name for p in folder.iterdir()}
    assert "nothing was run" in call("breakeven", "first-look", *FEW).output


def test_one_value_has_its_curve(here: Path) -> None:
    plain = json.loads(call("breakeven", "first-look", "--on", ON, "--for", "p95", "--json", *FEW).stdout)
    assert plain["measure"] == "p95"
    assert len(plain["curve"]) >= 33
    assert all(low["value"] < high["value"] for low, high in zip(plain["curve"], plain["curve"][1:], strict=False))


def test_a_fixed_number_needs_bounds_and_has_a_break_even_between_them(here: Path) -> None:
    on = "stages.seoul_sees.delay"
    assert f"is 57 s in the file — give bounds, {on}=from:to" in refusal("breakeven", "first-look", "--on", on, *FEW)
    found = json.loads(call("breakeven", "first-look", "--on", f"{on}=30 s:5 min", "--json", *FEW).stdout)
    assert found["values"][0]["break_evens"] == []  # both arms wait for it alike


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--on", "stages.us_evaluate.delay"], "no such value"),
        (["--on", f"{ON}=1 h:30 s"], "must rise"),
        (["--on", f"{ON}=10 min:1 h"], "must hold the value of the file, 5.5 min"),
        (["--on", f"{ON}=1 min"], "needs a number and PATH=from:to"),
        (["--on", "stages.us_evaluates"], "no number but divided further"),
        (
            ["--on", "stages.us_to_tokyo.loss.attempts=1:9"],
            "takes no range — ask sim sweep --vary stages",
        ),
        (["--on", "stages.us_to_tokyo.loss.probability=0 %:150 %"], "must lie between 0 and 100 %, got 150 %"),
        (["--arms", "direct"], "a break-even needs two — name them: --arms A,B"),
        (["--for", "in-time", "--set", "deadline=none"], "has no deadline — give it one, or ask for mean, p50 or p95"),
    ],
)
def test_bad_input_is_told_with_the_mend(here: Path, arguments: list[str], words: str) -> None:
    assert words in refusal("breakeven", "first-look", *arguments, *FEW)
    assert not (here / "results").exists()


def test_a_run_says_what_would_reverse_it_and_a_stored_one_says_the_same(here: Path) -> None:
    first = call("run", "first-look", *QUICK).output
    (line,) = [line for line in first.splitlines() if line.startswith("Reverses")]
    assert "direct stops being faster once" in line
    again = call("run", "first-look", *QUICK).output
    assert line in again
    (folder,) = (here / "results" / "first-look").iterdir()
    assert "**Reverses:** direct stops being faster once" in (folder / "table.md").read_text(encoding="utf-8")
