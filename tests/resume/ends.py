"""End a run with workers again and again, and go on each time: ``python -m tests.resume.ends FOLDER SEED N_ENDS``.

By Ctrl-C, by a kill, or by the loss of a worker, in turn, at moments that are those of the seed. Each time it says so
in a line, and what is finished is kept; one that is over by then has the bytes of a run that was not ended. Prints how
many moments there were of each way, as JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from sim.errors import INTERRUPTED, KEPT
from sim.experiment import run as experiment
from sim.store.place import run_path
from sim.store.resume import PARTS, hidden_path
from tests.stored import BLOCK_WORK, SETS, promised_bytes, small_scenario, store

WAYS = ("ctrl-c", "kill", "worker")
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
        """Its workers, and the copy or the server beside it."""
        named = {int(path.parent.name): path for path in Path("/proc").glob("[0-9]*/cmdline")}
        return [pid for pid, path in named.items() if pid != self.process.pid and self._is_ours(pid, path)]

    def _is_ours(self, pid: int, path: Path) -> bool:
        try:
            return os.getsid(pid) == self.process.pid and bool(path.read_bytes())  # one that is over has none
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
    """How many parts are noted; one that was being noted when the run was ended is noted once more as it ends."""
    path = hidden_path(run_path(folder, small_scenario())) / PARTS
    return len({*path.read_bytes().splitlines()}) if path.exists() else 0


def main(folder: Path, seed: int, n_ends: int) -> None:
    experiment.BLOCK_WORK = BLOCK_WORK
    (folder / "script.py").write_text(SCRIPT)
    whole = promised_bytes(store(small_scenario(), folder / "whole").path)
    generator, tried, n_over = random.Random(seed), Counter[str](), 0
    for number in range(n_ends):
        way = WAYS[number % len(WAYS)]
        n_over += is_over_when_ended(folder / str(n_over), way, generator, whole)
        tried[way] += 1
    last = folder / str(n_over)
    assert Command(last).told().count("\n") == 0
    assert promised_bytes(run_path(last, small_scenario())) == whole
    print(json.dumps(tried))


def is_over_when_ended(place: Path, way: str, generator: random.Random, whole: dict[str, str]) -> bool:
    """End a run at some moment, or find it over, with the bytes of one that was not ended."""
    moment_s, n_before = generator.uniform(0, LATEST_S), n_kept(place)
    command = Command(place)
    time.sleep(moment_s)
    command.end(way, generator)
    told = command.told()
    case = (place.name, way, round(moment_s, 2), command.process.returncode, told)
    if run_path(place, small_scenario()).exists():
        assert promised_bytes(run_path(place, small_scenario())) == whole, case
        return True
    assert is_said(way, command.process.returncode, told), case
    assert n_kept(place) >= n_before, case
    return False


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
