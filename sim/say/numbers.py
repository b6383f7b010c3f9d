"""Numbers as words: differences, shares and bands with the digits that matter."""

from __future__ import annotations

import math
import re
from datetime import datetime
from typing import TYPE_CHECKING

from sim.units import minutes

if TYPE_CHECKING:
    from sim.analysis.bands import Band

NOISE_THAT_SHOWS = 0.1  # beside a difference of which it is a larger share, where it changes the digits
LEAST_SHOWN_US = 300_000


def minutes_text(us: float) -> str:
    """Minutes with the digits that matter: 0.14, 5.6, 61."""
    value = abs(minutes(us))
    if round(value, 1) >= 10 or value == 0:
        return f"{value:.0f}"
    if value < 0.005:
        return "under 0.01"
    return f"{value:.1f}" if value >= 0.095 else f"{value:.2f}"


def minutes_cell(us: float, decimals: int = 1) -> str:
    """Minutes as the tables show them, large ones whole; a dash where there is no value."""
    if math.isnan(us):
        return "–"
    value = minutes(us)
    kept = 0 if abs(value) >= 99.5 and decimals == 1 else decimals
    return f"{round(value, kept) + 0.0:.{kept}f}"  # never -0.0


def ends_cell(low: float, high: float) -> str:
    """Lowest to highest as the tables show them; a dash where there is no band."""
    return "–" if math.isnan(low) else f"{_end_cell(low)} to {_end_cell(high)}"


def _end_cell(us: float) -> str:
    """One end, with a decimal more where one would hide on which side of zero it is."""
    cell, finer = minutes_cell(us), minutes_cell(us, 2)
    return finer if cell == "0.0" and finer != "0.00" else cell


def interval_cell(us: float, low: float, high: float) -> str:
    """Minutes with their noise in brackets, with as many decimals as it takes to tell the ends apart, at most three."""
    if math.isnan(low):
        return minutes_cell(us)
    half_width = minutes(high - low) / 2
    decimals = 1 if half_width >= 0.1 or half_width == 0 else 2 if half_width >= 0.01 else 3
    return "{} ({} to {})".format(*(minutes_cell(value, decimals) for value in (us, low, high)))


def sooner_text(us: float) -> str:
    """A difference as words, from the first arm's side; level where there is none."""
    if us == 0:
        return "level"
    return f"{minutes_text(us)} min {'faster' if us < 0 else 'slower'}"


def is_noise_shown(half_width: float, difference: float) -> bool:
    """Whether a half-width is so large a share of its difference that it stands beside it."""
    return half_width > NOISE_THAT_SHOWS * abs(difference)


def noise_words(half_width_us: float, us: float) -> str:
    """The noise of a difference, to stand behind it; empty where it does not show."""
    if math.isnan(half_width_us):
        return ", noise unknown"
    is_shown = half_width_us > LEAST_SHOWN_US and is_noise_shown(half_width_us, us)
    return f", noise ± {minutes_text(half_width_us)} min" if is_shown else ""


def minutes_ends(first: float, last: float) -> tuple[str, str]:
    """Two sizes as minutes, with as many decimals as it takes to tell them apart, at most three."""
    ends = minutes_text(first), minutes_text(last)
    finer = ([f"{abs(minutes(us)):.{decimals}f}" for us in (first, last)] for decimals in (1, 2, 3))
    small, large = next((found for found in (ends, *finer) if found[0] != found[1]), ends)
    return small, large


def band_text(band: Band) -> str:
    """A band of differences in words."""
    low, high = band.low, band.high
    if (low < 0) == (high < 0) or 0 in (low, high):
        small, large = minutes_ends(*sorted((low, high), key=abs))
        side = "faster" if high <= 0 else "slower"
        return f"{small} to {large} min {side}" if small != large else f"{large} min {side}"
    return f"{sooner_text(low)} to {sooner_text(high)}"


def points_text(band: Band) -> str:
    """A band of differences of shares in words: 12 to 40 points more, 3 points fewer to 40 points more.

    The ends have as many decimals as it takes to tell them apart, at most two.
    """
    ends = ([round(100 * end, decimals) for end in (band.low, band.high)] for decimals in range(3))
    decimals, (low, high) = next(((n, pair) for n, pair in enumerate(ends) if pair[0] != pair[1]), (0, [0.0, 0.0]))
    if low == high:
        return f"{abs(100 * band.high):.0f} points {'fewer' if band.high < 0 else 'more'}"
    if low < 0 < high:
        return f"{-low:.{decimals}f} points fewer to {high:.{decimals}f} points more"
    small, large = sorted((abs(low), abs(high)))
    return f"{small:.{decimals}f} to {large:.{decimals}f} points {'fewer' if high <= 0 else 'more'}"


def share_text(share: float) -> str:
    """A share as a percentage; never 0 or 100 for what is not quite."""
    size = f"{100 * share:.0f} %"
    if share > 0 and size == "0 %":
        return "<1 %"
    return ">99 %" if share < 1 and size == "100 %" else size


def day_text(instant: datetime) -> str:
    """A day as people write it: 23 November 2019."""
    return f"{instant.day} {instant:%B %Y}"


def grade_text(grade: str) -> str:
    """The grade of a value; what is assumed stands out."""
    return grade.upper() if grade == "assumed" else grade


def list_text(names: list[str]) -> str:
    """Names as a reader lists them: A, B and C; with semicolons where a name has a comma itself."""
    comma = "; " if len(names) > 2 and any("," in name for name in names) else ", "
    return " and ".join(filter(None, [comma.join(names[:-1]), *names[-1:]]))


def unbroken(text: str) -> str:
    """The text with its numbers tied to their units and to the word before, so that no line ends between them."""
    tied = re.sub(r"(?<=\d) (?=%|min\b|settings\b)|(?<=±) | (?=±)", "\N{NO-BREAK SPACE}", text)
    return re.sub(r" (?=[<>]?[\d.]+\N{NO-BREAK SPACE})", "\N{NO-BREAK SPACE}", tied)


def capital(text: str) -> str:
    """The text with its first letter large."""
    return f"{text[:1].upper()}{text[1:]}"
