"""Whether every name of a scenario leads somewhere, and no flow into itself: on the text, before the schema.

Works on whatever shape the document has, so that misspelt names are reported beside other faults.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sim.scenario.document import Document, Tree, TreePath, suggestion

KNOWN_CENTRES = ("seoul", "tokyo", "us")
MOST_NODES = 500
LISTS = ("all", "first", "of", "in_turn")


def check_names(document: Document) -> None:
    """Note every unknown, doubled or circular name."""
    stages, flows = document.section("stages"), document.section("flows")
    for name in flows:
        if name in stages:
            document.fault(("flows", name), f'"{name}" is also a stage — stages and flows share names', at_key=True)
    for path, value in _named(document):
        section, known = value
        _check_name(document, path, section, known)
    before = len(document.faults)
    for path, flow in _flows(document):
        for at, name in _leaves(flow, path):
            if name not in stages and name not in flows:
                hint = suggestion(name, [*stages, *flows])
                document.fault(at, f'unknown stage "{name[:60]}"{hint}')
    if len(document.faults) == before:
        _check_expansions(document)
    cue = document.tree.get("cue")
    if isinstance(cue, str) and cue not in flows:
        document.fault(("cue",), f'unknown flow "{cue[:60]}"{suggestion(cue, list(flows))}')
    _check_arms(document)
    _check_launch_names(document)


def _named(document: Document) -> Iterator[tuple[TreePath, tuple[str, list[str]]]]:
    """Every place that names a desk or a centre."""
    desks = list(document.section("desks"))
    centres = [*KNOWN_CENTRES, *document.section("centres")]
    for section in ("stages", "desks"):
        for name, entry in document.section(section).items():
            if isinstance(entry, dict):
                for field, known in (("desk", desks), ("at", centres)):
                    if isinstance(entry.get(field), str) and not (section == "desks" and field == "desk"):
                        yield (section, name, field), (field.replace("at", "centre"), known)


def _check_name(document: Document, path: TreePath, what: str, known: list[str]) -> None:
    entry = document.section(str(path[0]))[str(path[1])]
    name = entry[path[2]]
    if name not in known:
        document.fault(path, f'unknown {what} "{name[:60]}"{suggestion(name, known)}')


def flow_of(arrangement: Tree) -> tuple[Tree, TreePath]:
    """The flow of an arrangement, written alone or under `flow`, and where below it that stands."""
    if isinstance(arrangement, dict) and "flow" in arrangement:
        return arrangement["flow"], ("flow",)
    return arrangement, ()


def _flows(document: Document) -> Iterator[tuple[TreePath, Tree]]:
    for name, flow in document.section("flows").items():
        yield ("flows", name), flow
    for name, arrangement in document.section("arrangements").items():
        flow, below = flow_of(arrangement)
        yield ("arrangements", name, *below), flow


def _leaves(flow: Tree, path: TreePath) -> Iterator[tuple[TreePath, str]]:
    """Every name in a flow as written, with its place."""
    if isinstance(flow, str):
        yield path, flow
    elif isinstance(flow, list):
        for index, child in enumerate(flow):
            yield from _leaves(child, (*path, index))
    elif isinstance(flow, dict):
        if isinstance(flow.get("stage"), str):
            yield (*path, "stage"), flow["stage"]
        for key in (*LISTS, "try", "else"):
            if key in flow:
                yield from _leaves(flow[key], (*path, key))


def _check_expansions(document: Document) -> None:
    """No flow may contain itself, no arrangement be endless, no step come twice in one."""
    flows = document.section("flows")
    circular = {name for name in flows if _is_circular(name, flows)}
    for name in circular:
        document.fault(("flows", name), "contains itself", at_key=True)
    if circular:
        return
    sizes: dict[str, int] = {}
    for name in flows:
        _size(name, flows, sizes)
    for name, arrangement in document.section("arrangements").items():
        flow, _ = flow_of(arrangement)
        if sum(_size(leaf, flows, sizes) for _, leaf in _leaves(flow, ())) > MOST_NODES:
            document.fault(("arrangements", name), f"has more than {MOST_NODES} steps", at_key=True)
            continue
        doubled = [step for step, n in Counter(_steps(flow, flows)).items() if n > 1]
        for stage, label in doubled:
            named = f"{stage} as {label}" if label else stage
            message = (
                f'"{named}" occurs twice — the same step is one event: write it once before the flows part, '
                f"or label one, {{stage: {stage}, as: again}}, if it is done twice"
            )
            document.fault(("arrangements", name), message, at_key=True)


def _is_circular(start: str, flows: dict[str, Tree]) -> bool:
    seen: set[str] = set()
    pending = [start]
    while pending:
        for _, leaf in _leaves(flows[pending.pop()], ()):
            if leaf == start:
                return True
            if leaf in flows and leaf not in seen:
                seen.add(leaf)
                pending.append(leaf)
    return False


def _size(name: str, flows: dict[str, Tree], sizes: dict[str, int]) -> int:
    """How many steps a name expands to, counted no further than it matters."""
    if name not in flows:
        return 1
    if name not in sizes:
        total = sum(_size(leaf, flows, sizes) for _, leaf in _leaves(flows[name], ()))
        sizes[name] = min(total, MOST_NODES + 1)
    return sizes[name]


def _steps(flow: Tree, flows: dict[str, Tree]) -> Iterator[tuple[str, str]]:
    """Every (stage, label) of a flow with the named flows in it written out."""
    if isinstance(flow, dict) and isinstance(flow.get("stage"), str) and flow["stage"] not in flows:
        yield flow["stage"], str(flow.get("as", ""))
        return
    for path, leaf in _leaves(flow, ()):
        holder: Tree = flow
        for part in path[:-1]:
            holder = holder[part]
        if leaf in flows:
            yield from _steps(flows[leaf], flows)
        elif path and path[-1] == "stage" and isinstance(holder, dict):
            yield leaf, str(holder.get("as", ""))
        else:
            yield leaf, ""


def _check_arms(document: Document) -> None:
    arrangements, arms = document.section("arrangements"), document.section("arms")
    known = [*arrangements, *arms]
    for name, arm in arms.items():
        if name in arrangements:
            document.fault(("arms", name), "is also an arrangement — give the arm its own name", at_key=True)
        taken = arm.get("arrangement") if isinstance(arm, dict) else None
        if isinstance(taken, str) and taken not in arrangements:
            hint = suggestion(taken, list(arrangements))
            document.fault(("arms", name, "arrangement"), f'unknown arrangement "{taken[:60]}"{hint}')
    for path, name in _arm_names(document):
        if name not in known:
            document.fault(path, f'unknown arm or arrangement "{name[:60]}"{suggestion(name, known)}')
    compared = [name for path, name in _arm_names(document) if path[0] == "compare"]
    for name in [name for name, n in Counter(compared).items() if n > 1]:
        document.fault(("compare",), f'names "{name}" twice')
    simulated = {*compared, document.tree.get("baseline") if isinstance(document.tree.get("baseline"), str) else ""}
    for path, name in _arm_names(document):
        if path[0] == "contrasts" and name in known and name not in simulated:
            document.fault(path, f'"{name}" is not under compare, so nothing is known of it — add it there')


def _arm_names(document: Document) -> Iterator[tuple[TreePath, str]]:
    tree = document.tree
    if isinstance(tree.get("baseline"), str):
        yield ("baseline",), tree["baseline"]
    compare, contrasts = (tree.get(key) if isinstance(tree.get(key), list) else [] for key in ("compare", "contrasts"))
    for index, name in enumerate(compare):
        if isinstance(name, str):
            yield ("compare", index), name
    for index, pair in enumerate(contrasts):
        for side, name in enumerate(pair if isinstance(pair, list) else []):
            if isinstance(name, str):
                yield ("contrasts", index, side), name


def _check_launch_names(document: Document) -> None:
    launches = document.tree.get("launches")
    if not isinstance(launches, list) or len(launches) < 2:
        return
    seen: dict[str, int] = {}
    for index, launch in enumerate(launches):
        name = launch.get("name") if isinstance(launch, dict) else None
        if name is None:
            document.fault(("launches", index), "needs a name, since there are several — name: first")
        elif isinstance(name, str) and name in seen:
            document.fault(("launches", index, "name"), f'"{name[:60]}" is also launch {seen[name] + 1}')
        elif isinstance(name, str):
            seen[name] = index
