"""What is tried at random shows no fault; a campaign goes on where it stopped, and a find is kept and told.

``FUZZ=3600`` gives the slow test an hour; it has a minute unless it is given.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from sim.scenario.loader import load_mapping
from tests.fuzz import files
from tests.fuzz.campaign import KINDS, State, Stretch, Tally, begun, drawn, go_on, one, report, state_text
from tests.fuzz.pieces import VALUES

SECONDS = os.environ.get("FUZZ", "60")
ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that takes nothing")
def test_nothing_tried_at_random_for_so_many_seconds_makes_a_traceback_or_is_silent(tmp_path: Path) -> None:
    to, state = tmp_path / "fuzz.md", tmp_path / "fuzz.json"
    command = [sys.executable, "-m", "tests.fuzz", "--seconds", SECONDS, "--to", to, "--state", state]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert result.returncode == 0, result.stdout + result.stderr
    (stretch,) = json.loads(state.read_text())["stretches"]
    assert all(tally["tried"] for tally in stretch["tallies"].values())


def tallied(state: State) -> list[tuple[str, int, int]]:
    return [(name, tally.tried, tally.carried_out) for name, tally in state.tallies.items()]


def test_a_campaign_that_was_stopped_goes_on_to_the_end_of_one_that_was_not(tmp_path: Path) -> None:
    kept, wanted = tmp_path / "fuzz.json", {"inputs": 30, "calls": 6}

    def keep(state: State) -> None:
        kept.write_text(state_text(state))

    whole = begun(3, kept)
    go_on(whole, lambda _: None, wanted, seconds=1e9)
    go_on(begun(3, kept), keep, {"inputs": 15, "calls": 0}, seconds=1e9)
    again = begun(3, kept)
    assert again.tallies["inputs"].tried == 15
    go_on(again, keep, wanted, seconds=1e9)
    assert tallied(again) == tallied(whole)
    assert begun(4, kept).tallies["inputs"] == Tally()  # another seed


def test_other_code_goes_on_with_the_next_examples(tmp_path: Path) -> None:
    kept = tmp_path / "fuzz.json"
    before = Stretch("of other code", {"inputs": Tally(tried=3, carried_out=1), "calls": Tally(5, 2, finds={"6": "x"})})
    kept.write_text(state_text(State(3, [before])))
    state = begun(3, kept)
    assert state.stretches[0] == before
    assert (state.tallies["inputs"], state.tallies["calls"], state.tallies["lines"]) == (Tally(3), Tally(7), Tally())
    go_on(state, lambda _: None, {"inputs": 5, "calls": 7}, seconds=1e9)
    assert [(tally.first, tally.tried) for tally in state.tallies.values()] == [(3, 2), (0, 0), (7, 0), (0, 0)]
    told = report(state)
    assert "| calls in Python | 2 | 0 | 1 | 0 min | 0 | 0 |" in told
    assert "- calls 6, of the code of other code: `mended since: x`" in told


@pytest.mark.parametrize("name", KINDS)
def test_an_example_is_that_of_its_seed_and_number(name: str) -> None:
    told = [repr(drawn(1, name, number)) for number in range(30)]
    assert [repr(drawn(1, name, number)) for number in range(30)] == told
    assert len({*told, repr(drawn(2, name, 0))}) > 20


@pytest.mark.parametrize(
    ("name", "place"), [("inputs", "tests.fuzz.files.find_scenario"), ("lines", "tests.fuzz.lines.main")]
)
def test_a_fault_of_the_program_is_a_find_that_the_report_tells(
    name: str, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a `fault`\nof the program")

    monkeypatch.setattr(place, fail)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kept").mkdir()  # a stored run is not asked for
    state = State(1, [Stretch("code", {name: Tally() for name in KINDS})])
    one(1, name, state.tallies[name])
    assert state.tallies[name].finds == {"0": "RuntimeError: a `fault`\nof the program"}
    assert f"- {name} 0, of the code code: `RuntimeError: a fault of the program`" in report(state)


def test_every_value_that_does_not_belong_is_put_into_scenarios() -> None:
    random = Random(1)
    written = "".join(json.dumps(files.edited(random)) for _ in range(8_000))
    assert [value for value in VALUES if json.dumps(value) not in written] == []


def test_some_files_are_sound_and_what_lies_beside_them_is_given_faults_too() -> None:
    examples = [drawn(1, "inputs", number) for number in range(400)]
    assert {name for example in examples for name in example.files} == {
        *("x.yaml", "x.json", "list.csv", "part.yaml", "catalogue/launches.csv", "catalogue/figures.csv")
    }
    assert any(example.sets for example in examples)
    assert load_mapping(files.WHOLE[0], "small").title == "small"
