"""The alert chain: launches through desks in series, with a line in the middle that loses 5 % of what it carries."""

from __future__ import annotations

import math
from typing import NamedTuple

N_LAUNCHES = 8
N_STAGES = 6
MEAN_LATENCY_S = 314.2  # of 8 launches through 6 stages
GAP_S = 20.0  # exponential, mean, between launches
LOG_SD = 0.5
LINE_S = 2.0
LOSS = 0.05  # of one attempt
RETRY_S = 10.0
ATTEMPTS = 20  # all lost once in 10²⁶: the rivals try for ever


class Desk(NamedTuple):
    """A pool of equal servers with lognormal service."""

    capacity: int
    mean_s: float

    @property
    def log_mean(self) -> float:
        return math.log(self.mean_s) - LOG_SD**2 / 2

    @property
    def sd_s(self) -> float:
        return self.mean_s * math.sqrt(math.exp(LOG_SD**2) - 1)


DESKS = (Desk(2, 20), Desk(1, 30), Desk(1, 45), Desk(2, 60), Desk(1, 30), Desk(1, 15))


def desks(n_stages: int) -> list[Desk]:
    """The desks of a chain of any length: the six in turn."""
    return [DESKS[number % len(DESKS)] for number in range(n_stages)]


def place_of_line(n_stages: int) -> int:
    """The line is before the desk of this number: in the middle."""
    return n_stages // 2


def scenario_text(n_replications: int, seed: int, n_launches: int = N_LAUNCHES, n_stages: int = N_STAGES) -> str:
    """The chain as a scenario file."""
    numbered = list(enumerate(desks(n_stages), start=1))
    steps = [f"s{number}" for number, _ in numbered]
    steps.insert(place_of_line(n_stages), "line")
    lines = [
        "title: the alert chain",
        "deadline: none",
        "settings: 1",
        f"seed: {seed}",
        f"replications: {n_replications}",
        f"launches: [{{name: salvo, count: {n_launches}, gap: {{exponential: {{mean: {GAP_S:g} s}}}}}}]",
        "desks:",
        *(f"  d{number}: {{capacity: {desk.capacity}, evidence: assumed}}" for number, desk in numbered),
        "stages:",
        *(_stage(number, desk) for number, desk in numbered),
        f"  line: {{delay: {LINE_S:g} s, loss: {{probability: {100 * LOSS:g} %, retry_after: {RETRY_S:g} s, "
        f"attempts: {ATTEMPTS}}}, evidence: assumed}}",
        f"arrangements: {{chain: [{', '.join(steps)}]}}",
        "compare: [chain]",
    ]
    return "\n".join(lines) + "\n"


def _stage(number: int, desk: Desk) -> str:
    delay = f"{{lognormal: {{mean: {desk.mean_s:g} s, sd: {desk.sd_s:.5f} s}}}}"
    return f"  s{number}: {{desk: d{number}, delay: {delay}, evidence: assumed}}"
