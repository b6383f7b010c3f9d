"""Write out `{reports_to: tokyo, hops: 2}`: the first over every way of a web from a centre whose sensors report.

A way is a simple path: sight and identification where it begins, and for every link release by the sender, the line,
handling by the receiver. Ways from one centre part where their links do, so what they share is one event. What is done
with a report on its way is labelled with the way so far, `seoul-tisa-us`: one event for all ways that go on from there,
another for a report that came otherwise; no other link changes the label, so none changes a draw.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from sim.model.web import Link, Web
from sim.scenario.document import Document, Tree, TreePath
from sim.scenario.names import KNOWN_CENTRES, MOST_NODES
from sim.scenario.schema.texts import MOST_HOPS, NAME

WORK = ("identify", "release", "handle")
SECTIONS = ("flows", "arrangements", "arms")
Way = tuple[Link, ...]


@dataclass(frozen=True)
class _Read:
    """A web as written: its noun, the stages of each centre by what they are for, those of each link, and of whom it
    takes reports, which is nobody where it is anybody."""

    noun: Web
    work: Mapping[str, Mapping[str, list[str]]]
    lines: Mapping[Link, list[str]]
    of: Mapping[Link, list[str]]

    def begins(self, centre: str) -> bool:
        return bool(self.work[centre]["identify"])


def expand_web(document: Document) -> Web | None:
    """Write out every flow that reports to a centre; the web, if there is a sound one."""
    flows = [found for section in SECTIONS for found in _reporting(document.tree.get(section), (section,))]
    if "web" not in document.tree:
        for path, _ in flows:
            message = "there is no web — add web: {centres: {seoul: {}, tokyo: {}}, links: [{line: STAGE}]}"
            document.fault((*path, "reports_to"), message)
        return None
    n_faults = len(document.faults)
    web = _read(document)
    if web is None or len(document.faults) > n_faults:
        return None
    for path, flow in flows:
        _expand(document, web, path, flow)
    return web.noun


def folded(tree: Tree) -> Tree:
    """A tree in which no flow that reports to a centre is written out."""
    if isinstance(tree, list):
        return [folded(child) for child in tree]
    if not isinstance(tree, dict):
        return tree
    return {key: folded(child) for key, child in tree.items() if key != "first" or "reports_to" not in tree}


def _reporting(tree: Tree, path: TreePath) -> Iterator[tuple[TreePath, dict[str, Tree]]]:
    if isinstance(tree, dict) and "reports_to" in tree:
        yield path, tree
    elif isinstance(tree, dict | list):
        for key, child in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from _reporting(child, (*path, key))


def _read(document: Document) -> _Read | None:
    """The web, its faults noted; None where it has not its shape, which the schema tells."""
    given = document.tree["web"]
    centres, links = (given.get(part) for part in ("centres", "links")) if isinstance(given, dict) else (None, None)
    if not isinstance(centres, dict) or not isinstance(links, list):
        return None
    work = {name: _work(document, name, centre) for name, centre in centres.items()}
    lines: dict[Link, list[str]] = {}
    of: dict[Link, list[str]] = {}
    for index, link in enumerate(links):
        path: TreePath = ("web", "links", index)
        line = _stages(document, (*path, "line"), link)
        found = _link(document, path, link, line, centres) if line else None
        if found in lines:
            document.fault(path, "joins the same two under the same channel as one above — keep one")
        elif found is not None:
            lines[found], of[found] = line, _origins(document, (*path, "of"), link, centres)
    return _Read(Web(tuple(centres), tuple(lines)), work, lines, of)


def _origins(document: Document, path: TreePath, link: dict[str, Tree], centres: Mapping[str, Tree]) -> list[str]:
    """Of whom a link takes reports; what is no list of names is left to the schema."""
    given = link.get("of", [])
    names = [name for name in ([given] if isinstance(given, str) else given) if isinstance(name, str)]
    for name in (name for name in names if name not in centres):
        _tell_outside(document, path, name)
    return names


def _tell_outside(document: Document, path: TreePath, centre: str) -> None:
    document.fault(path, f'"{centre[:60]}" is no centre of the web — add it under web.centres')


def _work(document: Document, centre: str, given: Tree) -> dict[str, list[str]]:
    """The stages of a centre by what they are for."""
    path: TreePath = ("web", "centres", centre)
    known = [*KNOWN_CENTRES, *document.section("centres")]
    if centre not in known:
        document.fault(path, f'unknown centre "{centre[:60]}"{document.suggestion(centre, known)}', at_key=True)
    work = {part: _stages(document, (*path, part), given) for part in WORK}
    for part, stages in work.items():
        for stage in stages:
            at = _at(document, stage)
            if at not in (None, centre):
                message = f'"{stage}" is done at "{at}" — name a stage of {centre[:60]}, or leave its at out'
                document.fault((*path, part), message)
    if work["identify"] and not _sensors(document, centre):
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


def _sensors(document: Document, centre: str) -> list[str]:
    sensors = document.section("sensors").items()
    return sorted(name for name, sensor in sensors if isinstance(sensor, dict) and sensor.get("owner") == centre)


def _link(document: Document, path: TreePath, given: Tree, line: list[str], centres: Mapping[str, Tree]) -> Link | None:
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
    is_against = is_one_way and written and (written != touched or not is_directed)
    if not set(ends) <= set(touched) or is_against:
        joined = f"from {touched[0]} to {touched[-1]}" if is_one_way else f"between {', '.join(touched)}"
        document.fault(path, f'"{channel}" does not join {" and ".join(ends)} so — it goes {joined}')
    for end in (end for end in ends if end not in centres):
        _tell_outside(document, path, end)
    return Link((ends[0], ends[1]), channel, is_one_way or is_directed)


def _ends(given: Tree) -> tuple[list[str], bool]:
    """The centres that a channel or a link says it joins, and whether one-way; none where it does not say."""
    if not isinstance(given, dict):
        return [], False
    is_one_way = "from" in given and "to" in given
    ends = [given["from"], given["to"]] if is_one_way else given.get("between")
    is_sound = isinstance(ends, list) and all(isinstance(end, str) for end in ends) and len(set(ends)) == len(ends) > 1
    return (ends if is_sound else []), is_one_way


def _expand(document: Document, web: _Read, path: TreePath, flow: dict[str, Tree]) -> None:
    """Write one flow out under `first`; what is no such flow is left to the schema."""
    to, hops = flow["reports_to"], flow.get("hops")
    if "first" in flow:
        document.fault((*path, "first"), "stands beside reports_to, which is written out by itself — leave it out")
    if not isinstance(to, str) or not isinstance(hops, str) or hops.strip() not in map(str, range(1, MOST_HOPS + 1)):
        return
    if to not in web.work:
        hint = document.suggestion(to, web.work)
        document.fault((*path, "reports_to"), f'"{to[:60]}" is no centre of the web{hint}')
        return
    ways = [*islice(_ways(web, to, int(hops)), MOST_NODES + 1)]
    if len(ways) > MOST_NODES:
        document.fault((*path, "hops"), f"there are more than {MOST_NODES} ways — allow fewer hops")
        return
    if not ways and not web.begins(to):
        message = f"no way of so few links leads to {to[:60]} from a centre with sensors and identify"
        document.fault((*path, "reports_to"), f"{message} — add a link, or allow more hops")
        return
    flow["first"] = [*_from_centres(document, web, to, ways)]
    document.values[*path, "first"] = document.mark((*path, "reports_to"))
    long = next((label for label in _labels(flow["first"]) if not NAME.fullmatch(label)), "")
    if long:
        message = f'"{long}" is too long a name of a way — shorten those of centres and channels, or allow fewer hops'
        document.fault((*path, "hops"), message)


def _ways(web: _Read, to: str, hops: int) -> Iterator[tuple[str, Way]]:
    """Every simple path to a centre over so few links from another whose sensors report, with where it begins."""
    import networkx as nx  # few files have a web

    for centre in (one for one in web.noun.centres if one != to and web.begins(one)):
        graph = _graph_of(web, centre)
        leading = graph.subgraph({centre, to, *nx.ancestors(graph, to)})
        paths = nx.all_simple_edge_paths(leading, centre, to, cutoff=hops)
        yield from ((centre, tuple(key for *_, key in path)) for path in paths)


def _graph_of(web: _Read, origin: str) -> Any:
    """The web for reports of one centre, as networkx has it; its edges bear their links."""
    import networkx as nx

    graph = nx.MultiDiGraph()
    graph.add_nodes_from(web.noun.centres)
    for link in (link for link in web.noun.links if origin in (web.of[link] or [origin])):
        graph.add_edge(*link.ends, key=link)
        if not link.is_one_way:
            graph.add_edge(*reversed(link.ends), key=link)
    return graph


def _from_centres(document: Document, web: _Read, to: str, ways: Sequence[tuple[str, Way]]) -> Iterator[Tree]:
    """What each centre with a way sees and does, and from there its ways, in the order of the links."""
    order = web.noun.links
    for centre in web.noun.centres:
        own = sorted((way for start, way in ways if start == centre), key=lambda way: [*map(order.index, way)])
        if (own or centre == to) and web.begins(centre):
            work = web.work[centre]
            seen = [{"first": _sensors(document, centre)}, *work["identify"]]
            yield seen if centre == to else [*seen, *work["release"], *_onward(web, to, centre, centre, own)]


def _onward(web: _Read, to: str, centre: str, label: str, ways: Sequence[Way]) -> list[Tree]:
    """From a centre on: one way, or the first of several; steps are labelled with the way so far."""
    branches: list[Tree] = []
    for link, group in groupby(ways, key=lambda way: way[0]):
        receiver = next(end for end in link.ends if end != centre)
        name = f"{label}-{link.channel}-{receiver}"
        names = [*web.lines[link], *web.work[receiver]["handle"]]
        rest = [way[1:] for way in group]
        if receiver != to:
            names += web.work[receiver]["release"]
        done = [{"stage": stage, "as": name} for stage in names]
        branches.append([*done, *(_onward(web, to, receiver, name, rest) if receiver != to else [])])
    return branches[0] if len(branches) == 1 else [{"first": branches}]


def _labels(flow: Tree) -> Iterator[str]:
    if isinstance(flow, list):
        for child in flow:
            yield from _labels(child)
    elif isinstance(flow, dict):
        yield from [flow["as"]] if "as" in flow else _labels(flow.get("first", []))
