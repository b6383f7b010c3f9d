"""The hours of a week in words: at which of them a report takes longer, how much, and who is not there then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np

from sim.analysis.measures import Measure
from sim.analysis.outcomes import Floats, noise
from sim.model.calendar import WEEKDAYS
from sim.model.scenario import Arm, Scenario
from sim.say.hours import days_text, hours_of, hours_words
from sim.say.names import desk_name
from sim.say.numbers import capital, day_text, grade_text, list_text, minutes_text, sooner_text
from sim.studies.hours.find import Week
from sim.studies.hours.week import DAY, HOURS, WEEK, Stretch, instant, is_staffed, shifts, stretches
from sim.units import duration_text

MOST_STRETCHES = 3
MOSTLY = 0.5  # a desk is why, if it is that much more often unstaffed at slow hours than at the fastest
FASTEST = 0.1  # of the way to the slowest


def shown_arms(scenario: Scenario) -> tuple[Arm, ...]:
    """What is said in sentences and drawn: the first pair, or the only arm."""
    if scenario.contrasts:
        return tuple(arm for arm in scenario.arms if arm.name in scenario.contrasts[0])
    return scenario.compared[:1] or scenario.arms[:1]


def slow_hours(medians: Floats) -> np.typing.NDArray[np.bool_]:
    """The hours that are nearer to the slowest than to the fastest, (hour,); none where all are alike."""
    known = medians[~np.isnan(medians)]
    low, high = (known.min(), known.max()) if len(known) else (0.0, 0.0)
    return (medians > (low + high) / 2) & bool(high > low)


def spread_us(medians: Floats) -> float:
    """How much longer a report takes at slow hours than at others, from middle to middle."""
    is_slow = slow_hours(medians)
    return float(np.median(medians[is_slow]) - np.nanmedian(medians[~is_slow])) if is_slow.any() else 0.0


def finding(scenario: Scenario, week: Week) -> str:
    """Of each arm that is shown: when it is slow, by how much, and why."""
    return " ".join(_of_arm(scenario, arm, week.of_arm(arm.name)[0]) for arm in shown_arms(scenario))


def _of_arm(scenario: Scenario, arm: Arm, medians: Floats) -> str:
    is_never, is_slow = np.isnan(medians), slow_hours(medians)
    if is_never.all():
        return f"No report comes under {arm.title} at any hour."
    if not (is_slow | is_never).any():
        return f"The hour of the launch makes no difference to {arm.title}."
    why = desks_behind(scenario, arm, medians)
    because = f", because {_away(why)}" if why else ""
    longer = f"{arm.title} takes {minutes_text(spread_us(medians))} min longer at the median for a launch "
    never = f"no report comes under {arm.title} within {duration_text(scenario.horizon_us)} of a launch "
    said = [
        f"{head}{stretches_text(stretches(hours.tolist()))}"
        for head, hours in ((longer, is_slow), (never, is_never))
        if hours.any()
    ]
    return f"At working values {'; '.join(said)} ({zone_text(scenario)}){because}."


def title(scenario: Scenario, week: Week) -> str:
    """The same for a figure, without the hours, which it shows."""
    said = (_title_of(scenario, arm, week.of_arm(arm.name)[0]) for arm in shown_arms(scenario))
    return f"At working values {'; '.join(said)}"


def _title_of(scenario: Scenario, arm: Arm, medians: Floats) -> str:
    is_never, is_slow = np.isnan(medians), slow_hours(medians)
    if is_never.all():
        return f"no report comes under {arm.title}"
    if not (is_slow | is_never).any():
        return f"the hour makes no difference to {arm.title}"
    why = desks_behind(scenario, arm, medians)
    when = f"while {_away(why)}" if why else "at some hours"
    what = f"takes {minutes_text(spread_us(medians))} min longer" if is_slow.any() else "brings no report"
    return f"{arm.title} {what} {when}"


def desks_behind(scenario: Scenario, arm: Arm, medians: Floats) -> tuple[str, ...]:
    """The desks of an arm that are unstaffed at its slow hours, and seldom at its fastest."""
    is_late = slow_hours(medians) | np.isnan(medians)
    low, high = np.nanmin(medians), np.nanmax(medians)
    is_fast = medians <= low + FASTEST * (high - low)
    found = []
    for name, hours in arm.hours().items():
        is_away = ~np.array(is_staffed(scenario, hours))
        if is_away[is_late].mean() - is_away[is_fast].mean() > MOSTLY:
            found.append(name)
    return tuple(found)


def _away(desks: Sequence[str]) -> str:
    """That nobody is at some desks."""
    if len(desks) == 1:
        return f"{desk_name(desks[0])} is outside its hours"
    return f"{list_text([desk_name(name) for name in desks])} are outside their hours"


def pair_words(scenario: Scenario, week: Week) -> str:
    """How the first pair stands over the week; nothing without one, or where the hour makes no difference to it."""
    if not scenario.contrasts:
        return ""
    pair = scenario.contrasts[0]
    apart = week.typical.difference(Measure.P50, *pair)
    a, b = (scenario.arm(name).title for name in pair)
    if np.isnan(apart[0]).all():
        return f"At no hour is there a report under both {a} and {b}."
    is_paired = ~np.isnan(apart[0])
    if np.ptp(apart[0][is_paired]) == 0:
        return ""
    low, high = noise(apart)
    least, most = int(np.nanargmin(apart[0])), int(np.nanargmax(apart[0]))
    n_of = {a: int((high < 0).sum()), b: int((low > 0).sum())}
    faster = [f"{title} is faster at {n}" for title, n in n_of.items() if n]
    without = "" if is_paired.all() else " or without a pair"
    noisy = f", the others being within noise{without}" if sum(n_of.values()) < HOURS else ""
    first, *others = faster or [""]
    rest = f"{list_text([f'{first} of the {HOURS} hours', *others])}{noisy}; " if first else ""
    ends = [f"{sooner_text(apart[0, hour])} ({hour_text(hour)})" for hour in (least, most)]
    return f"At working values {rest}the median of {a} goes from {ends[0]} to {ends[1]} than that of {b}."


def desk_sentences(scenario: Scenario) -> tuple[str, ...]:
    """Every desk with hours: in its zone, and by the clock of the launch in this week."""
    return tuple(
        f"{capital(desk_name(name))} is {hours_words(hours)}. By the clock of the launch its shifts are "
        f"{stretches_text(shifts(scenario, hours))}{_change_words(scenario, hours.zone)}."
        for name, hours in hours_of(scenario.arms).items()
    )


def _change_words(scenario: Scenario, zone: ZoneInfo) -> str:
    """That clocks change in the zone of a desk within this week."""
    hours = [instant(scenario, hour).astimezone(zone) for hour in range(HOURS + 1)]
    changed = [after for before, after in pairwise(hours) if before.utcoffset() != after.utcoffset()]
    return f"; clocks there change on {day_text(changed[0])}" if changed else ""


def week_words(scenario: Scenario) -> str:
    """Which week it is, and what of it is the launch's."""
    monday = instant(scenario, 0)
    sunday = monday + WEEK - timedelta(days=1)
    return (
        f"Launches on the hour from {day_text(monday)} to {day_text(sunday)} by the clock of "
        f"{zone_text(scenario)}, the week of the launch, with the same flight and the same draws; summer and winter "
        "time are those of that week."
    )


def rests_on(scenario: Scenario) -> str:
    """How many of the hours nobody has grounds for."""
    grades = [hours.evidence.value for hours in hours_of(scenario.arms).values()]
    return f"the hours of {grades.count('assumed')} of {len(grades)} desks that keep any are {grade_text('assumed')}"


def zone_text(scenario: Scenario) -> str:
    """By whose clock the launch is told."""
    return str(scenario.clock.tzinfo)


def stretches_text(found: Sequence[Stretch]) -> str:
    """Tue–Fri 06:00–21:00 and Sat 06:00 to Mon 21:00: what is alike on several days is said once."""
    by_clock: dict[str, set[int]] = {}
    for one in found:
        if one.stop - one.start >= HOURS:
            return "at any hour"
        day = int(one.start // DAY) % 7
        text = f"{clock_text(one.start)}–{clock_text(one.stop)}"
        is_long = one.stop - one.start > DAY
        by_clock.setdefault(f"{hour_text(one.start)} to {hour_text(one.stop)}" if is_long else text, set()).add(
            -1 if is_long else day
        )
    said = [text if days == {-1} else f"{days_text(sorted(days))} {text}" for text, days in by_clock.items()]
    more = [f"{len(said) - MOST_STRETCHES} other stretches"] if len(said) > MOST_STRETCHES else []
    return list_text([*said[:MOST_STRETCHES], *more])


def hour_text(hour: float) -> str:
    """Tue 06:00."""
    return f"{WEEKDAYS[int(hour // DAY) % 7]} {clock_text(hour)}"


def clock_text(hour: float) -> str:
    """06:00."""
    minutes = round(60 * hour) % (60 * DAY)
    return f"{minutes // 60:02}:{minutes % 60:02}"
