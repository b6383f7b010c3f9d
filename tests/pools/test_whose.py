"""Workers run the code of the process that asks, whatever lies in the folder one stands in or where they run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim.errors import PoolError
from sim.experiment.pools import refuse_others
from sim.experiment.versions import CODE, versions
from sim.sources import HOME, code_digest, sources_digest
from tests.examples import examples
from tests.pools.copies import copied

# what the command does, as a script that is not in the folder one stands in; it has no guard, and says when it runs
SCRIPT = """
from sim.experiment.pools import pool
print("begun")
with pool(2) as workers:
    for name in ("sim.experiment.run", "sim.plots.render", "queue", "numpy", "matplotlib"):
        print(workers.executor.submit(eval, f"__import__('importlib').import_module('{name}').__file__").result())
"""
TAKEN = "raise SystemExit('taken from the folder one stands in')"


def output_of(script: Path, folder: Path) -> str:
    return subprocess.run([sys.executable, script], capture_output=True, text=True, check=True, cwd=folder).stdout


@pytest.mark.parametrize(
    "name",
    examples(
        ("sim.py", "sim/__init__.py", "queue.py", "numpy.py", "matplotlib.py", "socket.py"),
        ["sim/__init__.py", "queue.py"],
    ),
)
def test_workers_take_nothing_from_the_folder_one_stands_in(name: str, tmp_path: Path) -> None:
    script, folder = tmp_path / "bin" / "ask.py", tmp_path / "here"
    for path, text in ((script, SCRIPT), (folder / name, TAKEN)):
        path.parent.mkdir(parents=True)
        path.write_text(text)
    begun, *files = output_of(script, folder).splitlines()
    assert begun == "begun"  # once: the script is not run again
    assert len(files) == 5
    assert not any(Path(file).is_relative_to(tmp_path) for file in files)
    assert Path(files[0]) == HOME / "experiment" / "run.py"


@pytest.mark.parametrize("name", ["queue.py", "numpy.py", "click.py"])
def test_the_command_as_a_module_takes_no_library_from_the_folder(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(TAKEN)
    command = [sys.executable, "-m", "sim", "check", "first-look"]
    told = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (told.returncode, told.stdout[:17]) == (0, "first-look: sound"), told.stderr


def test_no_plugin_of_a_library_has_a_say_in_what_a_file_means(tmp_path: Path) -> None:
    kept = tmp_path / "other-1.0.dist-info"
    kept.mkdir()
    (kept / "METADATA").write_text("Metadata-Version: 2.1\nName: other\nVersion: 1.0\n")
    (kept / "entry_points.txt").write_text("[pydantic]\nother = other:plugin\n")
    (tmp_path / "other.py").write_text(TAKEN)
    command = [sys.executable, "-m", "sim", "check", "first-look"]
    there = {**os.environ, "PYTHONPATH": os.pathsep.join((str(HOME.parent), str(tmp_path)))}
    told = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, env=there)
    assert (told.returncode, told.stdout[:17]) == (0, "first-look: sound"), told.stderr


def test_one_changed_line_changes_the_digest_of_the_code_and_a_line_end_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = copied(tmp_path)
    monkeypatch.setattr("sim.sources.HOME", other)
    assert code_digest() == CODE
    changed = other / "experiment" / "simulate.py"
    changed.write_bytes(changed.read_bytes().replace(b"\n", b"\r\n"))
    assert code_digest() == CODE
    changed.write_bytes(changed.read_bytes() + b"# one more line\n")
    assert code_digest() != CODE
    (other / "new.py").touch()
    assert sources_digest([other / "new.py"]) != sources_digest([other / "new.py"], "with a compiler")


def test_other_code_refuses_to_work_and_says_where_it_lies() -> None:
    refuse_others(versions())
    with pytest.raises(PoolError, match=rf"a worker, whose code is in {HOME}, has code {CODE}, not 0000 — install the"):
        refuse_others({**versions(), "code": "0000"})
