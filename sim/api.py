"""Python: ``sim.run``, ``sim.check``, ``sim.report`` and every study, which answer what the command line answers.

A scenario is given as a path, a shipped name, a date of the catalogue, a mapping like a file, or a `Scenario`. Nothing
is written; an answer can be saved. What is wrong is a `SimError` in the words of the command line.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from inspect import Parameter, Signature, cleandoc
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from sim.analysis.analyse import analyse
from sim.analysis.results import Alerts, Results
from sim.asking.call import bound, path_of, plainly, text_of
from sim.asking.oddities import oddities
from sim.asking.option import Option, checked
from sim.asking.order import answered, made_with, place_of
from sim.asking.scenarios import Given, scenario_of, with_fields
from sim.asking.study import Study
from sim.errors import SimError
from sim.experiment.engines import Asked
from sim.experiment.execution import Execution, Means
from sim.experiment.pools import Where
from sim.experiment.run import simulate_scenario
from sim.experiment.versions import CODE
from sim.model.scenario import Scenario
from sim.pages.files import files_of
from sim.pages.markdown import markdown
from sim.pages.page import Page
from sim.pages.pictures import pictures
from sim.pages.terminal import terminal
from sim.plots.lettering import Lettering, lettering
from sim.plots.render import house_style
from sim.store import run as store
from sim.store.handed import hand_out
from sim.store.place import run_digest
from sim.store.run import Run
from sim.studies import STUDIES, study_of

if TYPE_CHECKING:
    import pandas as pd

    from sim.plots.render import Figure
    from sim.reporting.parts import Part

MOST_SHOWN = 250  # letters of a headline

__all__ = ["Answer", "RunAnswer", "SimError", "check", "load_run", "report", "run", *STUDIES]


@dataclass(frozen=True, eq=False, repr=False)
class Answer:
    """What a study answers.

    page : the finding, tables, notes and figures, said once; ``print(answer)`` shows it, a notebook renders it.
    found : the results, frozen nouns of the study's own; times in microseconds.
    scenario : what was asked about; ``execution``, how that was carried out.
    """

    page: Page
    found: Any
    scenario: Scenario
    execution: Execution

    @property
    def headline(self) -> str:
        """The finding, in a paragraph."""
        return self.page.headline

    def frame(self) -> pd.DataFrame:
        """Every number, as a pandas frame; units are in the names of the columns or in one of them."""
        pandas = _pandas()
        frame = pandas.DataFrame(self.page.sheet.rows, columns=self.page.sheet.header)
        return frame.apply(lambda column: _numbers(pandas, column))

    def figure(self, name: str = "") -> Figure:
        """A figure by its name, or the first.

        Raises
        ------
        SimError : there is none of the name.
        """
        drawing = self.page.drawing(text_of("name", name))
        if drawing is None:
            known = ", ".join(drawing.name for drawing in self.page.drawings) or "none"
            raise SimError(f'there is no figure "{name}" — there is: {known}')
        with _lettered(self.page.lettering):
            return drawing.draw(drawing.title)

    def save(self, folder: Path | str, *, again: bool = False) -> tuple[Path, ...]:
        """Write JSON, sheet, Markdown and figures into a folder; gives their paths.

        Raises
        ------
        SimError : the folder is no path, or a file is there that holds something else, unless ``again`` replaces it.
        """
        return hand_out(path_of("folder", folder), files_of(self.page), "" if again else "again=True")

    def __str__(self) -> str:
        return terminal(self.page)

    def __repr__(self) -> str:
        said = shorten(self.headline, MOST_SHOWN, placeholder=" …")
        return f"<sim.{self.page.study} of {self.page.scenario}, {self.page.digest}: {said}>"

    def _repr_markdown_(self) -> str:
        return markdown(self.page)


@dataclass(frozen=True, eq=False, repr=False)
class RunAnswer(Answer):
    """What a run answers."""

    found: Run

    @property
    def results(self) -> Results:
        """Estimates, intervals and bands by arm and pair; microseconds and shares."""
        return self.found.results

    @property
    def alerts(self) -> Alerts:
        """Alert latencies by arm: ``typical``, int64 (replication, launch), microseconds; -1 where none came."""
        return self.found.alerts

    def figure(self, name: str = "difference") -> Figure:
        """A figure of the run: difference, latency, stages, timeline, launches or warning.

        Raises
        ------
        SimError : there is none of the name, or it does not apply to this run.
        """
        from sim.studies.run.figures import FIGURES
        from sim.studies.run.files import view_of

        letters = lettering([self.scenario])
        with _lettered(letters):
            view = letters.of(view_of(self.scenario, self.alerts.tally, self.results))
            figure = FIGURES[name](view) if text_of("name", name) in FIGURES else None
        if figure is None:
            raise SimError(f'there is no figure "{name}" of this run — ask for one of: {", ".join(FIGURES)}')
        return figure

    def latencies(self) -> pd.DataFrame:
        """Minutes from launch, typical setting, nan for never: a row a replication and launch, a column an arm."""
        pandas = _pandas()
        typical = {arm: latency.ravel() for arm, latency in self.alerts.typical.items()}
        n_launches = len(self.scenario.launch_keys())
        rows = pandas.MultiIndex.from_product(
            [range(len(next(iter(typical.values()))) // n_launches), range(n_launches)], names=["replication", "launch"]
        )
        frame = pandas.DataFrame(typical, index=rows)
        return frame.where(frame >= 0) / 60e6


@plainly
def check(scenario: Given, *, sets: Mapping[str, Any] | None = None) -> Scenario:
    """Check a scenario; run nothing.

    Parameters
    ----------
    scenario : a path, a shipped name, a date of the catalogue, a mapping like a file, or a `Scenario`.
    sets : other values by path, as text or numbers: ``{"stages.us_evaluates.delay": "4 min"}``.

    Returns
    -------
    Scenario, frozen; what is odd about it and allowed is a warning.

    Raises
    ------
    ScenarioError : with every fault and its place.
    """
    return _warned(scenario_of(scenario, sets, kind=None))


@plainly
def load_run(path: Path | str) -> Run:
    """A stored run and its results; latencies are read when they are asked for.

    Raises
    ------
    StoreError : the folder is no run, or a file is missing or not what it was.
    SimError : it is no path.
    """
    return store.load_run(path_of("path", path))


@plainly
def run(
    scenario: Given,
    *,
    arms: Sequence[str] | str | None = None,
    sets: Mapping[str, Any] | None = None,
    replications: float | None = None,
    settings: float | None = None,
    seed: int | None = None,
    draws: str | None = None,
    workers: Where = 1,
    engine: Asked = "auto",
) -> RunAnswer:
    """Run a scenario in memory.

    Parameters
    ----------
    scenario : a path, a shipped name, a date of the catalogue, a mapping like a file, or a `Scenario`.
    arms : compare these alone, the first against each other.
    sets : other values by path, as text or numbers: ``{"stages.us_evaluates.delay": "4 min"}``.
    replications, settings, seed, draws : in place of those of the scenario; ``1e4`` is a whole number.
    workers : processes, or a cluster: ``"dask://HOST:PORT"`` or ``"mpi"``; they change no result.
    engine : ``"reference"``, ``"columns"``, ``"compiled"``, or ``"auto"`` for the one that answers sooner. No result
        changes.
        The compiled one is compiled when it is first used, which takes a quarter of a minute.

    Returns
    -------
    RunAnswer, with `results` and `alerts` (int64 microseconds).

    Raises
    ------
    ScenarioError : with every fault of the scenario.
    SimError : there is no such option or engine, or the compiled one cannot be had; or nothing is launched.
    PoolError : the cluster cannot be reached, does not fit, or was lost.
    """
    from sim.experiment.work import find_extents
    from sim.studies.run.page import page
    from sim.studies.run.reverses import plain_reverses

    fields = {"replications": replications, "settings": settings, "seed": seed, "draws": draws}
    found = _warned(scenario_of(scenario, with_fields(sets, fields), arms))
    execution = Means(place_of(workers), engine).settled(found)
    alerts = simulate_scenario(found, execution)
    reverses, extents = plain_reverses(found, execution.engine), find_extents(found, execution.engine)
    results = analyse(found, alerts.tally, extents)
    done = Run(Path(run_digest(found)), found, alerts, results, {"engine": execution.engine}, reverses, extents)
    return RunAnswer(page(done), done, found, execution)


@plainly
def report(
    answers: Answer | Path | str | Sequence[Answer | Path | str],
    *,
    to: Path | str = "report.html",
    again: bool = False,
    results: Path | str = "results",
) -> Path:
    """Make one file to hand in, of one answer or of several: HTML that can be mailed, printed and attacked.

    Parameters
    ----------
    answers : each an answer of `sim.run` or of a study; or of what is stored a folder, a digest, or a scenario for the
        newest of its runs. Two runs are compared as well.
    to : the file to write; ``again`` replaces a file that is no report.
    results : the folder of what is stored.

    Returns
    -------
    The path of the file.

    Raises
    ------
    StoreError : nothing is stored of what is named, or it is damaged.
    SimError : there is no answer, or something else stands in its place, or in that of the file.
    """
    from sim.reporting.files import report_of
    from sim.reporting.report import is_report
    from sim.store.handed import check_place, hand_over

    target, out = path_of("to", to), path_of("results", results)
    each = [*answers] if isinstance(answers, Sequence) and not isinstance(answers, str) else [answers]
    if not each:
        raise SimError("answers: there is none — give an answer, or the folder of one that is stored")
    check_place(target, is_report, "" if again else "again=True")
    return hand_over(target, report_of([_part(one, out) for one in each], out))


def _part(given: object, out: Path) -> Part:
    """An answer as a part of a report."""
    from sim.reporting.files import stored_parts
    from sim.reporting.parts import Part, part_of_run
    from sim.store.files import digest

    if not isinstance(given, Answer):
        told = partial(warnings.warn, stacklevel=4)
        return stored_parts([str(path_of("answers", given))], out, told)[0]
    execution, resolved = given.execution, given.scenario.resolved.encode()
    noted = {"engine": execution.engine, "code": CODE, "files": {store.RESOLVED: digest(resolved)}}
    noted = {**made_with(execution.where), **noted}
    if isinstance(given.found, Run):
        return part_of_run(replace(given.found, provenance=noted))
    return Part(given.page, pictures(given.page), given.scenario, noted)


def study_function(name: str) -> Callable[..., Answer]:
    """A study as a function, its options as arguments."""
    study = study_of(name)

    takes = _signature(study)
    own = {option.name for option in study.options}

    def function(*given: Any, **options: Any) -> Answer:
        asked = bound(name, takes, given, options).arguments
        return _answer(study, {key: asked.pop(key) for key in [*asked] if key not in own}, asked)

    function.__name__ = function.__qualname__ = name
    function.__signature__ = takes  # type: ignore[attr-defined]
    function.__doc__ = _doc(study)
    return function


def _signature(study: Study) -> Signature:
    """The scenario, the options of the study, and those of all studies."""
    scenario = [Parameter("scenario", Parameter.POSITIONAL_OR_KEYWORD)] if study.subject else []
    shared: dict[str, Any] = {"sets": None} if study.subject else {}
    shared |= {"arms": None, "seed": None} if study.is_simulated and study.subject else {}
    shared |= {"workers": 1, "engine": "auto"} if study.is_simulated else {}
    defaults = {**{option.name: option.default for option in study.options}, **shared}
    keywords = [Parameter(name, Parameter.KEYWORD_ONLY, default=default) for name, default in defaults.items()]
    return Signature([*scenario, *keywords])


def _doc(study: Study) -> str:
    """The help of the command line, without its examples, and the options as parameters."""
    text = cleandoc(study.help).split("\b")[0].strip()
    options = "\n".join(f"{option.name} : {_kind(option)}\n    {option.help}" for option in study.options)
    return (
        f"{text}\n\nParameters\n----------\n{options}\n\nReturns\n-------\n"
        "Answer, whose `page` says it and whose `found` has the results.\n\nRaises\n------\n"
        "SimError : in the words of the command line."
    )


def _kind(option: Option) -> str:
    if option.form == "choice":
        return " or ".join(map(repr, option.choices))
    number = f"whole number from {option.least:,} to {option.most:,}"
    kind = {"number": number, "text": "text", "path": "a path", "flag": "bool"}[option.form]
    return f"{kind}, or several" if option.is_many else kind


def _answer(study: Study, shared: dict[str, Any], own: dict[str, Any]) -> Answer:
    """Ask a study in memory."""
    options = checked(study.options, own)
    scenario = None
    if study.subject:
        sets = with_fields(shared.get("sets"), {"seed": shared.get("seed")})
        scenario = _warned(scenario_of(shared["scenario"], sets, shared.get("arms"), study.kind))
    plan = study.plan(scenario, **options)
    means = Means(place_of(shared.get("workers")), shared.get("engine", "auto"))
    execution = means.settled(plan.scenario, plan.n_launches)
    found, page = answered(study, plan, execution)
    return Answer(page, found, plan.scenario, execution)


def _warned(scenario: Scenario) -> Scenario:
    for text in oddities(scenario):
        warnings.warn(text, stacklevel=4)
    return scenario


@contextmanager
def _lettered(letters: Lettering) -> Iterator[None]:
    """Figures are drawn in our style, and it is said what they cannot show."""
    if said := letters.said("the same call"):
        warnings.warn(said, stacklevel=4)
    with house_style(letters.fonts):
        yield


def _pandas() -> Any:
    try:
        import pandas
    except ImportError:
        raise SimError("frames need pandas — pip install pandas") from None
    return pandas


def _numbers(pandas: Any, column: Any) -> Any:
    """A column as numbers, if all of it that is there is."""
    numbers = pandas.to_numeric(column.where(column != ""), errors="coerce")
    return numbers if numbers.notna().eq(column != "").all() else column


def __getattr__(name: str) -> Callable[..., Answer]:
    if name in STUDIES:
        return study_function(name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
