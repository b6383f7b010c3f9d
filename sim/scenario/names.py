"""Whether every name of a scenario leads somewhere, and no flow into itself: on the text, before the schema.

Works on whatever shape the document has, so that misspelt names are reported beside other faults.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator

from sim.scenario.document import Document, Tree, TreePath, find

Size = tuple[int, int]  # steps, depth
KNOWN_CENTRES = ("seoul", "tokyo", "us")
BASE_CASE = "base-case"  # the folder of shared files whose stages name channels
MOST_NODES = 500
MOST_DEPTH = 100
MOST_FLOWS = 200
MOST_ARMS = 50
LISTS = ("all", "first", "of", "in_turn")


def check_names(document: Document) -> None:
    """Note every unknown, doubled or circular name."""
    _check_stages_and_flows(document, lambda _: True)
    if not document.faults and len(document.section("arrangements")) <= MOST_ARMS:
        _check_expansions(document, tuple(document.section("arrangements")))
    cue, flows = document.tree.get("cue"), document.section("flows")
    if isinstance(cue, str) and cue not in flows:
        document.fault(("cue",), f'unknown flow "{cue[:60]}"{document.suggestion(cue, flows)}')
    _check_arms(document)
    _check_launch_names(document)


def check_world(world: Document, changed: Collection[TreePath], arrangement: str) -> None:
    """Note every unknown, doubled or circular name that the overrides of an arm brought in."""
    _check_stages_and_flows(world, lambda path: path[:1] in changed or path[:2] in changed)
    if not world.faults:
        _check_expansions(world, (arrangement,))


def _check_stages_and_flows(document: Document, is_checked: Callable[[TreePath], bool]) -> None:
    stages, flows = document.section("stages"), document.section("flows")
    sensors = document.section("sensors")
    for section, others, what in (("flows", stages, "stage"), ("sensors", stages, "stage"), ("sensors", flows, "flow")):
        for name in document.section(section):
            if name in others:
                message = f'"{name}" is also a {what} — stages, flows and sensors share names'
                document.fault((section, name), message, at_key=True)
    for path, what, known in _named(document):
        name = find(document.tree, path)
        if is_checked(path) and name not in known:
            hint = _channels_hint(document, path) if what == "channel" else ""
            document.fault(path, f'unknown {what} "{name[:60]}"{hint or document.suggestion(name, known)}')
    for path, flow in _flows(document):
        if is_checked(path):
            for at, name in _leaves(flow, path):
                if name not in stages and name not in flows and name not in sensors:
                    hint = document.suggestion(name, [*stages, *flows, *sensors])
                    document.fault(at, f'unknown stage "{name[:60]}"{hint}')


def _named(document: Document) -> Iterator[tuple[TreePath, str, Collection[str]]]:
    """Every place that names a desk, a channel, a centre or a source."""
    desks = document.section("desks")
    centres = dict.fromkeys([*KNOWN_CENTRES, *document.section("centres")])
    for section, field, what, known in (
        ("stages", "desk", "desk", desks),
        ("stages", "channel", "channel", document.section("channels")),
        ("stages", "at", "centre", centres),
        ("desks", "at", "centre", centres),
        ("sensors", "owner", "centre", centres),
        ("channels", "from", "centre", centres),
        ("channels", "to", "centre", centres),
    ):
        for name, entry in document.section(section).items():
            if isinstance(entry, dict) and isinstance(entry.get(field), str):
                yield (section, name, field), what, known
    for name, channel in document.section("channels").items():
        ends = channel.get("between") if isinstance(channel, dict) else None
        for index, end in enumerate(ends if isinstance(ends, list) else []):
            if isinstance(end, str):
                yield ("channels", name, "between", index), "centre", centres
    sources = dict.fromkeys([*document.section("stages"), *document.section("sensors")])
    for path, launch in document.launched():
        if isinstance(launch.get("false_report"), str):
            yield (*path, "false_report"), "source", sources


def _channels_hint(document: Document, path: TreePath) -> str:
    """Which file of the base case has the channels that its stages name: of launches of a day, or of none."""
    if not document.mark(path).file.startswith(f"{BASE_CASE}/"):
        return ""
    if any("date" in launch for _, launch in document.launched()):
        return f" — add {BASE_CASE}/channels.yaml to use, or {BASE_CASE}/channels-as-if.yaml for a launch of no day"
    return f" — add {BASE_CASE}/channels-as-if.yaml to use, or {BASE_CASE}/channels.yaml for launches with their days"


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


def _check_expansions(document: Document, arrangements: Iterable[str]) -> None:
    """No flow may contain itself, no arrangement be endless, no step come twice in one."""
    flows = document.section("flows")
    if len(flows) > MOST_FLOWS:  # a fault of the schema
        return
    uses = {name: {leaf for _, leaf in _leaves(flow, ()) if leaf in flows} for name, flow in flows.items()}
    circular = [name for name in flows if _is_circular(name, uses)]
    for name in circular:
        document.fault(("flows", name), "contains itself", at_key=True)
    if circular:
        return
    sizes = _sizes(flows, uses)
    cue = document.tree.get("cue")
    if isinstance(cue, str) and cue in flows:
        _check_size(document, ("cue",), sizes[cue])
    for name in arrangements:
        flow, _ = flow_of(document.section("arrangements").get(name))
        if _check_size(document, ("arrangements", name), _size(flow, sizes)):
            _check_doubled(document, name, Counter(_steps(flow, flows)))


def _check_doubled(document: Document, arrangement: str, counts: Counter[tuple[str, str]]) -> None:
    for stage, label in (step for step, n in counts.items() if n > 1):
        named = f"{stage} as {label}" if label else stage
        message = (
            f'"{named}" occurs twice — the same step is one event: write it once before the flows part, '
            f"or label one, {{stage: {stage}, as: again}}, if it is done twice"
        )
        document.fault(("arrangements", arrangement), message, at_key=True)


def _is_circular(start: str, uses: dict[str, set[str]]) -> bool:
    seen: set[str] = set()
    pending = [start]
    while pending:
        used = uses[pending.pop()]
        if start in used:
            return True
        pending += used - seen
        seen |= used
    return False


def _sizes(flows: dict[str, Tree], uses: dict[str, set[str]]) -> dict[str, Size]:
    """The size of every named flow; none contains itself."""
    sizes: dict[str, Size] = {}
    pending = list(flows)
    while pending:
        missing = uses[pending[-1]] - sizes.keys()
        if missing:
            pending += missing
        else:
            name = pending.pop()
            sizes[name] = _size(flows[name], sizes)
    return sizes


def _size(flow: Tree, sizes: dict[str, Size]) -> Size:
    """How many steps a flow has when written out, and how deep; counted no further than it matters."""
    inner = [(sizes.get(leaf, (1, 0)), len(path)) for path, leaf in _leaves(flow, ())]
    n_steps = sum(n for (n, _), _ in inner)
    depth = max((depth + above + 1 for (_, depth), above in inner), default=0)
    return min(n_steps, MOST_NODES + 1), min(depth, MOST_DEPTH + 1)


def _check_size(document: Document, path: TreePath, size: Size) -> bool:
    n_steps, depth = size
    if n_steps > MOST_NODES:
        document.fault(path, f"has more than {MOST_NODES} steps", at_key=True)
    elif depth > MOST_DEPTH:
        document.fault(path, "its flows are nested too deeply — write them flatter", at_key=True)
    return n_steps <= MOST_NODES and depth <= MOST_DEPTH


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
    known = dict.fromkeys([*arrangements, *arms])
    for name, arm in arms.items():
        if name in arrangements:
            document.fault(("arms", name), "is also an arrangement — give the arm its own name", at_key=True)
        taken = arm.get("arrangement") if isinstance(arm, dict) else None
        if isinstance(taken, str) and taken not in arrangements:
            hint = document.suggestion(taken, arrangements)
            document.fault(("arms", name, "arrangement"), f'unknown arrangement "{taken[:60]}"{hint}')
    for path, name in _arm_names(document):
        if name not in known:
            document.fault(path, f'unknown arm or arrangement "{name[:60]}"{document.suggestion(name, known)}')
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
    launches = document.launched()
    if len(launches) < 2:
        return
    seen: dict[str, int] = {}
    for number, (path, launch) in enumerate(launches, 1):
        name = launch.get("name", launch.get("event"))
        if name is None:
            document.fault(path, "needs a name, since there are several — name: first")
        elif isinstance(name, str) and name in seen:
            field = "name" if "name" in launch else "event"
            document.fault((*path, field), f'"{name[:60]}" is also launch {seen[name]}')
        elif isinstance(name, str):
            seen[name] = number
