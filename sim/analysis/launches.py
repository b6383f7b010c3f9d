"""One launch of several at a time: its median alert latency under each arm."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sim.analysis.results import Alerts, Band, band
from sim.draws.nouns import Times
from sim.engines.contract import NEVER
from sim.model.scenario import Scenario


@dataclass(frozen=True)
class LaunchMedian:
    """Median alert latency of one launch under one arm, microseconds, with its band over the settings."""

    arm: str
    launch: int
    p50_us: float
    band: Band


def launch_medians(scenario: Scenario, alerts: Alerts) -> tuple[LaunchMedian, ...]:
    """Every arm and launch; nan where no report arrives."""
    return tuple(
        LaunchMedian(
            arm.name,
            launch,
            median_us(alerts.typical[arm.name][:, launch]),
            band([median_us(one[:, launch]) for one in alerts.by_setting[arm.name]]),
        )
        for launch in range(len(scenario.launch_keys()))
        for arm in scenario.arms
    )


def median_us(latency: Times) -> float:
    """The smallest latency with at least half of those that arrive at or below it."""
    known = np.sort(latency[latency != NEVER])
    return float(known[(len(known) - 1) // 2]) if len(known) else math.nan
