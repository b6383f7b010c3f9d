"""Every launch of a campaign at working values, and in the settings that hold the ends of a few of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sim.analysis.box import settings_at_ends
from sim.analysis.measures import Measure
from sim.analysis.outcomes import Outcomes, Quantity
from sim.asking.pairs import need_pair
from sim.asking.study import Plan
from sim.errors import SimError
from sim.experiment.bands import find_bands, n_each
from sim.experiment.batch import Batch
from sim.experiment.engines import cost_words, n_looked_at, n_tried
from sim.experiment.simulator import Simulator
from sim.model.ranges import TYPICAL, Setting
from sim.model.scenario import Scenario
from sim.studies.campaign.calendars import is_dated
from sim.studies.campaign.totals import Campaign, Pair, Simulated, reported, total
from sim.studies.campaign.work import worked

AT_ENDS = 500  # missiles of a launch, in each of those settings
ENDS = 40  # settings that hold the ends of the launches that are searched, about
CLOCK = "add date: 2019-10-02 and time: 07:10 to it"
UNDATED = (
    "no channel that its compared arms use opens or closes, so every launch is alike — use base-case/channels.yaml in "
    "place of channels-as-if.yaml, or give one periods, e.g. open: [{until: 2019-11-23}]"
)


@dataclass(frozen=True, kw_only=True)
class CampaignPlan(Plan):
    """The launches in order of time, each a scenario whose arms are compared with the baseline as well; the pairs told.

    n : replications of each launch at working values.
    """

    runs: tuple[Scenario, ...]
    pairs: tuple[Pair, ...]
    n: int


def plan(scenario: Scenario, *, replications: int | None = None) -> CampaignPlan:
    """As many replications of each launch as are asked for, else those of the file.

    Raises
    ------
    SimError : there is no pair, nothing opens or closes, or a launch has no clock.
    """
    need_pair(scenario, "a campaign")
    if not is_dated(scenario):
        raise SimError(f"{scenario.name}: {UNDATED}")
    for run in scenario.runs:
        if run.zero is None:
            name = run.launches[0].name
            raise SimError(f"{scenario.name}: {name} has no clock, so it has no place among the others — {CLOCK}")
    n = replications or scenario.replications
    ordered = sorted(scenario.runs, key=lambda run: run.clock)
    kinds = {len(run.launch_keys()): run for run in ordered}.values()  # at least: a pair may change some of them alone
    n_tries = sum(map(n_tried, kinds))
    n_ends = ENDS if n_tries else 1
    replications_of = [n + n_ends * n_each(run, AT_ENDS) for run in ordered]
    missiles = sum(of_run * len(run.launch_keys()) for of_run, run in zip(replications_of, ordered, strict=True))
    n_launches = 2 * missiles + sum(map(n_looked_at, kinds))  # once for the reports, once for what they take of work
    n_settings = 2 * n_ends * len(ordered) + n_tries
    again = f", each again in about {ENDS} settings that hold the ends of the bands" if n_tries else ", each once more"
    search = ", and a search for those" if n_tries else ""
    n_all = f" ({sum(replications_of):,} replications in all)"
    what = f"{len(ordered)} {scenario.happenings} × {n:,} replications{again}{n_all}{search}"
    return CampaignPlan(
        study="campaign",
        scenario=scenario,
        asked={"replications": n},
        cost=cost_words(scenario, what, n_settings, n_launches),
        n_launches=n_launches,
        n_settings=ENDS,
        n_replications=sum(replications_of),
        runs=tuple(replace(run, contrasts=_contrasts(run)) for run in ordered),
        pairs=scenario.contrasts,
        n=n,
    )


def _contrasts(scenario: Scenario) -> tuple[Pair, ...]:
    """The pairs that it compares, and every arm of its product against the baseline."""
    if scenario.baseline is None:
        return scenario.contrasts
    alike = scenario.of_product(scenario.arm(scenario.baseline).product)
    against = ((arm.name, scenario.baseline) for arm in alike.compared)
    return tuple(dict.fromkeys((*scenario.contrasts, *against)))


def find(plan: CampaignPlan, simulator: Simulator) -> Campaign:
    """Every launch, and what they add up to."""
    typical = simulator.each([Batch(run, (TYPICAL,), plan.n) for run in plan.runs])
    kinds = _kinds(plan, typical)
    settings = (TYPICAL, *_ends(kinds, simulator))
    at_ends = simulator.each([Batch(run, settings, n_each(run, AT_ENDS)) for run in plan.runs])
    every = [Simulated(*one) for one in zip(plan.runs, typical, at_ends, strict=True)]
    launches = tuple(map(reported, every))
    totals = tuple(total(pair, every, launches) for pair in plan.pairs)
    work, desks = worked(plan.runs, plan.pairs, _most_changed(plan, typical), plan.n, simulator)
    return Campaign(launches, totals, len(settings), work, desks)


def _most_changed(plan: CampaignPlan, typical: Sequence[Outcomes]) -> tuple[Scenario, ...]:
    """The first launch that most pairs change: what a missile takes of work there is least and most alike elsewhere."""
    n_changed = [
        sum(found.values[Quantity(Measure.MEAN, *pair)][0, 0] != 0 for pair in plan.pairs) for found in typical
    ]
    return (plan.runs[n_changed.index(max(n_changed))],)


def _kinds(plan: CampaignPlan, typical: Sequence[Outcomes]) -> tuple[Scenario, ...]:
    """Of each kind of launch the first: of one kind are those of as many missiles that the same pairs change."""
    kinds: dict[tuple[int, ...], Scenario] = {}
    for run, found in zip(plan.runs, typical, strict=True):
        is_changed = (int(found.values[Quantity(Measure.MEAN, *pair)][0, 0] != 0) for pair in plan.pairs)
        kinds.setdefault((len(run.launch_keys()), *is_changed), run)
    return tuple(kinds.values())


def _ends(kinds: Sequence[Scenario], simulator: Simulator) -> tuple[Setting, ...]:
    """Where the means of some launches and their differences are lowest and highest."""
    bands = (find_bands(run, simulator.execution.engine) for run in kinds)
    return settings_at_ends(
        extent for found in bands for quantity, extent in found.items() if quantity.measure == Measure.MEAN
    )
