"""One launch of several at a time: its median alert latency under each arm."""

from __future__ import annotations

from dataclasses import dataclass

from sim.analysis.analyse import median_band
from sim.analysis.bands import Band
from sim.analysis.intervals import median
from sim.analysis.tally import AT_TYPICAL, Tally, launch_key
from sim.model.scenario import Scenario


@dataclass(frozen=True)
class LaunchMedian:
    """Median alert latency of one launch under one arm, microseconds, with its band over the settings."""

    arm: str
    launch: int
    p50_us: float
    band: Band


def launch_medians(scenario: Scenario, tally: Tally) -> tuple[LaunchMedian, ...]:
    """Every arm and launch; nan where no report arrives."""
    n_launches = len(scenario.real.launch_keys())
    return tuple(
        LaunchMedian(arm.name, launch, median(tally.spreads[key]), median_band(tally, key))
        for launch in range(n_launches)
        for arm in scenario.arms
        for key in [launch_key(AT_TYPICAL, arm.name, launch, n_launches)]
    )
