"""The files of a run that are for people: table, sheet, figures."""

from __future__ import annotations

from pathlib import Path

from sim.analysis.results import Alerts, Results
from sim.experiment.run import replay
from sim.files import write_whole
from sim.model.scenario import Scenario
from sim.plots import FIGURES, rendered
from sim.plots.view import View
from sim.report.table import markdown, summary_csv
from sim.store import run_digest

FORMATS = ("png", "svg")


def write_files(folder: Path, scenario: Scenario, alerts: Alerts, results: Results) -> None:
    """Write table.md, summary.csv and every figure that applies."""
    digest = run_digest(scenario)
    write_whole(folder / "table.md", markdown(scenario, results, digest).encode())
    write_whole(folder / "summary.csv", summary_csv(results).encode())
    write_figures(folder, view_of(scenario, alerts, results))


def view_of(scenario: Scenario, alerts: Alerts, results: Results) -> View:
    """What the figures look at; the launch that the timeline tells is that of replication 0."""
    paths = {arm.name: replay(scenario, arm, 0) for arm in scenario.arms}
    return View(scenario=scenario, results=results, alerts=alerts, paths=paths, digest=run_digest(scenario))


def write_figures(folder: Path, view: View) -> tuple[Path, ...]:
    """Every figure that applies, as PNG and SVG without dates, so that equal runs give equal files."""
    written: list[Path] = []
    for name, draw in FIGURES.items():
        figure = draw(view)
        if figure is None:
            continue
        for suffix in FORMATS:
            path = folder / f"{name}.{suffix}"
            write_whole(path, rendered(figure, suffix))
            written.append(path)
    return tuple(written)
