"""The web of a file: its centres and links, read and checked on the text, before the schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.model.web import Link, Web
from sim.scenario.document import Document, Tree, TreePath
from sim.scenario.names import KNOWN_CENTRES

WORK = ("identify", "release", "handle")


@dataclass(frozen=True)
class WebRead:
    """A web as written: its noun, the stages of each centre by what they are for, those of each link, and of whom it
    takes reports, which is nobody where it is anybody."""

    noun: Web
    work: Mapping[str, Mapping[str, list[str]]]
    lines: Mapping[Link, list[str]]
    of: Mapping[Link, list[str]]

    def begins(self, centre: str) -> bool:
        """Whether a centre reports what its own sensors see."""
        return bool(self.work[centre]["identify"])


def read_web(document: Document) -> WebRead | None:
    """The web, its faults noted; None where something in it is none, which is told here, by names or by the schema."""
    given = document.tree["web"]
    centres, links = (given.get(part) for part in ("centres", "links")) if isinstance(given, dict) else (None, None)
    if not isinstance(centres, dict) or not isinstance(links, list):
        return None
    work = {name: _work(document, name, centre) for name, centre in centres.items()}
    lines: dict[Link, list[str]] = {}
    of: dict[Link, list[str]] = {}
    is_told = any(name not in _known(document) for name in centres)
    there = [*centres, *(_known(document) if is_told else ())]  # of a misspelt centre its links are right
    for index, link in enumerate(links):
        path: TreePath = ("web", "links", index)
        line = _stages(document, (*path, "line"), link)
        found = _link(document, path, link, line, there) if line else None
        if found is None:
            is_told = True
        elif found in lines:
            document.fault(path, "joins the same two under the same channel as one above — keep one")
        else:
            lines[found], of[found] = line, _origins(document, (*path, "of"), link, there)
    return None if is_told else WebRead(Web(tuple(centres), tuple(lines)), work, lines, of)


def _known(document: Document) -> list[str]:
    """All that may be a centre of a web."""
    return [*KNOWN_CENTRES, *document.section("centres")]


def _origins(document: Document, path: TreePath, link: dict[str, Tree], centres: Sequence[str]) -> list[str]:
    """Of whom a link takes reports; what is no list of names is left to the schema."""
    given = link.get("of", [])
    names = [name for name in ([given] if isinstance(given, str) else given) if isinstance(name, str)]
    for name in (name for name in names if name not in centres):
        _tell_outside(document, path, name, centres)
    return names


def _tell_outside(document: Document, path: TreePath, centre: str, centres: Sequence[str]) -> None:
    is_known = centre in _known(document)
    hint = "" if is_known else document.suggestion(centre, centres)
    document.fault(path, f'"{centre[:60]}" is no centre of the web{hint or " — add it under web.centres"}')


def _work(document: Document, centre: str, given: Tree) -> dict[str, list[str]]:
    """The stages of a centre by what they are for."""
    path: TreePath = ("web", "centres", centre)
    known = _known(document)
    work = {part: _stages(document, (*path, part), given) for part in WORK}
    if centre not in known:
        document.fault(path, f'unknown centre "{centre[:60]}"{document.suggestion(centre, known)}', at_key=True)
        return work
    for part, stages in work.items():
        for stage in stages:
            at = _at(document, stage)
            if isinstance(at, str) and at != centre:
                message = f'"{stage}" is done at "{at}" — name a stage of {centre[:60]}, or leave its at out'
                document.fault((*path, part), message)
    if work["identify"] and not sensors_of(document, centre):
        message = (
            f'no sensor is owned by "{centre[:60]}", so it has nothing to identify — give it one, or leave this out'
        )
        document.fault((*path, "identify"), message)
    return work


def _at(document: Document, stage: str) -> Tree:
    """Where a stage is done: there, or where its desk stands."""
    given = document.section("stages")[stage]
    desk = document.section("desks").get(given["desk"]) if isinstance(given.get("desk"), str) else None
    return given.get("at", desk.get("at") if isinstance(desk, dict) else None)


def _stages(document: Document, path: TreePath, holder: Tree) -> list[str]:
    """The stages of a field, written alone or as a list; none of a field that is left out or is no list of names."""
    given: Any = holder.get(path[-1], []) if isinstance(holder, dict) else []
    names = [given] if isinstance(given, str) else given
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        return []
    stages, flows = document.section("stages"), document.section("flows")
    for name in (name for name in names if not isinstance(stages.get(name), dict)):
        is_flow = name in flows
        hint = " — it is a flow: list its stages" if is_flow else document.suggestion(name, stages)
        document.fault(path, f'unknown stage "{name[:60]}"{hint}')
    return [name for name in names if isinstance(stages.get(name), dict)]


def sensors_of(document: Document, centre: str) -> list[str]:
    sensors = document.section("sensors").items()
    return sorted(name for name, sensor in sensors if isinstance(sensor, dict) and sensor.get("owner") == centre)


def _link(document: Document, path: TreePath, given: Tree, line: list[str], centres: Sequence[str]) -> Link | None:
    """A link with its ends; None, with the fault noted here or by the schema, if it is none."""
    stages, channels = document.section("stages"), document.section("channels")
    named = dict.fromkeys(stages[stage]["channel"] for stage in line if isinstance(stages[stage].get("channel"), str))
    if len(named) != 1:
        several = f"names {len(named)} channels" if named else "names no channel"
        document.fault((*path, "line"), f"{several}, and a link is of one — add channel: to one stage of it")
        return None
    (channel,) = named
    touched, is_one_way = _ends(channels.get(channel))
    written, is_directed = _ends(given)
    if not touched or (not written and given.keys() & {"between", "from", "to"}):
        return None  # an unknown channel, or fields that the schema tells of
    if not written and len(touched) > 2:
        document.fault(path, f'"{channel}" joins more than two — write which: between: [{", ".join(touched[:2])}]')
        return None
    ends = written or touched
    if outside := [end for end in ends if end not in centres]:
        for end in outside:
            _tell_outside(document, path, end, centres)
        return None
    is_against = is_one_way and written and (written != touched or not is_directed)
    if not set(ends) <= set(touched) or is_against:
        joined = f"from {touched[0]} to {touched[-1]}" if is_one_way else f"between {', '.join(touched)}"
        document.fault(path, f'"{channel}" does not join {" and ".join(ends)} so — it goes {joined}')
    return Link((ends[0], ends[1]), channel, is_one_way or is_directed)


def _ends(given: Tree) -> tuple[list[str], bool]:
    """The centres that a channel or a link says it joins, and whether one-way; none where it does not say."""
    if not isinstance(given, dict):
        return [], False
    is_one_way = "from" in given and "to" in given
    ends: Any = [given["from"], given["to"]] if is_one_way else given.get("between")
    is_sound = isinstance(ends, list) and all(isinstance(end, str) for end in ends) and len(set(ends)) == len(ends) > 1
    return [*ends] if is_sound else [], is_one_way
