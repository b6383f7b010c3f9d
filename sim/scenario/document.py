"""A scenario file as plain text in a tree, with the place of everything in it.

YAML 1.2, restricted: no anchors, aliases, merge keys, tags or second documents; every scalar is
text until the schema parses it. The parser's events are read one by one, so that a file nested
too deeply or too long is refused before it costs time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from sim.errors import Fault, ScenarioError

Tree = Any  # str | list[Tree] | dict[str, Tree]; mypy has no use for the recursion
TreePath = tuple[str | int, ...]

MOST_NESTING = 50
MOST_BYTES = 128 * 1024
MOST_VALUES = 10_000


@dataclass(frozen=True)
class Mark:
    """A place in a file, counted from 1."""

    file: str
    line: int = 0
    column: int = 0


@dataclass
class Document:
    """A tree of text, the mark of every value and of every key, by path; and the faults so far."""

    tree: Tree
    values: dict[TreePath, Mark] = field(default_factory=dict)
    keys: dict[TreePath, Mark] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, path: TreePath, message: str, *, at_key: bool = False) -> None:
        """Note a fault at a path, or at the nearest place above it that is in the file."""
        self.fault_at(self.mark(path, at_key=at_key), path, message)

    def fault_at(self, mark: Mark, path: TreePath, message: str) -> None:
        """Note a fault at a place, which may be in another file."""
        self.faults.append(Fault(mark.file, mark.line, mark.column, path_text(path), message))

    def mark(self, path: TreePath, *, at_key: bool = False) -> Mark:
        if at_key and path in self.keys:
            return self.keys[path]
        while path and path not in self.values:
            path = path[:-1]
        return self.values[path]

    def section(self, name: str) -> dict[str, Tree]:
        """A top-level mapping, empty if it is absent or malformed."""
        found = self.tree.get(name) if isinstance(self.tree, dict) else None
        return found if isinstance(found, dict) else {}

    def put(self, path: TreePath, other: Document, at: TreePath = ()) -> None:
        """Put a value of another document, with its marks, in place of whatever is at a path."""
        self.remove_marks(path)
        holder = find(self.tree, path[:-1])
        value = find(other.tree, at)
        if isinstance(holder, list):
            holder[int(path[-1])] = value
        else:
            holder[path[-1]] = value
        for marks, theirs in ((self.values, other.values), (self.keys, other.keys)):
            marks.update({path + p[len(at) :]: mark for p, mark in theirs.items() if p[: len(at)] == at})

    def remove_marks(self, path: TreePath) -> None:
        """Forget the places of a value and all below it."""
        for marks in (self.values, self.keys):
            for old in [p for p in marks if p[: len(path)] == path]:
                del marks[old]

    def raise_faults(self) -> None:
        """All faults in one report, in the order of the file."""
        if self.faults:
            raise ScenarioError(tuple(sorted(set(self.faults))))


def find(tree: Tree, path: TreePath) -> Tree:
    """The value at a path; KeyError, IndexError or TypeError if there is none."""
    for part in path:
        tree = tree[part]
    return tree


def path_text(path: TreePath) -> str:
    """A path as people write it: ``arrangements.direct[2]``."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")


def parse_path(text: str) -> TreePath:
    """The inverse of `path_text`; ValueError if it is not a path."""
    parts = re.findall(r"(?:^|\.)([^.\[\]]+)|\[(\d{1,4})\]", text)
    path = tuple(name if name else int(index) for name, index in parts)
    if not path or path_text(path) != text:
        raise ValueError(f'is not a path: "{text}" — write it as in stages.us_evaluates.delay')
    return path


def suggestion(name: str, known: list[str]) -> str:
    """What to say of a misspelt name: the closest known one, or all if they are few."""
    from difflib import get_close_matches  # only faulty files need it

    close = get_close_matches(name, known, n=1, cutoff=0.6)
    if close:
        return f' — did you mean "{close[0]}"?'
    return f" — known: {', '.join(known)}" if 0 < len(known) <= 12 else ""


def read_document(path: Path, shown: str, most_bytes: int = MOST_BYTES) -> Document:
    """A scenario file as a document; whatever is wrong with the text itself is raised at once."""
    return parse_document(read_text(path, shown, most_bytes), shown, most_bytes // 12)


def read_text(path: Path, shown: str, most_bytes: int = MOST_BYTES) -> str:
    """The text of a regular file of bounded size."""
    try:
        if not path.is_file():
            raise _error(shown, "there is no such file" if not path.exists() else "is not a file")
        with path.open("rb") as file:
            data = file.read(most_bytes + 1)
    except (OSError, ValueError) as error:
        raise _error(shown, f"cannot be read ({getattr(error, 'strerror', None) or error})") from None
    if len(data) > most_bytes:
        raise _error(shown, f"is larger than {most_bytes // 1024} KiB — split it, or put long lists in a CSV file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _error(shown, "is not UTF-8 text — save it as UTF-8", line, 1) from None


def parse_document(text: str, shown: str, most_values: int = MOST_VALUES) -> Document:
    """Text as a document. Faults of single entries are noted, those of the text itself raised."""
    document = Document({}, {(): Mark(shown, 1, 1)})
    yaml = YAML(typ="safe", pure=True)
    try:
        reader = _Reader(iter(yaml.parse(text)), document, shown, most_values)
        document.tree = reader.read_all()
    except ScenarioError:
        raise
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        raise _error(shown, f"is not YAML: {error.problem or error.context}", *place) from None
    except Exception as error:  # a fault inside the parser is still a fault of the text
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise _error(shown, f"is not YAML: {reason}") from None
    return document


def _error(shown: str, message: str, line: int = 0, column: int = 0) -> ScenarioError:
    return ScenarioError((Fault(shown, line, column, "", message),))


def scalar(event: Event) -> str:
    """The text of a scalar, whatever it looks like."""
    return str(getattr(event, "value", ""))


class _Reader:
    """Builds a document from the parser's events."""

    def __init__(self, events: Iterator[Event], document: Document, shown: str, most_values: int) -> None:
        self.events = events
        self.document = document
        self.shown = shown
        self.n_left = most_values

    def read_all(self) -> Tree:
        next(self.events)  # start of the stream
        if isinstance(next(self.events), StreamEndEvent):
            raise _error(self.shown, "is empty — start from scenarios/first-look.yaml")
        tree = self.read((), next(self.events))
        next(self.events)  # end of the document
        if not isinstance(extra := next(self.events), StreamEndEvent):
            raise self.error(extra, "holds a second document — remove the line ---")
        return tree

    def read(self, path: TreePath, event: Event) -> Tree:
        self.n_left -= 1
        if self.n_left < 0:
            raise self.error(event, "holds too many values — put long lists in a CSV file")
        if len(path) > MOST_NESTING:
            raise self.error(event, f"is nested more than {MOST_NESTING} deep")
        self.document.values[path] = self.mark(event)
        if isinstance(event, AliasEvent):
            self.document.fault(path, f"aliases (*{event.anchor}) are not allowed — write it out, or name a flow")
            return ""
        self.check_plain(path, event)
        if isinstance(event, MappingStartEvent):
            return self.read_mapping(path)
        if isinstance(event, SequenceStartEvent):
            return self.read_list(path)
        return scalar(event)

    def check_plain(self, path: TreePath, event: Event) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor:
            self.document.fault(path, f"anchors (&{anchor}) are not allowed — write it out")
        if tag:
            self.document.fault(path, f"tags ({tag}) are not allowed — remove it")

    def read_list(self, path: TreePath) -> list[Tree]:
        items: list[Tree] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            items.append(self.read((*path, len(items)), event))
        return items

    def read_mapping(self, path: TreePath) -> dict[str, Tree]:
        entries: dict[str, Tree] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            key = self.read_key(path, event, entries)
            value = self.read((*path, key), next(self.events))
            entries[key] = value
        return entries

    def read_key(self, path: TreePath, event: Event, entries: dict[str, Tree]) -> str:
        if not isinstance(event, ScalarEvent):
            raise self.error(event, "a key must be a name")
        self.check_plain(path, event)
        key = scalar(event)
        if key == "<<":
            self.document.fault(path, "merge keys (<<) are not allowed — write it out, or use a shared file")
        if key in entries:
            first = self.document.keys[*path, key].line
            message = f"is written twice, first in line {first} — keep one"
            self.document.fault_at(self.mark(event), (*path, key), message)
        self.document.keys[*path, key] = self.mark(event)
        return key

    def mark(self, event: Event) -> Mark:
        return Mark(self.shown, event.start_mark.line + 1, event.start_mark.column + 1)

    def error(self, event: Event, message: str) -> ScenarioError:
        mark = self.mark(event)
        return _error(self.shown, message, mark.line, mark.column)
