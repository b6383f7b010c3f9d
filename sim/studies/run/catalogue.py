"""Many launches beside each other: a row a launch, for the terminal and as a sheet."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import fill

from sim.analysis.launches import launch_medians
from sim.model.scenario import Scenario
from sim.pages.sheets import csv_text, number
from sim.pages.tables import aligned
from sim.pages.texts import WIDTH
from sim.say.channels import NO_PATH, no_paths
from sim.say.numbers import minutes_cell
from sim.store.run import Run
from sim.studies.sight.find import first_sights
from sim.units import minutes, seconds

SIDES = ("seoul", "tokyo")
MOST_NAME = 32
UNIT = (
    "minutes from each launch; sees: first in sight of any of its sensors, geometry alone; medians at working "
    "values; a dash: never"
)


@dataclass(frozen=True)
class LaunchRow:
    """One launch: when it comes down, when each side can first see it, medians by arm; microseconds, nan for never.

    no_path : why an arm has none, by name; of those that have none.
    """

    scenario: str
    name: str
    impact_us: float
    sight_us: tuple[float, ...]
    p50_us: Mapping[str, float]
    no_path: Mapping[str, str]


def rows_of(runs: Sequence[Run]) -> list[LaunchRow]:
    """Every launch of several runs."""
    return [row for run in runs for row in _rows(run.scenario, run)]


def _rows(scenario: Scenario, run: Run) -> list[LaunchRow]:
    medians = {(m.arm, m.launch): m.p50_us for m in launch_medians(scenario, run.alerts.tally)}
    found = []
    for launch, ((entry, _), name) in enumerate(
        zip(scenario.real.launch_keys(), scenario.real.launch_names(), strict=True)
    ):
        sights = first_sights(scenario, entry)
        found.append(
            LaunchRow(
                scenario.name,
                name,
                math.nan if entry.flight_time_us is None else entry.flight_time_us,
                tuple(sights.get(side, math.nan) for side in SIDES),
                {arm.name: medians[arm.name, launch] for arm in scenario.arms},
                no_paths(scenario, entry),
            )
        )
    return found


def plain(runs: Sequence[Run], width: int = WIDTH) -> str:
    """For the terminal: arms by number, which the lines below name; a dash where a run has not the arm."""
    arms = {arm.name: arm.title for run in runs for arm in run.scenario.arms}
    marks = [f"({number})" for number in range(1, len(arms) + 1)]
    header = ["", "impact", *(f"{side.capitalize()} sees" for side in SIDES), *marks]
    cells = [[_short(row.name), *_cells(row, list(arms))] for row in rows_of(runs)]
    why = dict.fromkeys(why for row in rows_of(runs) for why in row.no_path.values())
    unit = "; ".join([UNIT, *why])
    titles = "; ".join(f"{mark} {title}" for mark, title in zip(marks, arms.values(), strict=True))
    return f"{aligned([header, *cells])}\n{fill(titles, width)}\n{fill(unit, width)}"


def _short(name: str) -> str:
    """A name that leaves room; the number of a missile stays."""
    return name if len(name) <= MOST_NAME else f"{name[: MOST_NAME - 4].rstrip()}… {name.rpartition(' ')[2][:2]}"


def _cells(row: LaunchRow, arms: Sequence[str]) -> list[str]:
    sights = ("–" if math.isnan(us) else f"{seconds(us):.0f} s" for us in row.sight_us)
    medians = (NO_PATH if arm in row.no_path else minutes_cell(row.p50_us.get(arm, math.nan)) for arm in arms)
    return [minutes_cell(row.impact_us), *sights, *medians]


def sheet(runs: Sequence[Run]) -> str:
    """The same in full, as CSV, minutes; a column for every arm of any run."""
    arms = list(dict.fromkeys(arm.name for run in runs for arm in run.scenario.arms))
    header = [
        "scenario",
        "launch",
        "impact_min",
        *(f"{side}_sees_min" for side in SIDES),
        *(f"{arm}_p50_min" for arm in arms),
    ]
    rows = rows_of(runs)
    if not any(row.no_path for row in rows):
        return csv_text([header, *(_line(row, arms) for row in rows)])
    why = ("; ".join(f"{arm}: {words}" for arm, words in row.no_path.items()) for row in rows)
    return csv_text([[*header, "no_path"], *([*_line(row, arms), said] for row, said in zip(rows, why, strict=True))])


def _line(row: LaunchRow, arms: Sequence[str]) -> list[str]:
    medians = (row.p50_us.get(arm, math.nan) for arm in arms)
    return [row.scenario, row.name, *(number(minutes(us)) for us in (row.impact_us, *row.sight_us, *medians))]
