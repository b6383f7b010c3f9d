"""Stored runs: ``results/<scenario>/<run>/``, whole or not at all, and resumable.

A run is named by the digest of its resolved scenario. While it runs, its parts stand in a hidden
folder beside its place; when all are there the folder is renamed. The same command after Ctrl-C
takes up the parts that are whole.
"""

from __future__ import annotations

import json
import math
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
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
from sim.model.scenario import Scenario
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
    return sha256(resolved_text(scenario).encode()).hexdigest()[:8]


def resolved_text(scenario: Scenario) -> str:
    """The scenario as resolved: JSON that is itself a scenario file."""
    return json.dumps(scenario.document, ensure_ascii=False, indent=1) + "\n"


def run_path(folder: Path, scenario: Scenario) -> Path:
    """Where a run of this scenario is, or would be."""
    return folder / scenario.name / run_digest(scenario)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that appears whole or not at all."""
    beside = path.with_name(f".{path.name}.partial")
    beside.write_bytes(data)
    os.replace(beside, path)


class Workshop:
    """The hidden folder of a run in the making: finished parts, then the files of the whole."""

    def __init__(self, folder: Path, scenario: Scenario) -> None:
        self.scenario = scenario
        self.final = run_path(folder, scenario)
        self.path = self.final.with_name(f".{self.final.name}.partial")
        try:
            (self.path / ALERTS).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"{self.path}: cannot be made ({error.strerror}) — choose another folder with --out"
            ) from None

    def has(self, job: Job) -> bool:
        return self._file(job).exists()

    def add(self, part: Part) -> None:
        beside = self.path / ".part"
        pq.write_table(part_table(self.scenario, part), beside)
        os.replace(beside, self._file(part.job))

    def read(self, job: Job) -> Part:
        return read_part(self.scenario, job, self._file(job))

    def _file(self, job: Job) -> Path:
        return self.path / ALERTS / f"{job.name}.parquet"

    def finish(self, provenance: Mapping[str, Any]) -> Path:
        """Note what the files are, and put the folder in its place."""
        files = {str(path.relative_to(self.path)): _file_digest(path) for path in _result_files(self.path)}
        text = json.dumps({**provenance, "files": files}, indent=1, ensure_ascii=False) + "\n"
        write_whole(self.path / PROVENANCE, text.encode())
        if self.final.exists():
            shutil.rmtree(self.final)
        os.replace(self.path, self.final)
        return self.final


def _result_files(path: Path) -> list[Path]:
    """The files that the digest promises: same job, same bytes."""
    return [path / RESOLVED, path / SUMMARY, *sorted((path / ALERTS).glob("*.parquet"))]


def _file_digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


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
        return bool(files) and all(_file_digest(path / name) == digest for name, digest in files.items())
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
    """
    workshop = Workshop(folder, scenario)
    jobs = jobs_of(scenario)
    missing = [job for job in jobs if not workshop.has(job)]
    for job in jobs:
        if job not in missing:
            watch(job)
    for part in run_jobs(scenario, missing, where):
        workshop.add(part)
        watch(part.job)
    alerts = assemble(scenario, [workshop.read(job) for job in jobs])
    results = analyse(scenario, alerts)
    write_whole(workshop.path / RESOLVED, resolved_text(scenario).encode())
    write_whole(workshop.path / SUMMARY, summary_text(scenario, results).encode())
    dress(workshop.path, scenario, alerts, results)
    return Run(workshop.finish(provenance), scenario, alerts, results, provenance)
