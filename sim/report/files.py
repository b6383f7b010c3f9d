"""The files of a run that are for people: table, sheet, figures."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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
    with _without_glyph_warnings():
        drawn = {name: draw(view) for name, draw in FIGURES.items()}
        return tuple(path for name, figure in drawn.items() if figure for path in _write(folder, name, figure))


def write_together(folder: Path, runs: Sequence[Run]) -> tuple[Path, ...]:
    """The launches of several runs in one figure, named by what was run; none if they are too many."""
    digest = sha256(" ".join(run.digest for run in runs).encode()).hexdigest()[:8]
    with _without_glyph_warnings():
        figure = launches.draw_all([view_of(run.scenario, run.alerts, run.results) for run in runs])
        return _write(folder, f"launches-{digest}", figure) if figure else ()


@contextmanager
def _without_glyph_warnings() -> Iterator[None]:
    """A letter that the font lacks is a box in the small print; nobody is helped by a warning for each."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        yield


def _write(folder: Path, name: str, figure: Figure) -> tuple[Path, ...]:
    """A figure as PNG and SVG without dates, so that equal runs give equal files."""
    files = figure_files(name, figure)
    for file, data in files.items():
        write_whole(folder / file, data)
    return tuple(folder / file for file in files)


def figure_files(name: str, figure: Figure) -> dict[str, bytes]:
    """A figure in every format, by file name."""
    with _without_glyph_warnings():
        return {f"{name}.{suffix}": rendered(figure, suffix) for suffix in FORMATS}
