"""What one era predicts of the next: a chain set on the notices of an era, and judged on those that follow.

What is on record of how Tokyo tells changed: who is told first, how sure it must be. A value that was taken from one
era says something of the next only if the next had a say; here it had none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import median

from sim.scenario.facts import Era, Notice
from sim.studies.record.forecast import Forecast
from sim.studies.record.notices import CLOCK_S, Chain, forecast

LINK = "2023-12-19"  # the machine link of Seoul, Washington and Tokyo is active
LAST = "9999-12-31"


def era_forecasts(notices: Sequence[Notice], eras: Iterable[Era], chains: Mapping[str, Chain]) -> tuple[Forecast, ...]:
    """A forecast of every notice whose era has one before it, from the median of that one's notices."""
    found = tuple(eras)
    return tuple(
        forecast(one, chains[to].with_median(CLOCK_S * middle), f"{before.start[:4]} to {_year_before(era)}")
        for to in chains
        for before, era in pairwise(_of(found, to))
        if (middle := _median_min(_during(notices, to, before, era.start))) is not None
        for one in _during(notices, to, era, _end(found, era))
    )


def _of(eras: Sequence[Era], to: str) -> list[Era]:
    return sorted((era for era in eras if era.to == to), key=lambda era: era.start)


def _end(eras: Sequence[Era], era: Era) -> str:
    return min((one.start for one in eras if one.to == era.to and one.start > era.start), default=LAST)


def _during(notices: Sequence[Notice], to: str, era: Era, stop: str) -> list[Notice]:
    return [one for one in notices if one.to == to and era.start <= one.launch[:10] < stop]


def _median_min(notices: Sequence[Notice]) -> float | None:
    return median(one.after_min for one in notices) if notices else None


def _year_before(era: Era) -> int:
    """The last year of what came before an era."""
    return int(era.start[:4]) - (era.start[5:] == "01-01")


def after_the_link(notices: Iterable[Notice]) -> int:
    """How many notices are of launches since the machine link is active."""
    return sum(one.launch[:10] >= LINK for one in notices)
