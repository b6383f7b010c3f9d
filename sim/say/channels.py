"""What is said of channels: which are open on the day of a launch and why, and why there is no path at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from sim.model.calendar import Channel, Period
from sim.model.launch import LaunchEntry
from sim.model.scenario import Arm, Scenario
from sim.model.scope import Bar, bars, has_no_path
from sim.say.numbers import capital, day_text, list_text
from sim.units import count_text

NO_PATH = "no path"
MOST_DAYS = 90  # that are counted; what began longer ago is told by its date


def no_path_words(scenario: Scenario, arm: Arm) -> str:
    """That channels leave no launch any way under an arm, and why; empty where some launch has one."""
    if not has_no_path(scenario, arm):
        return ""
    return f"{NO_PATH}: {_why(bar for entry in scenario.real.launches for bar in bars(scenario, arm, entry))}"


def no_paths(scenario: Scenario, entry: LaunchEntry) -> dict[str, str]:
    """Why an arm has no path for one launch, by name; of those that have none."""
    found = {arm.name: bars(scenario, arm, entry) for arm in scenario.arms}
    return {name: f"{NO_PATH}: {_why(barring)}" for name, barring in found.items() if barring}


def _why(barring: Iterable[Bar]) -> str:
    return "; ".join(dict.fromkeys(map(bar_words, barring)))


def no_path_sentence(scenario: Scenario) -> str:
    """Under which arms there is no path, and why; of those that have one for a part of the launches, for which not."""
    titles: dict[str, list[str]] = {}
    for arm in scenario.arms:
        if words := no_path_words(scenario, arm) or _part_words(scenario, arm):
            titles.setdefault(words, []).append(arm.title)
    return " ".join(f"{capital(list_text(found))}: {words}." for words, found in titles.items())


def _part_words(scenario: Scenario, arm: Arm) -> str:
    found = {entry.name: bars(scenario, arm, entry) for entry in scenario.real.launches}
    barred = {name: why for name, why in found.items() if why}
    why = _why(bar for barring in barred.values() for bar in barring)
    return f"{NO_PATH} for {list_text([*barred])}: {why}" if barred else ""


def no_difference_words(scenario: Scenario, a: str, b: str) -> str:
    """Why two arms, by name, have no difference: no path, or no report of one launch under both."""
    titles = (scenario.arm(name).title for name in (a, b))
    none = "no {} has a report under both {} and {}".format(scenario.happening, *titles)
    return pathless_words(scenario, a, b) or none


def pathless_words(scenario: Scenario, *names: str) -> str:
    """Which of some arms, by name, has no path, and why; empty where each has one."""
    arms = map(scenario.arm, names)
    return "; ".join(f"{arm.title}: {words}" for arm in arms if (words := no_path_words(scenario, arm)))


def bar_words(bar: Bar) -> str:
    """Why a channel takes nothing: TISA covers DPRK missile only; GSOMIA opened on 23 November 2016."""
    channel, periods = bar.channel, bar.channel.open or ()
    if channel.open == ():
        return f"{channel.title} was never open"
    if bar.at is None:
        return f"{channel.title} covers {list_text([*(channel.carries or ())])} only"
    before = [period.until for period in periods if period.until and period.until <= bar.at]
    after = [period.start for period in periods if period.start and period.start > bar.at]
    if before:
        until = f" until {moment_text(after[0])}" if after else ""
        return f"{channel.title} was closed from {moment_text(before[-1])}{until}"
    return f"{channel.title} opened on {moment_text(after[0])}"


def channels_line(scenario: Scenario) -> str:
    """Which dated channels were open on the day of each launch, and since when; empty where none has dates."""
    said: dict[str, list[str]] = {}
    for entry in scenario.real.launches:
        if words := "; ".join(_states(scenario, entry)):
            said.setdefault(words, []).append(entry.name)
    if len(said) < 2:
        return "".join(said)
    return "; ".join(f"{list_text(names)}: {words}" for words, names in said.items())


def _states(scenario: Scenario, entry: LaunchEntry) -> Iterator[str]:
    """Each dated channel that some arm uses on that day; where arms differ in it, each way with its arms."""
    clock = scenario.clock_of(entry)
    if clock is None:
        return
    found: dict[str, dict[str, list[str]]] = {}
    for arm in scenario.arms:
        for name in arm.used_channels():
            if arm.channels[name].open is not None:
                words = state_words(arm.channels[name], clock)
                found.setdefault(name, {}).setdefault(words, []).append(arm.title)
    for ways in found.values():
        yield from (f"{words} ({list_text(titles)})" if len(ways) > 1 else words for words, titles in ways.items())


def state_words(channel: Channel, clock: datetime) -> str:
    """GSOMIA open: notice given 40 days before; machine link not yet: from 19 December 2023."""
    period, periods = channel.period_at(clock), channel.open or ()
    if period is not None:
        return f"{channel.title} open: {_because(period, clock)}"
    before = [one for one in periods if one.until and one.until <= clock]
    after = [one.start for one in periods if one.start and one.start > clock]
    if before:
        return f"{channel.title} closed: {_since('', before[-1].until, clock)}"
    return f"{channel.title} not yet: from {moment_text(after[0])}" if after else f"{channel.title} never open"


def _because(period: Period, clock: datetime) -> str:
    return _since(period.because, period.start, clock)


def _since(because: str, start: datetime | None, clock: datetime) -> str:
    """What happened, and how many days before or since which day."""
    if start is None:
        return because or "always"
    days = (clock.astimezone(start.tzinfo).date() - start.date()).days
    when = f"since {moment_text(start)}" if days > MOST_DAYS else _days_before(days)
    return f"{because} {when}".strip()


def _days_before(days: int) -> str:
    return f"{count_text(days, 'day')} before" if days else "the same day"


def period_text(period: Period) -> str:
    """From when until when: from 29 December 2014; 23 November 2016 to 23 August 2019."""
    start, until = (moment_text(end) if end else "" for end in (period.start, period.until))
    return (
        f"{start} to {until}"
        if start and until
        else f"from {start}"
        if start
        else f"until {until}"
        if until
        else "always"
    )


def moment_text(moment: datetime) -> str:
    """A day as people write it, with the time where it is not midnight: 22 November 2019, 18:00."""
    day, clock = day_text(moment), f"{moment:%H:%M:%S}"
    return day if moment.time() == moment.time().min else f"{day}, {clock.removesuffix(':00')}"
