"""When a channel, a sensor or a desk is out of service: by chance, up and down in turn, or by date."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sim.model.calendar import Period
from sim.model.delay import Delay
from sim.model.distributions import Constant, Distribution, Exponential, Truncated
from sim.model.evidence import Evidence
from sim.model.ranges import TYPICAL, Number, Setting, settle

Times = tuple[Distribution, Distribution]  # of being up, of being down


@dataclass(frozen=True)
class Alternating:
    """Up and down in turn, each time drawn anew; how it stands when a run begins is that of an instant at random.

    up : how long it is up between two outages; None where ``availability``, the share of time that it is up, says it:
    it then fails without memory, so that times of being up are exponential with mean d a / (1 - a).
    down : how long an outage lasts, with mean d.
    """

    down: Delay
    evidence: Evidence
    up: Delay | None = None
    availability: Number | None = None

    def share_up(self, setting: Setting = TYPICAL) -> float:
        """The share of time that it is up, u / (u + d) of the means."""
        if self.availability is not None:
            return settle(self.availability, setting)
        up, down = (_mean(delay.at(setting)) for delay in (self.up or self.down, self.down))
        return up / (up + down)

    def times_at(self, setting: Setting) -> Times | None:
        """How long it is up and down, in microseconds; None where it is never down."""
        down = self.down.at(setting)
        if self.up is not None:
            return self.up.at(setting), down
        share = self.share_up(setting)
        if share >= 1:
            return None
        return Exponential(self.mean_down_us(setting) * share / (1 - share)) if share > 0 else Constant(0.0), down

    def mean_down_us(self, setting: Setting = TYPICAL) -> float:
        """How long an outage lasts on average."""
        return _mean(self.down.at(setting))

    def cycle_us(self, setting: Setting) -> float:
        """The mean time from one outage to the next."""
        times = self.times_at(setting)
        return math.inf if times is None else sum(map(_mean, times))

    def numbers(self) -> Iterator[Number]:
        """Every number that may be a range."""
        yield from self.down.numbers()
        yield from self.up.numbers() if self.up else ()
        yield from () if self.availability is None else (self.availability,)

    def available(self, share: Number) -> Alternating:
        """The same outages, as long each, so many that it is up for such a share of time."""
        return replace(self, up=None, availability=share)


@dataclass(frozen=True)
class Dated:
    """Out of service in periods by the clock."""

    periods: tuple[Period, ...]
    evidence: Evidence


Outages = Alternating | Dated


def _mean(distribution: Distribution) -> float:
    """The mean; the loader takes nothing truncated here, whose mean would take an integral."""
    return math.nan if isinstance(distribution, Truncated) else distribution.mean
