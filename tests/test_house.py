"""The picture of the house is the house."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import sim
from sim.studies import STUDIES

HOUSE = Path(sim.__file__).parent
ROOMS = sorted(path.parent for path in HOUSE.rglob("__init__.py") if path.parent != HOUSE)
SKIPPED = {"__init__.py", "__main__.py", "_shipped", "py.typed"}


def test_the_picture_names_every_room_and_file_of_the_first_level_and_no_other() -> None:
    picture = (sim.__doc__ or "").split("From the ground up::")[1].split("Three ideas")[0]
    drawn = re.findall(r"^    ([\w.]+/?)  ", picture, re.M)
    there = {f"{path.name}/" if path.is_dir() else path.name for path in HOUSE.iterdir() if path.name not in SKIPPED}
    assert {name for name in there if name != "__pycache__/"} == {*drawn}
    assert len(drawn) == len({*drawn})


def test_every_study_is_a_folder_and_every_folder_is_a_study() -> None:
    folders = {path.name for path in (HOUSE / "studies").iterdir() if (path / "__init__.py").exists()}
    assert folders == {*STUDIES, "run"}


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: str(room.relative_to(HOUSE)))
def test_every_room_says_what_it_is_for(room: Path) -> None:
    said = ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8")))
    assert said
    assert len(said.split()) > 10
