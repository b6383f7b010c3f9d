"""Kill a run again and again, and go on each time: ``python -m tests.resume.kills FOLDER SEED N_KILLS``.

Everything is imported once; each start is a copy of this process. Nothing is made to reach the disk, since
a kill loses nothing that the system has taken, unlike a power failure. First kills at random times, those of
the seed, until there were so many; then one kill before each operation on files in turn, so that no
point is left out. Prints what happened as JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from itertools import count, takewhile
from pathlib import Path

from sim.analysis.analyse import analyse
from sim.experiment import run as experiment
from sim.experiment.run import jobs_of, simulate_scenario
from sim.model.scenario import Scenario
from sim.store import workshop
from sim.store.place import run_path
from sim.store.resume import PARTS, hidden_path
from sim.store.run import Extras, Run, is_intact, run_stored
from sim.studies.run.files import write_texts
from tests.stored import promised_bytes, small_scenario

FILE_EVENTS = ("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree")  # audit events of Python
SETS = {"replications": "48", "settings": "{count: 3, replications: 8}"}  # four blocks


def start(scenario: Scenario, folder: Path, n_operations: int | None = None) -> int:
    """Begin or go on in a copy of this process, which kills itself before an operation, if so asked; its id."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return child
    try:
        if n_operations is not None:
            sys.addaudithook(killer(folder, n_operations))
        if not is_intact(run_path(folder, scenario)):
            run_stored(scenario, folder, extras=Extras(dress=dress))
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def dress(path: Path, run: Run) -> None:
    write_texts(path, run)


def killer(folder: Path, n_operations: int) -> object:
    left = iter(range(n_operations))

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event in FILE_EVENTS and str(arguments[0]).startswith(str(folder)) and next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    return hook


def is_killed_after(child: int, seconds: float) -> bool:
    """Let a start run for so long; whether it had to be killed then."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if os.waitpid(child, os.WNOHANG)[0]:
            return False
        time.sleep(0.0005)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def phase(scenario: Scenario, folder: Path) -> str:
    """What a kill hit."""
    final = run_path(folder, scenario)
    if final.exists():
        return "in place"
    n_parts = n_noted(final)
    return "start" if n_parts == 0 else "parts" if n_parts < len(jobs_of(scenario)) else "finish"


def n_noted(final: Path) -> int:
    path = hidden_path(final) / PARTS
    return path.read_bytes().count(b"\n") if path.exists() else 0


def goes_on(scenario: Scenario, folder: Path, whole: dict[str, str]) -> None:
    """Go on to the end: same bytes, and no part that was noted is made again."""
    final = run_path(folder, scenario)
    n_parts, was_there = n_noted(final), final.exists()
    assert os.waitpid(start(scenario, folder), 0)[1] == 0
    assert same(final, whole)
    taken_up = json.loads((final / "provenance.json").read_text())["blocks"]["taken_up"]
    assert was_there or taken_up == n_parts, (taken_up, n_parts)


def same(final: Path, whole: dict[str, str]) -> bool:
    return is_intact(final) and {**promised_bytes(final), "table.md": (final / "table.md").read_text()} == whole


def at_random(scenario: Scenario, folder: Path, whole: dict[str, str], seed: int, n_kills: int) -> Counter[str]:
    """Kill runs at random times, each up to four times before it goes on to the end; what the kills hit."""
    generator, hit = random.Random(seed), Counter[str]()
    longest = 1.2 * uninterrupted_s(scenario, folder / "timed")
    for number in takewhile(lambda _: hit.total() < n_kills, count()):
        place = folder / str(number)
        for _ in range(generator.randint(1, 4)):
            if not is_killed_after(start(scenario, place), generator.uniform(0, longest)):
                break
            hit[phase(scenario, place)] += 1
        goes_on(scenario, place, whole)
    return hit


def uninterrupted_s(scenario: Scenario, folder: Path) -> float:
    started = time.monotonic()
    assert os.waitpid(start(scenario, folder), 0)[1] == 0
    return time.monotonic() - started


def at_each_operation(scenario: Scenario, folder: Path, whole: dict[str, str]) -> Iterator[str]:
    """Kill a run before its first operation on files, another before its second, and so on to the last."""
    for n_operations in count():
        place = folder / str(n_operations)
        if os.waitpid(start(scenario, place, n_operations), 0)[1] == 0:
            return
        yield phase(scenario, place)
        goes_on(scenario, place, whole)


def main(folder: Path, seed: int, n_kills: int) -> None:
    experiment.BLOCK_WORK, workshop.WAIT_S, os.fsync = 16, -1.0, lambda _: None
    scenario = small_scenario(**SETS)
    analyse(scenario, simulate_scenario(scenario).tally)  # loads what is loaded late
    uninterrupted_s(scenario, folder / "whole")
    final = run_path(folder / "whole", scenario)
    whole = {**promised_bytes(final), "table.md": (final / "table.md").read_text()}
    by_chance = at_random(scenario, folder / "random", whole, seed, n_kills)
    each = Counter(at_each_operation(scenario, folder / "each", whole))
    print(json.dumps({"random": by_chance, "each": each}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
