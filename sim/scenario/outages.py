"""From checked fields to outages, and the faults that only their values show."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from sim.model.delay import Delay
from sim.model.distributions import Truncated
from sim.model.outages import Alternating, Dated, Outages
from sim.model.ranges import corners, extremes
from sim.model.scenario import Arm
from sim.scenario import calendar, schema
from sim.scenario.document import Document, TreePath
from sim.units import duration_text

if TYPE_CHECKING:
    from sim.scenario.build import Builder

MOST_OUTAGES = 1_000  # of one owner in a replication, on average


def outages(builder: Builder, path: TreePath, given: schema.Outages | None, at: str | None) -> Outages | None:
    """When what stands at a centre is out of service; faults are noted."""
    if given is None:
        return None
    evidence = builder.evidence(given.evidence)
    if given.down is None:  # then they are dated: the schema sees to that
        return Dated(calendar.periods(builder, (*path, "dated"), given.dated or [], at), evidence)
    down, share = builder.delay(given.down, (*path, "down")), given.availability
    found = Alternating(
        down=down,
        evidence=evidence,
        up=None if given.up is None else builder.delay(given.up, (*path, "up")),
        availability=None if share is None else builder.number(share, (*path, "availability"), is_whole=False),
    )
    if _has_means(builder, path, {"up": found.up, "down": down}) and _is_a_share(builder, path, found):
        _check_cycles(builder, path, found)
    return found


def _has_means(builder: Builder, path: TreePath, delays: dict[str, Delay | None]) -> bool:
    """Whether times of being up and down have means above zero, known without an integral."""
    is_sound = True
    for name, delay in delays.items():
        if delay is None:
            continue
        typical, at = delay.typical, (*path, name)
        if isinstance(typical, Truncated):
            message = "is cut by min, max or zero, and its mean is then no plain number"
            builder.blame(at, f"{message} — leave min and max out, and write a lognormal or gamma for a normal")
            is_sound = False
        elif typical.mean <= 0:
            builder.blame(at, f"has a mean of {duration_text(0)} — write how long it lasts, or leave outages out")
            is_sound = False
    return is_sound


def _is_a_share(builder: Builder, path: TreePath, found: Alternating) -> bool:
    if found.availability is None or all(0 < share < 1 for share in extremes(found.availability)):
        return True
    message = "must be above 0 % and below 100 %"
    mend = "leave outages out of what is always up, and take what is never up out of the flow"
    builder.blame((*path, "availability"), f"{message} — {mend}")
    return False


def _check_cycles(builder: Builder, path: TreePath, found: Alternating) -> None:
    """Outages are drawn one by one, so a run must not have too many of them at any end of the ranges."""
    shortest = min(map(found.cycle_us, corners(found.numbers())))
    if shortest * MOST_OUTAGES < builder.span_us:
        message = f"makes more than {MOST_OUTAGES:,} outages in a run of {duration_text(builder.span_us)}"
        builder.blame(path, f"{message} — lengthen up and down, or shorten the horizon")


def check_outages(document: Document, builder: Builder, arms: Collection[Arm]) -> None:
    """Outages that the file itself, and no shared one, gives to a channel or desk of no arm, compared or not, are a
    fault; sensors that nothing names are there to be looked at."""
    used = {path for arm in arms for path in arm.outages()}
    file = builder.file
    owners = [(("channels", name), one.outages) for name, one in file.channels.items()]
    owners += [(("desks", name), one.outages) for name, one in file.desks.items()]
    for path, given in owners:
        if given is None or ".".join(path) in used:
            continue
        if document.mark((*path, "outages")).file == document.mark(()).file:
            message = "change nothing: no arrangement uses it — leave them out, or use it in one"
            builder.blame((*path, "outages"), message)
