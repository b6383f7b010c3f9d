"""Systems that know no other way to start a process than spawn, and those that lack what POSIX has."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

# A script without a guard, as users write them; jobs go to workers at once, and it tells who started them. Two figures
# are as many as its workers; the others would take most of its time.
SPAWNED = """
import multiprocessing, sys
multiprocessing.set_start_method("spawn")
from sim.experiment import execution, processes
from sim.studies.run import files
files.FIGURES = {name: files.FIGURES[name] for name in ("latency", "difference")}
processes.get_all_start_methods = lambda: ["spawn"]
execution.START_S = 0
started = []
start = multiprocessing.context.SpawnProcess._Popen
multiprocessing.context.SpawnProcess._Popen = staticmethod(lambda process: started.append(1) or start(process))
from sim.cli import cli
cli(sys.argv[1:], standalone_mode=False)
print(len(started))
"""
# What Windows has not got is gone before the program is loaded; libraries have made up their minds by then.
BARE = """
import multiprocessing.connection, os, signal, subprocess, sys
import click, matplotlib.figure, numpy, platformdirs, pyarrow.parquet, pydantic, ruamel.yaml, scipy.stats, simpy
for module in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules[module] = None
for place, name in ((os, "fork"), (os, "sched_getaffinity"), (os, "getuid"), (os, "sysconf"), (os, "killpg"),
                    (signal, "pthread_sigmask"), (signal, "SIGKILL"), (signal, "SIGHUP"), (signal, "SIGALRM")):
    delattr(place, name)
sys.platform = "win32"
from sim.studies.run import files
files.FIGURES = {name: files.FIGURES[name] for name in ("latency", "difference")}
from sim.cli import cli
cli(sys.argv[1:], standalone_mode=False)
"""
RUN = ["run", "first-look", "--replications", "100", "--settings", "2", "--engine", "reference"]
MEDIAN = "stages.us_evaluates.delay.lognormal.median=1 min:8 min:3"
SWEEP = ["sweep", "first-look", "--vary", MEDIAN, "--replications", "20000", "--engine", "columns"]


def told(script: str, folder: Path, arguments: list[str]) -> list[str]:
    """What a script prints that has arguments of the command, in a folder."""
    folder.mkdir(exist_ok=True)
    (folder / "ask.py").write_text(script, encoding="utf-8")
    command = [sys.executable, "ask.py", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def answers(folder: Path) -> dict[str, bytes]:
    """What was stored, but for how it came about."""
    (results,) = (folder / "results" / "first-look").iterdir()
    kept = (path for path in results.rglob("*") if path.is_file() and path.name != "provenance.json")
    return {path.relative_to(results).as_posix(): path.read_bytes() for path in kept}


@pytest.mark.parametrize("asked", [RUN, pytest.param(SWEEP, marks=pytest.mark.slow)], ids=["run", "sweep"])
def test_spawned_workers_give_the_same_bytes(asked: list[str], tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    assert told(SPAWNED, one, [*asked, "--workers", "1"])[-1] == "0"
    assert told(SPAWNED, two, [*asked, "--workers", "2"])[-1] in ("2", "4")  # of one pool, or two
    assert answers(one) == answers(two)


@pytest.mark.slow
def test_a_run_needs_nothing_that_windows_lacks(tmp_path: Path) -> None:
    few = ["run", "first-look", "--replications", "20", "--settings", "1", "--workers", "1", "--engine", "reference"]
    for script, folder in ((BARE, tmp_path / "bare"), (SPAWNED, tmp_path / "whole")):
        told(script, folder, few)
    assert answers(tmp_path / "bare") == answers(tmp_path / "whole")
    (provenance,) = (tmp_path / "bare").rglob("provenance.json")
    assert not any("\\" in name for name in json.loads(provenance.read_text(encoding="utf-8"))["files"])
