"""Stored runs: ``results/<scenario>/<run>/``, whole or not at all, and resumable.

A run is named by the digest of its resolved scenario. While it runs, its parts stand in a hidden
folder beside its place (`sim.resume`); when all are there the folder is renamed. The same command
after Ctrl-C takes up the parts that are whole.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.analysis.branch import StageSums
from sim.analysis.results import Alerts, Results, analyse
from sim.engines.contract import NEVER
from sim.errors import ScenarioError, StoreError
from sim.experiment.pools import Where
from sim.experiment.run import Job, Part, assemble, jobs_of, run_jobs
from sim.files import digest, file_digest, write_whole
from sim.model.scenario import Scenario
from sim.resume import RUN, at_work, has_parts, hidden_path, note_part, plan_of, put_in_place, start_afresh
from sim.scenario.changes import changes
from sim.scenario.loader import load_scenario

RESOLVED, SUMMARY, PROVENANCE, ALERTS = "scenario.json", "summary.json", "provenance.json", "alerts"
_SUMS = b"stage_sums"


@dataclass(frozen=True, eq=False)
class Run:
    """A stored run: the scenario, every alert latency, what they say, and how they came about."""

    path: Path
    scenario: Scenario
    alerts: Alerts
    results: Results
    provenance: Mapping[str, Any]

    @property
    def digest(self) -> str:
        return self.path.name


def run_digest(scenario: Scenario) -> str:
    """Eight hexadecimal digits that name a run: of the resolved scenario and nothing else."""
    return digest(resolved_text(scenario).encode())[:8]


def resolved_text(scenario: Scenario) -> str:
    """The scenario as resolved: JSON that is itself a scenario file."""
    return json.dumps(scenario.document, ensure_ascii=False, indent=1) + "\n"


def run_path(folder: Path, scenario: Scenario) -> Path:
    """Where a run of this scenario is, or would be."""
    return folder / scenario.name / run_digest(scenario)


class Workshop:
    """The hidden folder of a run in the making: finished parts, then the files of the whole."""

    def __init__(self, folder: Path, scenario: Scenario, whole: frozenset[Path] = frozenset()) -> None:
        self.scenario = scenario
        self.final = run_path(folder, scenario)
        self.hidden = hidden_path(self.final)
        self.path = self.hidden / RUN
        self.whole = whole
        (self.path / ALERTS).mkdir(parents=True, exist_ok=True)

    def has(self, job: Job) -> bool:
        """Whether an interrupted run has left this part, whole."""
        return self._file(job) in self.whole

    def add(self, part: Part) -> None:
        sink = pa.BufferOutputStream()
        pq.write_table(part_table(self.scenario, part), sink)
        data, path = sink.getvalue().to_pybytes(), self._file(part.job)
        write_whole(path, data)
        note_part(self.hidden, path, data)

    def read(self, job: Job) -> Part:
        return read_part(self.scenario, job, self._file(job))

    def _file(self, job: Job) -> Path:
        return self.path / ALERTS / f"{job.name}.parquet"

    def finish(self, provenance: Mapping[str, Any]) -> Path:
        """Note what the files are, and put the folder in its place."""
        files = {str(path.relative_to(self.path)): file_digest(path) for path in _result_files(self.path)}
        text = json.dumps({**provenance, "files": files}, indent=1, ensure_ascii=False) + "\n"
        write_whole(self.path / PROVENANCE, text.encode())
        put_in_place(self.hidden, self.final)
        return self.final


@contextmanager
def workshop(folder: Path, scenario: Scenario, jobs: Sequence[Job]) -> Iterator[Workshop]:
    """The workshop of a scenario, for one process at a time; it takes up what an interrupted run left.

    Raises
    ------
    StoreError : another process is at it, or the blocks in it were made by another version or cut otherwise.
    """
    hidden = hidden_path(run_path(folder, scenario))
    with at_work(hidden, plan_of(resolved_text(scenario), jobs)) as whole:
        yield Workshop(folder, scenario, whole)


def discard_interrupted(folder: Path, scenario: Scenario) -> None:
    """Remove what an interrupted run of this scenario left."""
    start_afresh(hidden_path(run_path(folder, scenario)))


def check_resumable(folder: Path, scenario: Scenario) -> None:
    """Whether an interrupted run of this very scenario is there.

    Raises
    ------
    StoreError : none is; names what differs from those of other scenarios of the same name.
    """
    hidden = hidden_path(run_path(folder, scenario))
    if has_parts(hidden):
        return
    lines = [f"{hidden.parent}: there is no interrupted run of this scenario — run without --resume to begin it"]
    for other in sorted(hidden.parent.glob(hidden_path(Path("*")).name)):
        if has_parts(other) and (other / RUN / RESOLVED).is_file():
            old = json.loads((other / RUN / RESOLVED).read_text(encoding="utf-8"))
            lines.append(f"{other.name} is one that differs: {', '.join(changes(old, scenario.document))}")
    raise StoreError("\n".join(lines))


def _result_files(path: Path) -> list[Path]:
    """The files that the digest promises: same job, same bytes."""
    return [path / RESOLVED, path / SUMMARY, *sorted((path / ALERTS).glob("*.parquet"))]


def part_table(scenario: Scenario, part: Part) -> pa.Table:
    """One row an arm, setting, replication and launch; the latency is null if no alert came."""
    names = [arm.name for arm in scenario.arms]
    latency = np.stack([part.latency[name] for name in names])
    arm, setting, replication, launch = np.indices(latency.shape).reshape(4, -1)
    flat = latency.ravel()
    table = pa.table(
        {
            "arm": pa.DictionaryArray.from_arrays(pa.array(arm, pa.int32()), pa.array(names)),
            "setting": pa.array(np.array(part.job.settings)[setting], pa.int32()),
            "replication": pa.array(replication + part.job.start, pa.int64()),
            "launch": pa.array(launch, pa.int32()),
            "latency_us": pa.array(flat, pa.int64(), mask=flat == NEVER),
        }
    )
    sums = {name: asdict(one) for name, one in part.stages.items()}
    return table.replace_schema_metadata({_SUMS: json.dumps(sums).encode()})


def read_part(scenario: Scenario, job: Job, path: Path) -> Part:
    """A part as it was written."""
    try:
        table = pq.read_table(path)
        flat = table.column("latency_us").fill_null(NEVER).to_numpy()
        stored = json.loads((table.schema.metadata or {})[_SUMS])
        shape = (len(scenario.arms), len(job.settings), job.stop - job.start, len(scenario.launch_keys()))
        latency = flat.reshape(shape)
    except (OSError, KeyError, ValueError, pa.ArrowException) as error:
        raise StoreError(
            f"{path}: is damaged ({error}) — delete the folder {path.parent.parent} and run again"
        ) from None
    sums = {name: _sums(one) for name, one in stored.items()}
    return Part(job, {arm.name: latency[i] for i, arm in enumerate(scenario.arms)}, sums)


def _sums(stored: dict[str, Any]) -> StageSums:
    lists = {name: tuple(stored[name]) for name in ("n", "wait_us", "hold_us")}
    return StageSums(n_alerts=stored["n_alerts"], fallback_us=stored["fallback_us"], **lists)


def is_intact(path: Path) -> bool:
    """Whether every file that the provenance promises is there, byte for byte."""
    try:
        files = json.loads((path / PROVENANCE).read_text(encoding="utf-8"))["files"]
        return bool(files) and all(file_digest(path / name) == digest for name, digest in files.items())
    except (OSError, KeyError, ValueError):
        return False


def load_run(path: Path | str) -> Run:
    """A stored run, its arrays and its results.

    Raises
    ------
    StoreError : the folder is no run, or a file is missing or not what it was.
    """
    path = Path(path)
    if not (path / PROVENANCE).is_file():
        raise StoreError(f"{path}: is not a stored run — give a folder such as results/first-look/1f3a9c2e")
    if not is_intact(path):
        raise StoreError(f"{path}: a file is missing or has changed since it was written — run the scenario again")
    try:
        scenario = load_scenario(path / RESOLVED)
    except ScenarioError as error:
        raise StoreError(f"{path}: its scenario is not one of this version: {error}") from None
    parts = [read_part(scenario, job, path / ALERTS / f"{job.name}.parquet") for job in jobs_of(scenario)]
    alerts = assemble(scenario, parts)
    provenance = json.loads((path / PROVENANCE).read_text(encoding="utf-8"))
    return Run(path, scenario, alerts, analyse(scenario, alerts), provenance)


def summary_text(scenario: Scenario, results: Results) -> str:
    """The results as JSON: times in microseconds, null where there is no value."""
    plain = {"scenario": scenario.name, "digest": run_digest(scenario), **asdict(results)}
    return json.dumps(_without_nan(plain), indent=1, ensure_ascii=False) + "\n"


def _without_nan(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nan(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nan(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def run_stored(
    scenario: Scenario,
    folder: Path,
    where: Where,
    watch: Callable[[Job], None],
    dress: Callable[[Path, Scenario, Alerts, Results], None],
    provenance: Mapping[str, Any],
) -> Run:
    """Run a scenario and store it, taking up what an interrupted run has left.

    ``watch`` sees every job that is done; ``dress`` adds tables and figures to the folder.

    Raises
    ------
    StoreError : another process is at this run, or what was left was made by another version or cut otherwise.
    """
    jobs = jobs_of(scenario)
    with workshop(folder, scenario, jobs) as shop:
        write_whole(shop.path / RESOLVED, resolved_text(scenario).encode())
        _make_parts(shop, jobs, where, watch)
        alerts = assemble(scenario, [shop.read(job) for job in jobs])
        results = analyse(scenario, alerts)
        write_whole(shop.path / SUMMARY, summary_text(scenario, results).encode())
        dress(shop.path, scenario, alerts, results)
        noted = {**provenance, "blocks": {"all": len(jobs), "taken_up": sum(map(shop.has, jobs))}}
        return Run(shop.finish(noted), scenario, alerts, results, noted)


def _make_parts(shop: Workshop, jobs: Sequence[Job], where: Where, watch: Callable[[Job], None]) -> None:
    for job in filter(shop.has, jobs):
        watch(job)
    with closing(run_jobs(shop.scenario, [job for job in jobs if not shop.has(job)], where)) as parts:
        for part in parts:
            shop.add(part)
            watch(part.job)
