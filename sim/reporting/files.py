"""A report as a file: of answers that a folder of results holds, or that were found in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from sim.reporting.parts import Part, part_of
from sim.reporting.report import Report, report_html
from sim.store.run import is_intact, other_code
from sim.store.study import KEPT
from sim.store.which import find_kept


def report_of(parts: Sequence[Part], out: Path) -> bytes:
    """Answers as one file of HTML, with how the model fares beside the record if a folder of results has that."""
    return report_html(Report(tuple(parts), record_of(out))).encode()


def stored_parts(every: Sequence[str], out: Path, tell: Callable[[str], None]) -> list[Part]:
    """The stored answers that are meant, each once; which, and whether other code made it, is told.

    Raises
    ------
    StoreError : none is meant, or several are, or it is damaged.
    """
    paths = dict.fromkeys(find_kept(given, out, tell).resolve() for given in every)
    for path in paths:
        if other := other_code(path):
            tell(f"{path}: {other}; it is read as it is")
    return [part_of(path) for path in paths]


def record_of(out: Path) -> Part | None:
    """How the model fares beside the record, if this code was asked that."""
    for path in sorted(out.glob("record/record-*")):
        if is_intact(path, KEPT) and not other_code(path):
            return part_of(path)
    return None
