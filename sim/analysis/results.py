"""What a run says: small frozen results, each a pure function of a tally of its alerts.

Two kinds of not knowing stay apart: an `Interval` is the noise of the simulation at the typical
setting; a `Band` is what the values that nobody outside knows do to the answer. How many settings
fall on one side is a count, never a probability.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from sim.analysis.bands import Band
from sim.analysis.burden import Burden
from sim.analysis.intervals import Interval
from sim.analysis.ledger import Share
from sim.analysis.tally import Tally
from sim.draws.nouns import Times
from sim.model.evidence import StepGrade, ValueGrade
from sim.model.scenario import Scenario

ContrastKind = Literal["route", "mode", "mixed", "other"]


@dataclass(frozen=True, eq=False, repr=False)
class Alerts:
    """What a run simulated: its tally, and alert latencies in microseconds, `NEVER` where no alert came.

    tally : all that the results need of them
    typical : by arm, int64 (replication, launch), at the typical setting
    by_setting : by arm, int64 (setting, replication, launch), fewer replications; setting 0 is the
        typical one
    """

    tally: Tally
    typical: Mapping[str, Times]
    by_setting: Mapping[str, Times]

    def __repr__(self) -> str:
        return f"<Alerts of {', '.join(self.typical)}>"


@dataclass(frozen=True)
class StageMean:
    """One stage of an arm: how it stands on the delivering branch, and what it rests on.

    Means are over all alerts of the arm, zero where the branch passed it by, so that they add up to
    the mean latency.
    """

    name: str
    title: str
    share: float
    wait_us: float
    hold_us: float
    step: StepGrade
    value: ValueGrade
    source: str
    note: str


@dataclass(frozen=True)
class ArmResult:
    """One arm: alerts and latency at the typical setting, with bands over the ranges.

    Times are microseconds. `in_time` and `margin` are None without deadlines; `ahead` is the share
    of launches whose report comes before the baseline's alert, None for the baseline itself.
    """

    name: str
    title: str
    arrives: Interval
    in_time: Interval | None
    margin: Interval | None
    mean: Interval
    quantiles: tuple[Interval, ...]
    ahead: Interval | None
    is_never_first: bool
    arrives_band: Band
    in_time_band: Band | None
    mean_band: Band
    p50_band: Band
    stages: tuple[StageMean, ...]
    fallback_us: float
    burden: Burden


@dataclass(frozen=True)
class Counts:
    """Launches by which of two arms alerted, over all replications."""

    both: int
    only_a: int
    only_b: int
    neither: int


@dataclass(frozen=True)
class Contrast:
    """Two arms under common random numbers, a minus b, paired launch by launch.

    Differences exist only where both alert; `in_time` is that of the shares in time, of all launches. `by_setting`
    is the mean difference in each setting that was drawn, inside the band; nan where no pair is complete. `rests_on`
    are the shares of its ledger by grade, `is_one_way` whether no part of it takes away what another adds; `adds`
    whether a can only add to b, which it holds within itself.
    """

    a: str
    b: str
    kind: ContrastKind
    counts: Counts
    mean: Interval
    quantiles: tuple[Interval, ...]
    a_sooner: Interval
    b_sooner: Interval
    in_time_only_a: Interval | None
    in_time_only_b: Interval | None
    in_time: Interval | None
    in_time_band: Band | None
    by_setting: tuple[float, ...]
    band: Band
    rests_on: tuple[Share, ...]
    is_one_way: bool
    adds: bool

    @property
    def n_settings_a_sooner(self) -> int:
        return sum(d < 0 for d in self.by_setting)

    @property
    def n_settings_b_sooner(self) -> int:
        return sum(d > 0 for d in self.by_setting)


@dataclass(frozen=True)
class FalseAlerts:
    """The share of false reports of which an arm makes an alert, typical, with its band over the ranges."""

    arm: str
    share: Interval
    band: Band


@dataclass(frozen=True)
class Results:
    """All that a run says: of launches; of false reports, if there are any, no more than ``false_alerts``, by arm.

    ``quantile_error`` bounds the error of quantiles and medians, relative: 0 where latencies were
    kept, so that they are exact.
    """

    arms: tuple[ArmResult, ...]
    contrasts: tuple[Contrast, ...]
    n_replications: int
    n_launches: int
    n_settings: int
    n_setting_replications: int
    n_ranges: int
    quantile_error: float
    false_alerts: tuple[FalseAlerts, ...] = ()

    def of(self, part: Scenario) -> Results:
        """Those of the arms and pairs of a part of the scenario."""
        arms, pairs = {arm.name for arm in part.arms}, {*part.contrasts}
        return replace(
            self,
            arms=tuple(arm for arm in self.arms if arm.name in arms),
            contrasts=tuple(pair for pair in self.contrasts if (pair.a, pair.b) in pairs),
            false_alerts=tuple(one for one in self.false_alerts if one.arm in arms),
        )

    def arm(self, name: str) -> ArmResult:
        return next(arm for arm in self.arms if arm.name == name)
