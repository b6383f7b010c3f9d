"""From the files a scenario draws on to one self-contained document: parts, launches, lists, overrides."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path

from sim.errors import ScenarioError
from sim.scenario.catalogue import find_records, load_catalogue
from sim.scenario.document import (
    Document,
    TreePath,
    find,
    parse_document,
    parse_path,
    read_document,
    read_text,
    suggestion,
)

SHARED_SECTIONS = ("centres", "desks", "stages", "flows", "arrangements", "arms")
MOST_CSV_BYTES = 64 * 1024
MOST_USED = 20


def copy_of(document: Document) -> Document:
    """A document that can be changed without touching the first; its faults are its own."""
    return Document(deepcopy(document.tree), dict(document.values), dict(document.keys))


def bring_in_used(document: Document, roots: tuple[Path, ...]) -> None:
    """Merge the shared files named under `use`, of the first root that has them; own entries replace whole ones."""
    names = document.tree.pop("use", [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        document.fault(("use",), "needs a list of files of the scenarios folder")
        return
    own = {path for path in document.keys if len(path) <= 2}
    origin: dict[TreePath, str] = {}
    for index, name in enumerate(names[:MOST_USED]):
        try:
            used = read_document(_of_first(roots, name), name)
        except (ScenarioError, ValueError) as error:
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
        is_section = key in SHARED_SECTIONS and isinstance(value, dict)
        paths += [(key, name) for name in value] if is_section else [(key,)]
    return paths


def _of_first(roots: tuple[Path, ...], name: str) -> Path:
    """A shared file of the first scenarios folder that has it."""
    paths = [_inside(root, root, name) for root in roots]
    return next((path for path in paths if path.exists()), paths[0])


def _inside(folder: Path, root: Path, name: str) -> Path:
    """A file of a folder, never one outside it or the scenarios folder."""
    if "\0" in name or len(name) > 200:
        raise ValueError("is not a file name")
    path = (folder / name).resolve()
    if not (path.is_relative_to(folder.resolve()) or path.is_relative_to(root.resolve())):
        raise ValueError("lies outside the scenarios folder")
    return path


def expand_catalogue(document: Document, root: Path) -> None:
    """Give each launch that names a record the record's fields, where it has not its own."""
    launches = document.tree.get("launches")
    for index, launch in enumerate(launches if isinstance(launches, list) else []):
        if isinstance(launch, dict) and isinstance(launch.get("catalogue"), str):
            _expand_launch(document, ("launches", index), launch, root)


def _expand_launch(document: Document, path: TreePath, launch: dict[str, object], root: Path) -> None:
    wanted = str(launch["catalogue"])
    catalogue = load_catalogue(root)
    records = find_records(catalogue, wanted)
    if len(records) != 1:
        known = [record.id for record in catalogue]
        which = ", ".join(f"{record.id} ({record.missile}, {record.time_local})" for record in records)
        message = f"several launches that day — write one of {which}" if records else f'no launch "{wanted[:40]}"'
        document.fault((*path, "catalogue"), message + ("" if records else suggestion(wanted, known)))
        return
    record = records[0]
    if record.lacks_times and "offsets" not in launch and "count" not in launch:
        message = (
            f"the record has {record.n_missiles} missiles and not the time of each ({record.offsets_basis}) — "
            f"add offsets: [0 s, …], or count: {record.n_missiles} and gap: 5 min"
        )
        document.fault((*path, "catalogue"), message)
    mark = document.mark((*path, "catalogue"))
    is_salvo = "count" in launch or "offsets" in launch
    for field, value in record.fields().items():
        if field not in launch and not (field == "offsets" and is_salvo):
            launch[field] = value
            document.values[*path, field] = mark
    del launch["catalogue"]


def read_lists(document: Document, folder: Path, root: Path) -> None:
    """Replace `file: x.csv` of every empirical delay by its values."""
    for path in [path for path in document.values if path[-2:] == ("empirical", "file")]:
        holder, name = find(document.tree, path[:-1]), find(document.tree, path)
        if not isinstance(name, str) or "values" in holder:
            document.fault(path, "give values or a file, not both")
            continue
        try:
            text = read_text(_inside(folder, root, name), name, MOST_CSV_BYTES)
            rows = [row[0].strip() for row in csv.reader(io.StringIO(text)) if row and row[0].strip()]
        except (ScenarioError, ValueError, csv.Error) as error:
            reason = error.faults[0].message if isinstance(error, ScenarioError) else str(error)
            document.fault(path, f'"{name[:80]}" {reason}')
            continue
        holder["values"] = rows
        del holder["file"]
        document.values[*path[:-1], "values"] = document.mark(path)


def override(document: Document, sets: Mapping[str, str]) -> None:
    """Apply the overrides of the command line: a path and the text of its new value."""
    for text, value in sets.items():
        try:
            path = parse_path(text)
            given = parse_document(value, f"--set {text}")
        except (ValueError, ScenarioError) as error:
            message = error.faults[0].message if isinstance(error, ScenarioError) else str(error)
            document.fault((), f"--set {text}: {message}")
            continue
        place(document, path, given, f"--set {text}", ())


def place(document: Document, path: TreePath, given: Document, where: str, at: TreePath) -> None:
    """Put a value at a path whose parent exists; a fault says how far the path leads."""
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
            document.fault((), f"{where}: {here} {what}{suggestion(str(part), known)}")
            return
    document.put(path, given, at)
