"""A delay as people know it; at a setting it becomes a distribution."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from sim.model.distributions import FAMILIES, Distribution, Empirical, Plain, Truncated
from sim.model.ranges import TYPICAL, Number, Setting, extremes, settle


@dataclass(frozen=True)
class Given:
    """A family and the numbers that people know of it, e.g. lognormal by median and p90_over_median."""

    family: str
    numbers: tuple[tuple[str, Number], ...]

    def at(self, setting: Setting) -> Plain:
        return self._make([settle(number, setting) for _, number in self.numbers])

    def _make(self, values: list[float]) -> Plain:
        return FAMILIES[self.family][tuple(name for name, _ in self.numbers)](*values)

    def check(self) -> None:
        """Raise ValueError unless every corner of the ranges makes a distribution.

        Every rule of a family is a linear inequality, so what holds at the corners holds between them.
        """
        for values in product(*({min(extremes(number)), max(extremes(number))} for _, number in self.numbers)):
            self._make(list(values))


@dataclass(frozen=True)
class Delay:
    """A distribution in the making, with optional truncation."""

    shape: Given | Empirical
    minimum: Number | None = None
    maximum: Number | None = None

    def at(self, setting: Setting) -> Distribution:
        """The distribution in one setting, in microseconds."""
        plain = self.shape if isinstance(self.shape, Empirical) else self.shape.at(setting)
        if self.minimum is None and self.maximum is None:
            return plain
        low = 0.0 if self.minimum is None else settle(self.minimum, setting)
        high = math.inf if self.maximum is None else settle(self.maximum, setting)
        return Truncated(plain, low, high)

    def numbers(self) -> Iterator[Number]:
        """Every number of the delay that may be a range."""
        if isinstance(self.shape, Given):
            yield from (number for _, number in self.shape.numbers)
        yield from (bound for bound in (self.minimum, self.maximum) if bound is not None)

    @property
    def typical(self) -> Distribution:
        return self.at(TYPICAL)


def constant(us: float) -> Delay:
    """A delay that is always the same, in microseconds."""
    return Delay(Given("constant", (("value", us),)))
