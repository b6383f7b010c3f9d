"""What a rule of confirmation costs and saves: when launches are alerted, and how many false reports become alerts.

A rule that wants a second source stops the false report of one, and delays or loses the alert of a launch. The two
sides stand beside each other as they do for earthquake early warning (Minson and others, The Limits of Earthquake
Early Warning Accuracy and Best Alerting Strategy, Scientific Reports 9, 2019, figure 7). How often a source is
false is not simulated: a false report stands alone, and the share of them that becomes an alert is multiplied by how
many there are a year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.analysis.bands import Band, band_of
from sim.analysis.box import Extents, of
from sim.analysis.intervals import Interval
from sim.analysis.measures import Measure
from sim.analysis.outcomes import Outcomes, Quantity, interval
from sim.model.flow import steps
from sim.model.ranges import extremes
from sim.model.scenario import Arm, Scenario
from sim.model.stage import Stage


@dataclass(frozen=True)
class Estimate:
    """A number at the typical setting with the noise of the simulation, and how far it goes over the ranges."""

    typical: Interval
    band: Band


@dataclass(frozen=True)
class OfSource:
    """What an arm makes of the false reports of one source: the share that is an alert, and how many reports a year.

    per_year : at the typical value; per_year_band : over the range of the rate.
    """

    source: str
    title: str
    share: Estimate
    per_year: float
    per_year_band: Band


@dataclass(frozen=True)
class Rule:
    """One arm: shares of launches, the median of the alerts that come (microseconds), false alerts a year.

    false_per_year_band : every rate and every share at its lowest, and at its highest, which is no distribution.
    """

    arm: str
    title: str
    in_time: Estimate
    late: Interval
    never: Estimate
    median: Estimate
    sources: tuple[OfSource, ...]
    false_per_year: float
    false_per_year_band: Band


@dataclass(frozen=True)
class Price:
    """What a rule with fewer false alerts costs beside another with more.

    later : difference of the medians of the alerts that come, microseconds; in_time : of the shares in time.
    """

    strict: str
    loose: str
    later: Estimate
    in_time: Estimate


@dataclass(frozen=True, eq=False)
class Simulated:
    """The outcomes of a scenario at the typical setting, with sections for the noise, and the ends over the ranges."""

    typical: Outcomes
    extents: Extents

    def estimate(self, measure: Measure, arm: str, against: str = "") -> Estimate:
        """A measure of an arm, or of a pair the first minus the second, in either order of the pair."""
        at = interval(of(self.typical, Quantity(measure, arm, against))[:, 0])
        if Quantity(measure, against, arm) in self.extents:
            return _turned(self.estimate(measure, against, arm), 0.0)
        return Estimate(at, band_of(self.extents, Quantity(measure, arm, against), at))


def _turned(estimate: Estimate, whole: float) -> Estimate:
    """What is left of a whole; of 0, the other sign."""
    at, band = estimate.typical, estimate.band
    ends = whole - band.high, whole - band.low, band.high_noise, band.low_noise
    return Estimate(Interval(whole - at.estimate, whole - at.high, whole - at.low), Band(*ends))


def sources_of(scenario: Scenario) -> dict[str, Stage]:
    """The sources of false alarms that some arm uses, by name, each as the first such arm has it."""
    used = (arm.stages[step.stage] for arm in scenario.arms for step in steps(arm.flow))
    sources: dict[str, Stage] = {}
    for stage in used:
        if stage.false_alarms:
            sources.setdefault(stage.name, stage)
    return sources


def rules(scenario: Scenario, launched: Simulated, false: Mapping[str, Simulated]) -> tuple[Rule, ...]:
    """What every arm makes of launches, and of the false reports of each source."""
    sources = [(stage, false[name]) for name, stage in sources_of(scenario).items()]
    return tuple(_rule(arm, launched, sources) for arm in scenario.arms)


def _rule(arm: Arm, launched: Simulated, false: Sequence[tuple[Stage, Simulated]]) -> Rule:
    arrives, in_time = (launched.typical.values[Quantity(one, arm.name)] for one in (Measure.ARRIVES, Measure.IN_TIME))
    sources = tuple(_of_source(arm, stage, simulated) for stage, simulated in false)
    return Rule(
        arm=arm.name,
        title=arm.title,
        in_time=launched.estimate(Measure.IN_TIME, arm.name),
        late=interval((arrives - in_time)[:, 0]),
        never=_turned(launched.estimate(Measure.ARRIVES, arm.name), 1.0),
        median=launched.estimate(Measure.P50, arm.name),
        sources=sources,
        false_per_year=sum(source.per_year * source.share.typical.estimate for source in sources),
        false_per_year_band=Band(
            sum(source.per_year_band.low * source.share.band.low for source in sources),
            sum(source.per_year_band.high * source.share.band.high for source in sources),
        ),
    )


def _rates(arm: Arm, stage: Stage) -> tuple[float, ...]:
    """The ends of a rate, the typical one between them; nothing where an arm's own stage is never false."""
    alarms = arm.stages[stage.name].false_alarms
    return extremes(alarms.per_year) if alarms else (0.0,)


def _of_source(arm: Arm, stage: Stage, simulated: Simulated) -> OfSource:
    rates = _rates(arm, stage)
    share = simulated.estimate(Measure.FALSE_ALERT, arm.name)
    return OfSource(stage.name, stage.title, share, rates[len(rates) // 2], Band(rates[0], rates[-1]))


def prices(scenario: Scenario, launched: Simulated, rules: Sequence[Rule]) -> tuple[Price, ...]:
    """Of the pairs that the scenario speaks of, those whose rules differ in false alerts."""
    rate = {rule.arm: rule.false_per_year for rule in rules}
    pairs = (sorted(pair, key=lambda arm: rate[arm]) for pair in scenario.contrasts)
    return tuple(_price(launched, strict, loose) for strict, loose in pairs if rate[strict] < rate[loose])


def _price(launched: Simulated, strict: str, loose: str) -> Price:
    later, in_time = (launched.estimate(measure, strict, loose) for measure in (Measure.P50, Measure.IN_TIME))
    return Price(strict, loose, later, in_time)
