"""The share of launches reported by each time, as a curve."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.analysis.tally import AT_TYPICAL, Key, Tally, launch_key
from sim.model.scenario import Scenario

Floats = NDArray[np.float64]


def share_by(tally: Tally, setting: int, arm: str, times_us: Floats) -> Floats:
    """The share of an arm's launches reported by each time, float (time,).

    Times within `RELATIVE_ERROR` of each other may count as one, in all runs alike.
    """
    key = Key(setting, "latency", arm)
    shares: Floats = tally.spreads[key].counts_to(times_us) / tally.sums[key._replace(measure="arrives")].count
    return shares


def share_with(scenario: Scenario, tally: Tally, setting: int, arm: str, needs_us: Floats) -> Floats:
    """The share of an arm's launches reported at least so long before what the report warns of, float (need,).

    Every launch has a deadline under the arm. Times within `RELATIVE_ERROR` of each other may count as one.
    """
    due = [scenario.arm(arm).deadline_of(entry) for entry, _ in scenario.real.launch_keys()]
    events = {deadline.event_us for deadline in due if deadline}
    if len(events) == 1:
        return share_by(tally, setting, arm, events.pop() - needs_us)
    shares = np.zeros(len(needs_us))
    for launch, deadline in enumerate(due):
        if deadline is not None:
            spread = tally.spreads[launch_key(setting, arm, launch, len(due))]
            shares += spread.counts_to(deadline.event_us - needs_us)
    return shares / tally.sums[Key(setting, "arrives", arm)].count


def shares_by(tally: Tally, arm: str, times_us: Floats) -> Floats:
    """The same for every setting, float (setting, time)."""
    return np.stack([share_by(tally, setting, arm, times_us) for setting in tally.settings])


def span_us(tally: Tally, arms: tuple[str, ...], low: float, high: float) -> tuple[int, int] | None:
    """Two quantiles of the typical latencies of several arms taken together; None if no report arrives."""
    spreads = [tally.spreads[Key(AT_TYPICAL, "latency", arm)] for arm in arms]
    every = sum(spreads[1:], spreads[0])
    if not every.n:
        return None
    start, stop = (int(every.values[every.cell(int(q * (every.n - 1)))]) for q in (low, high))
    return start, stop
