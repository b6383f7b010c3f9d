"""The files of a run that are for people: table, sheet, figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path

from sim.analysis.results import Results
from sim.analysis.tally import Tally, is_real
from sim.engines.contract import NEVER, Paths
from sim.experiment.beside import HERE, Beside
from sim.experiment.pools import in_order, pool
from sim.experiment.run import replay
from sim.model.scenario import Arm, Scenario
from sim.pages.document import document
from sim.pages.markdown import markdown
from sim.pages.sheets import csv_text
from sim.plots.lettering import lettering
from sim.plots.render import AS_USUAL, Files, Print, Printed, captions, printed
from sim.store.files import json_text, write_whole
from sim.store.place import run_digest
from sim.store.run import SUMMARY, Run
from sim.studies.run.catalogue import sheet
from sim.studies.run.figures import FIGURES
from sim.studies.run.page import page
from sim.studies.run.view import View

MOST_TRIED = 100  # replications looked at for one with both reports


def write_files(folder: Path, run: Run, n_workers: int = 1, how: Print = AS_USUAL, other: Beside = HERE) -> None:
    """Write summary.json, table.md, summary.csv and, in another process if there is one, all figures that apply."""
    view = view_of(run.scenario, run.alerts.tally, run.results)
    drawn = other.begin(write_figures, folder, view, n_workers, how)
    write_texts(folder, run)
    drawn()


def write_texts(folder: Path, run: Run) -> None:
    """Write the answer as JSON, as Markdown and as a sheet."""
    said = page(run)
    texts = {SUMMARY: json_text(document(said)), "table.md": markdown(said), "summary.csv": csv_text(said.sheet.cells)}
    _write(folder, {name: text.encode() for name, text in texts.items()})


def view_of(scenario: Scenario, tally: Tally, results: Results, *, has_paths: bool = True) -> View:
    """What the figures look at; without paths, all but the timeline."""
    if not has_paths:
        return View(scenario, results, tally, {}, run_digest(scenario))
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


def write_figures(folder: Path, view: View, n_workers: int = 1, how: Print = AS_USUAL) -> tuple[Path, ...]:
    """Every figure that applies, and their captions.

    Several workers make them side by side, and this process needs no matplotlib.
    """
    make = _printer(view, how)
    if n_workers == 1:
        return _write_printed(folder, map(make, FIGURES))
    with pool(min(n_workers, len(FIGURES))) as workers:
        return _write_printed(folder, in_order(workers, make, FIGURES))


def figures_of(view: View, how: Print) -> tuple[Printed, ...]:
    """Every figure that applies, as files."""
    return tuple(figure for figure in map(_printer(view, how), FIGURES) if figure.files)


def figure_files(view: View, how: Print) -> Files:
    """The files of every figure that applies, and their captions."""
    figures = figures_of(view, how)
    files = {name: data for figure in figures for name, data in figure.files.items()}
    return files | captions(figures)


def _printer(view: View, how: Print) -> Callable[[str], Printed]:
    """What prints a figure of a run by its name."""
    letters = lettering([view.scenario])
    return partial(_printed, letters.of(view), replace(how, fonts=letters.fonts))


def _write_printed(folder: Path, figures: Iterable[Printed]) -> tuple[Path, ...]:
    """Each as soon as it is there."""
    done: list[Printed] = []
    paths: list[Path] = []
    for figure in figures:
        paths += _write(folder, figure.files)
        done.append(figure)
    return (*paths, *_write(folder, captions(done)))


def _printed(view: View, how: Print, name: str) -> Printed:
    return printed(name, partial(FIGURES[name], view), how)


def write_together(folder: Path, runs: Sequence[Run], how: Print = AS_USUAL) -> tuple[Path, ...]:
    """The launches of several runs as a sheet and in one figure, named by what was run; a sheet alone if too many."""
    from sim.studies.run.figures import launches  # and with it matplotlib

    digest = sha256(" ".join(run.digest for run in runs).encode()).hexdigest()[:8]
    name = f"launches-{digest}"
    letters = lettering([run.scenario for run in runs])
    views = [letters.of(view_of(run.scenario, run.alerts.tally, run.results)) for run in runs]
    figure = printed(name, partial(launches.draw_all, views), replace(how, fonts=letters.fonts))
    return _write(folder, {**figure.files, f"{name}.csv": sheet(runs).encode()})


def _write(folder: Path, files: Files) -> tuple[Path, ...]:
    for name, data in files.items():
        write_whole(folder / name, data)
    return tuple(folder / name for name in files)
