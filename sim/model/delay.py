"""A delay as people know it; at a setting it becomes a distribution."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from sim.model.distributions import Distribution, Empirical, Normal, Plain, Truncated, require, support
from sim.model.families import FAMILIES
from sim.model.ranges import TYPICAL, Number, Setting, corners, settle
from sim.portable import normal_share
from sim.units import duration_text

FARTHEST = 6  # sd from its mean that a normal may be cut


@dataclass(frozen=True)
class Given:
    """A family and the numbers that people know of it, e.g. lognormal by median and p90_over_median."""

    family: str
    numbers: tuple[tuple[str, Number], ...]

    def at(self, setting: Setting) -> Plain:
        way = tuple(name for name, _ in self.numbers)
        return FAMILIES[self.family][way](*(settle(number, setting) for _, number in self.numbers))


@dataclass(frozen=True)
class Delay:
    """A distribution in the making, with optional truncation: what could be below zero is truncated there."""

    shape: Given | Empirical
    minimum: Number | None = None
    maximum: Number | None = None

    def at(self, setting: Setting) -> Distribution:
        """The distribution in one setting, in microseconds."""
        plain = self.shape if isinstance(self.shape, Empirical) else self.shape.at(setting)
        if self.minimum is None and self.maximum is None and support(plain)[0] >= 0:
            return plain
        low = 0.0 if self.minimum is None else settle(self.minimum, setting)
        high = math.inf if self.maximum is None else settle(self.maximum, setting)
        return Truncated(plain, low, high)

    def check(self) -> None:
        """Raise ValueError unless every corner of the ranges makes a distribution.

        Every rule is a linear inequality, so what holds at the corners holds between them.
        """
        for corner in corners(self.numbers()):
            _check(self.at(corner))

    def numbers(self) -> Iterator[Number]:
        """Every number of the delay that may be a range."""
        if isinstance(self.shape, Given):
            yield from (number for _, number in self.shape.numbers)
        yield from (bound for bound in (self.minimum, self.maximum) if bound is not None)

    @property
    def typical(self) -> Distribution:
        return self.at(TYPICAL)

    @property
    def share_below_zero(self) -> float:
        """What truncation at zero leaves out at typical values, where the file says nothing of it."""
        match self.typical:
            case Truncated(Normal(mean, sd)) if self.minimum is None:
                return normal_share(-mean / sd)
        return 0.0


def _check(distribution: Distribution) -> None:
    """Raise ValueError where truncation leaves nothing, or too little to tell uniforms apart in it."""
    if not isinstance(distribution, Truncated):
        return
    base, (low, high) = distribution.base, support(distribution.base)
    require(
        distribution.low < high and low < distribution.high,
        f"nothing lies between min and max: it runs from {duration_text(low)} to {duration_text(high)}",
    )
    if isinstance(base, Normal):
        least, most = base.mean - FARTHEST * base.sd, base.mean + FARTHEST * base.sd
        require(
            distribution.low < most and least < distribution.high,
            f"next to nothing lies between min and max: all but 2 in 1,000 million of the normal run from "
            f"{duration_text(max(least, 0.0))} to {duration_text(most)}",
        )


def constant(us: float) -> Delay:
    """A delay that is always the same, in microseconds."""
    return Delay(Given("constant", (("value", us),)))
