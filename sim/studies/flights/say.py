"""The flight time that arrangements need, in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

from sim.model.scenario import Scenario
from sim.say.numbers import day_text, list_text, minutes_ends, minutes_text, noise_words
from sim.studies.campaign.totals import Measured
from sim.studies.flights.find import Flights, Needed
from sim.units import count_text

NEEDS = (
    "The flight time needed is the median alert latency of the reports that come, a mean over launches of which any "
    "comes: of a missile that flies so long half of them are there by impact. In time counts every launch, also one of "
    "which none comes."
)


def headline(scenario: Scenario, found: Flights) -> str:
    """What every arm needs, and how many launches of each year flew so long."""
    needs = "; ".join(needed_words(scenario, one) for one in found.needed)
    said = f"Half of the reports that come are in time once a missile flies {needs}"
    return f"{said}. {long_sentence(scenario, found)} {years_sentence(found)}"


def needed_words(scenario: Scenario, one: Needed) -> str:
    """The flight time that an arm needs, with its band."""
    at, title = one.flight.typical.estimate, scenario.arm(one.arm).title
    if math.isnan(at):
        return f"however long, by {title} none arrives"
    return f"{minutes_text(at)} min by {title}{noise_words(one.flight.typical.half_width, at)}{band_words(one.flight)}"


def band_words(found: Measured) -> str:
    """From the lowest to the highest, in brackets; empty without a band."""
    band = found.band
    if math.isnan(band.low) or band.low == band.high:
        return ""
    low, high = minutes_ends(band.low, band.high)
    return f" ({low} to {high})" if low != high else ""


def long_sentence(scenario: Scenario, found: Flights) -> str:
    """How many launches flew as long as each arm needs, and within what band."""
    said = [f"{_counted(found, one)} by {scenario.arm(one.arm).title}" for one in found.needed]
    n = count_text(len(found.launches), scenario.happening, scenario.happenings)
    return f"Of {n} whose flight time is known, so long flew {list_text(said)}."


def _counted(found: Flights, one: Needed) -> str:
    """How many are long enough; in brackets the fewest and the most over the ranges."""
    band = one.flight.band
    n = found.n_long(one.flight.typical.estimate)
    if math.isnan(band.low) or band.low == band.high:
        return str(n)
    fewest, most = found.n_long(band.high), found.n_long(band.low)
    return f"{n}" if fewest == most else f"{n} ({fewest} to {most})"


def years_sentence(found: Flights) -> str:
    """Than how long half of the missiles of each year flew no longer, and of how many that is said."""
    said = [
        f"{minutes_text(_median(found, year))} min in {year} (of {len(found.of_year(year))})" for year in found.years
    ]
    return f"Median flight times: {list_text(said)}."


def _median(found: Flights, year: int) -> float:
    return median(launch.flight_us for launch in found.of_year(year))


def title(scenario: Scenario, found: Flights) -> str:
    """The finding, short: the least and the most that an arm needs, and what half of the missiles of a year flew.

    Arms whose needs noise does not tell apart are named together.
    """
    compared = {arm.name for arm in scenario.compared}
    asked = [one for one in found.needed if one.arm in compared and not math.isnan(one.flight.typical.estimate)]
    if not asked:
        return f"However long a {scenario.happening} flies, no report comes"
    alike = _alike(sorted(asked, key=lambda one: one.flight.typical.estimate))
    needs = " to ".join(_together(scenario, one) for one in alike[:1] + alike[1:][-1:])
    last = found.years[-1]
    flew = f"half of those of {last} flew no longer than {minutes_text(_median(found, last))} min"
    return f"For half of the reports to be in time takes a flight of {needs}; {flew}"


def _alike(ordered: Sequence[Needed]) -> list[list[Needed]]:
    """Those next to each other whose intervals meet that of the least of them."""
    found: list[list[Needed]] = []
    for one in ordered:
        if found and one.flight.typical.low <= found[-1][0].flight.typical.high:
            found[-1].append(one)
        else:
            found.append([one])
    return found


def _together(scenario: Scenario, alike: Sequence[Needed]) -> str:
    """What arms that need the same need; the band is that of one of them, if it is alone."""
    if len(alike) == 1:
        return needed_words(scenario, alike[0])
    arms = " or by ".join(f"{scenario.arm(one.arm).title}," for one in alike).removesuffix(",")
    return f"{minutes_text(alike[0].flight.typical.estimate)} min by {arms}"


def notes(left_out: Sequence[Scenario], scenario: Scenario) -> tuple[str, ...]:
    """What the flight time needed is, and which launches are left out."""
    if not left_out:
        return (NEEDS,)
    n = count_text(len(left_out), scenario.happening, scenario.happenings)
    days = list_text([day_text(run.clock) if run.zero else run.launches[0].name for run in left_out])
    return (NEEDS, f"Left out, without a flight time on record, or range and apogee: {n}, of {days}.")
