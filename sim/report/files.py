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


def write_files(folder: Path, scenario: Scenario, alerts: Alerts, results: Results) -> None:
    """Write table.md, summary.csv and every figure that applies."""
    digest = run_digest(scenario)
    write_whole(folder / "table.md", markdown(scenario, results, digest).encode())
    write_whole(folder / "summary.csv", summary_csv(results).encode())
    write_figures(folder, view_of(scenario, alerts, results))


def view_of(scenario: Scenario, alerts: Alerts, results: Results) -> View:
    """What the figures look at."""
    told = told_replication(alerts, results)
    paths = {arm.name: replay(scenario, arm, told) for arm in scenario.arms}
    return View(scenario, results, alerts, paths, run_digest(scenario), told)


def told_replication(alerts: Alerts, results: Results) -> int:
    """The first replication whose first launch has a report under both arms of the first pair, else 0."""
    has_both = [
        (alerts.typical[pair.a][:, 0] != NEVER) & (alerts.typical[pair.b][:, 0] != NEVER)
        for pair in results.contrasts[:1]
    ]
    return int(has_both[0].argmax()) if has_both else 0


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
