"""Write out `{reports_to: tokyo, hops: 2}`: the first over every way of a web from a centre whose sensors report.

A way is a simple path: sight and identification where it begins, and for every link release by the sender, the line,
handling by the receiver. Ways from one centre part where their links do, so what they share is one event. What is done
with a report on its way is labelled with the way so far, `seoul-tisa-us`: one event for all ways that go on from there,
another for a report that came otherwise; no other link changes the label, so none changes a draw.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import Any

from sim.model.web import Link, Web
from sim.scenario.document import Document, Tree, TreePath
from sim.scenario.names import MOST_NODES
from sim.scenario.schema.texts import MOST_HOPS, NAME
from sim.scenario.web import WebRead, read_web, sensors_of
from sim.units import parse_whole

SECTIONS = ("flows", "arrangements", "arms")
Way = tuple[Link, ...]


def expand_web(document: Document) -> Web | None:
    """Write out every flow that reports to a centre; the web, if there is a sound one."""
    entries = ((section, name, entry) for section in SECTIONS for name, entry in document.section(section).items())
    flows = [found for section, name, entry in entries for found in _reporting(entry, (section, name))]
    if "web" not in document.tree:
        for path, _ in flows:
            message = "there is no web — add web: {centres: {seoul: {}, tokyo: {}}, links: [{line: STAGE}]}"
            document.fault((*path, "reports_to"), message)
        return None
    n_faults = len(document.faults)
    web = read_web(document)
    if web is None or len(document.faults) > n_faults:
        return None
    for path, flow in flows:
        _expand(document, web, path, flow)
    return web.noun


def folded(tree: Tree) -> dict[str, Tree]:
    """The tree of a document in which no flow that reports to a centre is written out."""
    return {
        section: {name: _folded(entry) for name, entry in entries.items()} if section in SECTIONS else entries
        for section, entries in tree.items()
    }


def _folded(tree: Tree) -> Tree:
    if isinstance(tree, list):
        return [_folded(child) for child in tree]
    if not isinstance(tree, dict):
        return tree
    return {key: _folded(child) for key, child in tree.items() if key != "first" or "reports_to" not in tree}


def _reporting(tree: Tree, path: TreePath) -> Iterator[tuple[TreePath, dict[str, Tree]]]:
    if isinstance(tree, dict) and "reports_to" in tree:
        yield path, tree
    elif isinstance(tree, dict | list):
        for key, child in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from _reporting(child, (*path, key))


def _expand(document: Document, web: WebRead, path: TreePath, flow: dict[str, Tree]) -> None:
    """Write one flow out under `first`; what is no such flow is left to the schema."""
    to, hops = flow["reports_to"], _hops(flow.get("hops"))
    if "first" in flow:
        document.fault((*path, "first"), "stands beside reports_to, which is written out by itself — leave it out")
    if not isinstance(to, str) or hops is None:
        return
    if to not in web.work:
        hint = document.suggestion(to, web.work)
        document.fault((*path, "reports_to"), f'"{to[:60]}" is no centre of the web{hint}')
        return
    ways = [*islice(_ways(web, to, hops), MOST_NODES + 1)]
    if len(ways) > MOST_NODES:
        document.fault((*path, "hops"), f"there are more than {MOST_NODES} ways — allow fewer hops")
        return
    if not ways and not web.begins(to):
        message = f"no way of so few links leads to {to[:60]} from a centre with sensors and identify"
        document.fault((*path, "reports_to"), f"{message} — add a link, or allow more hops")
        return
    written = [*_from_centres(document, web, to, ways)]
    long = next((label for label in _labels(written) if not NAME.fullmatch(label)), "")
    if long:
        message = f'"{long}" is too long a name of a way — shorten those of centres and channels, or allow fewer hops'
        document.fault((*path, "hops"), message)
        return
    flow["first"] = written
    document.values[*path, "first"] = document.mark((*path, "reports_to"))


def _hops(given: Tree) -> int | None:
    """How many links a report may take; None where that is no such number, which the schema tells."""
    try:
        found = parse_whole(given) if isinstance(given, str) else 0
    except ValueError:
        return None
    return found if 1 <= found <= MOST_HOPS else None


def _ways(web: WebRead, to: str, hops: int) -> Iterator[tuple[str, Way]]:
    """Every simple path to a centre over so few links from another whose sensors report, with where it begins."""
    import networkx as nx  # few files have a web

    for centre in (one for one in web.noun.centres if one != to and web.begins(one)):
        graph = _graph_of(web, centre, to)
        leading = graph.subgraph({centre, to, *nx.ancestors(graph, to)})
        paths = nx.all_simple_edge_paths(leading, centre, to, cutoff=hops)
        yield from ((centre, tuple(key for *_, key in path)) for path in paths)


def _graph_of(web: WebRead, origin: str, to: str) -> Any:
    """The web for reports of one centre, as networkx has it, without ways back; its edges bear their links."""
    import networkx as nx

    graph = nx.MultiDiGraph()
    graph.add_nodes_from(web.noun.centres)
    for link in (link for link in web.noun.links if origin in (web.of[link] or [origin])):
        for start, stop in (link.ends,) if link.is_one_way else (link.ends, link.ends[::-1]):
            if start != to and stop != origin:
                graph.add_edge(start, stop, key=link)
    return graph


def _from_centres(document: Document, web: WebRead, to: str, ways: Sequence[tuple[str, Way]]) -> Iterator[Tree]:
    """What each centre with a way sees and does, and from there its ways, in the order of the links."""
    order = web.noun.links
    for centre in web.noun.centres:
        own = sorted((way for start, way in ways if start == centre), key=lambda way: [*map(order.index, way)])
        if (own or centre == to) and web.begins(centre):
            work = web.work[centre]
            seen = [{"first": sensors_of(document, centre)}, *work["identify"]]
            yield seen if centre == to else [*seen, *work["release"], *_onward(web, to, centre, centre, own)]


def _onward(web: WebRead, to: str, centre: str, label: str, ways: Sequence[Way]) -> list[Tree]:
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
