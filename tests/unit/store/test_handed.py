"""What a user has is not replaced by what a user asks for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sim.errors import SimError
from sim.store.handed import hand_out

FILES = {"answer.md": b"new", "answer.csv": b"1"}


def test_files_are_written_and_the_same_ones_again(tmp_path: Path) -> None:
    for _ in range(2):
        made = hand_out(tmp_path / "new" / "folder", FILES, "--again")
        assert {path.name: path.read_bytes() for path in made} == FILES


def test_another_file_is_replaced_only_if_that_is_asked_for_and_nothing_is_half_done(tmp_path: Path) -> None:
    (tmp_path / "answer.csv").write_bytes(b"of a month")
    with pytest.raises(SimError, match=r"answer\.csv: is there already, and is another — .* or again=True to replace"):
        hand_out(tmp_path, FILES, "again=True")
    assert [path.name for path in tmp_path.iterdir()] == ["answer.csv"]
    hand_out(tmp_path, FILES, "")
    assert (tmp_path / "answer.csv").read_bytes() == b"1"


def test_a_link_stays_one_and_what_it_leads_to_is_judged(tmp_path: Path) -> None:
    (tmp_path / "answer.md").symlink_to("kept.md")
    (tmp_path / "kept.md").write_bytes(b"of a month")
    with pytest.raises(SimError, match="is there already"):
        hand_out(tmp_path, FILES, "--again")
    hand_out(tmp_path, FILES, "")
    assert (tmp_path / "answer.md").is_symlink()
    assert (tmp_path / "kept.md").read_bytes() == b"new"


@pytest.mark.parametrize("again", ["--again", ""])
def test_what_is_no_ordinary_file_is_never_replaced(again: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "answer.md")
    (tmp_path / "link").mkdir()
    (tmp_path / "link" / "answer.md").symlink_to(os.devnull)
    for folder in (tmp_path, tmp_path / "link"):
        with pytest.raises(SimError, match="is no ordinary file — give another name"):
            hand_out(folder, FILES, again)
    (tmp_path / "other" / "answer.md").mkdir(parents=True)
    with pytest.raises(SimError, match="is a folder — give another name"):
        hand_out(tmp_path / "other", FILES, again)


def test_a_folder_that_cannot_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(SimError, match=r"cannot be made .* — give another place"):
            hand_out(folder, FILES, "")
