"""Stored runs: ``results/<scenario>/<run>/``, whole or not at all, and resumable.

A run is named by the digest of its resolved scenario. While it runs, its parts stand in a hidden
folder beside its place (`sim.store.resume`); when all are there the folder is renamed. The same command
after Ctrl-C takes up the parts that are whole. A part is what is kept of a job: its latencies, or its
tally where a summary is enough. Memory does not grow with replications either way.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from sim.analysis.analyse import analyse
from sim.analysis.box import Extents, from_plain, plain
from sim.analysis.refine import refined
from sim.analysis.results import Alerts, Results
from sim.analysis.tally import NOTHING, Tally
from sim.errors import ScenarioError, StoreError
from sim.experiment.engines import EngineName
from sim.experiment.execution import Execution, Keep
from sim.experiment.run import Job, jobs_of, n_replications, run_jobs
from sim.experiment.versions import CODE, has_variates_by_scipy
from sim.model.scenario import Scenario
from sim.scenario.changes import changes
from sim.scenario.loader import load_scenario
from sim.store.alerts import stored_alerts
from sim.store.files import file_digest, json_text, write_whole
from sim.store.place import PROVENANCE, run_digest, run_path
from sim.store.resume import ALERTS, RUN, engines_at, has_parts, hidden_path, put_in_place, start_afresh
from sim.store.workshop import Workshop, workshop

RESOLVED, SUMMARY, TALLY = "scenario.json", "summary.json", "tally.parquet"
REVERSES, BANDS = "reverses.json", "bands.json"
ANSWER = "answer.txt"  # of a study, which is no run
NEEDED = frozenset({RESOLVED, TALLY, REVERSES, BANDS})


@dataclass(frozen=True, eq=False, repr=False)
class Run:
    """A run: the scenario, its alerts, what they say, how they came about, and what would turn the first comparison.

    Of a stored run latencies are read when they are asked for, which is an error where only a summary
    was kept. `reverses` is what would turn the first comparison, as plain JSON that `sim.studies.run.reverses` reads;
    None without a pair or ranges. `extents` is how far its answers go over the ranges.
    """

    path: Path
    scenario: Scenario
    alerts: Alerts
    results: Results
    provenance: Mapping[str, Any]
    reverses: Mapping[str, Any] | None = None
    extents: Extents = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """What names it, as its files say it: a folder that was copied may be called anything."""
        files = self.provenance.get("files", {})
        return files[RESOLVED][:8] if RESOLVED in files else run_digest(self.scenario)

    def __repr__(self) -> str:
        return f"<Run of {self.scenario.name}, {self.digest}: {self.results.n_replications:,} replications>"


@dataclass(frozen=True)
class Extras:
    """What a caller adds to a run that is stored.

    say : says the answer, before the run is written and its work looked at: no answer in words hangs on that
    dress : adds the summary, tables and figures to the folder
    reverses : finds what would turn the first comparison, as plain JSON
    bands : finds how far the answers go over the ranges
    work : finds how far the work goes
    provenance : tells what is noted beside what the store knows, at the end
    """

    say: Callable[[Run], None] = lambda _: None
    dress: Callable[[Path, Run], None] = lambda *_: None
    reverses: Callable[[Scenario, EngineName], Mapping[str, Any] | None] = lambda *_: None
    bands: Callable[[Scenario, EngineName], Extents] = lambda *_: {}
    work: Callable[[Scenario, EngineName], Extents] = lambda *_: {}
    provenance: Callable[[], Mapping[str, Any]] = dict


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
    summary = [path / SUMMARY] if (path / SUMMARY).is_file() else []
    return [
        path / RESOLVED,
        *summary,
        path / TALLY,
        path / REVERSES,
        path / BANDS,
        *sorted((path / ALERTS).glob("*.parquet")),
    ]


def note_files(folder: Path, files: Sequence[Path], provenance: Mapping[str, Any]) -> None:
    """Write how the files of a folder came about, and their digests."""
    digests = {path.relative_to(folder).as_posix(): file_digest(path) for path in files}
    text = json.dumps({**provenance, "files": digests}, indent=1, ensure_ascii=False) + "\n"
    write_whole(folder / PROVENANCE, text.encode())


def is_intact(path: Path, needed: frozenset[str] = NEEDED) -> bool:
    """Whether every file that the provenance promises is there, byte for byte."""
    try:
        files = json.loads((path / PROVENANCE).read_text(encoding="utf-8"))["files"]
        return needed <= files.keys() and all(file_digest(path / name) == digest for name, digest in files.items())
    except (OSError, KeyError, ValueError):
        return False


def other_code(path: Path) -> str:
    """The code that made a run or study, in words, if it was not this one; empty if it was."""
    made_by = json.loads((path / PROVENANCE).read_text(encoding="utf-8")).get("code", "not told")
    return "" if made_by == CODE else f"was made by other code ({made_by}, this is {CODE})"


def has_kept(path: Path, keep: Keep) -> bool:
    """Whether a run has what is asked to be kept, or more."""
    return json.loads((path / PROVENANCE).read_text(encoding="utf-8"))["keep"] in ("paths", keep)


def load_run(path: Path | str) -> Run:
    """A stored run and its results; latencies are read when they are asked for.

    Raises
    ------
    StoreError : the folder is no run, or a file is missing or not what it was.
    """
    from sim.store.parquet import read_tally

    path = Path(path)
    if not os.path.isfile(path / PROVENANCE):
        raise StoreError(f"{path}: is not a stored run — give the folder of one, which has a {PROVENANCE}")
    if (path / ANSWER).is_file():
        raise StoreError(f"{path}: is a study and no run; what it says is in its {ANSWER} — give the folder of a run")
    if not is_intact(path):
        raise StoreError(f"{path}: a file is missing or has changed since it was written — run the scenario again")
    try:
        scenario = replace(load_scenario(path / RESOLVED), name=_name(path))
    except ScenarioError as error:
        raise StoreError(f"{path}: its scenario is not one of this version: {error}") from None
    alerts = stored_alerts(path, scenario, read_tally(path / TALLY))
    provenance = json.loads((path / PROVENANCE).read_text(encoding="utf-8"))
    reverses = json.loads((path / REVERSES).read_text(encoding="utf-8"))
    extents = from_plain(json.loads((path / BANDS).read_text(encoding="utf-8")))
    return Run(path, scenario, alerts, analyse(scenario, alerts.tally, extents), provenance, reverses, extents)


def _name(path: Path) -> str:
    """The name of a run's scenario as its summary has it, which a folder that was copied may have lost."""
    whole = path.resolve()
    if not (whole / SUMMARY).is_file():
        return whole.parent.name
    name: str = json.loads((whole / SUMMARY).read_text(encoding="utf-8")).get("scenario", whole.parent.name)
    return name


def known_tally(folder: Path, scenario: Scenario, n: int) -> Tally | None:
    """The tally of the stored run of a scenario, if this code made it, with so many typical replications."""
    from sim.store.parquet import read_tally

    path = run_path(folder, scenario)
    if n != scenario.replications or not is_intact(path):
        return None
    return None if other_code(path) else read_tally(path / TALLY)


def run_stored(scenario: Scenario, folder: Path, execution: Execution = Execution(), extras: Extras = Extras()) -> Run:
    """Run a scenario and store it, taking up what an interrupted run has left.

    Raises
    ------
    StoreError : another process is at this run, or what was left was made by another version, cut or kept otherwise.
    EngineError : the engine differs from the reference engine; nothing of the run is kept.
    """
    jobs, final = jobs_of(scenario), run_path(folder, scenario)
    with workshop(final, scenario, jobs, execution) as shop:
        write_whole(shop.path / RESOLVED, scenario.resolved.encode())
        tally = _simulated(shop, jobs, execution)
        reverses = extras.reverses(scenario, execution.engine)
        extents = extras.bands(scenario, execution.engine)
        results = analyse(scenario, tally, extents)
        run = Run(final, scenario, stored_alerts(shop.path, scenario, tally), results, {}, reverses, extents)
        extras.say(run)
        shop.put_away()
        every = {**extents, **extras.work(scenario, execution.engine)}
        run = replace(run, results=analyse(scenario, tally, every), extents=every)
        _write_results(shop.path, run)
        extras.dress(shop.path, run)
        noted = {**_noted(shop, jobs), **extras.provenance()}
        note_files(shop.path, _result_files(shop.path), noted)
        put_in_place(shop.hidden, final, ALERTS)
        return replace(run, alerts=stored_alerts(final, scenario, tally), provenance=noted)


def _write_results(path: Path, run: Run) -> None:
    """What a run says is a function of these files."""
    from sim.store.parquet import tally_bytes

    write_whole(path / TALLY, tally_bytes(run.alerts.tally))
    write_whole(path / REVERSES, json_text(run.reverses).encode())
    write_whole(path / BANDS, json_text(plain(run.extents)).encode())


def _noted(shop: Workshop, jobs: Sequence[Job]) -> dict[str, Any]:
    """What the store knows of how a run came about."""
    by_scipy = {"gamma_and_pert_variates": "SciPy"} if has_variates_by_scipy(shop.scenario) else {}
    return {
        "engine": " and ".join(engines_at(shop.hidden)),
        **by_scipy,
        "keep": shop.keep,
        "code": CODE,
        "blocks": {"all": len(jobs), "taken_up": sum(map(shop.has, jobs))},
    }


def _simulated(shop: Workshop, jobs: Sequence[Job], execution: Execution) -> Tally:
    """The tally of a whole run, exact where paths are kept: then it is large, and nobody else holds it."""
    if execution.keep == "summary":
        return _counted(shop, jobs, execution)
    return refined(_counted(shop, jobs, execution), lambda: shop.reports(jobs))


def _counted(shop: Workshop, jobs: Sequence[Job], execution: Execution) -> Tally:
    """The tally of all parts: of those that an interrupted run has left, and of those that are made now."""
    tally = NOTHING
    execution.begin(sum(map(n_replications, jobs)))
    for job in filter(shop.has, jobs):
        tally = tally + shop.tally(job)
        execution.watch(n_replications(job))
    with closing(run_jobs(shop.scenario, [job for job in jobs if not shop.has(job)], execution)) as parts:
        for part in parts:
            shop.add(part)
            tally = tally + part.tally
            execution.watch(n_replications(part.job))
    return tally
