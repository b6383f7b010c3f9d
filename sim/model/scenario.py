"""The nouns of a scenario: all that is needed to repeat an experiment.

Times are whole microseconds, lengths metres, shares floats between 0 and 1. Everything here was
checked by the loader; nothing here checks again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Literal

from sim.model.delay import Delay
from sim.model.evidence import Evidence
from sim.model.flow import Flow, Try, children, steps
from sim.model.ranges import Number, Range
from sim.model.sensor import Place, Sensor
from sim.units import duration_text

Design = Literal["philox", "antithetic", "sobol"]  # how the uniforms of replications go together
RANDOMISATIONS = 32  # of Sobol points, each on its own: what intervals are made of


class Precedence(IntEnum):
    """Message precedence at a desk; the smaller is served first."""

    FLASH = 0
    IMMEDIATE = 1
    PRIORITY = 2
    ROUTINE = 3


@dataclass(frozen=True)
class Centre:
    """A place where desks stand."""

    name: str
    time_zone: str | None = None


@dataclass(frozen=True)
class Loss:
    """Each attempt is lost with a probability and repeated after a time-out, up to a number of attempts."""

    probability: Number
    retry_after: Number
    attempts: int
    evidence: Evidence


@dataclass(frozen=True)
class Refusal:
    """With a probability the stage ends the flow there."""

    probability: Number
    evidence: Evidence


@dataclass(frozen=True)
class FalseAlarms:
    """How many times a year a source reports a launch that never was."""

    per_year: Number
    evidence: Evidence


@dataclass(frozen=True)
class Stage:
    """One step at one centre; a sensor's is that it sees the launch.

    earliest : not before this, from the launch: microseconds, or the end of the flight.
    """

    name: str
    title: str
    at: str | None
    delay: Delay
    desk: str | None
    precedence: Precedence
    loss: Loss | None
    refusal: Refusal | None
    evidence: Evidence
    earliest: int | Literal["impact"] = 0
    sensor: Sensor | None = None
    false_alarms: FalseAlarms | None = None

    @property
    def is_source(self) -> bool:
        """Whether it tells of launches by itself, so that it can tell of one that never was."""
        return self.sensor is not None or self.false_alarms is not None

    @property
    def path(self) -> str:
        """Its place in the scenario."""
        return f"{'sensors' if self.sensor else 'stages'}.{self.name}"


@dataclass(frozen=True)
class Background:
    """Other work of a desk: jobs from `-warm_up` to the horizon, not part of any sample path."""

    interarrival: Delay
    service: Delay
    precedence: Precedence
    warm_up_us: int
    evidence: Evidence


@dataclass(frozen=True)
class Desk:
    """People or equipment at a centre: a pool of equal servers."""

    name: str
    at: str | None
    capacity: Number
    background: Background | None
    evidence: Evidence


@dataclass(frozen=True)
class Deadline:
    """When a report stops being in time, from its launch: `needs_us` before the event itself."""

    event: str
    after_us: int
    needs_us: int = 0

    @property
    def name(self) -> str:
        """What it is called: the event, or how long before that."""
        return f"{duration_text(self.needs_us)} before {self.event}" if self.needs_us else self.event

    @property
    def event_us(self) -> int:
        """When it happens that the warning is of, from the launch."""
        return self.after_us + self.needs_us


@dataclass(frozen=True)
class Flight:
    """What is reported of a flight: where from, in which direction (degrees from north), how far and how high."""

    place: Place
    azimuth_deg: float
    range_m: float
    apogee_m: float


@dataclass(frozen=True)
class LaunchEntry:
    """One entry of the launches: a launch, a salvo of several, or a report of a launch that never was.

    A salvo has either `offsets_us` (after the entry's time) or a `gap` between successive launches.
    `flight_time_us` is as written, or from range and apogee; None where neither tells. `flight` is None
    unless all of it is known; `flight_lacks` names what is not, as fields of the file. Of a false report
    `false_report` is the stage that reports.
    """

    name: str
    at_us: int
    count: int
    gap: Delay | None
    offsets_us: tuple[int, ...]
    deadline: Deadline | None
    missile: str = ""
    date: str = ""
    range_m: int | None = None
    apogee_m: int | None = None
    source: str = ""
    flight_time_us: int | None = None
    flight: Flight | None = None
    flight_lacks: tuple[str, ...] = ()
    false_report: str | None = None


@dataclass(frozen=True)
class Arm:
    """What is compared: an arrangement, its recipient, and the stages and desks of its own world."""

    name: str
    title: str
    route: str
    mode: str
    recipient: str
    flow: Flow
    stages: Mapping[str, Stage]
    desks: Mapping[str, Desk]

    def used_desks(self) -> tuple[str, ...]:
        """The desks that its stages name, in order of first use."""
        named = (self.stages[step.stage].desk for step in steps(self.flow))
        return tuple(dict.fromkeys(desk for desk in named if desk is not None))


@dataclass(frozen=True)
class Settings:
    """How the values that nobody knows are explored: how many settings, how many replications of each."""

    count: int
    replications: int


@dataclass(frozen=True)
class Scenario:
    """An experiment: launches, arms, and how often.

    `cue` is how Tokyo first hears without Seoul. `arms` holds the baseline first, if there is one,
    then what is compared, in the file's order. `sensors` are all of the file by name, used or not, without what arms
    override. `document` is the scenario as resolved: it alone repeats the experiment.
    """

    name: str
    title: str
    story: str
    launches: tuple[LaunchEntry, ...]
    arms: tuple[Arm, ...]
    baseline: str | None
    cue: Flow | None
    contrasts: tuple[tuple[str, str], ...]
    centres: Mapping[str, Centre]
    sensors: tuple[Stage, ...]
    replications: int
    settings: Settings
    seed: int
    draws: Design
    horizon_us: int
    document: Mapping[str, object]

    def arm(self, name: str) -> Arm:
        """The arm of this name; KeyError if there is none."""
        return next(arm for arm in self.arms if arm.name == name)

    @property
    def n_together(self) -> int:
        """How many replications are drawn together: the independent unit of every interval."""
        return {"philox": 1, "antithetic": 2, "sobol": max(1, self.replications // RANDOMISATIONS)}[self.draws]

    @property
    def real(self) -> Scenario:
        """The scenario without its false reports: what latencies, margins and shares in time are of."""
        return replace(self, launches=tuple(entry for entry in self.launches if entry.false_report is None))

    def launch_keys(self) -> tuple[tuple[LaunchEntry, int], ...]:
        """Every launch and false report as (entry, number within its salvo), in the file's order."""
        return tuple((entry, number) for entry in self.launches for number in range(entry.count))

    def launch_names(self) -> tuple[str, ...]:
        """A name for each launch; the launches of a salvo are numbered from 1."""
        return tuple(
            f"{entry.name} {number + 1}" if entry.count > 1 else entry.name for entry, number in self.launch_keys()
        )

    def ranges(self) -> tuple[Range, ...]:
        """Every range that some arm uses, by path, each path once."""
        found = {r.path: r for arm in self.arms for r in arm_ranges(arm)}
        found.update({r.path: r for entry in self.launches for r in _gap_ranges(entry)})
        return tuple(found[path] for path in sorted(found))

    def used_delays(self) -> Iterator[Delay]:
        """Every delay that some arm uses, and every gap between launches."""
        for arm in self.arms:
            yield from (arm.stages[step.stage].delay for step in steps(arm.flow))
            backgrounds = (arm.desks[desk].background for desk in arm.used_desks())
            for background in (found for found in backgrounds if found):
                yield from (background.interarrival, background.service)
        yield from (entry.gap for entry in self.launches if entry.gap)


def whole_units(design: Design, replications: int) -> int:
    """As many replications as a design needs to have at least so many: pairs, or powers of two of Sobol points."""
    if design == "sobol":
        return RANDOMISATIONS << (-(-replications // RANDOMISATIONS) - 1).bit_length()
    return replications + replications % 2 if design == "antithetic" else replications


def arm_ranges(arm: Arm) -> tuple[Range, ...]:
    """The ranges that an arm rests on: of its steps, its desks and its time limits."""
    used = (arm.stages[step.stage] for step in steps(arm.flow))
    numbers = [number for stage in used for number in stage_numbers(stage)]
    numbers += [number for desk in arm.used_desks() for number in desk_numbers(arm.desks[desk])]
    numbers += list(_limits(arm.flow))
    return tuple(dict.fromkeys(number for number in numbers if isinstance(number, Range)))


def stage_numbers(stage: Stage) -> Iterator[Number]:
    """Every number of a stage that may be a range."""
    yield from stage.delay.numbers()
    if stage.loss:
        yield from (stage.loss.probability, stage.loss.retry_after)
    if stage.refusal:
        yield stage.refusal.probability
    if stage.sensor and stage.sensor.range_m is not None:
        yield stage.sensor.range_m


def desk_numbers(desk: Desk) -> Iterator[Number]:
    """Every number of a desk that may be a range."""
    yield desk.capacity
    if desk.background:
        yield from desk.background.interarrival.numbers()
        yield from desk.background.service.numbers()


def network_numbers(arm: Arm) -> tuple[Number, ...]:
    """The numbers that shape an arm's network: time limits, and capacities of desks."""
    return (*_limits(arm.flow), *(arm.desks[desk].capacity for desk in arm.used_desks()))


def _limits(flow: Flow) -> Iterator[Number]:
    if isinstance(flow, Try) and flow.limit is not None:
        yield flow.limit
    for child in children(flow):
        yield from _limits(child)


def _gap_ranges(entry: LaunchEntry) -> Iterator[Range]:
    numbers = entry.gap.numbers() if entry.gap else ()
    yield from (number for number in numbers if isinstance(number, Range))
