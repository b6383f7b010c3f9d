"""What a difference of two arms is measured by; its words are in `sim.say.measures`."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from sim.units import minutes


class Measure(StrEnum):
    """A measure of an arm, by its name on the command line; a difference is first arm minus second.

    Times are microseconds, those of `WORK` for a launch at a centre; shares are of launches, but `FALSE_ALERT` of
    false reports.
    """

    MEAN = "mean"
    P50 = "p50"
    P95 = "p95"
    IN_TIME = "in-time"
    ARRIVES = "arrives"
    FALSE_ALERT = "false-alert"
    WORK = "work"

    @property
    def is_share(self) -> bool:
        return self in (Measure.IN_TIME, Measure.ARRIVES, Measure.FALSE_ALERT)

    @property
    def column(self) -> str:
        """Within the name of a column or a field."""
        return self.replace("-", "_")

    @property
    def sheet_unit(self) -> str:
        """The unit of sheets and JSON."""
        return "share" if self.is_share else "min"

    def in_sheet(self, value: float) -> float:
        """A value in `sheet_unit`."""
        return value if self.is_share else minutes(value)

    @property
    def axis_unit(self) -> str:
        """The unit of axes."""
        return "percentage points" if self.is_share else "minutes"

    @property
    def to_axis(self) -> float:
        """What a value is multiplied by for `axis_unit`."""
        return 100.0 if self.is_share else minutes(1)

    @property
    def better(self) -> int:
        """The sign of a difference that favours the first arm: sooner, or more often."""
        return 1 if self.is_share else -1

    def favours_first(self, difference: float) -> bool:
        """Whether a difference favours the first arm."""
        return difference * self.better > 0


QUANTILES: Mapping[Measure, float] = {Measure.P50: 0.5, Measure.P95: 0.95}
