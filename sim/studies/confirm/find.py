"""Rules of confirmation: the launches, and in their place a false report of each source, under every arm."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sim.asking.study import Plan
from sim.errors import SimError
from sim.experiment.bands import find_bands
from sim.experiment.batch import Batch
from sim.experiment.engines import cost_words, n_looked_at, n_tried
from sim.experiment.simulator import Simulator
from sim.model.ranges import TYPICAL
from sim.model.scenario import Scenario
from sim.scenario.loader import reload
from sim.studies.confirm.rules import Price, Rule, Simulated, prices, rules, sources_of
from sim.units import count_text

OF_A_DAY = ("date", "time", "zone", "matter")  # of a launch: what channels and hours go by


@dataclass(frozen=True, kw_only=True)
class ConfirmPlan(Plan):
    """The sources whose false reports are looked at, at the typical setting and at the ends of the ranges.

    n : replications at the typical setting.
    """

    sources: tuple[str, ...]
    n: int


@dataclass(frozen=True)
class Confirmation:
    """What every arm makes of launches and false reports, and what the stricter of two costs."""

    rules: tuple[Rule, ...]
    prices: tuple[Price, ...]


def plan(scenario: Scenario, *, replications: int | None = None) -> ConfirmPlan:
    """Every source that some arm uses and that is sometimes false.

    Raises
    ------
    SimError : there are none, or some launch has no deadline.
    """
    sources = tuple(sources_of(scenario))
    _check(scenario, sources)
    n = replications or scenario.replications
    n_launches = (1 + len(sources)) * (len(scenario.launch_keys()) * n + n_looked_at(scenario))
    search = ", and a search for the ends of the bands" if n_tried(scenario) else ""
    what = f"{n:,} replications of launches and of false reports of {count_text(len(sources), 'source')}{search}"
    return ConfirmPlan(
        study="confirm",
        scenario=scenario,
        asked={"replications": n},
        cost=cost_words(scenario, what, (1 + len(sources)) * (1 + n_tried(scenario)), n_launches),
        n_launches=n_launches,
        n_settings=1,
        sources=sources,
        n=n,
    )


def _check(scenario: Scenario, sources: tuple[str, ...]) -> None:
    if not sources:
        raise SimError(
            f"{scenario.name}: its arms use no stage or sensor with false_alarms — say how often one reports a launch "
            "that never was, e.g. false_alarms: {per_year: 0.5, evidence: assumed}"
        )
    if not scenario.is_timed:
        raise SimError(
            f"{scenario.name}: not every launch has a deadline, so no alert is late — add flight_time: 10 min"
        )


def find(plan: ConfirmPlan, simulator: Simulator) -> Confirmation:
    """The rules of the plan, and their prices."""
    launched = _simulated(plan, plan.scenario, simulator)
    false = {source: _simulated(plan, falsely_reported(plan.scenario, source), simulator) for source in plan.sources}
    of_arms = rules(plan.scenario, launched, false)
    return Confirmation(of_arms, prices(plan.scenario, launched, of_arms))


def _simulated(plan: ConfirmPlan, scenario: Scenario, simulator: Simulator) -> Simulated:
    """A scenario at the typical setting with its noise, and how far it goes over the ranges."""
    typical = simulator.outcomes(Batch(scenario, (TYPICAL,), plan.n))
    return Simulated(typical, find_bands(scenario, simulator.execution.engine))


def falsely_reported(scenario: Scenario, source: str) -> Scenario:
    """The scenario with one false report of a source in place of its launches, with the draws and the day of the first.

    Channels are open or not as they are then.
    """
    first = scenario.real.launches[0]
    told: dict[str, str] = scenario.document["launches"][scenario.launches.index(first)]  # type: ignore[index]
    of_its_day = {name: told[name] for name in OF_A_DAY if name in told}
    entry = {"name": first.name, "false_report": source, **of_its_day}
    return reload(scenario, {"launches": json.dumps([entry], ensure_ascii=False)}, "launches")
