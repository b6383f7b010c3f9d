"""Compiled code that is kept is taken if it is whole, and else compiled anew; it never ends a run."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sim.experiment.engines import can_compile
from sim.kernels import cache

if not can_compile():
    pytest.skip("needs Numba", allow_module_level=True)

import numba

from sim.kernels.kept import keep

DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut short": lambda data: data[:100],
    "empty": lambda data: b"",
    "garbage": lambda data: b"\x93garbage" * 50,
    "zeros in the middle": lambda data: data[: len(data) // 2] + bytes(64) + data[len(data) // 2 + 64 :],
}


def alerts_by_columns(x: float) -> float:
    """Called like the loop that is looked for."""
    return x + 1.0


def used(folder: Path) -> tuple[float, int]:
    """What the function gives, and whether its code was taken from the folder."""
    dispatcher: Any = numba.njit(alerts_by_columns)
    keep(dispatcher, folder)
    return dispatcher(1.0), sum(dispatcher.stats.cache_hits.values())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the code of the function is kept."""
    monkeypatch.setattr(cache, "_kept_folder", lambda: tmp_path / "code")
    assert not cache.is_warm([cache.BY_COLUMNS])
    assert used(cache.cache_folder()) == (2.0, 0)
    assert used(cache.cache_folder()) == (2.0, 1)
    assert cache.is_warm([cache.BY_COLUMNS])
    return tmp_path / "code"


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
@pytest.mark.parametrize("kind", ["nbc", "nbi"])
def test_a_spoilt_file_is_made_anew(folder: Path, kind: str, damage: Callable[[bytes], bytes]) -> None:
    (path,) = folder.rglob(f"*.{kind}")
    path.write_bytes(damage(path.read_bytes()))
    assert cache.is_warm([cache.BY_COLUMNS]) == (kind == "nbi")
    assert used(folder) == (2.0, 0)
    assert cache.is_warm([cache.BY_COLUMNS])
    assert used(folder) == (2.0, 1)


@pytest.mark.parametrize("kind", ["nbc", "nbi"])
def test_a_folder_in_place_of_a_file_is_passed_by(folder: Path, kind: str) -> None:
    (path,) = folder.rglob(f"*.{kind}")
    path.unlink()
    path.mkdir()
    assert [used(folder), used(folder)] == [(2.0, 0)] * 2


def test_a_file_in_place_of_the_folder_is_passed_by(folder: Path) -> None:
    (path,) = folder.iterdir()
    path.rename(folder.with_name("aside"))
    path.touch()
    assert used(folder) == (2.0, 0)
    assert not cache.is_warm([cache.BY_COLUMNS])


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="whoever may read all is refused nothing")
def test_what_cannot_be_read_is_passed_by(folder: Path) -> None:
    for path in folder.rglob("*.nb?"):
        path.chmod(0)
    assert used(folder) == (2.0, 0)


def test_where_nothing_can_be_kept_it_is_said_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_kept_folder", lambda: tmp_path / "file" / "code")
    assert cache.not_kept() == ""
    monkeypatch.setattr(cache, "_kept_folder", lambda: tmp_path / "new" / "code")
    (tmp_path / "new").touch()
    assert cache.not_kept().endswith("cannot be written — set XDG_CACHE_HOME to a folder that can")
    assert not cache.is_warm([cache.BY_COLUMNS])
    assert used(cache.cache_folder()) == (2.0, 0)


def test_what_a_network_does_not_run_on_need_not_be_kept(folder: Path) -> None:
    assert cache.is_warm([cache.BY_COLUMNS])
    assert not cache.is_warm([cache.BY_COLUMNS, cache.BY_EVENTS])
