"""The files of a run that are for people: table, sheet, figures."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from sim.analysis.results import Alerts, Results
from sim.engines.contract import NEVER
from sim.experiment.run import replay
from sim.files import write_whole
from sim.model.scenario import Scenario
from sim.plots import FIGURES, Figure, launches, rendered
from sim.plots.view import View
from sim.report.table import markdown, summary_csv
from sim.store import Run, run_digest

FORMATS = ("png", "svg")
MOST_TRIED = 100  # replications looked at for one with both reports


def write_files(folder: Path, scenario: Scenario, alerts: Alerts, results: Results) -> None:
    """Write table.md, summary.csv and every figure that applies."""
    digest = run_digest(scenario)
    write_whole(folder / "table.md", markdown(scenario, results, digest).encode())
    write_whole(folder / "summary.csv", summary_csv(results).encode())
    write_figures(folder, view_of(scenario, alerts, results))


def view_of(scenario: Scenario, alerts: Alerts, results: Results) -> View:
    """What the figures look at."""
    told = told_replication(scenario)
    paths = {arm.name: replay(scenario, arm, told) for arm in scenario.arms}
    return View(scenario, results, alerts, paths, run_digest(scenario), told)


def told_replication(scenario: Scenario) -> int:
    """The first replication whose first launch has a report under both arms of the first pair, else 0."""
    arms = [scenario.arm(name) for pair in scenario.contrasts[:1] for name in pair]
    for replication in range(min(scenario.replications, MOST_TRIED)):
        if all(replay(scenario, arm, replication).latency[0, 0] != NEVER for arm in arms):
            return replication
    return 0


def write_figures(folder: Path, view: View) -> tuple[Path, ...]:
    """Every figure that applies."""
    drawn = {name: draw(view) for name, draw in FIGURES.items()}
    return tuple(path for name, figure in drawn.items() if figure for path in _write(folder, name, figure))


def write_together(folder: Path, runs: Sequence[Run]) -> tuple[Path, ...]:
    """The launches of several runs in one figure, named by what was run; none if they are too many."""
    figure = launches.draw_all([view_of(run.scenario, run.alerts, run.results) for run in runs])
    digest = sha256(" ".join(run.digest for run in runs).encode()).hexdigest()[:8]
    return _write(folder, f"launches-{digest}", figure) if figure else ()


def _write(folder: Path, name: str, figure: Figure) -> tuple[Path, ...]:
    """A figure as PNG and SVG without dates, so that equal runs give equal files."""
    paths = {suffix: folder / f"{name}.{suffix}" for suffix in FORMATS}
    for suffix, path in paths.items():
        write_whole(path, rendered(figure, suffix))
    return tuple(paths.values())
