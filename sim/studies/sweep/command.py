"""``sim sweep``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.asking.study import Order, answer, measure_option, study_options
from sim.errors import SimError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.analysis.outcomes import Measure, Outcomes
    from sim.model.ranges import Setting
    from sim.model.scenario import Scenario
    from sim.store.study import Answer, Simulate
    from sim.studies.sweep.find import Grid, Plan

MOST_LAUNCHES = 1_000_000  # of each arm over all cells, unless it is said how many: seconds on the compiled engine
LEAST = 200  # replications of a cell
N_SETTINGS, N_EACH = 32, 100  # of a curve's band, and replications of each
MOST_BYTES = 4_000_000  # of a file of cases


@click.command("sweep")
@study_options
@measure_option
@click.option("--vary", "varied", multiple=True, metavar="PATH=FROM:TO:N[:log]", help="One parameter, or two.")
@click.option("--cases", metavar="FILE", help="A CSV of cases: paths in the header, a row a case.")
@click.option("--settings", type=click.IntRange(1, 10_000), help="Settings of what is not known, for a band.")
@click.option("--plan", "is_plan", is_flag=True, help="Show how much would be run, and run nothing.")
def command(
    order: Order, measure: Measure, varied: tuple[str, ...], cases: str | None, settings: int | None, is_plan: bool
) -> None:
    """Compare two arms over the values of one parameter or two, or over cases of many.

    A parameter is any number or choice of the file. The pair is the first that the scenario compares, or --arms A,B.

    \b
    Examples:
      sim sweep first-look --vary stages.us_evaluates.delay.lognormal.median="30 s:1 h:25:log"
      sim sweep 2019-10-02-pukguksong-3 --vary "flows.us_side=us_evaluates|[us_evaluates, originator_consents]"
      sim sweep mine.yaml --cases cases.csv
    """
    plan = _plan(order, measure, _grid(varied, cases), settings, f"--cases {cases}:" if cases else "--vary")
    if is_plan or not order.is_quiet:
        click.echo(_words(plan), err=True)
    if is_plan:
        return

    def make(simulate: Simulate, digest: str) -> Answer:
        from sim.experiment.study import Study
        from sim.studies.sweep.find import sweep
        from sim.studies.sweep.page import answer as said

        def ask(scenario: Scenario, settings: tuple[Setting, ...], n: int, n_sections: int) -> Outcomes:
            return simulate(Study(scenario, settings, n, n_sections))

        return said(sweep(plan, ask), digest)

    options = {
        "pair": plan.pair,
        "for": measure,
        "axes": [[axis.path, axis.texts, axis.is_log] for axis in plan.grid.axes],
        "cells": plan.grid.cells if plan.grid.names else "every",
        "names": plan.grid.names,
        "replications": plan.n_replications,
        "settings": [plan.n_settings, plan.n_each],
    }
    answer(order, "sweep", options, plan.n_launches, make)


def _grid(varied: tuple[str, ...], cases: str | None) -> Grid:
    from sim.studies.sweep.axes import parse_axis
    from sim.studies.sweep.find import cases_of, grid_of

    if cases is None:
        return grid_of([parse_axis(given) for given in varied])
    if varied:
        raise SimError("--vary makes all combinations and --cases has its own — give one of them")
    try:
        if (size := Path(cases).stat().st_size) > MOST_BYTES:
            raise SimError(f"--cases {cases}: {size:,} bytes are more than {MOST_BYTES:,}")
        return cases_of(Path(cases).read_text(encoding="utf-8-sig"), cases)
    except (OSError, UnicodeDecodeError) as error:
        raise SimError(f"--cases {cases}: cannot be read ({error}) — give a CSV in UTF-8") from None


def _plan(order: Order, measure: Measure, grid: Grid, settings: int | None, option: str) -> Plan:
    from sim.experiment.study import comparing
    from sim.scenario.loader import reload
    from sim.studies.sweep.find import Plan, check_plan, pair_of, with_whole_numbers, worlds_of

    pair = pair_of(order.scenario)

    def load(texts: Mapping[str, str]) -> Scenario:
        return comparing(reload(order.scenario, texts, option), pair)

    if not grid.names:
        from sim.studies.sweep.find import grid_of

        grid = grid_of([with_whole_numbers(axis, load) for axis in grid.axes])
    worlds = worlds_of(order.scenario, pair, grid, load)
    n_launches = len(order.scenario.launch_keys())
    most = max(LEAST, MOST_LAUNCHES // len(grid.cells) // n_launches)
    n = order.n_replications or min(order.scenario.replications, most)
    n_settings = settings or (N_SETTINGS if len(grid.axes) == 1 else 1)
    plan = Plan(order.scenario, pair, measure, grid, worlds, n, n_settings, min(n, N_EACH))
    check_plan(plan)
    return plan


def _words(plan: Plan) -> str:
    """How much is to be run."""
    from sim.experiment.engines import study_s

    n_launches = len(plan.scenario.launch_keys())
    launches = f" × {n_launches} launches" if n_launches > 1 else ""
    cells = f"{len(plan.grid.cells):,} cells × {plan.n_replications:,} replications{launches}"
    band = f" and {plan.n_band:,} settings × {plan.n_each:,}" if plan.n_band else ""
    lost = [f"{axis.path}: {len(axis.texts)} of {axis.n_asked} values differ" for axis in plan.grid.axes]
    said = [text for text, axis in zip(lost, plan.grid.axes, strict=True) if len(axis.texts) < axis.n_asked]
    seconds = study_s(plan.worlds[0].scenario, len(plan.grid.cells) + plan.n_band, plan.n_launches)
    time = f"about {max(1, round(seconds)):,} s on one core, compiled"
    return "; ".join([f"plan: {cells}{band}, {time}", *said])
