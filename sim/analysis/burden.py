"""What an arm asks of each centre and of its desks, from exact sums to estimates."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from sim.analysis.bands import Band
from sim.analysis.intervals import Interval, ratio_interval
from sim.analysis.work import DeskSums, WorkSums
from sim.model.scenario import Arm


@dataclass(frozen=True)
class CentreWork:
    """The work of a launch at a centre, microseconds, with its band over the ranges; of it ``at_desks_us`` at desks.

    The interval takes replications as drawn one by one; where points fill evenly it is rather too wide.
    """

    centre: str
    work: Interval
    at_desks_us: float
    band: Band


@dataclass(frozen=True)
class DeskLoad:
    """How a desk stood: microseconds of work and of wait a piece, how many pieces a launch.

    utilisation : share of its servers' time, from the first launch to the end of its last work, that launches took
    longest : the longest queue of a replication, on average; ``most``, of all replications
    """

    desk: str
    centre: str
    pieces: float
    wait_us: float
    utilisation: float
    longest: float
    most: int


@dataclass(frozen=True)
class Burden:
    """What an arm asks of every centre and desk, of the first ``n_replications`` at the typical setting."""

    centres: tuple[CentreWork, ...] = ()
    desks: tuple[DeskLoad, ...] = ()
    n_replications: int = 0


def burden(arm: Arm, sums: WorkSums, band: Callable[[str, Interval], Band]) -> Burden:
    """The burden of an arm; ``band`` tells how far the work at a centre goes over the ranges."""
    if not sums.by_centre:
        return Burden()
    n, n_launches = next((one.n, one.count) for one in sums.by_centre.values())  # the same at all
    centres = []
    for centre, work in sums.by_centre.items():
        at = ratio_interval(work)
        centres.append(CentreWork(centre, at, sums.at_desks_us.get(centre, 0) / n_launches, band(centre, at)))
    desks = (_load(name, arm.desks[name].at or "", one, n, n_launches) for name, one in sums.desks.items())
    return Burden(tuple(centres), tuple(desks), n)


def _load(name: str, centre: str, sums: DeskSums, n: int, n_launches: int) -> DeskLoad:
    return DeskLoad(
        desk=name,
        centre=centre,
        pieces=sums.n / n_launches,
        wait_us=sums.wait_us / sums.n if sums.n else math.nan,
        utilisation=sums.hold_us / sums.offered_us if sums.offered_us else 0.0,
        longest=sums.longest / n,
        most=sums.most,
    )
