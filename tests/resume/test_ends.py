"""A run with workers that is ended at any moment, or loses one, says so in a line, keeps what is finished, and goes on.

Moments are those of a seed. ``ENDS=200`` takes so many, a few are taken unless it is given.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim.errors import INTERRUPTED, KEPT
from sim.store.resume import PARTS, hidden_path
from sim.store.run import run_path
from tests.stored import BLOCK_WORK, SETS, promised_bytes, small_scenario, store

SEED, N_ENDS = 20161123, int(os.environ.get("ENDS", "9"))
LATEST_S = 4.0  # of a run that takes about as long
# the command, of many small blocks, whose workers start at once
SCRIPT = f"""
from sim.experiment import execution, run
run.BLOCK_WORK, execution.START_S = {BLOCK_WORK}, 0.0
from sim.__main__ import main
print("begun", flush=True)
main()
"""
ORDER = [f"--{name}={value}" for name, value in (("replications", SETS["replications"]), ("engine", "reference"))]
ORDER += ["--set", f"settings={SETS['settings']}", "--workers=2", "--quiet"]


class Command:
    """A run in a session of its own."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, folder.parent / "script.py", "run", "first-look", *ORDER, "--out", folder],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "begun\n"

    def others(self) -> list[int]:
        """Its server and workers."""
        named = {int(path.parent.name): path for path in Path("/proc").glob("[0-9]*/cmdline")}
        return [pid for pid, path in named.items() if pid != self.process.pid and self._is_ours(pid, path)]

    def _is_ours(self, pid: int, path: Path) -> bool:
        try:
            return os.getsid(pid) == self.process.pid and b"forkserver" in path.read_bytes()
        except (ProcessLookupError, FileNotFoundError):
            return False

    def end(self, way: str, generator: random.Random) -> None:
        if way == "ctrl-c":
            os.killpg(self.process.pid, signal.SIGINT)
        elif way == "kill":
            self.process.kill()
        elif others := self.others():
            os.kill(generator.choice(others), signal.SIGKILL)

    def told(self) -> str:
        told = self.process.communicate(timeout=120)[1].rstrip("\n")
        deadline = time.monotonic() + 20
        while self.others():
            assert time.monotonic() < deadline, "workers are left"
            time.sleep(0.05)
        return told


def is_said(way: str, code: int, told: str) -> bool:
    """Whether a run that was ended says so as it should; one that was over already says nothing."""
    if way == "kill":
        return code == -signal.SIGKILL and not told
    if way == "ctrl-c":
        return (code, told) == (130, INTERRUPTED)
    return (
        code == 2 and told.startswith("a worker process was ended from outside") and KEPT in told and "\n" not in told
    )


def n_kept(folder: Path) -> int:
    path = hidden_path(run_path(folder, small_scenario())) / PARTS
    return path.read_bytes().count(b"\n") if path.exists() else 0


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks for processes in /proc")
def test_a_run_with_workers_ended_at_any_moment_goes_on_and_ends_with_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.experiment.run.BLOCK_WORK", BLOCK_WORK)
    (tmp_path / "script.py").write_text(SCRIPT)
    whole = promised_bytes(store(small_scenario(), tmp_path / "whole").path)
    generator, n_over = random.Random(SEED), 0
    for number in range(N_ENDS):
        way, moment_s = ("ctrl-c", "kill", "worker")[number % 3], generator.uniform(0, LATEST_S)
        folder = tmp_path / str(n_over)
        n_before = n_kept(folder)
        command = Command(folder)
        time.sleep(moment_s)
        command.end(way, generator)
        told = command.told()
        case = (number, way, round(moment_s, 2), command.process.returncode, told)
        if run_path(folder, small_scenario()).exists():
            assert promised_bytes(run_path(folder, small_scenario())) == whole, case
            n_over += 1
        else:
            assert is_said(way, command.process.returncode, told), case
            assert n_kept(folder) >= n_before, case
    folder = tmp_path / str(n_over)
    assert Command(folder).told().count("\n") == 0
    assert promised_bytes(run_path(folder, small_scenario())) == whole
