"""The text of a scenario file as a document, by YAML's own parser: events, one by one.

YAML 1.2, restricted: no anchors, aliases, merge keys, tags or second documents; every scalar is
text until the schema parses it. A file that is nested too deeply or too long is refused before it
costs time. The parser in C, where it is installed, reads what both read alike: it knows YAML 1.1 alone, and
differs in tabs, aliases, empty values and what it refuses. All else goes to the pure one, and every message is its.
"""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Sequence
from dataclasses import replace
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

try:
    from _ruamel_yaml import CParser
except ImportError:  # the wheel ruamel.yaml.clib
    CParser = None

from sim.errors import Fault, ScenarioError
from sim.scenario.document import MOST_NESTING, Document, Mark, Tree, TreePath, parse_path, pieces, printable
from sim.scenario.plainly import plainly

MOST_BYTES = 128 * 1024
MOST_VALUES = 4_000
MOST_RESOLVED_BYTES = 1024 * 1024
MOST_RESOLVED_VALUES = 30_000
FREE_TEXTS = frozenset({"title", "story", "source", "note", "recipient", "route", "mode", "missile", "name"})
OF_EVENTS = frozenset({".xes", ".xml", ".csv", ".tsv", ".xlsx", ".parquet"})
CUT = "is cut at #, which begins a comment"
NOT_ALIKE = re.compile(r"(?:^|[\s\[\]{},:-])[*&!?]|\\|:[^\s\w/]|^(?:%|---|\.\.\.)", re.M)


def read_document(path: Path, shown: str, most_bytes: int = MOST_BYTES, most_values: int = MOST_VALUES) -> Document:
    """A scenario file as a document; whatever is wrong with the text itself is raised at once."""
    return parse_document(read_text(path, shown, most_bytes), shown, most_values)


def read_resolved(path: Path, shown: str) -> Document:
    """A scenario as JSON, as the program writes resolved ones; its values have no places but the file: see `placed`."""
    text = read_text(path, shown, MOST_RESOLVED_BYTES)
    document = Document({}, {(): Mark(printable(shown))})
    try:
        document.tree = json.loads(
            text, parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=_distinct
        )
        for below, value in pieces(document.tree):
            document.values[below] = document.keys[below] = Mark(printable(shown))
            if len(below) > MOST_NESTING or len(document.values) > MOST_RESOLVED_VALUES:
                raise ValueError("nested too deeply, or too many values")
            if not isinstance(value, str | list | dict):
                document.fault(below, f"{json.dumps(value)} is no value of a scenario — leave the entry out")
    except json.JSONDecodeError as error:
        raise _error(shown, f"is not JSON ({error.msg})", error.lineno, error.colno) from None
    except (ValueError, RecursionError) as error:
        raise _error(shown, f"is not a resolved scenario ({error})") from None
    document.raise_faults()
    return document


def check_kind(path: Path, shown: str) -> None:
    """Refuse what is plainly something else by its name: a log of events or a table."""
    if path.suffix.lower() in OF_EVENTS and path.is_file():
        raise _error(
            shown,
            "is a log or a table, and no scenario — its durations can be those of a stage: "
            "delay: {empirical: {file: times.csv, column: NAME, interpolation: linear}}",
        )


def placed(error: ScenarioError, path: Path, shown: str) -> ScenarioError:
    """Faults of a JSON file with their lines: JSON is YAML as well, whose parser tells where everything stands."""
    if not any(fault.path for fault in error.faults):  # of the file as a whole
        return error
    try:
        document = read_document(path, shown, MOST_RESOLVED_BYTES, MOST_RESOLVED_VALUES)
        marks = [document.mark(parse_path(fault.path) if fault.path else ()) for fault in error.faults]
    except (ScenarioError, ValueError):
        return error
    pairs = zip(error.faults, marks, strict=True)
    is_here = printable(shown).__eq__
    return ScenarioError(
        tuple(
            sorted(
                replace(fault, line=mark.line, column=mark.column) if is_here(fault.file) and not fault.line else fault
                for fault, mark in pairs
            )
        )
    )


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The entries of a mapping, each once."""
    entries = dict(pairs)
    if len(entries) < len(pairs):
        raise ValueError("a key is written twice")
    return entries


def inside(folder: Path, root: Path, name: str) -> Path:
    """A file of a folder, never one outside it or the scenarios folder."""
    if "\0" in name or len(name) > 200:
        raise ValueError("is not a file name")
    try:
        path = (folder / name).resolve()
    except (OSError, RuntimeError):  # links in a circle
        raise ValueError("cannot be followed") from None
    if not (path.is_relative_to(folder.resolve()) or path.is_relative_to(root.resolve())):
        raise ValueError("lies outside the scenarios folder")
    return path


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
        return utf8_text(data)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _error(shown, error.reason, line, 1) from None


def utf8_text(data: bytes) -> str:
    """UTF-8 as text.

    Raises
    ------
    UnicodeDecodeError : it is none; its reason says what to do.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        is_utf_16 = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
        error.reason = (
            "is UTF-16 text — save it as UTF-8"
            if is_utf_16
            else "is not UTF-8 text — save it as UTF-8, from a spreadsheet as CSV UTF-8"
        )
        raise


def parse_document(text: str, shown: str, most_values: int = MOST_VALUES) -> Document:
    """Text as a document. Faults of single entries are noted, those of the text itself raised."""
    shown = printable(shown)
    document = Document({}, {(): Mark(shown, 1, 1)})
    try:
        reader = _Reader(_events(text), document, shown, most_values, text.splitlines())
        document.tree = reader.read_all()
    except ScenarioError:
        raise
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        raise _error(shown, plainly(error, text), *place) from None
    except Exception as error:  # a fault inside the parser is still a fault of the text
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise _error(shown, f"is not YAML: {reason}") from None
    return document


def _events(text: str) -> Iterator[Event]:
    """What the pure parser tells of a text, told by the one in C where that is the same."""
    if CParser is not None and text.replace("\n", "").isprintable() and not NOT_ALIKE.search(text):
        try:
            events = list(_of_c(text))
        except Exception:  # the pure parser has the message
            events = []
        if events and not any(isinstance(event, ScalarEvent) and _is_empty(event) for event in events):
            return iter(events)
    return iter(YAML(typ="safe", pure=True).parse(text))


def _of_c(text: str) -> Iterator[Event]:
    parser = CParser(text)
    while parser.check_event():
        yield parser.get_event()


def _is_empty(event: Event) -> bool:
    """Whether nothing at all is written: the two parsers place it differently."""
    return bool(event.start_mark.index == event.end_mark.index)


def _error(shown: str, message: str, line: int = 0, column: int = 0) -> ScenarioError:
    return ScenarioError((Fault(printable(shown), line, column, "", printable(message)),))


def scalar(event: Event) -> str:
    """The text of a scalar, whatever it looks like."""
    return str(getattr(event, "value", ""))


class _Reader:
    """Builds a document from the parser's events."""

    def __init__(
        self, events: Iterator[Event], document: Document, shown: str, most_values: int, lines: Sequence[str]
    ) -> None:
        self.events = events
        self.lines = lines
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
            self.document.fault(path, f"aliases (*{event.anchor[:60]}) are not allowed — write it out, or name a flow")
            return ""
        self.check_plain(path, event)
        if isinstance(event, MappingStartEvent):
            return self.read_mapping(path)
        if isinstance(event, SequenceStartEvent):
            return self.read_list(path)
        if not path or path[-1] in FREE_TEXTS:
            self.check_whole(path, event)
        return scalar(event)

    def check_whole(self, path: TreePath, event: Event) -> None:
        """Refuse a free text that a number sign cuts short: the rest would be lost as a comment."""
        mark, text = event.end_mark, scalar(event)
        rest = self.lines[mark.line][mark.column :] if mark.line < len(self.lines) else ""
        if text and not getattr(event, "style", None) and rest.lstrip().startswith("#"):
            name, whole = path[-1] if path else "", f"{text}{rest}".rstrip().replace('"', "'")
            line = f'{name}: "{whole}"'.removeprefix(": ")
            self.document.fault(path, f"{CUT} — write {line}, or the comment on a line of its own")

    def check_plain(self, path: TreePath, event: Event) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor:
            self.document.fault(path, f"anchors (&{anchor[:60]}) are not allowed — write it out")
        if tag:
            self.document.fault(path, f"tags ({str(tag)[:60]}) are not allowed — remove it")

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
            self.document.remove_marks((*path, key), entries[key])
        self.document.keys[*path, key] = self.mark(event)
        return key

    def mark(self, event: Event) -> Mark:
        return Mark(self.shown, event.start_mark.line + 1, event.start_mark.column + 1)

    def error(self, event: Event, message: str) -> ScenarioError:
        mark = self.mark(event)
        return _error(self.shown, message, mark.line, mark.column)
