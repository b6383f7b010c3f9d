"""A report in Python: of answers in memory, of what is stored, or of both."""

from __future__ import annotations

from pathlib import Path

import pytest

import sim
from sim.errors import SimError, StoreError
from sim.scenario.loader import load_scenario, shipped_folder
from tests.reading import check, words
from tests.stored import store

FEW = {"replications": 40, "settings": 3, "engine": "columns"}


@pytest.fixture(scope="module")
def answer() -> sim.RunAnswer:
    return sim.run("first-look", **FEW)  # type: ignore[arg-type]


def test_an_answer_in_memory_is_reported_as_a_stored_one(answer: sim.RunAnswer, tmp_path: Path) -> None:
    scenario = load_scenario(shipped_folder() / "first-look.yaml", {"replications": "40", "settings": "3"})
    stored = store(scenario, tmp_path / "results").path
    of_memory = sim.report(answer, to=tmp_path / "memory.html", results=tmp_path / "results")
    of_store = sim.report(stored, to=str(tmp_path / "stored.html"), results=tmp_path / "results")
    said, other = (words(check(path.read_text(encoding="utf-8"))) for path in (of_memory, of_store))
    for part in (answer.headline, answer.page.digest, "What it rests on", "Checklist"):
        assert part in said
        assert part in other


def test_several_make_one_file(answer: sim.RunAnswer, tmp_path: Path) -> None:
    broken = sim.breakeven("first-look", replications=20)  # type: ignore[attr-defined]
    said = words(check(sim.report([answer, broken], to=tmp_path / "deep" / "both.html").read_text(encoding="utf-8")))
    assert answer.headline in said
    assert broken.headline in said


@pytest.mark.parametrize(
    ("answers", "error", "said"),
    [
        ([], SimError, "answers: there is none"),
        ("nowhere", StoreError, "nowhere: is not a stored run"),
        ([3], SimError, "answers 3: needs a path"),
        (3, SimError, "answers 3: needs a path"),
        (None, SimError, "answers None: needs a path"),
    ],
)
def test_what_is_no_answer_is_refused(answers: object, error: type[SimError], said: str, tmp_path: Path) -> None:
    with pytest.raises(error, match=said):
        sim.report(answers, to=tmp_path / "none.html", results=tmp_path)  # type: ignore[arg-type]
    assert not (tmp_path / "none.html").exists()
