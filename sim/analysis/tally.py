"""All that the results need of the alerts of a run, as exact integers that add up in any order.

A tally is a table: by what is measured, of which arms, in which setting, the sums over replications
and a histogram. Its size does not depend on how many replications there are. Tallies of blocks add up
to that of the whole to the last bit, whatever the blocks and the order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Literal, NamedTuple, TypeVar

import numpy as np

from sim.analysis.branch import StageSums
from sim.analysis.histogram import ABSENT, Histogram, clustered, histogram
from sim.analysis.intervals import RatioSums, ratio_rows, share_rows
from sim.draws.nouns import Flags, Times
from sim.engines.contract import NEVER
from sim.model.scenario import Arm, Scenario

AT_TYPICAL = -1  # in place of a setting's number: all replications at the typical setting
EVERY = -1  # in place of a launch: all of them
CHUNK = 16_384  # launches that are added up at a time, so that they stay in the cache

Summed = Literal[
    "latency", "margin", "arrives", "in time", "ahead", "difference", "sooner", "only in time", "false alert"
]
Measured = tuple[Summed, str] | tuple[Summed, str, str]  # of an arm, or of the first of two against the second


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

    @property
    def n_replications(self) -> int:
        return len(next(iter(self.latency.values())))


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


def tally(scenario: Scenario, *every: Reports) -> Tally:
    """The tally of a block of replications in one setting, or in several with as many each, without the stages."""
    scenario = scenario.real
    settings, n_launches = [one.setting for one in every], len(scenario.launch_keys())
    rows, of_false = (_launch_rows(every, kind) for kind in ("latency", "of_false"))
    n_rows, n_settings, n_units = next(iter(rows.values())).shape
    spreads, sums = dict[Key, Histogram](), dict[Key, RatioSums]()
    for place, setting in enumerate(settings):
        here = {arm: latency[:, place] for arm, latency in rows.items()}
        spreads |= {key: spread(here, key, n_launches) for key in spread_keys(scenario, setting)}
    size = max(1, CHUNK // n_rows)
    at_once = max(1, size // n_units)
    for first, start in product(range(0, n_settings, at_once), range(0, n_units, size)):
        chunk = {arm: latency[:, first : first + at_once, start : start + size] for arm, latency in rows.items()}
        found = _sums(scenario, chunk)
        sums = _added(sums, _keyed(settings[first : first + at_once], found))
    sums |= _keyed(settings, ((("false alert", arm), _share(one != ABSENT)) for arm, one in of_false.items()))
    return Tally(sums, spreads, {})


def _launch_rows(every: Sequence[Reports], kind: Literal["latency", "of_false"]) -> dict[str, Times]:
    """Latencies by arm, int64 (launch, setting, unit), as `by_launch` has them of one setting."""
    each = [getattr(one, kind) for one in every]
    joined = {arm: np.concatenate([one[arm] for one in each]) for arm in each[0]}
    found = by_launch(joined, every[0].n_together)
    return {arm: times.reshape(len(times), len(every), -1) for arm, times in found.items()}


def _keyed(settings: Sequence[int], found: Iterable[tuple[Measured, list[RatioSums]]]) -> dict[Key, RatioSums]:
    """What was summed up in several settings, by what it is of."""
    return {Key(setting, *of): one for of, each in found for setting, one in zip(settings, each, strict=True)}


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


def _sums(scenario: Scenario, rows: Mapping[str, Times]) -> Iterator[tuple[Measured, list[RatioSums]]]:
    """What is summed up, and the sums of each setting."""
    of_arms = {arm.name: deadlines_us(scenario, arm) for arm in scenario.arms}
    due = {arm: np.tile(times, len(rows[arm]) // len(times)) for arm, times in of_arms.items() if times is not None}
    # Rule 15: in time is an alert that came, at the deadline or before.
    is_in_time = {arm: rows[arm] <= deadlines[:, None, None] for arm, deadlines in due.items()}
    baseline = scenario.baseline
    of_baseline = {arm.product for arm in scenario.arms if arm.name == baseline}
    rivals = {arm.name for arm in scenario.arms if arm.product in of_baseline} - {baseline}
    for arm, latency in rows.items():
        sums = _ratio(latency)
        yield ("latency", arm), sums
        yield ("arrives", arm), _share(latency != ABSENT)
        if arm in due:
            deadlines = due[arm]
            if (deadlines == deadlines[0]).all():
                yield ("margin", arm), [one.taken_from(int(deadlines[0])) for one in sums]
            else:
                yield ("margin", arm), _ratio(minus(deadlines[:, None, None], latency))
            yield ("in time", arm), _share(is_in_time[arm])
        if baseline is not None and arm in rivals:
            yield ("ahead", arm), _share(latency < rows[baseline])
    for a, b in scenario.contrasts:
        yield ("difference", a, b), _ratio(minus(rows[a], rows[b]))
        if {a, b} <= due.keys():
            apart = is_in_time[a].sum(axis=0) - is_in_time[b].sum(axis=0)
            yield ("in time", a, b), ratio_rows(apart, np.full(apart.shape, len(due[a])))
        for one, other in ((a, b), (b, a)):
            yield ("sooner", one, other), _share(rows[one] < rows[other])
            if {a, b} <= due.keys():
                yield ("only in time", one, other), _share(is_in_time[one] & ~is_in_time[other])


def minus(a: Times, b: Times) -> Times:
    """The differences of times, `ABSENT` where one of them is."""
    return np.where((a == ABSENT) | (b == ABSENT), ABSENT, a - b)


def _ratio(values: Times) -> list[RatioSums]:
    is_known = values != ABSENT
    return ratio_rows(np.where(is_known, values, 0).sum(axis=0), is_known.sum(axis=0))


def _share(is_hit: Flags) -> list[RatioSums]:
    return share_rows(is_hit.sum(axis=0), len(is_hit))


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
