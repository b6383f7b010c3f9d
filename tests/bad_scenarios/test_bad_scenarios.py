"""Every rule that the loader states has a bad scenario, with the message it gets.

A file holds the scenario; its first lines say what is expected: ``# expect: path: message``.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.scenario.loader import load_scenario

HERE = Path(__file__).parent / "scenarios"
FILES = sorted(HERE.glob("*.yaml"))
SOURCE = Path(__file__).parents[2] / "sim" / "scenario"
NO_SCENARIOS = ("catalogue", "claims", "facts", "figures")  # other files, whose rules no scenario can break


def expected(path: Path) -> set[str]:
    return set(re.findall(r"^# expect: (.*)$", path.read_text(encoding="utf-8"), re.M))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_bad_scenario_is_answered_with_its_faults_and_no_others(path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)
    found = {f"{fault.path}: {fault.message}" if fault.path else fault.message for fault in caught.value.faults}
    assert found == expected(path)
    assert all(fault.file for fault in caught.value.faults)


def messages() -> list[str]:
    """The longest fixed piece of every message that the loader's modules can give."""
    found = []
    for path in (path for path in sorted(SOURCE.rglob("*.py")) if path.stem not in NO_SCENARIOS):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_call = isinstance(node, ast.Call)
            called = getattr(node.func, "attr", getattr(node.func, "id", "")) if is_call else ""
            if called in ("fault", "fault_at", "blame", "_error", "error", "ValueError", "require"):
                found += [piece for argument in node.args if (piece := _piece(argument))]
    return sorted(set(found))


def _piece(argument: ast.expr) -> str:
    pieces = [n.value for n in ast.walk(argument) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return max((piece.strip() for piece in pieces if " " in piece.strip()), key=len, default="")


OF_THE_TEXT_ITSELF = (  # no sound scenario lies near these: each has a case below
    "KiB — split it, or put long lists in a CSV file",
    "is empty — start from scenarios/first-look.yaml",
    "must be a mapping of fields — start from scenarios/first-look.yaml",
    "holds too many values — put long lists in a CSV file",
    "is nested more than",
    "is not a file name",
    "cannot be read (",  # needs a file that the system refuses to open
    "cannot be followed",
    "the overrides are longer than a scenario may be",
    "brings the values of all files above",
    "is not a resolved scenario (",
    "a key is written twice",
    "nested too deeply, or too many values",
    "is not JSON (",
    "is no value of a scenario — leave the entry out",
    "is a log or a table, and no scenario — its durations can be those of a stage: "
    "delay: {empirical: {file: times.csv, column: NAME, interpolation: linear}}",
)


@pytest.mark.parametrize("message", [message for message in messages() if message not in OF_THE_TEXT_ITSELF])
def test_every_rule_has_a_bad_scenario(message: str) -> None:
    every = "\n".join(line for path in FILES for line in expected(path))
    assert message in every


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[" * 60 + "]" * 60, "is nested more than 50 deep"),
        ("a: [" + "x, " * 12_000 + "x]", "holds too many values — put long lists in a CSV file"),
        ("a: " + "x" * 140_000, "is larger than 128 KiB — split it, or put long lists in a CSV file"),
        ("", "is empty — start from scenarios/first-look.yaml"),
        ("- a", "must be a mapping of fields — start from scenarios/first-look.yaml"),
    ],
    ids=["nested", "many", "large", "empty", "a list"],
)
def test_a_text_that_is_no_scenario_is_refused(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(text)
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)
    assert [fault.message for fault in caught.value.faults] == [message]


def test_bytes_that_are_not_utf_8_are_refused(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(b"title: \xff\n")
    with pytest.raises(ScenarioError, match="is not UTF-8 text"):
        load_scenario(tmp_path / "x.yaml")


def test_a_name_under_use_that_is_no_file_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(f"title: t\nuse: [{'x' * 300}]\n")
    with pytest.raises(ScenarioError, match="is not a file name"):
        load_scenario(tmp_path / "x.yaml")
