"""When Tokyo told whom, beside what the chain from the US warning to the end of Tokyo's decision predicts.

A chain is known as a whole only, and was set on a part of these rows; those are fitted. No row says anything of
a relay from Seoul: notices are public acts, and knowing came up to 19 minutes before telling.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from sim.draws.quantiles import quantile
from sim.model.flow import needed_steps
from sim.model.ranges import TYPICAL, Position, Setting
from sim.model.scenario import Arm, Scenario, arm_ranges
from sim.scenario.facts import Notice
from sim.studies.record.forecast import SHARES, Doubles, Forecast, between, shown_by
from sim.studies.record.rows import Row, Span
from sim.units import US_PER_SECOND

CLOCK_S = 60.0  # a difference of two clocks that are whole minutes
NO_STEP = "no step of the model"
CHAIN = """
title: From the US warning to whoever is told in Tokyo
use: [base-case/stages.yaml, base-case/one-launch-desks.yaml, base-case/channels-as-if.yaml,
      base-case/tokyo-decides.yaml]
launches: [{name: any, deadline: none}]
compare: [command_post, minister, leadership, ships, public]
seed: 20120413
"""
WARNING = "command_post"  # the arm that is the warning alone
ENDS: Mapping[str, str] = {
    "command post": WARNING,
    "minister": "minister",
    "leadership": "leadership",
    "ships": "ships",
    "public": "public",
}
HALF, MOST = 0, 1  # of `SHARES`
N_EACH = 200  # of each step's latencies, at even shares: medians to a second


@dataclass(frozen=True, eq=False)
class Chain:
    """Latencies from launch to the end of a chain, in seconds, equally likely each: float64 (n,).

    typical : at working values; low, high : with what is not known at either end.
    warning, decision : the steps at working values; the decision is 0 where the warning is all.
    """

    warning: Doubles
    decision: Doubles
    low: Doubles
    high: Doubles

    @property
    def typical(self) -> Doubles:
        return summed(self.warning, self.decision)

    def with_median(self, median_s: float) -> Chain:
        """The same shapes; the median of the decision is that of the whole less the warning, as in the base case."""
        scaled = self.decision * max(median_s - float(np.median(self.warning)), 0.0) / float(np.median(self.decision))
        found = replace(self, decision=scaled)
        return replace(found, low=found.typical, high=found.typical)


def chains(scenario: Scenario) -> Mapping[str, Chain]:
    """Tokyo's chains, by who is told; ``scenario`` is read from `CHAIN`.

    The warning is varied alone, and behind it each decision alone: only the sum of the two is on record, so that
    varying both would count what is not known twice. Of a warning that fails nothing is told here.
    """
    warning = {spanned.path for spanned in arm_ranges(scenario.arm(WARNING))}
    return {to: _chain(scenario.arm(arm), warning) for to, arm in ENDS.items()}


def _chain(arm: Arm, of_warning: set[str]) -> Chain:
    varied = {spanned.path for spanned in arm_ranges(arm)}
    varied = varied if arm.name == WARNING else varied - of_warning
    low, high = (dict.fromkeys(varied, position) for position in _ENDS)
    (warning, decision), *ends = (_steps(arm, setting) for setting in (TYPICAL, low, high))
    return Chain(warning, decision, *(summed(*steps) for steps in ends))


_ENDS: tuple[Position, Position] = (0.0, 1.0)


def _steps(arm: Arm, setting: Setting) -> tuple[Doubles, Doubles]:
    """The latencies of the warning and of the decision behind it, at even shares."""
    shares = (np.arange(N_EACH) + 0.5) / N_EACH
    warning, *decided = (quantile(arm.stages[step.stage].delay.at(setting), shares) for step in needed_steps(arm.flow))
    return warning / US_PER_SECOND, sum(decided, np.zeros(1)) / US_PER_SECOND


def summed(warning: Doubles, decision: Doubles) -> Doubles:
    """Every latency of the one with every latency of the other, sorted."""
    return np.sort((warning[:, None] + decision).ravel())


def passed(notice: Notice) -> float | None:
    """How much of the launch's minute had passed where its second is known, as in 07:38:55; else None."""
    part = notice.after_min % 1
    return 1 - part if part else None


def forecast(notice: Notice, chain: Chain, label: str) -> Forecast:
    """What a chain predicts of a notice."""
    known, minutes, times = passed(notice), math.ceil(notice.after_min), chain.typical
    within = tuple(between(times, share, known) for share in SHARES)
    return Forecast(
        notice.launch,
        notice.to,
        notice.what,
        label,
        minutes,
        within,
        tuple(shown_by(times, high, known) - shown_by(times, low - 1, known) for low, high in within),
        Span(shown_by(times, minutes - 1, known), shown_by(times, minutes, known)),
        (between(chain.low, SHARES[-1], known)[0], between(chain.high, SHARES[-1], known)[1]),
    )


def notice_rows(notices: Iterable[Notice], chains: Mapping[str, Chain]) -> tuple[Row, ...]:
    """A row a notice; ``chains`` by who is told. It agrees within the widest interval predicted."""
    return tuple(_row(notice, chains.get(notice.to)) for notice in notices)


def forecasts(notices: Iterable[Notice], chains: Mapping[str, Chain]) -> tuple[Forecast, ...]:
    """What the base case predicts of the notices that it was not set on."""
    held = [one for one in notices if one.to in chains and not one.is_anchor]
    return tuple(forecast(one, chains[one.to], "base case") for one in held)


def _row(notice: Notice, chain: Chain | None) -> Row:
    after_s = CLOCK_S * notice.after_min
    told = forecast(notice, chain, "") if chain else None
    return Row(
        kind="notices",
        launch=notice.launch,
        what=notice.what,
        recorded=f"{notice.after_min:g} min",
        modelled=_words(told, notice) if told else NO_STEP,
        use="fitted" if notice.is_anchor else "held out",
        verdict="undecided" if told is None else "agrees" if told.is_within(MOST) else "disagrees",
        source=notice.source,
        note=notice.note,
        record=Span(max(0.0, after_s - CLOCK_S), after_s + CLOCK_S),
        model=_span(told, notice, MOST) if told else None,
        core=_span(told, notice, HALF) if told else None,
        typical=float(np.median(chain.typical)) if chain else None,
    )


def _span(told: Forecast, notice: Notice, place: int) -> Span:
    """Between which differences of the two clocks it should come, in seconds."""
    ends = (minutes - (passed(notice) or 0.0) for minutes in told.within[place])
    return Span(*(CLOCK_S * end for end in ends))


def _words(told: Forecast, notice: Notice) -> str:
    spans = [_span(told, notice, place) for place in (HALF, MOST)]
    half, most = (f"{span.low / CLOCK_S:.3g} to {span.high / CLOCK_S:.3g}" for span in spans)
    return f"{half}, 90 %: {most} min"
