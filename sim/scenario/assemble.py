"""From the files a scenario draws on to one self-contained document: parts, lists, overrides."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

from sim.errors import ScenarioError
from sim.model.distributions import require
from sim.scenario.document import (
    DELAYS,
    SECTIONS,
    Document,
    Mark,
    Tree,
    TreePath,
    find,
    parse_path,
    printable,
)
from sim.scenario.observed import read_observed
from sim.scenario.reader import MOST_BYTES, MOST_VALUES, inside, parse_document, read_document, read_text
from sim.units import split_range

OPTIONS = {name: f"--{name}" for name in ("replications", "settings", "seed", "draws")}  # fields with one of their own
RANGE_PARTS = ("low", "typical", "high")
MOST_CSV_BYTES = 1024 * 1024
MOST_LISTED = 20_000
MOST_USED = 20


def copy_of(document: Document, paths: Iterable[TreePath]) -> Document:
    """A document that can be changed at some paths without touching the first; its faults are its own."""
    tree = dict(document.tree)
    for section, *below in paths:
        entries = tree.get(section)
        if isinstance(entries, dict) and entries is document.tree[section]:
            entries = tree[section] = dict(entries)
        if below and isinstance(entries, dict) and below[0] in entries:
            entries[below[0]] = deepcopy(entries[below[0]])
    return replace(document, tree=tree, values=dict(document.values), keys=dict(document.keys), faults=[])


def bring_in_used(document: Document, roots: tuple[Path, ...]) -> None:
    """Merge the shared files named under `use`, of the first root that has them; own entries replace whole ones."""
    names = document.tree.pop("use", [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        document.fault(("use",), "needs a list of files of the scenarios folder")
        return
    own = {path for path in document.keys if len(path) <= 2}
    origin: dict[TreePath, str] = {}
    n_bytes, n_values = MOST_BYTES, MOST_VALUES - len(document.values)  # for all of them together
    for index, name in enumerate(names[:MOST_USED]):
        try:
            path = _of_first(roots, name)
            used = read_document(path, name, n_bytes, n_values)
            n_bytes, n_values = max(0, n_bytes - path.stat().st_size), n_values - len(used.values)
        except (ScenarioError, ValueError, OSError) as error:
            reason = error.faults[0].message if isinstance(error, ScenarioError) else str(error)
            document.fault(("use", index), f'"{name[:80]}" {reason}')
            continue
        document.faults += used.faults
        _merge(document, used, own, origin, name)
    if len(names) > MOST_USED:
        document.fault(("use",), f"at most {MOST_USED} files")


def _merge(document: Document, used: Document, own: set[TreePath], origin: dict[TreePath, str], name: str) -> None:
    if not isinstance(used.tree, dict) or "use" in used.tree:
        document.fault_at(used.mark(()), (), "a used file is a mapping, and cannot itself use others")
        return
    for path in _entries(used):
        if path in own or (len(path) == 1 and path[0] in document.tree and path not in origin):
            continue
        if path in origin:
            message = f"is also defined by {origin[path]} — keep one"
            document.fault_at(used.mark(path, at_key=True), path, message)
            continue
        origin[path] = name
        if len(path) == 2:
            section = document.tree.setdefault(path[0], {})
            document.values.setdefault(path[:1], used.mark(path[:1]))
            document.keys.setdefault(path[:1], used.mark(path[:1], at_key=True))
            if not isinstance(section, dict):
                continue
        document.put(path, used, path)


def _entries(used: Document) -> list[TreePath]:
    """The entries that merge one by one: of the shared sections, and every other top-level field whole."""
    paths: list[TreePath] = []
    for key, value in used.tree.items():
        is_section = key in SECTIONS and isinstance(value, dict)
        paths += [(key, name) for name in value] if is_section else [(key,)]
    return paths


def _of_first(roots: tuple[Path, ...], name: str) -> Path:
    """A shared file of the first scenarios folder that has it."""
    paths = [inside(root, root, name) for root in roots]
    return next((path for path in paths if path.exists()), paths[0])


def expand_sight(document: Document) -> None:
    """Write out `sight: owner` wherever a flow may stand: the first of all sensors of that owner."""
    owned: dict[str, list[str]] = {}
    for name, sensor in document.section("sensors").items():
        if isinstance(sensor, dict) and isinstance(sensor.get("owner"), str):
            owned.setdefault(sensor["owner"], []).append(name)
    for section in ("flows", "arrangements", "arms"):
        _expand_sight(document, (section,), document.tree.get(section), owned)


def _expand_sight(document: Document, path: TreePath, flow: Tree, owned: Mapping[str, list[str]]) -> None:
    if isinstance(flow, list):
        for index, child in enumerate(flow):
            _expand_sight(document, (*path, index), child, owned)
    elif isinstance(flow, dict) and isinstance(flow.get("sight"), str) and len(flow) == 1:
        owner, mark = flow["sight"], document.mark((*path, "sight"))
        if owner not in owned:
            hint = document.suggestion(owner, owned) if owned else " — none is defined under sensors"
            document.fault((*path, "sight"), f'no sensor is owned by "{owner[:60]}"{hint}')
            return
        del flow["sight"]
        flow["first"] = sorted(owned[owner])
        document.values[*path, "first"] = mark
    elif isinstance(flow, dict):
        for key, child in flow.items():
            _expand_sight(document, (*path, key), child, owned)


def read_lists(document: Document, folder: Path, root: Path) -> None:
    """Replace `file: x.csv` of every empirical delay by its values."""
    n_listed = 0
    is_there = document.tree.keys()  # what stood under `use` is no longer
    paths = [path for path in document.values if path[-2:] == ("empirical", "file") and path[0] in is_there]
    for path in paths[:MOST_USED]:
        holder, name = find(document.tree, path[:-1]), find(document.tree, path)
        if not isinstance(name, str) or "values" in holder:
            document.fault(path, "give values or a file, not both")
            continue
        try:
            text = read_text(inside(folder, root, name), name, MOST_CSV_BYTES)
            unit, column = _text(holder, "unit"), _text(holder, "column")
            values = read_observed(text, unit, column, _tell(document, path, name), _note(document, name))
            n_listed += len(values)
            require(n_listed <= MOST_LISTED, f"brings the values of all files above {MOST_LISTED:,}")
        except (ScenarioError, ValueError, csv.Error) as error:
            reason = error.faults[0].message if isinstance(error, ScenarioError) else str(error)
            document.fault(path, f'"{name[:80]}" {reason}')
            values = []
        holder["values"] = values or ["1 s", "2 s"]  # faulty: told already, and once is enough
        del holder["file"]
        if isinstance(holder.get("column"), str):
            del holder["column"]
        document.values[*path[:-1], "values"] = document.mark(path)
    if len(paths) > MOST_USED:
        document.fault(paths[MOST_USED], f"at most {MOST_USED} files with values")


def _text(holder: Tree, name: str) -> str:
    """What stands beside a file; what is no text is left to the schema."""
    found = holder.get(name, "")
    return found if isinstance(found, str) else ""


def _tell(document: Document, path: TreePath, name: str) -> Callable[[int, str], None]:
    """How faults of a file of values are noted: at their own line."""
    return lambda line, message: document.fault_at(Mark(printable(name[:80]), line, 1), path, message)


def _note(document: Document, name: str) -> Callable[[int, str], None]:
    """How it is noted what a line of such a file is taken as."""
    return lambda line, message: document.notes.append(printable(f"{name[:80]}:{line}: {message}"))


def override(document: Document, sets: Mapping[str, str], option: str = "--set") -> None:
    """Apply the overrides of an option of the command line: a path and the text of its new value."""
    n_bytes, n_values = MOST_BYTES, MOST_VALUES  # for all of them together
    for inner, outer in overlapping(sets):
        message = f"{outer} is given as well, and replaces it — write its value there, or leave one out"
        document.fault((), f"{option} {inner}: {message}")
    for text, value in sets.items():
        where = OPTIONS.get(text, f"{option} {text}")
        try:
            path = parse_path(text)
            n_bytes -= len(value)
            require(n_bytes >= 0, "the overrides are longer than a scenario may be")
            given = parse_document(value, where, n_values)
            n_values -= len(given.values)
        except (ValueError, ScenarioError) as error:
            message = error.faults[0].message if isinstance(error, ScenarioError) else str(error)
            document.fault((), f"{where}: {message}")
            continue
        place(document, path, given, where, ())


def overlapping(texts: Iterable[str]) -> list[tuple[str, str]]:
    """The paths that lie below another one of them, with that: one value would be lost."""
    texts = list(texts)
    return [(inner, outer) for inner in texts for outer in texts if inner.startswith((f"{outer}.", f"{outer}["))]


def place(document: Document, path: TreePath, given: Document, where: str, at: TreePath) -> None:
    """Put a value at a path whose parent exists; a fault says how far the path leads."""
    path = _led(document, path)
    holder = document.tree
    for depth, part in enumerate(path):
        is_last = depth == len(path) - 1
        if isinstance(holder, dict) and isinstance(part, str) and (part in holder or is_last):
            holder = None if is_last else holder[part]
        elif isinstance(holder, list) and isinstance(part, int) and part < len(holder):
            holder = holder[part]
        else:
            known = list(holder) if isinstance(holder, dict) else []
            here = ".".join(map(str, path[:depth])) or "the scenario"
            what = f'has no "{part}"' if known else f"is not divided further; set {here} as a whole"
            hint = "" if depth else document.section_hint(path)
            mark = document.mark(at, at_key=True)
            document.fault_at(mark, (), f"{where}: {here} {what}{hint or document.suggestion(str(part), known)}")
            return
    document.put(path, given, at)


def _led(document: Document, path: TreePath) -> TreePath:
    """Where a path leads: to a part of a range, that of a delay too; what is written in short is written at length."""
    *at, part = path
    try:
        value = find(document.tree, tuple(at)) if part in RANGE_PARTS else None
    except (KeyError, IndexError, TypeError):
        return path
    ends = split_range(value) if isinstance(value, str) else None
    is_delay = bool(at) and at[-1] in DELAYS
    if ends:
        whole = {"low": ends[0], "high": ends[1]}
        find(document.tree, tuple(at[:-1]))[at[-1]] = {"constant": value} if is_delay else whole
    if is_delay and (ends or (isinstance(value, dict) and "constant" in value)):
        return _led(document, (*at, "constant", part))
    return path
