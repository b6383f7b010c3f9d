"""Which reports no channel takes: closed for all of a run or a part, or not for its matter, on every way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sim.model.calendar import Channel
from sim.model.flow import Flow, Sequence, Step, Try
from sim.model.launch import LaunchEntry
from sim.model.scenario import Arm, Scenario
from sim.model.stage import Stage


@dataclass(frozen=True)
class Bar:
    """A channel that takes no report of a launch: `at` is the launch by the clock; None where it may not carry it."""

    channel: Channel
    at: datetime | None


def closing(scenario: Scenario, arm: Arm, stage: Stage, until: datetime | None) -> Bar | None:
    """The channel of a stage that is closed for a part of a run alone, and from when on; None where it is not so.

    The run ends at `until`. Of several launches the first that meets it counts. Whether a step is refused depends on
    when it is ready.
    """
    if stage.channel is None:
        return None
    channel = arm.channels[stage.channel]
    for start in filter(None, map(scenario.clock_of, scenario.real.launches)):
        at = channel.first_closed(start, until)
        if at is not None and not channel.is_closed(start, until):
            return Bar(channel, at)
    return None


def bars(scenario: Scenario, arm: Arm, entry: LaunchEntry) -> tuple[Bar, ...]:
    """The channels that leave a launch no way under an arm, as its flow has them; none where some way is left."""
    last_us = max(one.at_us + max(one.offsets_us, default=0) for one in scenario.launches) + scenario.horizon_us
    is_gap = any(one.gap for one in scenario.launches)  # whose launches are drawn, so that the end is not known here

    start = scenario.clock_of(entry)
    until = None if is_gap else scenario.clock_at(last_us)

    def bar(channel: Channel) -> Bar | None:
        if not channel.may_carry(entry.matter):
            return Bar(channel, None)
        if channel.open == ():
            return Bar(channel, start)
        return Bar(channel, start) if start is not None and channel.is_closed(start, until) else None

    def of_step(step: Step) -> tuple[Bar, ...]:
        name = arm.stages[step.stage].channel
        found = None if name is None else bar(arm.channels[name])
        return () if found is None else (found,)

    return tuple(dict.fromkeys(_barred(arm.flow, of_step)))


def _barred(flow: Flow, of_step: Callable[[Step], tuple[Bar, ...]]) -> tuple[Bar, ...]:
    """What bars a flow: of a sequence the first of its parts that is barred, of the others every part that is."""
    if isinstance(flow, Step):
        return of_step(flow)
    if isinstance(flow, Try):
        ways = [_barred(one, of_step) for one in (flow.main, flow.fallback)]
        return (*ways[0], *ways[1]) if all(ways) else ()
    ways = [found for child in flow.children if (found := _barred(child, of_step))]
    if isinstance(flow, Sequence):
        return ways[0] if ways else ()
    is_barred = len(ways) > len(flow.children) - flow.needed
    return tuple(one for way in ways for one in way) if is_barred else ()


def has_no_path(scenario: Scenario, arm: Arm) -> bool:
    """Whether channels leave no launch any way under an arm."""
    launches = scenario.real.launches
    return bool(launches) and all(bars(scenario, arm, entry) for entry in launches)
