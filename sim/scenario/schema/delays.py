"""Delays: a distribution in one of the ways that people know it, with optional truncation."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import Field, model_validator

from sim.model.families import FAMILIES
from sim.scenario.schema.part import MOST_OBSERVED, Part
from sim.scenario.schema.ranges import CountOrRange, DurationOrRange, Range, RatioOrRange
from sim.scenario.schema.texts import Duration, Label, Rate, TimeUnit
from sim.units import parse_rate, with_unit

TOLD = frozenset({"usual", "at_worst"})  # a delay as people tell it in an interview


class Family(Part):
    """The numbers of a distribution, in one of the ways that people know it."""

    @model_validator(mode="after")
    def _is_known_way(self) -> Self:
        ways = FAMILIES[type(self).__name__.lower()]
        if not any(self.given == set(way) for way in ways):
            known = ", or ".join(" and ".join(way) for way in ways)
            raise ValueError(f"needs {known}; got {' and '.join(sorted(self.given)) or 'nothing'}")
        return self


class Uniform(Family):
    low: DurationOrRange | None = None
    high: DurationOrRange | None = None


class Triangular(Uniform):
    mode: DurationOrRange | None = None


class Pert(Triangular):
    pass


class Exponential(Family):
    mean: DurationOrRange | None = None
    median: DurationOrRange | None = None
    p90: DurationOrRange | None = None
    p95: DurationOrRange | None = None
    rate: Rate | None = None

    @model_validator(mode="before")
    @classmethod
    def _by_rate(cls, value: Any) -> Any:
        """So many a time are so long apart on average."""
        match value:
            case {"rate": str(rate)} if len(value) == 1:
                return {"mean": f"{parse_rate(rate)} us"}
            case {"rate": _}:
                raise ValueError("rate stands alone, and is one value — write mean for a range: {mean: 5 to 10 min}")
        return value


class Normal(Family):
    mean: DurationOrRange | None = None
    sd: DurationOrRange | None = None


class Lognormal(Family):
    median: DurationOrRange | None = None
    p90: DurationOrRange | None = None
    p95: DurationOrRange | None = None
    p90_over_median: RatioOrRange | None = None
    log_sd: RatioOrRange | None = None
    mean: DurationOrRange | None = None
    sd: DurationOrRange | None = None


class Gamma(Family):
    median: DurationOrRange | None = None
    p90: DurationOrRange | None = None
    p90_over_median: RatioOrRange | None = None
    shape: RatioOrRange | None = None
    mean: DurationOrRange | None = None
    sd: DurationOrRange | None = None


class Erlang(Family):
    shape: CountOrRange | None = None
    mean: DurationOrRange | None = None


class Weibull(Family):
    median: DurationOrRange | None = None
    p90: DurationOrRange | None = None
    p95: DurationOrRange | None = None
    p90_over_median: RatioOrRange | None = None
    mean: DurationOrRange | None = None
    sd: DurationOrRange | None = None
    shape: RatioOrRange | None = None
    scale: DurationOrRange | None = None


class Empirical(Part):
    values: list[Duration] = Field(min_length=1, max_length=MOST_OBSERVED)
    """The observed durations, in any order; or write `file` instead."""
    interpolation: Literal["step", "linear"]
    """step: each value as likely; linear: straight lines between them."""
    file: Label | None = None
    """A CSV file beside the scenario with one duration a line, read in place of `values`; it may have semicolons,
    decimal commas and a header in which nothing looks like a number, and `column` names one of several."""
    column: Label | None = None
    """Of a file with several columns, the one with the durations, by its header; units may stand in a column `unit`."""
    unit: TimeUnit | None = None
    """Of the numbers that have none, e.g. min; of a file its header may say it: delay (min)."""

    @model_validator(mode="before")
    @classmethod
    def _with_unit(cls, value: Any) -> Any:
        match value:
            case {"values": list(values), "unit": str(unit)}:
                return {**value, "values": [with_unit(one, unit) if isinstance(one, str) else one for one in values]}
        return value


class Delay(Part):
    constant: DurationOrRange | None = None
    """Always the same; `delay: 57 s` is short for it, and `delay: 2 to 5 min` for one that lies in between."""
    usual: DurationOrRange | None = None
    """As people tell it, with `at_worst`: half the time it takes no longer. A lognormal with this median."""
    at_worst: DurationOrRange | None = None
    """With `usual`: 19 times in 20 it takes no longer. The lognormal's 95 % quantile."""
    uniform: Uniform | None = None
    """low, high."""
    triangular: Triangular | None = None
    """low, mode, high."""
    pert: Pert | None = None
    """low, mode, high: a smoother triangular."""
    exponential: Exponential | None = None
    """mean, or median, or p90, or p95, or rate: so many a time, as in `rate: 5 /min`."""
    normal: Normal | None = None
    """mean and sd of the untruncated one: it is truncated at zero, or at `min`, so that what is drawn has a mean above
    that and a smaller sd."""
    lognormal: Lognormal | None = None
    """median and p90, or median and p95, or median and p90_over_median, or median and log_sd, or mean and sd."""
    gamma: Gamma | None = None
    """median and p90, or median and p90_over_median, or mean and sd, or shape and mean."""
    erlang: Erlang | None = None
    """shape (a whole number) and mean."""
    weibull: Weibull | None = None
    """median and p90, or median and p95, or median and p90_over_median, or mean and sd, or shape and scale."""
    empirical: Empirical | None = None
    """Observed values: `{values: [90 s, 2 min], interpolation: linear}`, or `{file: times.csv, unit: min, …}`."""
    min: DurationOrRange | None = None
    """Truncation from below; the parameters describe the untruncated distribution."""
    max: DurationOrRange | None = None
    """Truncation from above."""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        if isinstance(value, dict) and value and value.keys() <= Range.model_fields.keys():
            ends = ", ".join(f"{end}: {value[end]}" for end in value)[:100]
            raise ValueError(
                f"needs to say of what this is the range — write constant: {{{ends}}} of one value that is not known, "
                "or uniform: {low: …, high: …} of a delay that varies"
            )
        return {"constant": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _is_one_family(self) -> Self:
        families = self.given - {"min", "max"}
        if families & TOLD and families <= TOLD:
            if families != TOLD:
                raise ValueError(f"has {min(families)} alone — write both, {{usual: 5 min, at_worst: 20 min}}")
            return self
        if len(families) != 1:
            raise ValueError(f"needs one distribution, got {' and '.join(sorted(families)) or 'none'}")
        return self
