"""What a rule of confirmation costs and saves: when launches are alerted, and how many false reports become alerts.

A rule that wants a second source stops the false report of one, and delays or loses the alert of a launch. The two
sides stand beside each other as they do for earthquake early warning (Minson and others, The Limits of Earthquake
Early Warning Accuracy and Best Alerting Strategy, Scientific Reports 9, 2019, figure 7). How often a source is
false is not simulated: a false report stands alone, and the share of them that becomes an alert is multiplied by how
many there are a year.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from sim.analysis.intervals import Interval
from sim.analysis.outcomes import Floats, Measure, Outcomes, Quantity, interval
from sim.analysis.results import Band, band
from sim.analysis.tally import deadlines_us
from sim.errors import SimError
from sim.model.flow import steps
from sim.model.ranges import extremes
from sim.model.scenario import Arm, FalseAlarms, Scenario, Stage
from sim.scenario.loader import reload


@dataclass(frozen=True)
class Found:
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
    share: Found
    per_year: float
    per_year_band: Band


@dataclass(frozen=True)
class Rule:
    """One arm: shares of launches, the median of the alerts that come (microseconds), false alerts a year.

    false_per_year_band : over the ranges of the rates and over the settings, which are no distribution.
    """

    arm: str
    title: str
    in_time: Found
    late: Found
    never: Found
    median: Found
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
    later: Found
    in_time: Found


@dataclass(frozen=True, eq=False)
class Told:
    """The outcomes of a scenario: at the typical setting with sections for the noise, and over all settings."""

    typical: Outcomes
    settings: Outcomes


def sources_of(scenario: Scenario) -> dict[str, Stage]:
    """The sources of false alarms that some arm uses, by name, each as the first such arm has it.

    Raises
    ------
    SimError : there are none, or some launch has no deadline.
    """
    used = (arm.stages[step.stage] for arm in scenario.arms for step in steps(arm.flow))
    found: dict[str, Stage] = {}
    for stage in used:
        if stage.false_alarms:
            found.setdefault(stage.name, stage)
    if not found:
        raise SimError(
            f"{scenario.name}: its arms use no stage or sensor with false_alarms — say how often one reports a launch "
            "that never was, e.g. false_alarms: {per_year: 0.5, evidence: assumed}"
        )
    if deadlines_us(scenario) is None:
        raise SimError(
            f"{scenario.name}: not every launch has a deadline, so no alert is late — add flight_time: 10 min"
        )
    return found


def falsely_reported(scenario: Scenario, source: str) -> Scenario:
    """The scenario with one false report of a source in place of its launches, with the draws of the first of them."""
    entry = {"name": scenario.real.launches[0].name, "false_report": source}
    return reload(scenario, {"launches": json.dumps([entry], ensure_ascii=False)}, "launches")


def rules(scenario: Scenario, launched: Told, false: Mapping[str, Told]) -> tuple[Rule, ...]:
    """What every arm makes of launches, and of the false reports of each source."""
    sources = sources_of(scenario)
    return tuple(_rule(arm, launched, [(sources[name], told) for name, told in false.items()]) for arm in scenario.arms)


def _rule(arm: Arm, launched: Told, false: list[tuple[Stage, Told]]) -> Rule:
    def known(measure: Measure) -> Callable[[Outcomes], Floats]:
        return lambda found: found.values[Quantity(measure, arm.name)]

    arrives, in_time = known("arrives"), known("in-time")
    rates = {stage.name: _per_year(arm.stages[stage.name].false_alarms) for stage, _ in false}
    sources = [_of_source(arm, stage, told, rates[stage.name]) for stage, told in false]
    every = [(rates[stage.name], known("false-alert")(told.settings)[0]) for stage, told in false]
    least, most = (np.sum([rate[end] * shares for rate, shares in every], axis=0) for end in (0, -1))
    return Rule(
        arm.name,
        arm.title,
        _found(launched, in_time),
        _found(launched, lambda found: arrives(found) - in_time(found)),
        _found(launched, lambda found: 1 - arrives(found)),
        _found(launched, known("p50")),
        tuple(sources),
        sum(one.per_year * one.share.typical.estimate for one in sources),
        band([*least.tolist(), *most.tolist()]),
    )


def _per_year(alarms: FalseAlarms | None) -> tuple[float, ...]:
    """The ends of a rate, the typical one between them; nothing where an arm's own stage is never false."""
    return extremes(alarms.per_year) if alarms else (0.0,)


def _of_source(arm: Arm, stage: Stage, told: Told, rate: tuple[float, ...]) -> OfSource:
    share = _found(told, lambda found: found.values[Quantity("false-alert", arm.name)])
    return OfSource(stage.name, stage.title, share, rate[len(rate) // 2], Band(rate[0], rate[-1]))


def _found(told: Told, values: Callable[[Outcomes], Floats]) -> Found:
    return Found(interval(values(told.typical)[:, 0]), band(values(told.settings)[0].tolist()))


def prices(scenario: Scenario, launched: Told, every: tuple[Rule, ...]) -> tuple[Price, ...]:
    """Of the pairs that the scenario speaks of, those whose rules differ in false alerts."""
    rate = {rule.arm: rule.false_per_year for rule in every}
    pairs = (sorted(pair, key=lambda arm: rate[arm]) for pair in scenario.contrasts)
    return tuple(_price(launched, strict, loose) for strict, loose in pairs if rate[strict] < rate[loose])


def _price(launched: Told, strict: str, loose: str) -> Price:
    def apart(measure: Measure) -> Found:
        return _found(launched, lambda found: found.difference(measure, strict, loose))

    return Price(strict, loose, apart("p50"), apart("in-time"))
