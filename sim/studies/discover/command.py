"""``sim discover``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from sim.asking.study import Order, answer, study_options
from sim.errors import SimError

if TYPE_CHECKING:
    from sim.analysis.outcomes import Measure
    from sim.model.scenario import Scenario
    from sim.store.study import Answer, Simulate
    from sim.studies.discover.condition import Condition

LAUNCHES = 100  # of each arm in a setting, unless it is said how many


@click.command("discover")
@study_options
@click.option("--when", metavar="CONDITION", help="What is looked for; else: the first arm sooner than the second.")
@click.option("--settings", type=click.IntRange(50, 100_000), default=2_000, show_default=True, help="Settings tried.")
def command(order: Order, when: str | None, settings: int) -> None:
    """Find in which settings of what nobody knows a condition holds, and how much each arm has to regret.

    \b
    A condition says of arms, joined by and, or, not:
      A sooner than B [by 5 min]   the mean paired difference; also: later than
      A in time [in 90 %]          at least that share of launches, 50 % if not said
      A within 10 min              the mean alert latency
    After "A in time and", "B not" says that B is not.

    \b
    Examples:
      sim discover 2019-10-02-pukguksong-3
      sim discover first-look --when "direct in time and via_washington not"
    """
    from sim.asking.extra import need

    need("discover", "ema_workbench")
    condition = _condition(order.scenario, when)
    scenario = replace(order.scenario, contrasts=condition.pairs)
    ranges = tuple(one for one in scenario.ranges() if _is_used(scenario, condition, one.path))
    if len(ranges) < 2:
        raise SimError(
            f"{scenario.name}: {'one value' if ranges else 'no value'} of the arms of the condition is a range, and a "
            "region needs two — write more as ranges, or ask sim breakeven --on"
        )
    n = order.n_replications or max(10, LAUNCHES // len(scenario.launch_keys()))

    def make(simulate: Simulate, digest: str) -> Answer:
        import numpy as np

        from sim.draws.settings import settings_of
        from sim.experiment.study import Study
        from sim.studies.discover.find import discover, regrets
        from sim.studies.discover.page import Discovered
        from sim.studies.discover.page import answer as said

        # the typical setting, which comes first, lies at no position
        tried = settings_of(replace(scenario, settings=replace(scenario.settings, count=settings + 1)))[1:]
        found = simulate(Study(scenario, tried, n, 0))
        paths = tuple(one.path for one in ranges)
        positions = np.array([[setting[path] for path in paths] for setting in tried], float)
        holds = condition.holds(found)
        arms = [arm.name for arm in scenario.arms if arm.name != scenario.baseline]
        measures: tuple[Measure, ...] = ("mean", "in-time") if _has_deadline(scenario) else ("mean",)
        of_arms = {measure: regrets(found, arms, measure) for measure in measures}
        discovery = discover(ranges, positions, holds)
        return said(Discovered(scenario, condition, paths, positions, holds, discovery, of_arms, n), digest)

    options = {
        "when": condition.text,
        "arms": [arm.name for arm in scenario.arms],
        "settings": settings,
        "replications": n,
    }
    n_launches = settings * n * len(scenario.launch_keys())
    answer(replace(order, scenario=scenario), "discover", options, n_launches, make)


def _condition(scenario: Scenario, when: str | None) -> Condition:
    from sim.studies.discover.condition import parse_condition

    if when is None:
        if not scenario.contrasts:
            raise SimError(f"{scenario.name}: has one arm, and sooner needs two — name them: --arms A,B")
        when = "{} sooner than {}".format(*scenario.contrasts[0])
    found = parse_condition(when, [arm.name for arm in scenario.arms])
    if found.needs_deadline and not _has_deadline(scenario):
        raise SimError(f"--when: {scenario.name} has no deadline to be in time for — give one, or say within 10 min")
    return found


def _has_deadline(scenario: Scenario) -> bool:
    return any(entry.deadline for entry in scenario.launches)


def _is_used(scenario: Scenario, condition: Condition, path: str) -> bool:
    """Whether an arm of the condition rests on a range, or the launches do."""
    from sim.model.scenario import arm_ranges

    users = [arm.name for arm in scenario.arms if any(one.path == path for one in arm_ranges(arm))]
    return not users or any(name in condition.arms for name in users)
