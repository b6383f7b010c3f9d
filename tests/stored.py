"""A run small enough to be made often, of many blocks, and the bytes that it promises."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from sim.experiment.bands import find_bands
from sim.experiment.execution import Execution
from sim.experiment.work import find_work
from sim.model.ranges import Range
from sim.model.scenario import Scenario
from sim.scenario.loader import load_scenario, shipped_folder
from sim.store.place import run_path
from sim.store.resume import hidden_path
from sim.store.run import Extras, Run, run_stored
from sim.studies.run.files import write_texts
from sim.studies.run.reverses import plain_reverses
from sim.units import QuantityKind, exact_text

BLOCK_WORK = 300  # in place of 16,000, so that there are many blocks
N_BLOCKS = 33  # 12,000 replications of one launch at a 32nd a block, and one block of the 8 other settings
TEXTS = ("table.md", "summary.csv")  # what people read beside it
PROMISED = ("scenario.json", "summary.json", "tally.parquet", "reverses.json", "bands.json")
SETS = {"replications": "12000", "settings": "{count: 9, replications: 8}"}


def small_scenario(**sets: str) -> Scenario:
    return load_scenario(shipped_folder() / "first-look.yaml", {**SETS, **sets})


def with_few_unknown(name: str, unknown: Collection[str], sets: Mapping[str, str]) -> Scenario:
    """A shipped scenario with a few of its ranges and the others' working values, so that its bands are soon found."""
    path = shipped_folder() / f"{name}.yaml"
    known = {one.path: _typical(one) for one in load_scenario(path).ranges() if one.path not in unknown}
    return load_scenario(path, {**sets, **known})


def _typical(one: Range) -> str:
    """The working value as a file has it."""
    kinds: dict[str, QuantityKind] = {"capacity": "number", "probability": "share", "median": "time"}
    return exact_text(kinds[one.path.rpartition(".")[2]], one.typical)


def store(
    scenario: Scenario, folder: Path, how: Execution = Execution(), say: Callable[[Run], None] = lambda _: None
) -> Run:
    """Run and store, without figures."""
    return run_stored(scenario, folder, how, Extras(say, write_texts, plain_reverses, find_bands, find_work))


def promised_bytes(path: Path) -> dict[str, str]:
    """Digests of the files that do not depend on where or how a run was made, by name."""
    files = [*(path / name for name in PROMISED), *sorted(path.glob("alerts/*"))]
    return {file.name: sha256(file.read_bytes()).hexdigest() for file in files}


def interrupt(scenario: Scenario, folder: Path, n_done: int, how: Execution = Execution()) -> Path:
    """Begin to run and store, and stop after so many blocks; the hidden folder that is left."""
    done: list[int] = []

    def stop(n_replications: int) -> None:
        done.append(n_replications)
        if len(done) == n_done:
            raise KeyboardInterrupt

    with suppress(KeyboardInterrupt):
        store(scenario, folder, replace(how, watch=stop))
    return hidden_path(run_path(folder, scenario))
