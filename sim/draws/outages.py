"""When what has outages is down, as tables of whole microseconds: drawn before the run, or by date.

Outages of one owner are one world for all launches of a replication, and for all arms whose owner has the same ones.
A uniform belongs to the owner, what it is (a channel, a sensor, a desk), up or down, and the number of the cycle:
cycle 1 is under way when the run begins, and number 0 of both says how it stands then.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from sim.draws import closing
from sim.draws.block import Block
from sim.draws.columns import whole
from sim.draws.nouns import Flags, Periods, Times
from sim.draws.periods import merged
from sim.draws.quantiles import quantile
from sim.draws.streams import Floats, Source
from sim.kernels.rows import FAR
from sim.model.distributions import Constant, Distribution, Exponential, Gamma, Lognormal, Weibull
from sim.model.outages import Alternating, Outages
from sim.model.ranges import Setting, distinct
from sim.portable import exp, log

Owner = Literal["channel", "sensor", "desk"]

CYCLES_AT_ONCE = 4
LEAST = 2.0**-53
ONCE = Constant(0.0)  # of what is never down
GRID = 1 << 12  # of equal shares in which a distribution without a tail is weighed


def down(
    block: Block,
    owner: Owner,
    name: str,
    outages: Outages | None,
    settings: Sequence[Setting],
    first_us: int,
    last_us: int,
) -> Periods | None:
    """When it is down between two times, (setting and replication, period), or (1, period) of dates; None for never."""
    if outages is None:
        return None
    if not isinstance(outages, Alternating):
        return closing.dated(block.scenario, outages.periods, first_us, last_us)
    apart, which = distinct(settings, outages.numbers())
    start, end = _cycles(block, owner, name, outages, apart, first_us, last_us)
    n = int((start <= last_us).any(axis=(1, 2)).sum())
    if not n:
        return None
    start, end = (np.moveaxis(times[:n, which], 0, -1).reshape(-1, n) for times in (start, end))
    return merged(start, end)


def _cycles(
    block: Block,
    owner: Owner,
    name: str,
    outages: Alternating,
    settings: Sequence[Setting],
    first_us: int,
    last_us: int,
) -> tuple[Times, Times]:
    """When each outage begins and ends, int64 (cycle, setting, replication), until the last of all are past a time."""
    sources = Source(name, "up", owner), Source(name, "down", owner)
    is_up, left = _standing(block, sources, outages, settings)
    drawn = [outages.times_at(setting) for setting in settings]
    up, down_ = zip(*(times or (ONCE, ONCE) for times in drawn), strict=True)
    last = np.where([[times is None] for times in drawn], FAR, np.full_like(left, first_us))
    starts: list[Times] = []
    ends: list[Times] = []
    while (last <= last_us).any() or not ends:
        keys = tuple(("", len(ends) * CYCLES_AT_ONCE + number) for number in range(1, CYCLES_AT_ONCE + 1))
        ups, downs = (block.times(source, each, keys).copy() for source, each in zip(sources, (up, down_), strict=True))
        np.maximum(downs, 1, out=downs)
        if not ends:
            ups[0], downs[0] = np.where(is_up, left, 0), np.where(is_up, downs[0], left)
        ends.append(np.cumsum(ups + downs, axis=0) + last)
        starts.append(ends[-1] - downs)
        last = ends[-1][-1]
    return np.concatenate(starts), np.concatenate(ends)


def _standing(
    block: Block, sources: tuple[Source, Source], outages: Alternating, settings: Sequence[Setting]
) -> tuple[Flags, Times]:
    """Whether it is up when the run begins and how long it stays so, (setting, replication): at an instant at random.

    That lies in a time of being up with the share of time that it is up; in a longer one more often, by its length; and
    anywhere in it. The first uniform says the first and the second of these, the other the third.
    """
    u, share = (block.uniforms(source, (("", 0),))[0] for source in sources)
    is_up, left = np.empty((len(settings), len(u)), np.bool_), np.zeros((len(settings), len(u)), np.int64)
    for place, setting in enumerate(settings):
        times, available = outages.times_at(setting), outages.share_up(setting)
        is_up[place] = u < available
        for is_here, distribution, within in (
            (is_up[place], times and times[0], u / max(available, LEAST)),
            (~is_up[place], times and times[1], (u - available) / max(1 - available, LEAST)),
        ):
            if distribution is not None:
                met = np.clip(within[is_here], LEAST, 1 - LEAST)
                left[place, is_here] = whole(remaining(distribution, met, share[is_here]))
    return is_up, left


def remaining(distribution: Distribution, u: Floats, share: Floats) -> Floats:
    """How long a time goes on from an instant at random in it, from two uniforms; an exponential one forgets."""
    if isinstance(distribution, Exponential):
        return quantile(distribution, u)
    return share * weighed(distribution, u)


def weighed(distribution: Distribution, u: Floats) -> Floats:
    """Quantiles of a distribution weighed by length: how long a time is that an instant at random lies in.

    Of a lognormal, gamma and Weibull in closed form, since their tails are long; others have none, and are weighed in
    equal shares.
    """
    match distribution:
        case Lognormal(median, log_sd):
            return quantile(Lognormal(median * float(exp(log_sd**2)), log_sd), u)
        case Gamma(shape, scale):
            return quantile(Gamma(shape + 1, scale), u)
        case Weibull(shape, scale):
            powers = quantile(Gamma(1 + 1 / shape, 1.0), u)  # of (x / scale) ** shape
            return np.asarray(scale * exp(log(powers) / shape), np.float64)
    values = quantile(distribution, (np.arange(GRID) + 0.5) / GRID)
    below = np.cumsum(values)
    return np.asarray(values[np.minimum(np.searchsorted(below, u * below[-1]), GRID - 1)], np.float64)
