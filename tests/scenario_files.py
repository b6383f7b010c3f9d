"""Scenario files drawn by Hypothesis: everything that the format has, in small worlds with many ties.

A file is JSON, which is YAML too, with an entry a line, so a falsifying example can be pasted into a test.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

Tree = Any

PRECEDENCES = st.sampled_from(("FLASH", "IMMEDIATE", "PRIORITY", "ROUTINE"))
SHARES = st.sampled_from(("0 %", "30 %", "30 %", "50 %", "100 %", {"low": "10 %", "typical": "20 %", "high": "60 %"}))
LEAST_ONE = st.integers(1, 4)
PLACE = {"lat": "39.2 deg", "lon": "127.5 deg"}
FLIGHT = {"place": PLACE, "azimuth": "90 deg", "range": "450 km", "apogee": "40 km", "flight_time": "6 min"}

# Each way of telling a distribution, in seconds; a tenth more or less of any number leaves it one.
WAYS: tuple[tuple[str, dict[str, float]], ...] = (
    ("uniform", {"low": 1, "high": 4}),
    ("triangular", {"low": 0.5, "mode": 2, "high": 6}),
    ("pert", {"low": 0.5, "mode": 2, "high": 6}),
    ("exponential", {"mean": 2}),
    ("exponential", {"median": 2}),
    ("exponential", {"p90": 4}),
    ("exponential", {"p95": 5}),
    ("normal", {"mean": 2, "sd": 1}),
    ("lognormal", {"median": 2, "p90": 5}),
    ("lognormal", {"median": 2, "p95": 6}),
    ("lognormal", {"median": 2, "p90_over_median": 2.5}),
    ("lognormal", {"median": 2, "log_sd": 0.7}),
    ("lognormal", {"mean": 3, "sd": 2}),
    ("gamma", {"median": 2, "p90": 5}),
    ("gamma", {"median": 2, "p90_over_median": 2.5}),
    ("gamma", {"mean": 2, "sd": 1}),
    ("gamma", {"shape": 0.8, "mean": 2}),
    ("erlang", {"shape": 3, "mean": 2}),
    ("weibull", {"median": 2, "p90": 5}),
    ("weibull", {"median": 2, "p95": 6}),
    ("weibull", {"median": 2, "p90_over_median": 2.5}),
    ("weibull", {"mean": 2, "sd": 1}),
    ("weibull", {"shape": 1.4, "scale": 2}),
)
FAMILIES = tuple(dict.fromkeys(family for family, _ in WAYS))
RATIOS = ("p90_over_median", "log_sd", "shape")


def seconds(number: float) -> str:
    return f"{number:g} s"


@st.composite
def number(draw: st.DrawFn, name: str, value: float, can_range: bool) -> Tree:
    """A number as it is written, or a range about it."""
    told = (lambda x: f"{x:g}") if name in RATIOS else seconds
    if not (can_range and draw(st.integers(0, 3)) == 0):
        return told(value)
    low, high = (1, 5) if name == "shape" and value == 3 else (0.9 * value, 1.1 * value)
    return {"low": told(low), "typical": told(value), "high": told(high)}


@st.composite
def distributions(draw: st.DrawFn, families: Sequence[str] = FAMILIES, can_range: bool = True) -> Tree:
    """A distribution: each family as often, however many ways it is told in, then one of those."""
    chosen = draw(st.sampled_from(families))
    numbers = draw(st.sampled_from([numbers for family, numbers in WAYS if family == chosen]))
    return {chosen: {name: draw(number(name, value, can_range)) for name, value in numbers.items()}}


@st.composite
def spread_delays(draw: st.DrawFn, can_range: bool = True) -> Tree:
    """A continuous delay, perhaps truncated."""
    return draw(distributions(can_range=can_range)) | draw(bounds(can_range))


@st.composite
def bounds(draw: st.DrawFn, can_range: bool) -> Tree:
    """Truncation that leaves something of every family here."""
    ends = draw(st.sampled_from(((), (), ("min",), ("max",), ("min", "max"))))
    return {end: draw(number(end, {"min": 1.5, "max": 3.5}[end], can_range)) for end in ends}


@st.composite
def observed_delays(draw: st.DrawFn) -> Tree:
    """Whole seconds with steps, which tie; or straight lines between them."""
    values = [2, 3, *draw(st.lists(LEAST_ONE, max_size=4))]
    steps = {"values": [seconds(value) for value in values], "interpolation": draw(st.sampled_from(("step", "linear")))}
    return {"empirical": steps} | draw(bounds(can_range=False))


@st.composite
def delays(draw: st.DrawFn, least: int = 0) -> Tree:
    """A delay of any kind, every second one in whole seconds."""
    kind = draw(st.sampled_from(("constant", "constant", "observed", "spread", "spread", "ranged")))
    match kind:
        case "constant":
            return seconds(draw(st.integers(least, 4)))
        case "observed":
            return draw(observed_delays())
        case "ranged":
            return {"constant": {"low": "1 s", "typical": "2 s", "high": "3 s"}}
    return draw(spread_delays())


@st.composite
def desks(draw: st.DrawFn) -> Tree:
    """A desk, perhaps with other work."""
    capacity = draw(st.sampled_from(("1", "1", "2", "3", {"low": "1", "typical": "2", "high": "4"})))
    desk: Tree = {"capacity": capacity, "evidence": "assumed"}
    if draw(st.integers(0, 3)) == 0:
        desk |= {"at": "seoul", "hours": draw(hours())}
    if draw(st.booleans()):
        desk["background"] = {
            "interarrival": draw(delays(least=2)),
            "service": draw(delays()),
            "precedence": draw(PRECEDENCES),
            "warm_up": draw(st.sampled_from(("0 s", "3 s", "20 s"))),
        } | draw(surges())
    return desk | draw(outages())


@st.composite
def surges(draw: st.DrawFn) -> Tree:
    """More other work for some seconds, or less; most often as much as ever."""
    if draw(st.integers(0, 2)):
        return {}
    start = draw(st.integers(0, 6))
    ends = {"from": seconds(start), "until": seconds(start + draw(st.integers(1, 6)))}
    times = draw(st.sampled_from(("4", "2.5", "0.3", {"low": "2", "typical": "3", "high": "4"})))
    return {"surge": {"times": times} | draw(st.sampled_from(({}, ends, {"from": ends["from"]})))}


@st.composite
def outages(draw: st.DrawFn) -> Tree:
    """Seconds of being up and down by turns, or some seconds after noon, when the launches are; most often none."""
    match draw(st.sampled_from(("none", "none", "none", "drawn", "share", "dated"))):
        case "drawn":
            found = {"up": draw(times_up_or_down()), "down": draw(times_up_or_down())}
        case "share":
            share = draw(st.sampled_from(("50 %", "70 %", {"low": "40 %", "typical": "60 %", "high": "90 %"})))
            found = {"availability": share, "down": draw(times_up_or_down())}
        case "dated":
            ends = sorted(draw(st.lists(st.integers(0, 20), min_size=2, max_size=2, unique=True)))
            start, until = (f"2019-10-02 12:00:{end:02}" for end in ends)
            found = {"dated": [{"from": start, "until": until}]}
        case _:
            return {}
    return {"outages": found | {"evidence": "assumed"}}


@st.composite
def times_up_or_down(draw: st.DrawFn) -> Tree:
    """Whole seconds, which tie, or a distribution with a mean."""
    if draw(st.booleans()):
        return seconds(draw(LEAST_ONE))
    return draw(distributions([family for family in FAMILIES if family != "normal"]))


@st.composite
def hours(draw: st.DrawFn) -> Tree:
    """A shift that begins or ends, in Seoul, some seconds about noon, when the launches are."""
    on_call = {"on_call": draw(delays())} if draw(st.booleans()) else {}
    noon = draw(st.integers(0, 20))
    ends = draw(st.sampled_from((("08:00", f"12:00:{noon:02}"), (f"12:00:{noon:02}", "18:00"))))
    return {"from": ends[0], "until": ends[1], "evidence": "assumed"} | on_call


@st.composite
def channels(draw: st.DrawFn) -> Tree:
    """A channel, perhaps with periods that begin and end some seconds about noon, perhaps for one matter alone."""
    channel: Tree = {"between": ["seoul", "tokyo"]}
    if draw(st.integers(0, 3)):
        ends = sorted(draw(st.lists(st.integers(0, 20), min_size=4, max_size=4, unique=True)))
        times = [f"2019-10-02 12:00:{end:02}" for end in ends]
        periods = [{"from": times[0], "until": times[1]}, {"from": times[2], "until": times[3]}]
        channel["open"] = draw(st.sampled_from((periods, periods[:1], [{"from": times[0]}], [{"until": times[3]}], [])))
    if draw(st.integers(0, 3)) == 0:
        channel["carries"] = ["DPRK missile"]
    return channel | draw(outages())


@st.composite
def stages(draw: st.DrawFn, desk_names: tuple[str, ...], channel_names: tuple[str, ...]) -> Tree:
    """A stage: any delay, perhaps a desk, a channel, loss and refusal."""
    stage: Tree = {"delay": draw(delays()), "evidence": "assumed"}
    if channel := draw(st.sampled_from((None, *channel_names))):
        stage["channel"] = channel
    desk = draw(st.sampled_from((*desk_names, None, *desk_names)))
    if desk:
        stage |= {"desk": desk, "precedence": draw(PRECEDENCES)}
    elif draw(st.integers(0, 2)) == 0:
        stage["earliest"] = seconds(draw(st.integers(1, 6)))
    if draw(st.integers(0, 4)) == 0:
        retry = draw(number("retry_after", draw(st.integers(0, 3)) or 2, can_range=True))
        stage["loss"] = {"probability": draw(SHARES), "retry_after": retry, "attempts": str(draw(st.integers(1, 3)))}
    if draw(st.integers(0, 4)) == 0:
        stage["refusal"] = {"probability": draw(SHARES)}
    if not desk and draw(st.integers(0, 2)) == 0:
        stage["false_alarms"] = {"per_year": draw(st.sampled_from(("0.5", {"low": "0", "typical": "1", "high": "9"})))}
    return stage


@st.composite
def sensors(draw: st.DrawFn) -> Tree:
    """A radar beside the launch or a satellite, perhaps out at times or down at times: it sees within some seconds."""
    where = {"field": "land", "place": {"lat": "39.2 deg", "lon": "127.3 deg"}}
    found = draw(st.sampled_from((where, {"field": "space"})))
    found = found | {"owner": "seoul", "delay": draw(delays()), "evidence": "assumed"}
    found |= {"sees_above": draw(st.sampled_from(("0 m", "20 m", "100 m")))}
    found |= {"in_sight": seconds(draw(st.integers(0, 3)))}
    if draw(st.integers(0, 3)) == 0:
        found["out"] = draw(SHARES)
    return found | draw(outages())


class Uses:
    """What an arrangement may still name: a stage again only under a new label, a named flow once."""

    def __init__(self, names: tuple[str, ...], flows: tuple[str, ...], prefix: str = "") -> None:
        self.names, self.flows, self.prefix = names, list(flows), prefix
        self.used: list[str] = []

    def step(self, name: str) -> Tree:
        self.used.append(name)
        n = self.used.count(name)
        return name if n == 1 and not self.prefix else {"stage": name, "as": f"{self.prefix or 'again'}_{n}"}


@st.composite
def flows(draw: st.DrawFn, uses: Uses, depth: int) -> Tree:
    """A flow of any form, nested."""
    form = draw(st.sampled_from(("step", "in turn", "list", "list", "all", "first", "at least", "try", "try")))
    if form == "step" or depth == 0:
        if uses.flows and draw(st.booleans()):
            return uses.flows.pop()
        return uses.step(draw(st.sampled_from(uses.names)))
    n_parts = 2 if form == "try" else draw(st.integers(1, 3))
    parts = [draw(flows(uses, depth - 1)) for _ in range(n_parts)]
    match form:
        case "list":
            return parts
        case "in turn":
            return {"in_turn": parts}
        case "at least":
            return {"at_least": str(draw(st.integers(1, n_parts))), "of": parts}
        case "try":
            limits = (None, "0 s", "1 s", "2 s", "3 s", {"low": "1 s", "typical": "2 s", "high": "4 s"})
            limit = draw(st.sampled_from(limits))
            return {"try": parts[0], **({} if limit is None else {"for": limit}), "else": parts[1]}
    return {form: parts}


@st.composite
def launches(draw: st.DrawFn, stage_names: tuple[str, ...], flight: Tree) -> Tree:
    """One to three entries: single launches, false reports, salvos with a gap, salvos with offsets.

    All that is no false report has a flight, which may be empty.
    """
    entries = []
    for place in range(draw(st.integers(1, 3))):
        entry: Tree = {"name": ("one missile", "two", "북극성-3")[place], "date": "2019-10-02", "time": "12:00"}
        if draw(st.integers(0, 4)) == 0:
            entry["matter"] = "air patrol"
        if place:
            entry["at"] = seconds(draw(st.integers(0, 4)))
        match draw(st.sampled_from(("single", *(("false",) if place else ()), "gap", "gap", "offsets"))):
            case "false":
                entry["false_report"] = draw(st.sampled_from(stage_names))
            case "gap":
                entry |= {"count": str(draw(st.integers(2, 3))), "gap": draw(delays())}
            case "offsets":
                entry["offsets"] = [
                    seconds(n) for n in sorted(draw(st.lists(st.integers(0, 3), min_size=1, max_size=3)))
                ]
        entries.append(entry if "false_report" in entry else entry | flight)
    return entries


@st.composite
def overrides(draw: st.DrawFn, stage_names: tuple[str, ...], desk_names: tuple[str, ...], has_flow: bool) -> Tree:
    """What an arm changes in its own world."""
    changes: Tree = {f"stages.{draw(st.sampled_from(stage_names))}.delay": draw(delays())}
    if desk_names and draw(st.booleans()):
        changes[f"desks.{desk_names[0]}.capacity"] = "3"
    if has_flow and draw(st.booleans()):
        changes["flows.f"] = draw(flows(Uses(stage_names, (), "changed"), depth=1))
    return changes


@st.composite
def scenario_texts(draw: st.DrawFn) -> str:
    """A scenario file of one to three arms."""
    desk_names = draw(st.sampled_from((("d",), ("d", "e"), ())))
    channel_names = draw(st.sampled_from(((), ("k",), ("k", "l"))))
    stage_names = tuple("abcde"[: draw(st.integers(2, 5))])
    sensor_names = draw(st.sampled_from(((), (), ("s",), ("s", "t"))))
    has_flow = draw(st.booleans())
    tree: Tree = {
        "title": "random",
        "deadline": "none",
        "seed": str(draw(st.sampled_from((0, 1, 2, 2**63)))),
        "horizon": draw(st.sampled_from(("90 s", "90 s", "12 s", "5 s"))),
        "replications": "40",
        "settings": {"count": "3", "replications": "9"},
        "launches": draw(launches(stage_names, FLIGHT if sensor_names else {})),
        "desks": {name: draw(desks()) for name in desk_names},
        "stages": {name: draw(stages(desk_names, channel_names)) for name in stage_names},
    }
    used = {stage.get("channel") for stage in tree["stages"].values()}
    tree["channels"] = {name: draw(channels()) for name in channel_names if name in used}
    for name in {*desk_names} - {stage.get("desk") for stage in tree["stages"].values()}:
        tree["desks"][name].pop("outages", None)  # of what nothing uses they are a fault
    if sensor_names:
        tree["sensors"] = {name: draw(sensors()) for name in sensor_names}
    step_names = (*sensor_names, *stage_names)
    if has_flow:
        tree["flows"] = {"f": draw(flows(Uses(step_names, (), "in_f"), depth=1))}
    names = ("x", "y")[: draw(st.integers(1, 2))]
    named = ("f",) if has_flow else ()
    tree["arrangements"] = {name: draw(flows(Uses(step_names, named), depth=3)) for name in names}
    tree["arrangements"]["all"] = {"all": [{"stage": name, "as": "all"} for name in step_names]}  # so that each is used
    tree["compare"] = list(names)
    if draw(st.booleans()):
        changes = draw(overrides(stage_names, desk_names, has_flow))
        if tree["channels"] and draw(st.booleans()):
            changes[f"channels.{min(tree['channels'])}.open"] = []
        tree["arms"] = {"z": {"arrangement": "x", "set": changes}}
        tree["compare"].append("z")
    return written(tree)


@st.composite
def blocks(draw: st.DrawFn) -> tuple[int, int]:
    """Replications from and up to (excluded): a few, from anywhere."""
    start = draw(st.sampled_from((0, 1, 2, 3, 4, 509)))
    return start, start + draw(st.integers(1, 5))


def written(tree: Tree) -> str:
    """The file, an entry a line."""
    lines = []
    for field, value in tree.items():
        if isinstance(value, dict) and value:
            entries = [f" {json.dumps(name)}: {json.dumps(entry, ensure_ascii=False)}" for name, entry in value.items()]
            lines.append(f"{json.dumps(field)}: {{\n" + ",\n".join(entries) + "}")
        else:
            lines.append(f"{json.dumps(field)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"
