"""What a rule of confirmation costs and saves: when launches are alerted, and how many false reports become alerts.

A rule that wants a second source stops the false report of one, and delays or loses the alert of a launch. The two
sides stand beside each other as they do for earthquake early warning (Minson and others, The Limits of Earthquake
Early Warning Accuracy and Best Alerting Strategy, Scientific Reports 9, 2019, figure 7). How often a source is
false is not simulated: a false report stands alone, and the share of them that becomes an alert is multiplied by how
many there are a year.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.analyse import band
from sim.analysis.intervals import Interval
from sim.analysis.measures import Measure
from sim.analysis.outcomes import Floats, Outcomes, Quantity, interval
from sim.analysis.results import Band
from sim.model.flow import steps
from sim.model.ranges import extremes
from sim.model.scenario import Arm, Scenario
from sim.model.stage import Stage


@dataclass(frozen=True)
class Estimate:
    """A number at the typical setting with the noise of the simulation, and its band over the settings."""

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

    false_per_year_band : over the ranges of the rates and over the settings, which are no distribution.
    """

    arm: str
    title: str
    in_time: Estimate
    late: Estimate
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
    """The outcomes of a scenario: at the typical setting with sections for the noise, and over all settings."""

    typical: Outcomes
    settings: Outcomes

    def estimate(self, values: Callable[[Outcomes], Floats]) -> Estimate:
        """What is made of both, float64 (1 + section, setting): the number, its noise and its band."""
        return Estimate(interval(values(self.typical)[:, 0]), band(values(self.settings)[0].tolist()))


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
    arrives, in_time = of_arm(Measure.ARRIVES, arm), of_arm(Measure.IN_TIME, arm)
    sources = tuple(_of_source(arm, stage, simulated) for stage, simulated in false)
    return Rule(
        arm=arm.name,
        title=arm.title,
        in_time=launched.estimate(in_time),
        late=launched.estimate(lambda outcomes: arrives(outcomes) - in_time(outcomes)),
        never=launched.estimate(lambda outcomes: 1 - arrives(outcomes)),
        median=launched.estimate(of_arm(Measure.P50, arm)),
        sources=sources,
        false_per_year=sum(source.per_year * source.share.typical.estimate for source in sources),
        false_per_year_band=_false_per_year_band(arm, false),
    )


def of_arm(measure: Measure, arm: Arm) -> Callable[[Outcomes], Floats]:
    """How outcomes are asked for a measure of an arm."""
    return lambda outcomes: outcomes.values[Quantity(measure, arm.name)]


def _false_per_year_band(arm: Arm, false: Sequence[tuple[Stage, Simulated]]) -> Band:
    """Over the settings, with all rates at their low ends and with all at their high ends."""
    shares = [of_arm(Measure.FALSE_ALERT, arm)(simulated.settings)[0] for _, simulated in false]
    rates = [_rates(arm, stage) for stage, _ in false]
    ends = ([rate[end] for rate in rates] for end in (0, -1))
    least, most = (np.sum([rate * share for rate, share in zip(end, shares, strict=True)], axis=0) for end in ends)
    return band([*least.tolist(), *most.tolist()])


def _rates(arm: Arm, stage: Stage) -> tuple[float, ...]:
    """The ends of a rate, the typical one between them; nothing where an arm's own stage is never false."""
    alarms = arm.stages[stage.name].false_alarms
    return extremes(alarms.per_year) if alarms else (0.0,)


def _of_source(arm: Arm, stage: Stage, simulated: Simulated) -> OfSource:
    rates = _rates(arm, stage)
    share = simulated.estimate(of_arm(Measure.FALSE_ALERT, arm))
    return OfSource(stage.name, stage.title, share, rates[len(rates) // 2], Band(rates[0], rates[-1]))


def prices(scenario: Scenario, launched: Simulated, rules: Sequence[Rule]) -> tuple[Price, ...]:
    """Of the pairs that the scenario speaks of, those whose rules differ in false alerts."""
    rate = {rule.arm: rule.false_per_year for rule in rules}
    pairs = (sorted(pair, key=lambda arm: rate[arm]) for pair in scenario.contrasts)
    return tuple(_price(launched, strict, loose) for strict, loose in pairs if rate[strict] < rate[loose])


def _price(launched: Simulated, strict: str, loose: str) -> Price:
    later = launched.estimate(lambda outcomes: outcomes.difference(Measure.P50, strict, loose))
    in_time = launched.estimate(lambda outcomes: outcomes.difference(Measure.IN_TIME, strict, loose))
    return Price(strict, loose, later, in_time)
