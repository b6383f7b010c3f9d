"""What is odd about a scenario and allowed."""

from __future__ import annotations

from sim.model.load import cold, n_jobs, overloaded, surged
from sim.model.scenario import Scenario
from sim.model.sources import unaware
from sim.say.desks import empty_words

JOB_S, EACH_JOB_S = 6e-5, 1.6e-6  # of other work, by columns: for all replications at once, and for each; measured
LONG_S = 30.0  # from here on what other work takes is told
NOTED_SHARE = 0.01  # of a normal that is left out


def oddities(scenario: Scenario) -> tuple[str, ...]:
    """What is allowed and seldom meant: desks that other work fills, sources not told of, normals cut short."""
    full = (
        f"{scenario.name}: desk {desk}: other work alone fills it ({100 * share:.0f} % of its time at typical "
        "values), so its queue grows until the horizon — if that is not meant, lengthen interarrival, shorten "
        "service or raise capacity"
        for desk, share in overloaded(scenario).items()
    )
    surging = (
        f"{scenario.name}: desk {desk}: in its surge other work alone fills it ({100 * share:.0f} % of its time at "
        "typical values), so its queue grows until that is over — if that is not meant, lower times or end it sooner"
        for desk, share in surged(scenario).items()
    )
    empty = (
        f"{scenario.name}: desk {desk}: {empty_words(scenario, share)} — if that is not meant, add "
        f"desks.{desk}.background.warm_up, such as 24 h"
        for desk, share in cold(scenario).items()
    )
    untold = (
        f"{scenario.name}: stage {stage}: begins by itself and is no source, so it takes place when a report is "
        "false as well — if it sees or hears of launches, give it false_alarms: {per_year: 0.5, evidence: assumed}"
        for stage in unaware(scenario)
    )
    shares = {whose: delay.share_below_zero for whose, delay in scenario.used_delays()}
    cut = (
        f"{scenario.name}: {whose}: {100 * share:.0f} % of its normal lie below zero and are left out, so its mean is "
        "longer than written — if that is not meant, write lognormal or gamma with mean and sd"
        for whose, share in shares.items()
        if share >= NOTED_SHARE
    )
    return (*full, *surging, *_long(scenario), *empty, *untold, *cut)


def _long(scenario: Scenario) -> tuple[str, ...]:
    """How long a run, or all of a campaign, takes over other work, where that is long."""
    runs = scenario.runs or (scenario,)
    each, most = map(sum, zip(*map(n_jobs, runs), strict=True))
    n = runs[0].n_replications
    seconds = each * (JOB_S + EACH_JOB_S * n)
    at_ends = ""
    if most > each and runs[0].settings.count > 1:  # where those are drawn, and bands are searched for
        seconds += most * (JOB_S + EACH_JOB_S * runs[0].settings.replications)
        at_ends = f", and up to {most:,.0f} at an end of its ranges"
    if seconds < LONG_S:
        return ()
    return (
        f"{scenario.name}: other work of desks is about {each:,.0f} jobs in each of {n:,} replications{at_ends}, which "
        f"takes about {seconds:,.0f} s on one core — if that is not meant, lengthen interarrival, lower the times of "
        "its surge or give --replications",
    )
