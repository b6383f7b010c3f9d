"""How desks stood over a campaign, at working values: their share of a year, and how work waited."""

from __future__ import annotations

import calendar
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sim.analysis.work import DeskSums, WorkSums
from sim.model.ranges import TYPICAL, settle
from sim.model.scenario import Arm, Scenario
from sim.units import US_PER_HOUR


@dataclass(frozen=True)
class DeskTotal:
    """What launches bring to a desk of an arm, means over replications; its other work is none of it.

    pieces, work_us : over all launches; wait_us : a piece, nan of none.
    in_use : by year, the work of its launches as a share of the time that the year has for all servers.
    longest : the longest queue, of the launch with the longest; ``most``, of all replications of all launches
    """

    arm: str
    desk: str
    pieces: float
    work_us: float
    wait_us: float
    in_use: Mapping[int, float]
    longest: float
    most: int


def desk_totals(runs: Sequence[Scenario], works: Sequence[Mapping[str, WorkSums]]) -> tuple[DeskTotal, ...]:
    """Those of every desk of every arm that compares; ``works`` are by arm, those of each launch."""
    return tuple(total for arm in runs[0].arms for total in _of_arm(arm, runs, [work[arm.name] for work in works]))


def _of_arm(arm: Arm, runs: Sequence[Scenario], works: Sequence[WorkSums]) -> Iterator[DeskTotal]:
    n = max(one.n for work in works for one in work.by_centre.values())
    years = range(runs[0].clock.year, runs[-1].clock.year + 1)
    for desk in arm.used_desks():
        every = [work.desks[desk] for work in works]
        servers = settle(arm.desks[desk].capacity, TYPICAL)
        in_year = {
            year: _sum([one for run, one in zip(runs, every, strict=True) if run.clock.year == year]) for year in years
        }
        whole = _sum(every)
        yield DeskTotal(
            arm=arm.name,
            desk=desk,
            pieces=whole.n / n,
            work_us=whole.hold_us / n,
            wait_us=whole.wait_us / whole.n if whole.n else math.nan,
            in_use={year: one.hold_us / n / (servers * year_us(year)) for year, one in in_year.items()},
            longest=max(one.longest for one in every) / n,
            most=whole.most,
        )


def _sum(every: Sequence[DeskSums]) -> DeskSums:
    return sum(every, DeskSums(0, 0, 0, 0, 0, 0))


def year_us(year: int) -> int:
    """How long a year is, which a leap day makes longer."""
    return (366 if calendar.isleap(year) else 365) * 24 * US_PER_HOUR
