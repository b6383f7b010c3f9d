"""What a scenario uses of the format, and what happened in it, in words: to tell what was covered."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.engines.contract import NEVER, Paths, State
from sim.engines.program import program_of
from sim.model.delay import Delay
from sim.model.distributions import Empirical
from sim.model.families import FAMILIES
from sim.model.flow import Flow, Join, Sequence, Step, Try, children, steps
from sim.model.launch import LaunchEntry
from sim.model.network import NONE, Network
from sim.model.outages import Alternating
from sim.model.ranges import Range
from sim.model.scenario import Arm, Scenario, arm_ranges
from sim.model.stage import Desk, Stage

FEATURES = (
    *(f"delay: {family}" for family in FAMILIES),
    *("delay: empirical, steps", "delay: empirical, straight lines", "delay: no time at all"),
    *("delay: cut from below", "delay: cut from above", "delay: cut from both sides"),
    *("flow: in turn", "flow: all", "flow: first", "flow: at least", "flow: at least some", "flow: try with a limit"),
    *("flow: try without a limit", "flow: try within a try", "flow: a label", "flow: a named flow"),
    *("stage: loss", "stage: refusal", "stage: sure refusal", "stage: desk", "stage: earliest"),
    *("desk: several servers", "desk: background", "desk: warm-up", "desk: several precedences"),
    *("launches: several entries", "launches: two at one instant", "launches: out of order"),
    *("launches: constant gap", "launches: random gap", "launches: offsets", "launches: a false report"),
    *("channel: open at times", "channel: never open", "channel: any matter", "channel: some matters"),
    *("desk: hours", "desk: hours and a call", "path: refused by a channel"),
    *("channel: outages", "channel: dated outages", "desk: outages", "desk: hours and outages", "desk: a surge"),
    *("sensor: always up", "sensor: outages", "sensor: dated outages", "path: a sensor sees"),
    *("range: delay", "range: capacity", "range: limit", "range: loss or refusal", "range: gap"),
    *("arms: several", "arms: overrides", "settings: several", "seed: 0", "seed: 2**63"),
    *("ran: by columns", "ran: by columns, with a desk", "ran: by events, for feedback"),
    *("path: alert", "path: refused", "path: cut by the horizon", "path: waited at a desk", "path: fallback begun"),
)


def features(scenario: Scenario, paths: dict[str, tuple[Paths, ...]]) -> set[str]:
    """Every feature of `FEATURES` that a scenario has, given its paths by arm and setting."""
    parts = (_of_scenario(scenario), _of_paths(paths), _of_sights(scenario, paths))
    return {feature for part in parts for feature in part}


def _of_scenario(scenario: Scenario) -> Iterator[str]:
    for entry in scenario.launches:
        yield from _of_entry(entry)
    if len(scenario.launches) > 1:
        yield "launches: several entries"
    if len(scenario.arms) > 1:
        yield "arms: several"
    if any(arm["set"] for arm in scenario.document.get("arms", {}).values()):
        yield "arms: overrides"
    if scenario.seed in (0, 2**63):
        yield "seed: 0" if scenario.seed == 0 else "seed: 2**63"
    for arm in scenario.arms:
        yield from _of_arm(arm)


def _of_entry(entry: LaunchEntry) -> Iterator[str]:
    if entry.offsets_us:
        yield "launches: offsets"
    if entry.false_report:
        yield "launches: a false report"
    if entry.gap and entry.count > 1:
        numbers = list(entry.gap.numbers())
        is_constant = not isinstance(entry.gap.shape, Empirical) and entry.gap.shape.family == "constant"
        yield "launches: constant gap" if is_constant else "launches: random gap"
        if any(isinstance(number, Range) for number in numbers):
            yield "range: gap"
        yield from _of_delay(entry.gap)


def _of_arm(arm: Arm) -> Iterator[str]:
    used = [arm.stages[step.stage] for step in steps(arm.flow)]
    for stage in used:
        yield from _of_stage(stage)
    for name in arm.used_desks():
        yield from _of_desk(arm.desks[name], [stage for stage in used if stage.desk == name])
    for sensor in filter(None, (stage.sensor for stage in used)):
        if sensor.outages is None:
            yield "sensor: always up"
        else:
            yield "sensor: outages" if isinstance(sensor.outages, Alternating) else "sensor: dated outages"
    for channel in (arm.channels[name] for name in arm.used_channels()):
        yield "channel: any matter" if channel.carries is None else "channel: some matters"
        if channel.open is not None:
            yield "channel: open at times" if channel.open else "channel: never open"
        if channel.outages is not None:
            yield "channel: outages" if isinstance(channel.outages, Alternating) else "channel: dated outages"
    yield from _of_flow(arm.flow, is_in_try=False)
    if arm_ranges(arm):
        yield "settings: several"


def _of_stage(stage: Stage) -> Iterator[str]:
    yield from _of_delay(stage.delay)
    if stage.desk:
        yield "stage: desk"
    if stage.earliest:
        yield "stage: earliest"
    if stage.loss:
        yield "stage: loss"
    if stage.refusal:
        yield "stage: refusal"
        if stage.refusal.probability == 1:
            yield "stage: sure refusal"
    chances = [part.probability for part in (stage.loss, stage.refusal) if part]
    if any(isinstance(chance, Range) for chance in chances):
        yield "range: loss or refusal"


def _of_delay(delay: Delay) -> Iterator[str]:
    shape = delay.shape
    if isinstance(shape, Empirical):
        yield f"delay: empirical, {'straight lines' if shape.is_linear else 'steps'}"
    else:
        yield f"delay: {shape.family}"
        if shape.numbers == (("value", 0),):
            yield "delay: no time at all"
    cuts = [end for end, bound in (("below", delay.minimum), ("above", delay.maximum)) if bound is not None]
    if cuts:
        yield "delay: cut from both sides" if len(cuts) == 2 else f"delay: cut from {cuts[0]}"
    if any(isinstance(number, Range) for number in delay.numbers()):
        yield "range: delay"


def _of_desk(desk: Desk, stages: list[Stage]) -> Iterator[str]:
    if isinstance(desk.capacity, Range):
        yield "range: capacity"
    elif desk.capacity > 1:
        yield "desk: several servers"
    if len({stage.precedence for stage in stages}) > 1:
        yield "desk: several precedences"
    if desk.background:
        yield "desk: background"
        yield from _of_delay(desk.background.interarrival)
        yield from _of_delay(desk.background.service)
        if desk.background.warm_up_us:
            yield "desk: warm-up"
        if desk.background.surge:
            yield "desk: a surge"
    if desk.outages:
        yield "desk: hours and outages" if desk.hours else "desk: outages"
    if desk.hours:
        yield "desk: hours and a call" if desk.hours.on_call else "desk: hours"


def _of_flow(flow: Flow, is_in_try: bool) -> Iterator[str]:
    match flow:
        case Step(label=label):
            if label:
                yield "flow: a label"
        case Sequence():
            yield "flow: in turn"
        case Join(parts, needed, form):
            is_between = form == "at_least" and 1 < needed < len(parts)
            yield "flow: at least some" if is_between else f"flow: {form.replace('_', ' ')}"
        case Try(limit=limit):
            yield "flow: try without a limit" if limit is None else "flow: try with a limit"
            if isinstance(limit, Range):
                yield "range: limit"
            if is_in_try:
                yield "flow: try within a try"
    if not isinstance(flow, Step) and flow.name == "f":
        yield "flow: a named flow"
    for child in children(flow):
        yield from _of_flow(child, is_in_try or isinstance(flow, Try))


def _of_paths(paths: dict[str, tuple[Paths, ...]]) -> Iterator[str]:
    for path in (path for found in paths.values() for path in found):
        yield from _of_launches(path)
        yield from _of_run(path.network)
        root = path.state[:, :, -1]
        for state, words in ((State.DONE, "alert"), (State.REFUSED, "refused")):
            if (root == state).any():
                yield f"path: {words}"
        if ((path.queued >= 0) & (path.ended < 0)).any():
            yield "path: cut by the horizon"
        if (path.started > path.queued).any():
            yield "path: waited at a desk"
        stages = [number for number, _ in path.network.stages]
        if (path.state[:, :, stages] == State.REFUSED)[path.started[:, :, stages] == NEVER].any():
            yield "path: refused by a channel"
        fallbacks = [node.children[1] for node in path.network.nodes if node.kind == 3]
        if (path.queued[:, :, fallbacks] >= 0).any():
            yield "path: fallback begun"


def _of_sights(scenario: Scenario, paths: dict[str, tuple[Paths, ...]]) -> Iterator[str]:
    for arm in scenario.arms:
        for path in paths.get(arm.name, ()):
            seen = [number for number, step in path.network.stages if arm.stages[step.stage].sensor]
            if (path.state[:, :, seen] == State.DONE).any():
                yield "path: a sensor sees"


def _of_launches(path: Paths) -> Iterator[str]:
    between = np.diff(path.launch, axis=1)
    if (between == 0).any():
        yield "launches: two at one instant"
    if (between < 0).any():
        yield "launches: out of order"


def _of_run(network: Network) -> Iterator[str]:
    if program_of(network) is None:
        yield "ran: by events, for feedback"
        return
    yield "ran: by columns"
    if any(node.desk != NONE for node in network.nodes):
        yield "ran: by columns, with a desk"
