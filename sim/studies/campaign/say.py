"""What calendars change over a campaign, in words: how many launches it concerns at all, before anything else."""

from __future__ import annotations

import math
from collections.abc import Callable

from sim.model.scenario import Scenario
from sim.say.numbers import band_text, capital, day_text, list_text, minutes_text, noise_words, share_text, sooner_text
from sim.studies.campaign.calendars import EVER
from sim.studies.campaign.totals import Campaign, CentreTotal, Measured, Reported, Total
from sim.studies.sight.say import owner_name
from sim.units import count_text

SHARED = (
    "Launches share their settings: a total is lowest and highest in one setting, not each launch in its own. The ends "
    "are searched for on a launch of each kind, and every launch is looked at in all of them."
)
WORK = (
    "Work is time of the modelled steps, and no staffing of any office: how long each step that began was held at its "
    "centre, at a desk or not. A difference is of the same launches under the same draws; hours add up launches."
)
ADDED = "Minutes of different launches are added up to compare calendars; nobody waits for their sum."


def titles(scenario: Scenario, found: Total) -> tuple[str, str]:
    """What the two arms of a pair are called."""
    a, b = found.pair
    return scenario.arm(a).title, scenario.arm(b).title


def headline(scenario: Scenario, found: Campaign) -> str:
    """How many launches come after the day that sets the first two calendars apart; what changes in them, what not."""
    first = found.totals[0]
    said = (after_sentence(scenario, found, first), change_sentence(scenario, found, first))
    return " ".join(filter(None, [*said, first_cue_sentence(scenario, found)]))


def findings(scenario: Scenario, found: Campaign) -> tuple[str, ...]:
    """What the other calendars change, whose work they all change, of what nothing arrives, and what is in time."""
    works = [work_sentence(scenario, found, one) for one in found.totals]
    others = (
        f"{after_sentence(scenario, found, one)} {change_sentence(scenario, found, one)} {work}".rstrip()
        for one, work in zip(found.totals[1:], works[1:], strict=True)
    )
    ends = (silent_sentence(scenario, found), in_time_sentence(scenario, found))
    return tuple(filter(None, [works[0], *others, *ends]))


def after_sentence(scenario: Scenario, found: Campaign, one: Total) -> str:
    """How many launches come after the day from which two calendars differ; their own days are said once."""
    (a, b), n = titles(scenario, one), len(found.launches)
    first, last = (found.launches[place].run.clock for place in (0, -1))
    days = f" from {day_text(first)} to {day_text(last)}" if one is found.totals[0] else ""
    if one.since is None:
        return f"{capital(a)} and {b} are open at the same times for all {n} {scenario.happenings}{days}."
    after = "after" if one.since == EVER else f"after {day_text(one.since)}, when"
    verb = "comes" if one.n_after == 1 else "come"
    which = "All" if one.n_after == n else f"{one.n_after or 'None'} of the"
    return f"{which} {n} {scenario.happenings}{days} {verb} {after} {a} parts from {b}."


def change_sentence(scenario: Scenario, found: Campaign, one: Total) -> str:
    """How many launches the first of a pair changes, by how much, and within what band."""
    a, b = titles(scenario, one)
    n, n_all = len(one.changed), len(found.launches)
    if not n:
        return f"{capital(a)} changes none of them."
    changes = f"{capital(a)} changes {'all' if n == n_all else n} of them"
    lost = f"; of {one.n_lost} a report arrives under one of the two alone" if one.n_lost else ""
    if math.isnan(one.mean.typical.estimate):
        return f"{changes}{lost}."
    size = sooner_text(one.mean.typical.estimate)
    noise = noise_words(one.mean.typical.half_width, one.mean.typical.estimate)
    return f"{changes}: at working values Seoul's report is on average {size} than {b}{noise}{_over(one.mean)}{lost}."


def _over(found: Measured) -> str:
    """The band, and whether it leaves open which is faster."""
    band = found.band
    if math.isnan(band.low) or band.low == band.high:
        return ""
    is_open = band.low + band.low_noise < 0 < band.high - band.high_noise
    settled = ", so what is known does not settle it" if is_open else ""
    return f"; across the ranges {band_text(band)}{settled}"


def first_cue_sentence(scenario: Scenario, found: Campaign) -> str:
    """Where the baseline is ahead on average whatever the calendar, and how often it never comes."""
    if scenario.baseline is None:
        return ""
    leads = [lead for launch in found.launches if (lead := _lead_us(launch, scenario.baseline)) > 0]
    n, title = len(found.launches), scenario.arm(scenario.baseline).title
    if not leads:
        return f"In none of them {title} is ahead on average under every calendar, whatever the ranges."
    which = "all of them" if len(leads) == n else f"{len(leads)} of them"
    said = f"In {which} {title} is ahead under every calendar, on average by at least {minutes_text(min(leads))} min"
    missing = 1 - min(launch.arrives[scenario.baseline] for launch in found.launches)
    if not missing:
        return f"{said}."
    return f"{said}, where both come; in up to {share_text(missing)} of a launch's replications it never comes."


def silent_sentence(scenario: Scenario, found: Campaign) -> str:
    """Of how many launches nothing arrives under any calendar, as where no channel was there yet."""
    n = sum(not any(launch.arrives[arm.name] for arm in scenario.compared) for launch in found.launches)
    return f"Of {n} no report arrives under any calendar." if n else ""


def _lead_us(launch: Reported, baseline: str) -> float:
    """By how much the baseline is ahead of every arm at least, on average, wherever the values lie; 0 if it is not."""
    ahead = [found for (_, against), found in launch.pairs.items() if against == baseline]
    leads = [one.typical.low if math.isnan(one.band.low) else one.band.low - one.band.low_noise for one in ahead]
    return min((lead for lead in leads if not math.isnan(lead)), default=0.0)


def in_time_sentence(scenario: Scenario, found: Campaign) -> str:
    """How many launches each calendar reports in time, summed over those that have a deadline under all of them."""
    arms = scenario.compared
    timed = [launch for launch in found.launches if all(arm.name in launch.in_time for arm in arms)]
    if not timed:
        return ""
    said = [f"{arm.title} {_expected(sum(launch.in_time[arm.name] for launch in timed))}" for arm in arms]
    return f"Of {_count(scenario, len(timed))} with a deadline are reported in time: {list_text(said)}."


def _count(scenario: Scenario, n: int) -> str:
    return count_text(n, scenario.happening, scenario.happenings)


def _expected(number: float) -> str:
    return "under 0.1" if 0 < number < 0.05 else f"{number:.1f}" if number else "none"


def notes(found: Campaign) -> tuple[str, ...]:
    """What is taken of launches that is not on record, each with the launches that it is taken of."""
    by_note: dict[str, list[str]] = {}
    for launch in found.launches:
        entry = launch.run.launches[0]
        for note in filter(None, entry.note.split("; ")):
            by_note.setdefault(note, []).append(day_text(launch.run.clock))
    return tuple(f"{list_text(days)}: {note}." for note, days in by_note.items())


def work_sentence(scenario: Scenario, found: Campaign, one: Total) -> str:
    """What the first of a pair makes of work at each centre: a launch that it changes, and over a whole year."""
    works = [work for work in found.work_of(one.pair) if work.total.typical.estimate]
    if not works:
        return ""
    a, b = titles(scenario, one)
    n = sum(len(launch.run.launch_keys()) for launch in one.changed)
    works = sorted(works, key=lambda work: -work.total.typical.estimate)
    each = [_work_words(work, lambda us: f"{minutes_text(us / n)} min", is_first=work is works[0]) for work in works]
    launches = count_text(len(one.changed), scenario.happening, scenario.happenings)
    said = f"{capital(a)}, each {_missile(scenario)} of the {launches} that it changes takes {list_text(each)} than {b}"
    year = found.year_after(one)
    of_year = next((work for work in found.work_of(one.pair, year) if work.centre == works[0].centre), None)
    if year is None or of_year is None:
        return f"{said}."
    missiles = count_text(of_year.n_missiles, f"modelled {_missile(scenario)}")
    over = _work_words(of_year, lambda us: f"{hours_text(us)} hours", is_first=True)
    return f"{said}; over the {missiles} of {year} that is {over}."


def _missile(scenario: Scenario) -> str:
    return "missile" if scenario.happening == "launch" else scenario.happening


def _work_words(work: CentreTotal, size: Callable[[float], str], *, is_first: bool) -> str:
    """How much more or less work at a centre, with its band."""
    at, band = work.total.typical.estimate, work.total.band
    words = f"{size(at)} {'more' if at > 0 else 'less'}{' work' if is_first else ''} at {owner_name(work.centre)}"
    if math.isnan(band.low) or band.low == band.high:
        return words
    ends = sorted((abs(band.low), abs(band.high)))
    is_open = band.low < 0 < band.high
    low, high = (band.low, band.high) if is_open else ends
    signs = [f"{size(us)} {'more' if us > 0 else 'less'}" if is_open else size(us) for us in (low, high)]
    first = f"{signs[0].removesuffix(' min').removesuffix(' hours')} to " if signs[0] != signs[1] else ""
    return f"{words} (across the ranges {first}{signs[1]})"


def hours_text(us: float) -> str:
    """Hours with the digits that matter."""
    return minutes_text(us / 60)


def work_title(scenario: Scenario, found: Campaign) -> str:
    """The finding on the work of the first pair, short: the centre that it adds most to, in all."""
    one = found.totals[0]
    a, _ = titles(scenario, one)
    works = found.work_of(one.pair)
    most = max(works, key=lambda work: work.total.typical.estimate, default=None)
    if most is None or most.total.typical.estimate <= 0:
        return f"{capital(a)} adds to the work of no centre"
    over = _work_words(most, lambda us: f"{hours_text(us)} hours", is_first=True)
    missiles = count_text(most.n_missiles, f"modelled {_missile(scenario)}")
    return f"{capital(a)}: {over}, over the {missiles} of {_count(scenario, len(found.launches))}"


def figure_title(scenario: Scenario, found: Campaign) -> str:
    """The finding on the first pair, short."""
    one, n = found.totals[0], len(found.launches)
    a, b = titles(scenario, one)
    if not one.changed:
        return f"{capital(a)} changes none of {_count(scenario, n)}"
    is_late = one.since not in (None, EVER) and len(one.changed) == one.n_after < n
    those = "the one" if len(one.changed) == 1 else "those"
    when = f", {those} after {day_text(one.since)}" if is_late and one.since else ""
    size = "" if math.isnan(one.mean.typical.estimate) else f": {sooner_text(one.mean.typical.estimate)} than {b}"
    ends = "" if math.isnan(one.mean.band.low) or not size else f" ({band_text(one.mean.band)})"
    return f"{capital(a)} changes {len(one.changed)} of {_count(scenario, n)}{when}{size}{ends}"
