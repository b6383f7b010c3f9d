"""A console of any encoding is answered in what it can show."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.examples import examples


@pytest.mark.parametrize("encoding", examples(("cp949", "cp932", "cp1252", "ascii"), ["cp949"]))
def test_a_command_prints_in_any_encoding(encoding: str) -> None:
    command = [sys.executable, "-m", "sim", "check", "first-look"]
    surroundings = {**os.environ, "PYTHONIOENCODING": encoding, "LANG": "C"}
    done = subprocess.run(command, env=surroundings, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert b"first-look" in done.stdout
    assert done.stdout.decode(encoding)


def test_a_console_of_ascii_gets_no_other_byte() -> None:
    command = [sys.executable, "-m", "sim", "run", "no—such"]
    surroundings = {**os.environ, "PYTHONIOENCODING": "ascii"}
    for arguments in (command, [*command[:3], "list"], [*command[:3], "run", "--help"]):
        done = subprocess.run(arguments, env=surroundings, capture_output=True, check=False)
        assert (done.stdout + done.stderr).isascii()
        assert done.returncode in (0, 2)


def test_our_signs_are_spelt_and_those_of_a_user_are_question_marks() -> None:
    from sim.cli.console import ERRORS, settle

    backend = os.environ.get("MPLBACKEND")
    settle()
    if backend is None:
        del os.environ["MPLBACKEND"]
    assert "a − b → “가”…".encode("ascii", ERRORS) == b'a - b -> "?"...'


FIRST_LOOK = [sys.executable, "-m", "sim", "run", "first-look", "--replications", "20", "--settings", "1"]


def test_faults_of_a_style_file_in_the_folder_are_not_told(tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_text("axes.nonsense: 3\nno colon here\nfont.size: huge\n")
    done = subprocess.run([*FIRST_LOOK, "--quiet", "--out", "o"], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_style_file_that_is_no_text_is_refused_before_anything_is_run(tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_bytes(b"font.size: \xff 3\n")
    done = subprocess.run([*FIRST_LOOK, "--out", "o"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(f"{(tmp_path / 'matplotlibrc').resolve()}: is not UTF-8 text")
    assert not (tmp_path / "o").exists()
