"""The files of a run that are for people: table, sheet, figures."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from sim.analysis.results import Results
from sim.analysis.tally import Tally, is_real
from sim.engines.contract import NEVER, Paths
from sim.experiment.pools import in_order, pool
from sim.experiment.run import replay
from sim.files import write_whole
from sim.model.scenario import Arm, Scenario
from sim.plots import FIGURES, MODULES, rendered
from sim.plots.view import View
from sim.report.catalogue import sheet
from sim.report.table import markdown, summary_csv
from sim.store import Run, run_digest

if TYPE_CHECKING:
    from sim.plots import Figure

FORMATS = ("png", "svg")
WORKERS_IMPORT = ("sim.experiment.run", __name__, *MODULES)  # what simulates, and what draws
MOST_TRIED = 100  # replications looked at for one with both reports

Files = dict[str, bytes]  # by file name


def write_files(folder: Path, run: Run, n_workers: int = 1) -> None:
    """Write table.md, summary.csv and every figure that applies."""
    table = markdown(run.scenario, run.results, run_digest(run.scenario), run.reverses)
    write_whole(folder / "table.md", table.encode())
    write_whole(folder / "summary.csv", summary_csv(run.results).encode())
    write_figures(folder, view_of(run.scenario, run.alerts.tally, run.results), n_workers)


def view_of(scenario: Scenario, tally: Tally, results: Results) -> View:
    """What the figures look at."""
    told = told_replication(scenario)
    paths = {arm.name: _launched(scenario, arm, told) for arm in scenario.arms}
    return View(scenario, results, tally, paths, run_digest(scenario), told)


def told_replication(scenario: Scenario) -> int:
    """The first replication whose first launch has a report under both arms of the first pair, else 0."""
    arms = [scenario.arm(name) for pair in scenario.contrasts[:1] for name in pair]
    for replication in range(min(scenario.replications, MOST_TRIED)):
        if all(_launched(scenario, arm, replication).latency[0, 0] != NEVER for arm in arms):
            return replication
    return 0


def _launched(scenario: Scenario, arm: Arm, replication: int) -> Paths:
    """The sample path of what was launched, without false reports."""
    return replay(scenario, arm, replication).of(is_real(scenario))


def write_figures(folder: Path, view: View, n_workers: int = 1) -> tuple[Path, ...]:
    """Every figure that applies; several workers make them side by side, and this process needs no matplotlib."""
    make = partial(_figure_files, view)
    if n_workers == 1:
        return tuple(path for name in FIGURES for path in _write(folder, make(name)))
    with pool(min(n_workers, len(FIGURES))) as workers:
        return tuple(path for files in in_order(workers, make, FIGURES) for path in _write(folder, files))


def _figure_files(view: View, name: str) -> Files:
    with _without_glyph_warnings():
        figure = FIGURES[name](view)
        return figure_files(name, figure) if figure else {}


def write_together(folder: Path, runs: Sequence[Run]) -> tuple[Path, ...]:
    """The launches of several runs as a sheet and in one figure, named by what was run; a sheet alone if too many."""
    from sim.plots import launches  # and with it matplotlib

    digest = sha256(" ".join(run.digest for run in runs).encode()).hexdigest()[:8]
    name = f"launches-{digest}"
    with _without_glyph_warnings():
        figure = launches.draw_all([view_of(run.scenario, run.alerts.tally, run.results) for run in runs])
        figures = figure_files(name, figure) if figure else {}
    return _write(folder, {**figures, f"{name}.csv": sheet(runs).encode()})


@contextmanager
def _without_glyph_warnings() -> Iterator[None]:
    """A letter that the font lacks is a box in the small print; nobody is helped by a warning for each."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        yield


def figure_files(name: str, figure: Figure) -> Files:
    """A figure as PNG and SVG, by file name."""
    files = {}
    with _without_glyph_warnings():
        for suffix in FORMATS:
            files[f"{name}.{suffix}"] = rendered(figure, suffix)
            figure.set_layout_engine(None)  # laid out once: the files are alike, and the second takes half as long
    return files


def _write(folder: Path, files: Files) -> tuple[Path, ...]:
    for name, data in files.items():
        write_whole(folder / name, data)
    return tuple(folder / name for name in files)
