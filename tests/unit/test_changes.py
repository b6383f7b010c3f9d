"""Answers are those that are committed, or every change is named with its reason."""

from __future__ import annotations

import contextlib
import json
import shutil
from pathlib import Path

import pytest

from tests import reference
from tests.changes import HEAD, changes, check
from tests.reference import REFERENCE

SHEET = "path,unit,break_even\nstages.a.delay,min,{}\nstages.b.delay,min,\n"


def answers(folder: Path, mean: float, break_even: float = 1.5, **more: float) -> Path:
    """Of one scenario: a summary with its sheet, and a study, which is a sheet alone."""
    (folder / "one" / "breakeven").mkdir(parents=True)
    summary = {"title": f"mean {mean}", "arms": [{"arm": "x", "mean_min": {"estimate": mean, **more}}]}
    (folder / "one" / "summary.json").write_text(json.dumps(summary))
    (folder / "one" / "summary.csv").write_text(f"arm,mean_min\nx,{mean}\n")
    (folder / "one" / "breakeven" / "breakeven.csv").write_text(SHEET.format(break_even))
    return folder


def test_equal_answers_pass_and_nothing_is_noted(tmp_path: Path) -> None:
    old, new, told = answers(tmp_path / "old", 13.25), answers(tmp_path / "new", 13.25), tmp_path / "changes.md"
    check(old, new, "", told)
    check(old, new, "words were polished", told)
    assert not told.exists()


def test_a_change_without_a_reason_is_refused_and_nothing_is_noted(tmp_path: Path) -> None:
    old, new, told = answers(tmp_path / "old", 13.25), answers(tmp_path / "new", 13.5), tmp_path / "changes.md"
    for because in ("", " "):
        with pytest.raises(
            SystemExit, match=r"arms\[0\].mean_min.estimate \| 13.25 \| 13.5 .*\nnumbers that changed: 1"
        ):
            check(old, new, because, told)
    assert not told.exists()


def test_changes_with_a_reason_are_noted_after_those_before_them(tmp_path: Path) -> None:
    first, second = answers(tmp_path / "1", 13.25), answers(tmp_path / "2", 13.5, 1.25)
    third, told = answers(tmp_path / "3", 13.5, 1.25, low=13.0), tmp_path / "changes.md"
    check(first, second, "a queue | was\ncounted twice", told)
    check(second, third, "the interval is told", told)
    assert told.read_text() == (
        f"{HEAD}"
        "| one | breakeven/breakeven.csv: break_even, row 1 | 1.5 | 1.25 | a queue / was counted twice |\n"
        "| one | summary.json: arms[0].mean_min.estimate | 13.25 | 13.5 | a queue / was counted twice |\n"
        "| one | summary.json: arms[0].mean_min.low | – | 13.0 | the interval is told |\n"
    )


def test_of_many_changes_of_a_file_those_that_moved_most_are_named_and_the_others_counted(tmp_path: Path) -> None:
    old = answers(tmp_path / "old", 10.0, a=10.0, b=10.0, c=10.0, d=10.0)
    new, told = answers(tmp_path / "new", 10.1, a=10.0, b=30.0, c=20.0, d=10.2), tmp_path / "changes.md"
    check(old, new, "why", told)
    assert [line.split(" | ")[1] for line in told.read_text().splitlines()[-4:]] == [
        "summary.json: arms[0].mean_min.b",
        "summary.json: arms[0].mean_min.c",
        "summary.json: arms[0].mean_min.d",
        "summary.json: 1 more",
    ]


def test_a_scenario_that_is_new_changes_no_answer(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    new = answers(tmp_path / "new", 13.5)
    assert changes(tmp_path / "old", new) == []
    assert changes(new, tmp_path / "old") == []  # nor does one that is not run anew


def test_an_answer_that_is_no_longer_given_is_a_change(tmp_path: Path) -> None:
    old, new = answers(tmp_path / "old", 13.5), answers(tmp_path / "new", 13.5)
    (new / "one" / "breakeven" / "breakeven.csv").unlink()
    assert changes(old, new) == [("one/breakeven/breakeven.csv", "break_even, row 1", "1.5", "")]


@pytest.mark.parametrize(
    ("path", "was"),
    [
        ("summary.json", '"estimate": 0.4209'),
        ("breakeven/breakeven.csv", "1.20173"),
        ("breakeven/breakeven.csv", "-76.1038"),
    ],
)
def test_a_digit_more_in_a_committed_answer_is_a_change(path: str, was: str, tmp_path: Path) -> None:
    shutil.copytree(REFERENCE / "first-look", tmp_path / "first-look")
    text = (tmp_path / "first-look" / path).read_text(encoding="utf-8")
    assert changes(REFERENCE, tmp_path) == []
    (tmp_path / "first-look" / path).write_text(text.replace(was, f"{was}1"), encoding="utf-8")
    (change,) = changes(REFERENCE, tmp_path)
    assert (change.file, change.now) == (f"first-look/{path}", f"{change.was}1")


def test_answers_are_written_only_when_none_changed_or_it_is_said_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = answers(tmp_path / "reference", 13.25)
    monkeypatch.setattr(reference, "REFERENCE", folder)
    monkeypatch.setattr(reference, "write_all", lambda made: answers(made, 13.5))
    was = (folder / "one" / "summary.json").read_text()
    for options, is_written in (([], False), (["--because", ""], False), (["--because", "why"], True), ([], True)):
        monkeypatch.setattr("sys.argv", ["reference", *options])
        with contextlib.suppress(SystemExit):
            reference.main()
        assert ((folder / "one" / "summary.json").read_text() != was) == is_written
    assert (folder / "changes.md").read_text().count("| why |") == 1
