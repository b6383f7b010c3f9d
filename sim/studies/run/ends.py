"""The ends of the bands of a run, in words: what its first pair with paths is there, and the run that answers so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from shlex import quote
from typing import Any

from sim.analysis.box import End
from sim.analysis.measures import Measure
from sim.analysis.outcomes import Quantity
from sim.experiment.bands import MEASURED, n_each
from sim.model.scenario import Scenario
from sim.pages.page import Table
from sim.say.channels import pathless_words
from sim.say.measures import names, size_words
from sim.say.numbers import minutes_text
from sim.say.values import Value
from sim.scenario.loader import redocumented
from sim.store.place import run_digest
from sim.store.run import Run
from sim.units import exact_text

NAMES = {Measure.MEAN: "mean difference", Measure.IN_TIME: "difference of who is in time"}


@dataclass(frozen=True)
class Rerun:
    """The run that has an end as its own answer: the options of ``sim run``, and its digest."""

    options: str
    digest: str


def sets_of(values: Mapping[str, Value], end: End) -> dict[str, str]:
    """The values of an end by path, as ``--set`` takes them; ``values`` are the ranges by path."""
    return {path: exact_text(values[path].kind, value) for path, value in end.setting.items()}


def rerun(scenario: Scenario, end: End) -> Rerun:
    """How an end is run alone."""
    sets = sets_of(names(scenario), end)
    if scenario.draws != "philox":
        sets["draws"] = "philox"
    n = n_each(scenario, MEASURED)
    alike = redocumented(scenario, {**sets, "replications": str(n), "settings": "1"})
    options = " ".join(f"--set {quote(f'{path}={text}')}" for path, text in sets.items())
    return Rerun(f"{options} --replications {n} --settings 1".strip(), run_digest(alike))


def ends(run: Run) -> Table | None:
    """What the first pair with paths is at both ends of its bands, and the runs that answer so; None without bands."""
    pair = _first_pair(run.scenario)
    if pair is None:
        return None
    rows, titles = [], " − ".join(run.scenario.arm(name).title for name in pair)
    for quantity, side, end in _ends_of(run, pair):
        again, noise = rerun(run.scenario, end), _in_words(quantity.measure, end.at.half_width)
        size = size_words(quantity.measure, end.at.estimate)
        rows.append([f"{side}: {NAMES[quantity.measure]}", f"{size} ± {noise}", f"`{again.options}`", again.digest])
    return Table.of([[titles, "difference ± noise", "sim run with", "digest"], *rows]) if rows else None


def _first_pair(scenario: Scenario) -> tuple[str, str] | None:
    """The first pair of which both have a path."""
    return next((pair for pair in scenario.contrasts if not pathless_words(scenario, *pair)), None)


def _ends_of(run: Run, pair: tuple[str, str]) -> Iterator[tuple[Quantity, str, End]]:
    """The ends of a pair: of its mean, and of who is in time."""
    for quantity in (Quantity(measure, *pair) for measure in NAMES):
        if extent := run.extents.get(quantity):
            yield quantity, "lowest", extent.low
            yield quantity, "highest", extent.high


def _in_words(measure: Measure, half_width: float) -> str:
    return f"{100 * half_width:.1f} points" if measure.is_share else f"{minutes_text(half_width)} min"


def plain_ends(run: Run) -> list[dict[str, Any]]:
    """Every end as plain JSON, in minutes or as a share, with the value of each path it stands at."""
    values = names(run.scenario)
    return [
        {
            "measure": quantity.measure,
            "a": quantity.arm,
            **({"b": quantity.against} if quantity.against else {}),
            "unit": quantity.measure.sheet_unit,
            "side": side,
            "value": quantity.measure.in_sheet(end.at.estimate),
            "noise": quantity.measure.in_sheet(end.at.half_width),
            "set": sets_of(values, end),
        }
        for quantity, extent in run.extents.items()
        for side, end in (("lowest", extent.low), ("highest", extent.high))
    ]
