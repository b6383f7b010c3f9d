"""A scenario file as plain text in a tree, with the place of everything in it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sim.errors import Fault, ScenarioError, SimError

Tree = Any  # str | list[Tree] | dict[str, Tree]; mypy has no use for the recursion
TreePath = tuple[str | int, ...]

SECTIONS = ("centres", "sensors", "channels", "desks", "stages", "flows", "arrangements", "arms")  # entries by name
DELAYS = ("delay", "interarrival", "service", "gap", "on_call", "up", "down")  # fields that are a delay
MOST_NESTING = 50
MOST_SHOWN = 1_000  # characters of a message
MOST_GIVEN = 100  # of a value of Python in one
MOST_COMPARED = 1_000  # pairs of names that one report compares: a hint is worth no minutes
MISPRINT = 0.9  # how alike: "DPRK missle" is one of "DPRK missile", and "ROK missile" is not
MOST_EXACT = 2**53  # a float beyond it stands for several whole numbers


@dataclass(frozen=True)
class Mark:
    """A place in a file, counted from 1."""

    file: str
    line: int = 0
    column: int = 0


@dataclass
class Document:
    """A tree of text, the mark of every value and of every key, by path; the faults so far; what was taken as what."""

    tree: Tree
    values: dict[TreePath, Mark] = field(default_factory=dict)
    keys: dict[TreePath, Mark] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    n_compared: int = 0
    notes: list[str] = field(default_factory=list)

    def fault(self, path: TreePath, message: str, *, at_key: bool = False) -> None:
        """Note a fault at a path, or at the nearest place above it that is in the file."""
        self.fault_at(self.mark(path, at_key=at_key), path, message)

    def fault_at(self, mark: Mark, path: TreePath, message: str) -> None:
        """Note a fault at a place, which may be in another file."""
        shown = path_text(tuple(part[:60] if isinstance(part, str) else part for part in path))
        self.faults.append(Fault(mark.file, mark.line, mark.column, printable(shown), printable(message)))

    def suggestion(self, name: str, known: Iterable[str]) -> str:
        """What to say of a misspelt name, while the report has not compared too many."""
        names = list(known)
        self.n_compared += len(names)
        return suggestion(name[:60], names) if self.n_compared <= MOST_COMPARED else ""

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

    @property
    def launched_at(self) -> str:
        """The field in which its launches stand: those of one run, or of a campaign."""
        return "campaign" if "campaign" in self.tree else "launches"

    def launched(self) -> list[tuple[TreePath, dict[str, Tree]]]:
        """Every launch with its place."""
        listed = self.tree.get(self.launched_at)
        each = enumerate(listed if isinstance(listed, list) else [])
        return [((self.launched_at, index), launch) for index, launch in each if isinstance(launch, dict)]

    def section_hint(self, path: TreePath) -> str:
        """What to say of a path that lacks its section: us_evaluates.delay is that of stages.us_evaluates.delay."""
        found = next((section for section in SECTIONS if path[0] in self.section(section)), "")
        return f" — did you mean {path_text((found, *path))}?" if found else ""

    def put(self, path: TreePath, other: Document, at: TreePath = ()) -> None:
        """Put a value of another document, with its marks, in place of whatever is at a path."""
        holder, last = find(self.tree, path[:-1]), path[-1]
        if isinstance(holder, list) or last in holder:
            self.remove_marks(path, find(self.tree, path))
        value = find(other.tree, at)
        holder[last] = value
        for below, _ in pieces(value):
            for marks, theirs in ((self.values, other.values), (self.keys, other.keys)):
                if (mark := theirs.get(at + below)) is not None:
                    marks[path + below] = mark

    def remove_marks(self, path: TreePath, value: Tree) -> None:
        """Forget the places of a value and all below it."""
        for below, _ in pieces(value):
            self.values.pop(path + below, None)
            self.keys.pop(path + below, None)

    def raise_faults(self) -> None:
        """All faults in one report, in the order of the file."""
        if self.faults:
            raise ScenarioError(tuple(sorted(set(self.faults))))


def find(tree: Tree, path: TreePath) -> Tree:
    """The value at a path; KeyError, IndexError or TypeError if there is none."""
    for part in path:
        tree = tree[part]
    return tree


def written(tree: Tree, path: TreePath, text: str) -> Tree:
    """A tree with another text at a path whose parent exists; it shares with the old one whatever stays."""
    if not path:
        return text
    part, *rest = path
    if isinstance(tree, list):
        return [written(one, tuple(rest), text) if place == part else one for place, one in enumerate(tree)]
    return {**tree, part: written(tree.get(part), tuple(rest), text)}


def ranged(path: TreePath, parts: Mapping[str, str]) -> Tree:
    """A range as it is written at a path: of a delay it says that it is of one value, which does not vary."""
    return {"constant": dict(parts)} if path[-1] in DELAYS else dict(parts)


def pieces(tree: Tree, path: TreePath = ()) -> Iterator[tuple[TreePath, Tree]]:
    """A value and every value in it, each with its path."""
    yield path, tree
    entries = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for part, value in entries:
        yield from pieces(value, (*path, part))


def plain_texts(value: Any, path: str = "", within: tuple[int, ...] = ()) -> Tree:
    """A mapping of Python as a tree of text: numbers as a file has them, ``1e4`` as 10000; NumPy's and dates as well.

    Raises
    ------
    SimError : a value is nothing that a file can have, or lies too deep; names its path.
    """
    value, what = of_python(value), f"{printable(path)}: " if path else ""
    if id(value) in within:
        raise SimError(f"{what}contains itself — write it out")
    if len(within) > MOST_NESTING:
        raise SimError(f"{what}is nested more than {MOST_NESTING} deep")
    within = (*within, id(value))
    if isinstance(value, Mapping):
        return {str(key): plain_texts(item, f"{path}.{key}".lstrip("."), within) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain_texts(item, f"{path}[{index}]", within) for index, item in enumerate(value)]
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        mend = "write text such as '4 min', a number or a date"
        raise SimError(f"{what}{shown(value)} is no value of a scenario — {mend}")
    if isinstance(value, float) and math.isfinite(value) and abs(value) > MOST_EXACT:
        raise SimError(f"{what}{value:.0f} is a float beyond 2**53, whose last digits are lost — give an int or text")
    return f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value)


def of_python(value: Any) -> Any:
    """A number or a list of NumPy or pandas as Python has it; anything else as it is."""
    return value.tolist() if hasattr(value, "tolist") else value


def shown(given: object) -> str:
    """What a function was given, as a message may show it: short and on one line."""
    text = str(given) if isinstance(given, str) else repr(given)
    is_long = not isinstance(given, str) and (len(text) > MOST_GIVEN or "\n" in text)
    return f"<{type(given).__name__}>" if is_long else printable(text)


def printable(text: str) -> str:
    """Text of the input as a message may show it: no control characters, no end of it."""
    shown = text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"
    return (
        shown if shown.isprintable() else "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in shown)
    )


def path_text(path: TreePath) -> str:
    """A path as people write it: ``arrangements.direct[2]``."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")


def parse_path(text: str) -> TreePath:
    """The inverse of `path_text`; ValueError if it is not a path. What an arm sets is one entry, itself a path."""
    parts = re.findall(r"(?:^|\.)([^.\[\]]+)|\[(\d{1,4})\]", text)
    path = tuple(name if name else int(index) for name, index in parts)
    if not path or path_text(path) != text:
        raise ValueError(f'is not a path: "{text}" — write it as in stages.us_evaluates.delay')
    if path[0] == "arms" and path[2:3] == ("set",) and len(path) > 4:
        return (*path[:3], path_text(path[3:]))
    return path


def meant_by(text: str, known: Iterable[str]) -> str | None:
    """The known text of which a free one is plainly a misprint, whatever is capital in it; None if it is of none."""
    from difflib import get_close_matches  # as below

    folded = {one.casefold(): one for one in known}
    close = get_close_matches(text.casefold(), folded, n=1, cutoff=MISPRINT)
    return folded[close[0]] if close else None


def suggestion(name: str, known: list[str]) -> str:
    """What to say of a misspelt name: the closest known one, or all if they are few."""
    from difflib import get_close_matches  # only faulty files need it

    close = get_close_matches(name, known, n=1, cutoff=0.6)
    if close:
        return f' — did you mean "{close[0]}"?'
    return f" — known: {', '.join(one[:60] for one in known)}" if 0 < len(known) <= 12 else ""
