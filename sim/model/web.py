"""A web: centres that pass reports on, and the links between them. Flows that report by it are written out of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """What joins two centres, under a channel; one-way from the first to the second if `is_one_way`."""

    ends: tuple[str, str]
    channel: str
    is_one_way: bool


@dataclass(frozen=True)
class Web:
    """Centres in the order of the file, and links."""

    centres: tuple[str, ...]
    links: tuple[Link, ...]
