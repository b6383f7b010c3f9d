"""The nouns of a scenario: all that is needed to repeat an experiment.

Times are whole microseconds, lengths metres, shares floats between 0 and 1. Everything here was
checked by the loader; nothing here checks again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Literal

from sim.model.calendar import Channel, Hours
from sim.model.delay import Delay
from sim.model.flow import Flow, Try, children, steps
from sim.model.launch import Deadline, LaunchEntry
from sim.model.outages import Alternating, Outages
from sim.model.ranges import Number, Range
from sim.model.stage import Desk, Refusal, Stage
from sim.model.web import Web

Design = Literal["philox", "sobol"]  # how the uniforms of replications go together
RANDOMISATIONS = 32  # of Sobol points, each on its own: what intervals are made of


@dataclass(frozen=True)
class Arm:
    """What is compared: an arrangement, its recipient, and the stages and desks of its own world.

    ``terms`` are what its route and its mode mean, by name, where the file says so. ``product`` is what its report is,
    empty where all are of one kind; ``deadline`` is by when it is due, None for that of each launch.
    """

    name: str
    title: str
    route: str
    mode: str
    recipient: str
    flow: Flow
    stages: Mapping[str, Stage]
    desks: Mapping[str, Desk]
    terms: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, Channel] = field(default_factory=dict)
    product: str = ""
    deadline: Deadline | None = None

    def deadline_of(self, entry: LaunchEntry) -> Deadline | None:
        """By when its report of a launch is due: by its own deadline, or else the launch's."""
        return self.deadline or entry.deadline

    def used_channels(self) -> tuple[str, ...]:
        """The channels that its stages name, in order of first use."""
        named = (self.stages[step.stage].channel for step in steps(self.flow))
        return tuple(dict.fromkeys(channel for channel in named if channel is not None))

    def used_stages(self) -> tuple[str, ...]:
        """The stages that its flow has, in order of first use."""
        return tuple(dict.fromkeys(step.stage for step in steps(self.flow)))

    def used_desks(self) -> tuple[str, ...]:
        """The desks that its stages name, in order of first use."""
        named = (self.stages[step.stage].desk for step in steps(self.flow))
        return tuple(dict.fromkeys(desk for desk in named if desk is not None))

    def hours(self) -> dict[str, Hours]:
        """The hours of its desks that are not always staffed, by desk."""
        used = ((name, self.desks[name].hours) for name in self.used_desks())
        return {name: hours for name, hours in used if hours is not None}

    def outages(self) -> dict[str, Outages]:
        """Those of what it uses, by its path in the scenario: channels, then sensors, then desks."""
        sensors = [self.stages[step.stage].sensor for step in steps(self.flow)]
        used = [(f"channels.{name}", self.channels[name].outages) for name in self.used_channels()]
        used += [(f"sensors.{sensor.name}", sensor.outages) for sensor in sensors if sensor]
        used += [(f"desks.{name}", self.desks[name].outages) for name in self.used_desks()]
        return {path: outages for path, outages in used if outages is not None}


@dataclass(frozen=True)
class Settings:
    """How the values that nobody knows are explored: how many settings, how many replications of each."""

    count: int
    replications: int


@dataclass(frozen=True, repr=False)
class Scenario:
    """An experiment: launches, arms, and how often.

    `cue` is how Tokyo first hears without Seoul. `arms` holds the baseline first, if there is one,
    then what is compared, in the file's order. `sensors` are all of the file by name, used or not, without what arms
    override. `document` is the scenario as resolved: it alone repeats the experiment. `zero` is time 0 by the clock,
    in the zone of the first launch; None where that has no clock time. `web` is what a flow that reports to a centre of
    it was written out from; None where the file has none. `runs` are the launches of a campaign, each a
    scenario of its own that a run of it would have; then there are no `launches`, and nothing is run of the whole.
    `notes` say what lines of other files were taken as.
    """

    name: str
    title: str
    story: str
    launches: tuple[LaunchEntry, ...]
    arms: tuple[Arm, ...]
    baseline: str | None
    cue: Flow | None
    contrasts: tuple[tuple[str, str], ...]
    centres: tuple[str, ...]
    sensors: tuple[Stage, ...]
    replications: int
    settings: Settings
    seed: int
    draws: Design
    horizon_us: int
    document: Mapping[str, object]
    zero: datetime | None = None
    web: Web | None = None
    runs: tuple[Scenario, ...] = ()
    notes: tuple[str, ...] = field(default=(), compare=False)

    def __repr__(self) -> str:
        arms = ", ".join(arm.name for arm in self.arms)
        return f"<Scenario {self.name}: {self.title}; {arms}; {len(self.launches) or len(self.runs)} launches>"

    @cached_property
    def resolved(self) -> str:
        """The document as text, which is stored and names a run: JSON that is itself a scenario file."""
        return json.dumps(self.document, ensure_ascii=False, indent=1) + "\n"

    @property
    def n_replications(self) -> int:
        """How many a whole run has, over all settings."""
        n_others = max(self.settings.count - 1, 0) if self.ranges() else 0
        return self.replications + n_others * self.settings.replications

    def arm(self, name: str) -> Arm:
        """The arm of this name; KeyError if there is none."""
        return next(arm for arm in self.arms if arm.name == name)

    @property
    def compared(self) -> tuple[Arm, ...]:
        """The arms without the baseline."""
        return tuple(arm for arm in self.arms if arm.name != self.baseline)

    @property
    def products(self) -> tuple[str, ...]:
        """What the reports of its arms are, in the order of the arms."""
        return tuple(dict.fromkeys(arm.product for arm in self.arms))

    def of_product(self, product: str) -> Scenario:
        """The scenario with the arms of one product alone."""
        arms = tuple(arm for arm in self.arms if arm.product == product)
        names = {arm.name for arm in arms}
        pairs = tuple(pair for pair in self.contrasts if names >= {*pair})
        return replace(self, arms=arms, contrasts=pairs, baseline=self.baseline if self.baseline in names else None)

    @property
    def n_together(self) -> int:
        """How many replications are drawn together: the independent unit of every interval."""
        return max(1, self.replications // RANDOMISATIONS) if self.draws == "sobol" else 1

    def deadlines(self) -> tuple[Deadline, ...]:
        """By when reports of launches are due under some arm, soonest first, each deadline once."""
        found = {arm.deadline_of(entry) for arm in self.arms for entry in self.real.launches}
        return tuple(sorted((one for one in found if one), key=lambda one: (one.after_us, one.name)))

    @property
    def is_timed(self) -> bool:
        """Whether the report of every launch is due by some time under every arm, and there is a launch."""
        launches = self.real.launches
        return bool(launches) and all(arm.deadline_of(entry) for arm in self.arms for entry in launches)

    @property
    def real(self) -> Scenario:
        """The scenario without its false reports: what latencies, margins and shares in time are of."""
        return replace(self, launches=tuple(entry for entry in self.launches if entry.false_report is None))

    @property
    def happening(self) -> str:
        """What reports are of, in a word: a launch, or an event where something else is among them."""
        entries = (entry for one in (self, *self.runs) for entry in one.launches)
        return "event" if any(entry.is_event for entry in entries) else "launch"

    @property
    def happenings(self) -> str:
        """The same of several."""
        return "events" if self.happening == "event" else "launches"

    @property
    def clock(self) -> datetime:
        """Time 0 by the clock, of a scenario that has one: the loader asks for it where anything has dates or hours.

        Raises
        ------
        ValueError : it has none.
        """
        if self.zero is None:
            raise ValueError(f"{self.name} has no clock")
        return self.zero

    def clock_at(self, us: int) -> datetime | None:
        """So long after time 0 by the clock of the first launch; None where that has none."""
        if self.zero is None:
            return None
        return (self.zero.astimezone(UTC) + timedelta(microseconds=us)).astimezone(self.zero.tzinfo)

    def clock_of(self, entry: LaunchEntry) -> datetime | None:
        """When an entry is scheduled, by the clock of the first; None where that has none."""
        return self.clock_at(entry.at_us)

    def may_refuse(self, refusal: Refusal, entry: LaunchEntry) -> bool:
        """Whether a refusal is of the time of a launch, which has a clock where a refusal has dates."""
        clock = self.clock_of(entry)
        return refusal.during is None or (clock is not None and refusal.during.holds(clock))

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

    def used_delays(self) -> Iterator[tuple[str, Delay]]:
        """Every delay that some arm uses and every gap between launches, each with whose it is."""
        for arm in self.arms:
            yield from ((f"stage {step.stage}", arm.stages[step.stage].delay) for step in steps(arm.flow))
            for desk in (arm.desks[name] for name in arm.used_desks()):
                if desk.background:
                    yield f"desk {desk.name}: interarrival", desk.background.interarrival
                    yield f"desk {desk.name}: service", desk.background.service
                if desk.on_call:
                    yield f"desk {desk.name}: on call", desk.on_call
            for path, outages in arm.outages().items():
                for what, delay in _times(outages):
                    yield f"{path}.outages: {what}", delay
        yield from ((f"launch {entry.name}: gap", entry.gap) for entry in self.launches if entry.gap)


def whole_units(design: Design, replications: int) -> int:
    """As many replications as a design needs to have at least so many: of Sobol points, powers of two."""
    if design == "sobol":
        return RANDOMISATIONS << (-(-replications // RANDOMISATIONS) - 1).bit_length()
    return replications


def arm_ranges(arm: Arm) -> tuple[Range, ...]:
    """The ranges that an arm rests on: of its steps, its desks, what is down at times, and its time limits."""
    used = (arm.stages[step.stage] for step in steps(arm.flow))
    numbers = [number for stage in used for number in stage_numbers(stage)]
    numbers += [number for desk in arm.used_desks() for number in desk_numbers(arm.desks[desk])]
    numbers += [number for one in arm.outages().values() for number in outage_numbers(one)]
    numbers += list(_limits(arm.flow))
    return tuple(dict.fromkeys(number for number in numbers if isinstance(number, Range)))


def stage_numbers(stage: Stage) -> Iterator[Number]:
    """Every number of a stage that may be a range."""
    yield from stage.delay.numbers()
    if stage.loss:
        yield from (stage.loss.probability, stage.loss.retry_after)
    if stage.refusal:
        yield stage.refusal.probability
    if stage.sensor:
        yield from stage.sensor.numbers()


def desk_numbers(desk: Desk) -> Iterator[Number]:
    """Every number of a desk that may be a range."""
    yield desk.capacity
    if desk.on_call:
        yield from desk.on_call.numbers()
    if desk.background:
        yield from desk.background.interarrival.numbers()
        yield from desk.background.service.numbers()
        if desk.background.surge:
            yield desk.background.surge.times


def outage_numbers(outages: Outages) -> Iterator[Number]:
    """Every number of outages that may be a range; dated ones have none."""
    if isinstance(outages, Alternating):
        yield from outages.numbers()


def _times(outages: Outages) -> Iterator[tuple[str, Delay]]:
    """How long something is up and down, as far as that is drawn from what the file says."""
    if isinstance(outages, Alternating):
        yield "down", outages.down
        if outages.up is not None:
            yield "up", outages.up


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
