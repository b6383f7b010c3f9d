"""What the launches of a run, or of several, show together, as the title of their figure."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.analysis.launches import LaunchMedian
from sim.analysis.results import Results
from sim.model.scenario import Scenario
from sim.say.numbers import share_text
from sim.say.whose import report_words, where
from sim.units import US_PER_MINUTE, minutes


def title_of_one(scenario: Scenario, medians: Sequence[LaunchMedian]) -> str:
    """How much later the last launch is reported than the first, in the slowest arm."""
    last = len(scenario.real.launch_keys()) - 1
    found = {(m.arm, m.launch): m.p50_us for m in medians}
    growth = {arm.name: found[arm.name, last] - found[arm.name, 0] for arm in scenario.arms}
    known = {name: value for name, value in growth.items() if not math.isnan(value)}
    if not known or max(known.values()) < US_PER_MINUTE:
        return f"Every {scenario.happening} is reported about as fast as the first"
    name = max(known, key=lambda arm: known[arm])
    arm = scenario.arm(name).title
    return f"Reports queue: the last takes {minutes(known[name]):.0f} min longer than the first ({arm})"


def title_of_all(runs: Sequence[tuple[Scenario, Results]]) -> str:
    """Who is there by the deadlines, from the worst run to the best: the first pair, and the best of the others."""
    alike = [{(arm.name, arm.title) for arm in scenario.compared} for scenario, _ in runs]
    common = [arm for arm in runs[0][0].arms if all((arm.name, arm.title) in names for names in alike)]
    shares = {arm.name: in_time(runs, arm.name) for arm in common}
    if not common or any(not found for found in shares.values()):
        return f"When {report_words(runs[0][0])} of each {runs[0][0].happening} reaches {where(runs[0][0])}"
    first = runs[0][1].contrasts[:1]
    pair = [arm for arm in common if first and arm.name in (first[0].a, first[0].b)]
    best = max(common, key=lambda arm: max(shares[arm.name]))
    shown = pair if best in pair else [*pair, best]
    said = [f"{arm.title} {_range(shares[arm.name])}" for arm in shown]
    return f"By the deadline, at working values, over the {runs[0][0].happenings}: {'; '.join(said)}"


def in_time(runs: Sequence[tuple[Scenario, Results]], arm: str) -> list[float]:
    """The share that is in time under an arm in each run; none if a run has no deadlines."""
    found = [results.arm(arm).in_time for _, results in runs]
    return [interval.estimate for interval in found if interval] if all(found) else []


def _range(shares: Sequence[float]) -> str:
    low, high = share_text(min(shares)), share_text(max(shares))
    return low if low == high else f"{low} to {high}"
