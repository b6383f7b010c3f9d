"""Every digit of a seed counts, wherever it is given and wherever it is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import sim
from sim.draws.streams import Source, stream_key
from sim.errors import SimError
from sim.scenario.loader import load_scenario, shipped_folder
from tests.stored import promised_bytes, small_scenario, store

FIRST_LOOK = shipped_folder() / "first-look.yaml"
FEW = {"replications": "40", "settings": "2"}


@pytest.mark.parametrize("seed", [0, 2**53 - 1, 2**53, 2**53 + 1, 2**63 - 1, 2**63])
@pytest.mark.parametrize("form", [str, int])
def test_a_seed_is_kept_to_the_last_digit(seed: int, form: type, tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(FIRST_LOOK.read_text().replace("seed: 1\n", "") + f"\nseed: {seed}\n")
    found = [
        load_scenario(file),
        load_scenario(FIRST_LOOK, {"seed": str(seed)}),
        sim.check(FIRST_LOOK, sets={"seed": form(seed)}),
    ]
    assert [one.seed for one in found] == [seed] * 3
    assert json.loads(found[0].resolved)["seed"] == str(seed)  # as text: many readers keep 53 bits of a number


def test_seeds_that_are_one_float_give_two_runs_each_of_which_says_its_own(tmp_path: Path) -> None:
    runs = [store(small_scenario(**FEW, seed=str(seed)), tmp_path) for seed in (2**53, 2**53 + 1)]
    alerts = [{name: one for name, one in promised_bytes(run.path).items() if "replications" in name} for run in runs]
    assert alerts[0] != alerts[1]
    for run, seed in zip(runs, (2**53, 2**53 + 1), strict=True):
        assert f"seed {seed}, {run.digest}" in json.loads((run.path / "summary.json").read_text())["repeat"]
        assert sim.load_run(run.path).scenario.seed == seed


@pytest.mark.parametrize(("text", "seed"), [("1e3", 1000), ("1000.0", 1000), ("9007199254740993", 2**53 + 1)])
def test_a_seed_may_be_written_as_any_whole_number(text: str, seed: int) -> None:
    assert load_scenario(FIRST_LOOK, {"seed": text}).seed == seed


@pytest.mark.parametrize(
    ("seed", "words"),
    [
        (2**63 + 1, "seed: must lie between 0 and 9,223,372,036,854,775,808, got 9223372036854775809"),
        (2**64, "seed: must lie between 0 and 9,223,372,036,854,775,808"),
        (2**128, "seed: must lie between 0 and 9,223,372,036,854,775,808"),
        (-1, "seed: must lie between 0 and 9,223,372,036,854,775,808, got -1"),
        (1.5, "seed: must be a whole number, got 1.5"),
        ("true", 'seed: needs a plain number, got "true"'),
        (True, "True is no value of a scenario"),
        (2.0**60, "1152921504606846976 is a float beyond 2**53, whose last digits are lost — give an int or text"),
        (float("inf"), 'seed: needs a plain number, got "inf"'),
    ],
)
def test_what_cannot_be_kept_is_refused_in_a_line(seed: Any, words: str) -> None:
    with pytest.raises(SimError) as caught:
        sim.run("first-look", seed=seed)
    assert words in str(caught.value)


def test_the_streams_of_neighbouring_seeds_differ() -> None:
    keys = {
        stream_key(load_scenario(FIRST_LOOK, {"seed": str(seed)}).seed, Source("a", "delay"))
        for seed in (2**63, 2**63 - 1)
    }
    assert len(keys) == 2
