"""No text makes a traceback: whatever is given, a scenario comes out or a report of its faults."""

from __future__ import annotations

from pathlib import Path
from random import Random

import click
import pytest
from hypothesis import strategies as st

from sim.asking.scenarios import find_scenario, parse_sets
from sim.errors import SimError
from sim.scenario.document import path_text, pieces
from sim.scenario.loader import load_scenario, shipped_folder
from tests.examples import few_or, hold, of_many
from tests.fuzz.files import TEXTS, answer, mutated
from tests.fuzz.pieces import PIECES

MANY = 200


@few_or(MANY)
def test_a_mutated_scenario_is_sound_or_answered_with_its_faults(n_drawn: int, tmp_path: Path) -> None:
    def check(random: Random) -> None:
        (tmp_path / "x.yaml").write_bytes(mutated(random))
        answer(tmp_path / "x.yaml")

    hold(check, n_drawn, st.randoms())


@few_or(MANY)
def test_bytes_are_answered_as_scenario_list_and_catalogue(n_drawn: int, tmp_path: Path) -> None:
    folder = tmp_path / "scenarios"
    (folder / "catalogue").mkdir(parents=True)
    (folder / "x.yaml").write_text(
        "title: t\nuse: [part.yaml]\nlaunches: [{catalogue: 2019-10-02}]\narrangements: {x: a}\ncompare: [x]\n"
        "stages: {a: {delay: {empirical: {file: list.csv, interpolation: step}}, evidence: assumed}}\n"
    )

    def check(text: bytes) -> None:
        for name in ("catalogue/launches.csv", "list.csv", "part.yaml", "bytes.yaml", "bytes.json"):
            (folder / name).write_bytes(text)
        for name in ("bytes.yaml", "bytes.json", "x.yaml"):
            answer(folder / name)

    hold(check, n_drawn, st.binary(max_size=200))


words = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(PIECES).map(
    lambda piece: piece.decode(errors="surrogateescape")
)
resolved = [load_scenario(shipped_folder() / f"{name}.yaml").document for name in ("first-look", "confirmation")]
paths = st.sampled_from([path_text(path) for document in resolved for path, _ in pieces(document) if path])


@of_many(MANY, st.sampled_from(["first-look", "confirmation"]), st.lists(st.tuples(paths | words, words), max_size=4))
def test_overrides_of_the_command_line_are_applied_or_answered(name: str, sets: list[tuple[str, str]]) -> None:
    try:
        given = parse_sets(tuple(f"{path}={value}" for path, value in sets))
    except SimError:
        return
    answer(name, given)


@of_many(MANY, words)
def test_any_name_of_a_scenario_is_found_or_answered(name: str) -> None:
    try:
        find_scenario(name, {})
    except SimError as error:
        click.unstyle(str(error)).encode(errors="surrogateescape")


@pytest.mark.parametrize(
    "name", ["x" * 5_000, "", ".", "/", "..", "/dev/zero", "/proc/self/mem", "a\0b", "\udcff.yaml"]
)
def test_a_name_that_is_no_scenario_file_is_answered(name: str) -> None:
    with pytest.raises(SimError):
        find_scenario(name, {})


def test_every_shipped_scenario_is_among_those_mutated() -> None:
    assert len(TEXTS) > 100
    assert load_scenario(shipped_folder() / "first-look.yaml").name == "first-look"
