"""Where a function changes its sign."""

from __future__ import annotations

from collections.abc import Callable

Curve = Callable[[float], float]


def root(f: Curve, before: float, after: float, within: float) -> float:
    """Where f changes its sign between two points, to within a distance.

    What is returned lies on the side of `after`, whichever is larger: f has the sign there that it has at `after`.

    Where a straight line between the ends would cross zero (Illinois algorithm), but half of the distance from
    either end at least, so that both ends close in.
    """
    f_before, f_after = f(before), f(after)
    is_positive, is_last_after = f_after >= 0, None
    while abs(after - before) > within:
        share = f_before / (f_before - f_after) if f_before != f_after else 0.5
        least = within / 2 / abs(after - before)
        at = before + min(max(share, least), 1 - least) * (after - before)
        if at in (before, after):
            break
        f_at = f(at)
        is_after = (f_at >= 0) == is_positive
        if is_after:
            after, f_after, f_before = at, f_at, f_before / (2 if is_last_after is True else 1)
        else:
            before, f_before, f_after = at, f_at, f_after / (2 if is_last_after is False else 1)
        is_last_after = is_after
    return after
