"""Stored runs: ``results/<scenario>/<run>/``, whole or not at all, and resumable.

A run is named by the digest of its resolved scenario. While it runs, what is finished stands in a
hidden folder beside its place; when all is there the folder is renamed. The same command after Ctrl-C
takes up what is finished: the parts of a run that keeps its paths; of one that keeps a summary the
tally so far, one file that names the jobs in it. Memory does not grow with replications either way.
"""

from __future__ import annotations

import json
import math
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, get_args

import pyarrow.parquet as pq

from sim.analysis.refine import refined
from sim.analysis.results import Alerts, Results, analyse
from sim.analysis.tally import NOTHING, Reports, Tally
from sim.errors import ScenarioError, StoreError
from sim.experiment.run import Job, Keep, Part, jobs_of, reports_of, run_jobs
from sim.model.scenario import Scenario
from sim.scenario.loader import load_scenario
from sim.tables import ALERTS, part_path, part_table, read_latencies, read_part, read_tally, stored_alerts, tally_table

RESOLVED, SUMMARY, TALLY, PROVENANCE = "scenario.json", "summary.json", "tally.parquet", "provenance.json"
SO_FAR = "so-far.parquet"
SAVE_EVERY_S = 30  # what a summary loses at most when it is killed; Ctrl-C loses nothing


@dataclass(frozen=True, eq=False)
class Run:
    """A run: the scenario, its alerts, what they say, and how they came about.

    Of a stored run latencies are read when they are asked for, which is an error where only a summary
    was kept.
    """

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
    """The hidden folder of a run in the making: what is finished, then the files of the whole."""

    def __init__(self, folder: Path, scenario: Scenario, keep: Keep) -> None:
        self.scenario, self.keep = scenario, keep
        self.final = run_path(folder, scenario)
        self.path = self._path(keep)
        self._counted: list[str] = []
        self._held = NOTHING, 0
        self._saved = time.monotonic()
        try:
            (self.path / ALERTS if keep == "paths" else self.path).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"{self.path}: cannot be made ({error.strerror}) — choose another folder with --out"
            ) from None

    def _path(self, keep: Keep) -> Path:
        return self.final.with_name(f".{self.final.name}.{keep}.partial")

    @property
    def tally(self) -> Tally:
        return self._held[0]

    def take_up(self, jobs: tuple[Job, ...]) -> list[Job]:
        """Count what an interrupted run has left; returns the jobs that are missing."""
        if self.keep == "summary":
            return self._take_up_tally(jobs)
        is_there = {job: part_path(self.path, job).exists() for job in jobs}
        for job in (job for job in jobs if is_there[job]):
            self._count(job, read_part(self.scenario, job, part_path(self.path, job)).tally)
        return [job for job in jobs if not is_there[job]]

    def _take_up_tally(self, jobs: tuple[Job, ...]) -> list[Job]:
        if not (self.path / SO_FAR).exists():
            return list(jobs)
        tally, done = read_tally(self.path / SO_FAR)
        if not done <= {job.name for job in jobs}:
            return list(jobs)  # of a version that cut the work otherwise
        self._counted, self._held = sorted(done), (tally, len(done))
        return [job for job in jobs if job.name not in done]

    def add(self, part: Part) -> None:
        if self.keep == "paths":
            beside = self.path / ".part"
            pq.write_table(part_table(self.scenario, part), beside)
            os.replace(beside, part_path(self.path, part.job))
        self._count(part.job, part.tally)
        if self.keep == "summary" and time.monotonic() > self._saved + SAVE_EVERY_S:
            self.save()

    def _count(self, job: Job, tally: Tally) -> None:
        """In one assignment at the end: an interrupt finds a tally and just the jobs that are in it."""
        self._counted.append(job.name)
        self._held = self.tally + tally, len(self._counted)

    def save(self) -> None:
        """Keep a summary as far as it has come."""
        tally, n_counted = self._held
        if self.keep == "summary" and n_counted:
            write_tally(self.path / SO_FAR, tally, self._counted[:n_counted])
        self._saved = time.monotonic()

    def reports(self, jobs: tuple[Job, ...]) -> Iterator[Reports]:
        """All latencies again, job by job."""
        for job in jobs:
            yield from reports_of(self.scenario, job, read_latencies(self.scenario, job, part_path(self.path, job)))

    def finish(self, provenance: Mapping[str, Any]) -> Path:
        """Note what the files are, and put the folder in its place."""
        files = {str(path.relative_to(self.path)): _file_digest(path) for path in _result_files(self.path)}
        text = json.dumps({**provenance, "files": files}, indent=1, ensure_ascii=False) + "\n"
        write_whole(self.path / PROVENANCE, text.encode())
        (self.path / SO_FAR).unlink(missing_ok=True)
        if self.final.exists():
            shutil.rmtree(self.final)
        os.replace(self.path, self.final)
        for keep in get_args(Keep):
            shutil.rmtree(self._path(keep), ignore_errors=True)
        return self.final


def write_tally(path: Path, tally: Tally, done: list[str]) -> None:
    """Write a tally, and the names of the jobs that are in it where others are missing."""
    beside = path.with_name(f".{path.name}.partial")
    pq.write_table(tally_table(tally, done), beside)
    os.replace(beside, path)


def _result_files(path: Path) -> list[Path]:
    """The files that the digest promises: same job, same bytes."""
    return [path / RESOLVED, path / SUMMARY, path / TALLY, *sorted((path / ALERTS).glob("*.parquet"))]


def _file_digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def is_intact(path: Path) -> bool:
    """Whether every file that the provenance promises is there, byte for byte."""
    try:
        files = json.loads((path / PROVENANCE).read_text(encoding="utf-8"))["files"]
        is_whole = {RESOLVED, SUMMARY, TALLY} <= files.keys()
        return is_whole and all(_file_digest(path / name) == digest for name, digest in files.items())
    except (OSError, KeyError, ValueError):
        return False


def has_kept(path: Path, keep: Keep) -> bool:
    """Whether a run has what is asked to be kept, or more."""
    return json.loads((path / PROVENANCE).read_text(encoding="utf-8"))["keep"] in ("paths", keep)


def load_run(path: Path | str) -> Run:
    """A stored run and its results; latencies are read when they are asked for.

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
    alerts = stored_alerts(path, scenario, read_tally(path / TALLY)[0])
    provenance = json.loads((path / PROVENANCE).read_text(encoding="utf-8"))
    return Run(path, scenario, alerts, analyse(scenario, alerts.tally), provenance)


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
    n_workers: int,
    watch: Callable[[Job], None],
    dress: Callable[[Path, Scenario, Alerts, Results], None],
    provenance: Mapping[str, Any],
    keep: Keep = "paths",
) -> Run:
    """Run a scenario and store it, taking up what an interrupted run has left.

    ``watch`` sees every job that is done; ``dress`` adds tables and figures to the folder; ``keep``
    says whether latencies are stored, so that quantiles are exact, or a summary alone.
    """
    workshop = Workshop(folder, scenario, keep)
    tally = _simulated(workshop, n_workers, watch)
    results = analyse(scenario, tally)
    write_whole(workshop.path / RESOLVED, resolved_text(scenario).encode())
    write_whole(workshop.path / SUMMARY, summary_text(scenario, results).encode())
    write_tally(workshop.path / TALLY, tally, [])
    dress(workshop.path, scenario, stored_alerts(workshop.path, scenario, tally), results)
    told = {**provenance, "keep": keep}
    path = workshop.finish(told)
    return Run(path, scenario, stored_alerts(path, scenario, tally), results, told)


def _simulated(workshop: Workshop, n_workers: int, watch: Callable[[Job], None]) -> Tally:
    """The tally of a whole run, exact where paths are kept."""
    jobs = jobs_of(workshop.scenario)
    missing = workshop.take_up(jobs)
    for job in set(jobs) - set(missing):
        watch(job)
    try:
        for part in run_jobs(workshop.scenario, missing, n_workers, workshop.keep):
            workshop.add(part)
            watch(part.job)
    finally:
        workshop.save()
    return refined(workshop.tally, lambda: workshop.reports(jobs)) if workshop.keep == "paths" else workshop.tally
