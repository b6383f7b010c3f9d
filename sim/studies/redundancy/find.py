"""The share of reports in time under two arms, at every share of time that what fails is up."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sim.analysis.box import settings_at_ends
from sim.analysis.intervals import RatioSums, share_difference
from sim.analysis.measures import Measure
from sim.analysis.outcomes import Floats, Outcomes, Quantity, noise
from sim.analysis.tally import is_real
from sim.asking.study import Plan
from sim.errors import SimError
from sim.experiment.bands import MEASURED, find_bands, n_each
from sim.experiment.batch import Batch, comparing
from sim.experiment.engines import cost_words, n_looked_at, n_tried
from sim.experiment.simulator import Simulator
from sim.model.outages import Alternating
from sim.model.ranges import Exactly, Number, Range, Setting
from sim.model.scenario import Arm, Scenario
from sim.scenario.document import printable, suggestion

SHARES = (0.0, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 1.0)  # of time that the hub is up
SEARCHED = (0.0, 0.5, 0.8, 0.95, 1.0)  # of those, where the ends of the band are searched for; at the file's as well
FEWEST = 0.5  # of the shares that are shown: at 0 the second channel is alone, which the closed form needs
N_EACH = 4_000  # replications at each share, unless it is said how many
PAIR = "compare two arms, one with the second channel and one without: contrasts: [[both, via_washington]]"
GIVE = "give one to a channel: outages: {availability: 95 %, down: 2 h, evidence: assumed}"
DATED = (
    "are dated, and a date has no share of time — sim run {} says what the second channel is worth then; or ask of "
    'outages by chance: --set "{}.outages={{availability: 95 %, down: 2 h, evidence: assumed}}"'
)
OTHERS = "does not use it, so nothing stands in for it when it fails — name what that arm uses, or turn to --arms {}"


@dataclass(frozen=True, kw_only=True)
class RedundancyPlan(Plan):
    """The pair, its hub and the shares of time that this is up.

    hub : the path of what fails; with_second, without : arms by name; shares : 0 and 1 are the first and the last.
    n : replications at each share; n_at_ends : at the settings that make the band.
    """

    hub: str
    with_second: str
    without: str
    shares: tuple[float, ...]
    n: int
    n_at_ends: int

    @property
    def own(self) -> Alternating:
        """The outages of the hub as the file has them."""
        return _own(self.scenario, self.hub)

    @property
    def measure(self) -> Measure:
        """Reports in time; where they are due by no time, those that arrive."""
        return Measure.IN_TIME if self.scenario.is_timed else Measure.ARRIVES


@dataclass(frozen=True, eq=False)
class Worth:
    """What came out at every share of time that the hub is up, in the place of a setting.

    typical : at working values; n_launches : of them at each share of time, of as many in each replication.
    ends : at the settings at which the worth is least and most at some share of time, where there are any.
    """

    typical: Outcomes
    n: int
    n_launches: int
    ends: tuple[Outcomes, ...] = ()

    def share(self, measure: Measure, arm: str) -> Floats:
        """A share of an arm's reports, (share of time,)."""
        found: Floats = self.typical.values[Quantity(measure, arm)][0]
        return found

    def worth(self, measure: Measure, a: str, b: str) -> tuple[Floats, Floats]:
        """The difference of two arms at each share of time, and its half-width; nan where that cannot be told."""
        apart = self.typical.difference(measure, a, b)
        return apart[0], self.half_width(apart)

    def half_width(self, apart: Floats) -> Floats:
        """The noise of differences of shares, of (1 + section, share of time), at most 1.

        It is that of sections, and no less than where each launch differs by as little as makes up the difference:
        a few replications in which none happens to differ show no spread.
        """
        low, high = noise(apart)
        each = self.n_launches // self.n
        least = [_least_half_width(self.n, each, round(abs(value) * self.n_launches)) for value in apart[0]]
        found: Floats = np.minimum(np.maximum((high - low) / 2, least), 1.0)
        return found

    def is_moved(self, measure: Measure, *arms: str) -> bool:
        """Whether how often the hub is up changes a share of any arm."""
        return any(len(np.unique(self.share(measure, arm))) > 1 for arm in arms)

    def band(self, measure: Measure, a: str, b: str) -> tuple[Floats, Floats]:
        """The lowest and highest difference of two arms found at each share of time."""
        each = np.stack([one.difference(measure, a, b)[0] for one in (self.typical, *self.ends)])
        return each.min(axis=0), each.max(axis=0)


def _least_half_width(n: int, per: int, total: int) -> float:
    """Of a difference of shares where so many launches of all differ, each on the same side and alone."""
    squares = max(total, total**2 // n)
    return share_difference(RatioSums(n, n, total, n * per, squares, total * per, n * per**2)).half_width


def plan(scenario: Scenario, *, replications: int | None = None, of: str | None = None) -> RedundancyPlan:
    """Every share of time, at the typical setting and where the ranges make the most and the least of it.

    Raises
    ------
    SimError : no pair is compared, or nothing of it goes down by chance.
    """
    if not scenario.contrasts:
        raise SimError(f"{scenario.name}: has no pair — {PAIR}")
    pair = scenario.contrasts[0]
    compared = comparing(scenario, pair)
    hub = _hub(compared, pair[1], of)
    shares = sorted({*SHARES, *searched(_own(compared, hub))})
    n = replications or min(scenario.replications, N_EACH)
    n_at_ends = min(n, n_each(scenario, MEASURED)) if n_tried(compared) else 0
    n_searches = len(searched(_own(compared, hub)))
    n_each_share = (n + 2 * n_searches * n_at_ends) * len(scenario.launch_keys())
    n_launches = len(shares) * n_each_share + n_searches * n_looked_at(compared)
    search = f", and {n_searches} searches for the ends of the band × {n_at_ends:,}" if n_at_ends else ""
    n_settings = len(shares) * (1 + (2 * n_searches if n_at_ends else 0)) + n_searches * n_tried(compared)
    return RedundancyPlan(
        study="redundancy",
        scenario=compared,
        asked={"replications": [n, n_at_ends], "of": hub, "shares": shares},
        cost=cost_words(compared, f"{len(shares)} shares of time × {n:,} replications{search}", n_settings, n_launches),
        n_launches=n_launches,
        n_settings=n_settings,
        hub=hub,
        with_second=pair[0],
        without=pair[1],
        shares=tuple(shares),
        n=n,
        n_at_ends=n_at_ends,
    )


def _hub(scenario: Scenario, without: str, of: str | None) -> str:
    """The path of what fails: what is asked for, or the first with outages by chance that the second arm uses."""
    arm = scenario.arm(without)
    by_chance = [path for path, outages in arm.outages().items() if isinstance(outages, Alternating)]
    every = {path: outages for one in scenario.arms for path, outages in one.outages().items()}
    dated = [path for path, outages in every.items() if not isinstance(outages, Alternating)]
    if of in dated or (of is None and dated and not by_chance):
        at = of or dated[0]
        raise SimError(f"{scenario.name}: the outages of {at} {DATED.format(scenario.name, at)}")
    if of in every and of not in by_chance:
        other = next(one.name for one in scenario.arms if one.name != without)
        raise SimError(f"--of {of}: {arm.title} {OTHERS.format(f'{without},{other}')}")
    if not by_chance:
        raise SimError(f"{scenario.name}: nothing that {arm.title} uses goes down by chance — {GIVE}")
    if of is None:
        return by_chance[0]
    if of not in by_chance:
        raise SimError(f"--of {printable(of)}: has no outages by chance in {arm.title}{suggestion(of[:60], by_chance)}")
    return of


def _own(scenario: Scenario, hub: str) -> Alternating:
    found = (arm.outages().get(hub) for arm in scenario.arms)
    return next(one for one in found if isinstance(one, Alternating))


def searched(own: Alternating) -> tuple[float, ...]:
    """The shares of time at which the ends of the band are searched for."""
    return tuple(sorted({*SEARCHED, round(own.share_up(), 6)}))


def find(plan: RedundancyPlan, simulator: Simulator) -> Worth:
    """The pair at every share of time with the same draws.

    The band is searched for at some shares, where whatever else is not known moves the worth: the settings at which it
    is least and most there are tried at every share, beside the typical one.
    """
    path = f"{plan.hub}.outages.availability"
    swept = available(plan.scenario, plan.hub, Range(path, 0.0, 0.5, 1.0, is_whole=False))
    batches = [Batch(swept, _settings(path, plan.shares, {}), plan.n)]
    batches += [
        Batch(swept, _settings(path, plan.shares, setting), plan.n_at_ends, n_sections=0)
        for setting in _ends(plan, simulator)
    ]
    typical, *ends = simulator.each(batches)
    return Worth(typical, plan.n, plan.n * int(is_real(plan.scenario).sum()), tuple(ends))


def _settings(path: str, shares: tuple[float, ...], others: Setting) -> tuple[Setting, ...]:
    return tuple({**others, path: Exactly(share)} for share in shares)


def _ends(plan: RedundancyPlan, simulator: Simulator) -> tuple[Setting, ...]:
    """The settings of everything else at which the worth is least and most at the shares that are searched."""
    if not plan.n_at_ends:
        return ()
    quantity = Quantity(plan.measure, plan.with_second, plan.without)
    found = (
        find_bands(available(plan.scenario, plan.hub, share), simulator.execution.engine).get(quantity)
        for share in searched(plan.own)
    )
    return settings_at_ends(extent for extent in found if extent is not None)


def available(scenario: Scenario, hub: str, share: Number) -> Scenario:
    """The scenario whose hub is up for a share of time, its outages as long as they were."""
    return replace(scenario, arms=tuple(_available(arm, hub, share) for arm in scenario.arms))


def _available(arm: Arm, hub: str, share: Number) -> Arm:
    outages = arm.outages().get(hub)
    if not isinstance(outages, Alternating):
        return arm
    section, _, name = hub.partition(".")
    changed = outages.available(share)
    if section == "channels":
        return replace(arm, channels={**arm.channels, name: replace(arm.channels[name], outages=changed)})
    if section == "desks":
        return replace(arm, desks={**arm.desks, name: replace(arm.desks[name], outages=changed)})
    stage = arm.stages[name]
    sensor = None if stage.sensor is None else replace(stage.sensor, outages=changed)
    return replace(arm, stages={**arm.stages, name: replace(stage, sensor=sensor)})


def straight(plan: RedundancyPlan, worth: Worth, arm: str) -> Floats:
    """The share of an arm at every share of time a in closed form, p0 + a (p1 - p0), (1 + section, share of time).

    p0 is where the hub is never up, p1 where it always is. It holds where each report finds the hub up or down as one
    instant at random does: an outage neither begins nor ends while the report is under way.
    """
    found = worth.typical.values[Quantity(plan.measure, arm)]
    line: Floats = found[:, :1] + np.array(plan.shares) * (found[:, -1:] - found[:, :1])
    return line


def second_alone(plan: RedundancyPlan, worth: Worth) -> Floats:
    """What the second channel delivers alone, q, (1 + section, 1).

    Where the hub is never up that is all that comes with it; where p0 comes without either, as much as makes
    1 - (1 - p0)(1 - q) of that.
    """
    both, p0 = (worth.typical.values[Quantity(plan.measure, arm)][:, :1] for arm in (plan.with_second, plan.without))
    left = 1 - p0
    found: Floats = 1 - np.divide(1 - both, left, out=np.ones_like(left), where=left > 0)
    return found


def independent(plan: RedundancyPlan, worth: Worth) -> Floats:
    """The share with both channels were they independent, 1 - (1 - p)(1 - q), (1 + section, share of time).

    p is the closed form without the second channel; q is what the second delivers alone.
    """
    found: Floats = 1 - (1 - straight(plan, worth, plan.without)) * (1 - second_alone(plan, worth))
    return found
