"""Stored studies: ``results/<scenario>/<kind>-<digest>/``, whole or not at all, and resumable like runs.

A study asks many settings of one scenario, in one round or several, each asked for once the one before
is known. What it says is a function of their outcomes: a text for the terminal and files. It is named
by the digest of all that was asked for. While it is made, the outcomes of its parts stand in a hidden
folder beside its place, each under the digest of its own settings, so that the same command after
Ctrl-C simulates nothing twice, whatever the rounds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.analysis.outcomes import Outcomes
from sim.analysis.tally import Tally
from sim.experiment.batch import Batch, run_parts
from sim.experiment.execution import Execution
from sim.experiment.run import simulate_typical
from sim.experiment.simulator import Simulator, gathered
from sim.experiment.versions import CODE, versions_for
from sim.model.ranges import Exactly, Position
from sim.model.scenario import Scenario
from sim.store.files import digest, write_whole
from sim.store.parquet import outcome_bytes, read_outcomes
from sim.store.resume import OUTCOMES, RUN, at_work, hidden_path, note_part, put_in_place, start_afresh
from sim.store.run import ANSWER, RESOLVED, is_intact, known_tally, note_files

ASKED = "asked.json"
KEPT = frozenset({RESOLVED, ASKED, ANSWER})


@dataclass(frozen=True)
class Asked:
    """What a study is asked: its kind, the scenario, and all options that its answer depends on, as plain JSON."""

    kind: str
    scenario: Scenario
    options: Mapping[str, Any]

    @property
    def digest(self) -> str:
        """Eight hexadecimal digits that name it."""
        return digest(f"{self.scenario.resolved}{self.text}".encode())[:8]

    @property
    def text(self) -> str:
        return json.dumps({"study": self.kind, **self.options}, ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True)
class Answer:
    """What a study says: the text of the terminal, and its files by name."""

    text: str
    files: Mapping[str, bytes]


@dataclass(frozen=True)
class Stored:
    """A study in its folder."""

    path: Path
    text: str
    was_there: bool


def study_path(folder: Path, asked: Asked) -> Path:
    """Where a study is, or would be."""
    return folder / asked.scenario.name / f"{asked.kind}-{asked.digest}"


def find_study(folder: Path, asked: Asked) -> Stored | None:
    """The study if it is there, whole."""
    path = study_path(folder, asked)
    if not is_intact(path, KEPT):
        return None
    return Stored(path, (path / ANSWER).read_text(encoding="utf-8"), was_there=True)


def discard_interrupted(folder: Path, asked: Asked) -> None:
    """Remove what an interrupted study has left."""
    start_afresh(hidden_path(study_path(folder, asked)))


def answered(
    folder: Path,
    asked: Asked,
    execution: Execution,
    answer: Callable[[Simulator], Answer],
    provenance: Mapping[str, Any],
) -> Stored:
    """Make a study and store it, taking up what an interrupted one has left.

    Parameters
    ----------
    answer : what the study says, given what it may ask to be simulated.
    provenance : what is noted of how it came about, beside the engine.

    Raises
    ------
    StoreError : another process is at it, or what was left was made by another version.
    EngineError : the engine differs from the reference engine; nothing is kept.
    SimError : the replications of the scenario are not drawn one by one.
    """
    path = study_path(folder, asked)
    hidden = hidden_path(path)
    with at_work(hidden, _plan(asked, execution)) as whole:
        run, parts = hidden / RUN, hidden / OUTCOMES
        run.mkdir(exist_ok=True)
        parts.mkdir(exist_ok=True)
        write_whole(run / RESOLVED, asked.scenario.resolved.encode())
        write_whole(run / ASKED, asked.text.encode())
        said = answer(_simulator(folder, hidden, whole, execution))
        write_whole(run / ANSWER, said.text.encode())
        for name, data in said.files.items():
            write_whole(run / name, data)
        note_files(run, sorted(run.iterdir()), {"engine": execution.engine, "code": CODE, **provenance})
        put_in_place(hidden, path, "")
    return Stored(path, said.text, was_there=False)


def _plan(asked: Asked, execution: Execution) -> dict[str, Any]:
    """What must be equal for parts to be put together."""
    return {
        "scenario": digest(asked.scenario.resolved.encode()),
        "study": json.loads(asked.text),
        "versions": versions_for(asked.scenario),
        "engines": [execution.engine],
    }


def _simulator(folder: Path, hidden: Path, whole: frozenset[Path], execution: Execution) -> Simulator:
    """A simulator that keeps the parts of batches, and takes the tally of a stored run where it is there."""

    def tally(scenario: Scenario, n: int) -> Tally:
        return known_tally(folder, scenario, n) or simulate_typical(scenario, n, execution)

    return Simulator(lambda batches: _simulated(batches, hidden, whole, execution), tally, execution)


def _simulated(batches: Sequence[Batch], hidden: Path, whole: frozenset[Path], execution: Execution) -> list[Outcomes]:
    """The outcomes of batches, those parts that are there as they are."""
    execution.begin(sum(batch.n_replications for batch in batches))
    jobs = [batch.jobs() for batch in batches]
    parts = [part for of_batch in jobs for part in of_batch]
    paths = [hidden / OUTCOMES / f"{_name(part)}.parquet" for part in parts]
    missing = [(part, path) for part, path in zip(parts, paths, strict=True) if path not in whole]
    for part, path in zip(parts, paths, strict=True):
        if path in whole:
            execution.watch(part.n_replications)
    made: dict[Path, Outcomes] = {}
    with closing(run_parts([part for part, _ in missing], execution)) as results:
        for (part, path), found in zip(missing, results, strict=True):
            data = outcome_bytes(found)
            write_whole(path, data)
            note_part(hidden, path, data)
            made[path] = found
            execution.watch(part.n_replications)
    return gathered(jobs, [made[path] if path in made else read_outcomes(path) for path in paths])


def _name(part: Batch) -> str:
    """The digest of all that the outcomes of a part depend on beside the versions."""
    settings = [{path: _plain(position) for path, position in setting.items()} for setting in part.settings]
    arms = [[arm.name for arm in part.scenario.arms], part.scenario.contrasts, part.scenario.baseline]
    asked = [part.scenario.resolved, arms, settings, part.n_each, part.n_sections]
    return digest(json.dumps(asked, ensure_ascii=False).encode())[:32]


def _plain(position: Position) -> float | list[float]:
    return [position.value] if isinstance(position, Exactly) else position
