"""From checked fields to channels, and what of them only the whole file shows."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from sim.model.calendar import Channel
from sim.model.names import in_words
from sim.model.scenario import Arm
from sim.scenario import schema
from sim.scenario.calendar import periods
from sim.scenario.document import Document, TreePath, meant_by
from sim.scenario.outages import outages

if TYPE_CHECKING:
    from sim.scenario.build import Builder


def channel(builder: Builder, name: str, given: schema.Channel) -> Channel:
    """A channel with its periods as instants; faults of theirs are noted."""
    path: TreePath = ("channels", name)
    return Channel(
        name=name,
        title=given.title or in_words(name),
        between=given.ends,
        is_one_way=given.between is None,
        open=None if given.open is None else periods(builder, (*path, "open"), given.open, given.ends[0]),
        carries=None if given.carries is None else tuple(given.carries),
        source=given.source,
        outages=outages(builder, (*path, "outages"), given.outages, given.ends[0]),
    )


def check_ends(builder: Builder, path: TreePath, name: str | None, at: str | None) -> None:
    """A stage works at an end of its channel."""
    given = builder.file.channels.get(name or "")
    if given is not None and at is not None and at not in given.ends:
        builder.blame(path, f'"{name}" connects {" and ".join(given.ends)}, and the stage is at "{at}"')


def check_matters(builder: Builder, arms: Collection[Arm]) -> None:
    """A matter that no channel in use names, and that is spelt nearly as one that some do, is a misprint."""
    used = [arm.channels[name] for arm in arms for name in arm.used_channels()]
    known = {matter for channel in used for matter in channel.carries or ()}
    for index, launch in enumerate(builder.file.launches):
        meant = None if launch.matter in known else meant_by(launch.matter, sorted(known))
        if meant:
            hint = f'did you mean "{meant}"?'
            builder.blame(("launches", index, "matter"), f'no channel carries "{launch.matter}" — {hint}')


def drop_unused_channels(document: Document) -> None:
    """Leave out channels of shared files that no stage names; one of the file's own is a fault."""
    stages, channels = document.section("stages").values(), document.section("channels")
    written = [stage["channel"] for stage in stages if isinstance(stage, dict) and "channel" in stage]
    if not all(isinstance(name, str) for name in written):
        return  # told by the schema
    named = set(written)
    for name in [name for name in channels if name not in named]:
        if document.mark(("channels", name)).file == document.mark(()).file:
            document.fault(
                ("channels", name), "no stage uses it — add channel: to one that does, or leave it out", at_key=True
            )
        else:
            document.remove_marks(("channels", name), channels[name])
            del channels[name]
    if "channels" in document.tree and not channels:
        del document.tree["channels"]
