"""What a sweep says: which arm is better where, and where the two are equal."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.analysis.bands import Band
from sim.analysis.outcomes import noise
from sim.say.measures import size_words
from sim.say.names import name
from sim.say.numbers import band_text, capital, list_text
from sim.studies.sweep.axes import Axis, own_number
from sim.studies.sweep.find import Swept, crossings
from sim.units import count_text

NOWHERE = ", and the two are nowhere equal"


def title(swept: Swept) -> str:
    """The finding for a figure: of a map with a line, whose side has the working values; of a curve that nothing turns
    how far what is not known beside it takes it."""
    said = (_across(swept) or finding(swept)).rstrip(".")
    if not (swept.has_band and said.endswith(NOWHERE)):
        return said
    low, high = float(np.nanmin(swept.low)), float(np.nanmax(swept.high))
    ends = _points_text(low, high) if swept.plan.measure.is_share else band_text(Band(low, high))
    return f"{said.removesuffix(NOWHERE)} ({ends} over {swept.plan.n_band_settings} settings)"


def _points_text(low: float, high: float) -> str:
    """Two differences of shares in percentage points, less often with a minus."""
    ends = (f"{100 * end:.{0 if abs(end) >= 0.0995 else 1}f}".replace("-", "−") for end in (low, high))
    return " to ".join("0" if end.strip("−") == "0.0" else end for end in ends)


def finding(swept: Swept) -> str:
    """Which arm is better where."""
    plan = swept.plan
    whole, (low, high) = swept.difference[0], noise(swept.difference)
    a, b = (plan.scenario.arm(arm).title for arm in plan.pair)
    if np.isnan(whole).all():
        return f"No cell has a launch with a report under both {a} and {b}."
    is_first = whole * plan.measure.better > 0
    is_sure = (low > 0) | (high < 0)
    if is_curve(swept):
        return _along(swept, a, b)
    if not whole.any():
        return f"{capital(a)} and {b} are equal in every {_cell(swept)}."
    n, n_first, n_second = len(whole), int((is_first & is_sure).sum()), int((~is_first & is_sure).sum())
    what = "more often in time" if plan.measure.is_share else "faster"
    rest = n - n_first - n_second
    equal = f", and {rest} {'is' if rest == 1 else 'are'} within noise or without a pair" if rest else ""
    cells = count_text(n, _cell(swept))
    said = f"{a} is {what} in {n_first} of {cells}, {b} in {n_second}{equal}"
    return f"{capital(said)}."


def with_band(swept: Swept, said: str) -> str:
    """The finding, and of a curve how far the difference goes over the settings where it goes farthest."""
    if not swept.has_band or not is_curve(swept):
        return f"{said} All else at working values."
    low, high = float(np.nanmin(swept.low)), float(np.nanmax(swept.high))
    ends = [size_words(swept.plan.measure, end) for end in (low, high)]
    n = swept.plan.n_band_settings
    return f"{said} Over {n} settings of what is not known beside it, somewhere along it from {ends[0]} to {ends[1]}."


def _cell(swept: Swept) -> str:
    return "case" if swept.plan.grid.names else "cell"


def is_curve(swept: Swept) -> bool:
    grid = swept.plan.grid
    return len(grid.axes) == 1 and not grid.names and grid.axes[0].is_curve


def _across(swept: Swept) -> str:
    """Of a map with a line: whose side has the working values; nothing without either, or where they are on it."""
    plan, whole = swept.plan, swept.difference[0]
    own = [own_number(plan.scenario, axis) for axis in plan.grid.axes]
    is_map = len(own) == 2 and not plan.grid.names and all(axis.is_curve for axis in plan.grid.axes)
    if not is_map or None in own or not np.nanmin(whole, initial=0) < 0 < np.nanmax(whole, initial=0):
        return ""
    places = [nearest(axis, number) for axis, number in zip(plan.grid.axes, own, strict=True) if number is not None]
    at = whole[places[0] * len(plan.grid.axes[1].texts) + places[1]]
    if not at:
        return ""
    a, b = (plan.scenario.arm(arm).title for arm in plan.pair)
    here, there = (a, b) if plan.measure.favours_first(at) else (b, a)
    what = "more often in time" if plan.measure.is_share else "faster"
    return f"{capital(here)} is {what} at the working values, {there} across the line"


def nearest(axis: Axis, number: float) -> int:
    """The place of the value that is nearest to a number."""
    return int(np.argmin([abs(axis.along(one) - axis.along(number)) for one in axis.numbers]))


def _way(ends: Sequence[str], b: str, last: float) -> str:
    """From the first end to the last: is 0.7 to 9.2 min faster than b, goes from level to 2 min slower than b."""
    sizes, sides = zip(*(end.partition(" ")[::2] for end in ends), strict=True)
    if sides[0] == sides[1] and "under" not in sizes:
        return f"is {sizes[0]} to {sizes[1]} {sides[0]} than {b}"
    return f"goes from {ends[0]} to {ends[1]} than {b}" if last else f"goes from {ends[0]} than {b} to {ends[1]}"


def _along(swept: Swept, a: str, b: str) -> str:
    """How the answer goes along one axis."""
    plan, (axis,) = swept.plan, swept.plan.grid.axes
    whole, at = swept.difference[0], crossings(swept)
    known = np.flatnonzero(~np.isnan(whole))
    first, last = known[0], known[-1]
    over = f"as {name(plan.scenario, axis.path)} goes from {axis.shown[first]} to {axis.shown[last]}"
    ends = [size_words(plan.measure, float(whole[end])) for end in (first, last)]
    gaps = ", of the values at which launches have both reports" if len(known) < len(whole) else ""
    if np.ptp(whole[known]) == 0:
        said = f"{a} is {ends[0]} than {b}" if whole[first] else f"{a} and {b} are equal"
        return f"{capital(said)} throughout, {over}{gaps}."
    said = f"{capital(a)} {_way(ends, b, whole[last])} {over}{gaps}"
    if at:
        return f"{said}; the two are equal at about {list_text([axis.text(one) for one in at])}."
    low, high = noise(swept.difference)
    is_sure = ((low > 0) | (high < 0))[known].all()
    return f"{said}{NOWHERE}." if is_sure else f"{said}; they meet nowhere, but noise has room for it."
