"""Work by centre over a campaign: launch by launch, then added up by year and over all, for each arm and pair."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from sim.analysis.box import settings_at_ends
from sim.analysis.measures import Measure
from sim.analysis.outcomes import Floats, Outcomes, Quantity
from sim.analysis.work import WorkSums, centres_of
from sim.experiment.bands import n_each
from sim.experiment.engines import EngineName
from sim.experiment.simulate import WORKED
from sim.experiment.simulator import Simulator
from sim.experiment.work import find_work, in_settings, sums_of
from sim.model.ranges import TYPICAL, Setting
from sim.model.scenario import Scenario
from sim.studies.campaign.desks import DeskTotal, desk_totals
from sim.studies.campaign.totals import CentreTotal, Pair, measured

AT_ENDS = 200  # missiles of a launch, in each of the settings that hold an end


@dataclass(frozen=True, eq=False)
class Worked:
    """The work of a launch, a missile: at working values, and in the settings that all launches share.

    sums : of the same replications at working values by arm, which have how desks stood.
    """

    run: Scenario
    typical: Outcomes
    settings: Outcomes
    sums: Mapping[str, WorkSums]

    @property
    def n_missiles(self) -> int:
        """How many missiles it had."""
        return len(self.run.launch_keys())


def worked(
    runs: Sequence[Scenario], pairs: Sequence[Pair], firsts: Sequence[Scenario], n: int, simulator: Simulator
) -> tuple[tuple[CentreTotal, ...], tuple[DeskTotal, ...]]:
    """The totals of every arm and pair, and of the desks of arms.

    Ends of bands are searched for on the ``firsts``, a launch of each kind.
    """
    execution = simulator.execution
    settings = (TYPICAL, *_ends(firsts, pairs, execution.engine))
    task = partial(_worked, settings=settings, n=min(n, WORKED), engine=execution.engine)
    every = [*execution.spread(task, runs, runs[0])]
    arms = [(arm.name, "") for arm in runs[0].arms]
    totals = tuple(total for about in (*arms, *pairs) for total in _totals(every, about))
    return totals, desk_totals(runs, [one.sums for one in every])


def _worked(run: Scenario, settings: tuple[Setting, ...], n: int, engine: EngineName) -> Worked:
    typical = in_settings(run, (TYPICAL,), n, engine)
    return Worked(run, typical, in_settings(run, settings, n_each(run, AT_ENDS), engine), sums_of(run, n, engine))


def _ends(firsts: Sequence[Scenario], pairs: Sequence[Pair], engine: EngineName) -> tuple[Setting, ...]:
    """Where the work of arms and the differences of pairs are lowest and highest."""
    return settings_at_ends(extent for run in firsts for extent in find_work(run, engine, pairs).values())


def _totals(every: Sequence[Worked], about: Pair) -> Iterator[CentreTotal]:
    """By centre: of all launches, and where there are several years of those of each."""
    scenario = every[0].run
    years = sorted({launch.run.clock.year for launch in every})
    parts: list[int | None] = [None, *(years if len(years) > 1 else [])]
    for centre in dict.fromkeys(centre for name in about if name for centre in centres_of(scenario.arm(name))):
        for year in parts:
            yield _total([launch for launch in every if year in (None, launch.run.clock.year)], about, centre, year)


def _total(launches: Sequence[Worked], about: Pair, centre: str, year: int | None) -> CentreTotal:
    n_missiles = sum(launch.n_missiles for launch in launches)
    typical, settings = (
        sum((launch.n_missiles * _work(getattr(launch, of), about, centre) for launch in launches), np.zeros((1, 1)))
        for of in ("typical", "settings")
    )
    total, each = measured(typical, settings), measured(typical / n_missiles, settings / n_missiles)
    return CentreTotal(about, centre, year, n_missiles, total, each)


def _work(found: Outcomes, about: Pair, centre: str) -> Floats:
    """The work of an arm, or of one minus another, (1 + section, setting)."""
    arm, against = about
    if against:
        return found.difference(Measure.WORK, arm, against, centre)
    return found.values[Quantity(Measure.WORK, arm, at=centre)]
