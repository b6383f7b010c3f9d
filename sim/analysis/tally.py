"""All that the results need of the alerts of a run, as exact integers that add up in any order.

A tally is a table: by what is measured, of which arms, in which setting, the sums over replications
and a histogram. Its size does not depend on how many replications there are. Tallies of blocks add up
to that of the whole to the last bit, whatever the blocks and the order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeVar

import numpy as np

from sim.analysis.branch import StageSums
from sim.analysis.histogram import ABSENT, Histogram, clustered, histogram
from sim.analysis.intervals import RatioSums, ratio_sums, share_sums
from sim.draws.nouns import Flags, Times
from sim.engines.contract import NEVER
from sim.model.scenario import Arm, Scenario

AT_TYPICAL = -1  # in place of a setting's number: all replications at the typical setting
EVERY = -1  # in place of a launch: all of them
CHUNK = 16_384  # launches that are added up at a time, so that they stay in the cache

Summed = Literal[
    "latency", "margin", "arrives", "in time", "ahead", "difference", "sooner", "only in time", "false alert"
]


@dataclass(frozen=True, eq=False)
class Reports:
    """Alert latencies of a block of replications in one setting: by arm, int64 (replication, launch).

    ``of_false`` are those of false reports, by arm, int64 (replication, false report).
    ``setting`` is its number, of which 0 is the typical one with as many replications as the others
    have, or `AT_TYPICAL`. ``n_together`` replications in a row are drawn together and make one independent
    unit, which is then to every interval what a replication is otherwise: one with more launches.
    """

    setting: int
    latency: Mapping[str, Times]
    n_together: int = 1
    of_false: Mapping[str, Times] = field(default_factory=dict)


def reports(scenario: Scenario, setting: int, latency: Mapping[str, Times]) -> Reports:
    """Latencies as they were simulated, (replication, launch or false report), the two told apart."""
    n_together = scenario.n_together if setting == AT_TYPICAL else 1
    real, false = told_apart(scenario, latency)
    return Reports(setting, real, n_together, false)


def told_apart(scenario: Scenario, latency: Mapping[str, Times]) -> tuple[Mapping[str, Times], dict[str, Times]]:
    """By arm, the latencies of launches, and those of false reports; nothing of these if there are none."""
    real = is_real(scenario)
    if real.all():
        return latency, {}
    apart = [{arm: every[..., chosen] for arm, every in latency.items()} for chosen in (real, ~real)]
    return apart[0], apart[1]


def is_real(scenario: Scenario) -> Flags:
    """Which entries of the last axis of latencies were launched, bool (launch or false report,)."""
    entries = scenario.launches
    return np.repeat([entry.false_report is None for entry in entries], [entry.count for entry in entries])


class Key(NamedTuple):
    """What a row of a tally measures: of one arm, or of the first of two against the second."""

    setting: int
    measure: Summed
    arm: str
    against: str = ""
    launch: int = EVERY


@dataclass(frozen=True, eq=False)
class Tally:
    """Sums and histograms by what they measure; `stages` by arm, along the delivering branch, typical."""

    sums: Mapping[Key, RatioSums]
    spreads: Mapping[Key, Histogram]
    stages: Mapping[str, StageSums]

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            _added(self.sums, other.sums), _added(self.spreads, other.spreads), _added(self.stages, other.stages)
        )

    @property
    def settings(self) -> tuple[int, ...]:
        """The numbers of the settings, in order."""
        return tuple(sorted({key.setting for key in self.sums if key.setting != AT_TYPICAL}))


NOTHING = Tally({}, {}, {})

Term = TypeVar("Term", RatioSums, Histogram, StageSums)
Name = TypeVar("Name", Key, str)


def _added(a: Mapping[Name, Term], b: Mapping[Name, Term]) -> dict[Name, Term]:
    return {**a, **{name: a[name] + term if name in a else term for name, term in b.items()}}


def tally(scenario: Scenario, reports: Reports) -> Tally:
    """The tally of a block of replications in one setting, without the stages."""
    scenario = scenario.real
    rows = by_launch(reports.latency, reports.n_together)
    n_launches = len(scenario.launch_keys())
    spreads = {key: spread(rows, key, n_launches) for key in spread_keys(scenario, reports.setting)}
    sums: dict[Key, RatioSums] = {}
    n_rows, n_units = next(iter(rows.values())).shape
    size = max(1, CHUNK // n_rows)
    for start in range(0, n_units, size):
        chunk = {arm: latency[:, start : start + size] for arm, latency in rows.items()}
        sums = _added(sums, dict(_sums(scenario, reports.setting, chunk)))
    for arm, latency in by_launch(reports.of_false, reports.n_together).items():
        sums[Key(reports.setting, "false alert", arm)] = _share(latency != ABSENT)
    return Tally(sums, spreads, {})


def by_launch(latency: Mapping[str, Times], n_together: int) -> dict[str, Times]:
    """Latencies by arm, int64 (launch, unit), `ABSENT` where none came, from those by replication.

    Where a unit is several replications, the launches of its first come first. Sums over launches run
    along memory, and what never came is after all that did.
    """
    together = {arm: found.reshape(-1, n_together * found.shape[1]) for arm, found in latency.items()}
    rows = {arm: np.ascontiguousarray(found.T) for arm, found in together.items()}
    return {arm: np.where(found == NEVER, ABSENT, found) for arm, found in rows.items()}


def deadlines_us(scenario: Scenario, arm: Arm) -> Times | None:
    """By when an arm's report of every launch is due, from that launch, int64 (launch,); None if one never is."""
    found = [arm.deadline_of(entry) for entry, _ in scenario.real.launch_keys()]
    if any(deadline is None for deadline in found):
        return None
    return np.array([deadline.after_us for deadline in found if deadline is not None], np.int64)


def _sums(scenario: Scenario, setting: int, rows: Mapping[str, Times]) -> Iterator[tuple[Key, RatioSums]]:
    of_arms = {arm.name: deadlines_us(scenario, arm) for arm in scenario.arms}
    due = {arm: np.tile(times, len(rows[arm]) // len(times)) for arm, times in of_arms.items() if times is not None}
    # Rule 15: in time is an alert that came, at the deadline or before.
    is_in_time = {arm: rows[arm] <= deadlines[:, None] for arm, deadlines in due.items()}
    baseline = scenario.baseline
    of_baseline = {arm.product for arm in scenario.arms if arm.name == baseline}
    rivals = {arm.name for arm in scenario.arms if arm.product in of_baseline} - {baseline}
    for arm, latency in rows.items():
        sums = _ratio(latency)
        yield Key(setting, "latency", arm), sums
        yield Key(setting, "arrives", arm), _share(latency != ABSENT)
        if arm in due:
            deadlines = due[arm]
            is_one = (deadlines == deadlines[0]).all()
            margin = sums.taken_from(int(deadlines[0])) if is_one else _ratio(minus(deadlines[:, None], latency))
            yield Key(setting, "margin", arm), margin
            yield Key(setting, "in time", arm), _share(is_in_time[arm])
        if baseline is not None and arm in rivals:
            yield Key(setting, "ahead", arm), _share(latency < rows[baseline])
    for a, b in scenario.contrasts:
        yield Key(setting, "difference", a, b), _ratio(minus(rows[a], rows[b]))
        if {a, b} <= due.keys():
            apart = is_in_time[a].sum(axis=0) - is_in_time[b].sum(axis=0)
            yield Key(setting, "in time", a, b), ratio_sums(apart, np.full(len(apart), len(due[a])))
        for one, other in ((a, b), (b, a)):
            yield Key(setting, "sooner", one, other), _share(rows[one] < rows[other])
            if {a, b} <= due.keys():
                yield Key(setting, "only in time", one, other), _share(is_in_time[one] & ~is_in_time[other])


def minus(a: Times, b: Times) -> Times:
    """The differences of times, `ABSENT` where one of them is."""
    return np.where((a == ABSENT) | (b == ABSENT), ABSENT, a - b)


def _ratio(values: Times) -> RatioSums:
    is_known = values != ABSENT
    return ratio_sums(np.where(is_known, values, 0).sum(axis=0), is_known.sum(axis=0))


def _share(is_hit: Flags) -> RatioSums:
    return share_sums(is_hit.sum(axis=0), len(is_hit))


def spread_keys(scenario: Scenario, setting: int) -> Iterator[Key]:
    """The histograms that are kept: latencies of every arm, of single launches, typical differences."""
    n_launches = len(scenario.launch_keys())
    for arm in (arm.name for arm in scenario.arms):
        launches = (launch_key(setting, arm, launch, n_launches) for launch in range(n_launches))
        yield from dict.fromkeys([Key(setting, "latency", arm), *launches])
    if setting == AT_TYPICAL:
        yield from (Key(setting, "difference", a, b) for a, b in scenario.contrasts)


def launch_key(setting: int, arm: str, launch: int, n_launches: int) -> Key:
    """What measures the latency of one launch; of a single one, what measures all."""
    return Key(setting, "latency", arm, launch=launch if n_launches > 1 else EVERY)


def measured(rows: Mapping[str, Times], key: Key, n_launches: int) -> Times:
    """The values that a histogram counts, (launch, unit), of replications with so many launches."""
    if key.against:
        return minus(rows[key.arm], rows[key.against])
    return rows[key.arm] if key.launch == EVERY else rows[key.arm][key.launch :: n_launches]


def is_clustered(key: Key, n_rows: int) -> bool:
    """Whether a histogram carries the weights of clusters: where an interval is asked of units of several launches."""
    return key.setting == AT_TYPICAL and key.launch == EVERY and n_rows > 1


def spread(rows: Mapping[str, Times], key: Key, n_launches: int) -> Histogram:
    """The histogram of one measure."""
    values = measured(rows, key, n_launches)
    return clustered(values) if is_clustered(key, len(values)) else histogram(values)
