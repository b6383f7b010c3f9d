"""Which stored run is meant: a folder, a file in one, a digest alone, or a scenario, whose newest run is meant."""

from __future__ import annotations

import glob
import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.errors import StoreError
from sim.scenario.document import printable, suggestion
from sim.store.place import PROVENANCE
from sim.store.resume import ALERTS
from sim.store.run import ANSWER, RESOLVED

DIGEST = re.compile("[0-9a-f]{8}")
KIND_AND_DIGEST = re.compile(f"([a-z]+-)?{DIGEST.pattern}")
FORMS = "give its folder, its digest, or the name of a scenario for the newest of its runs"


@dataclass(frozen=True)
class Kept:
    """A run in a folder, as far as its provenance tells of it without reading its results.

    digest : of the resolved scenario that its files had when they were written, whatever the folder is called.
    """

    path: Path
    digest: str
    started: str

    @property
    def said(self) -> str:
        """Where it is and when it was begun."""
        when = f", of {self.started.replace('T', ' ').replace('Z', ' UTC')}" if self.started else ""
        named = "" if self.path.name == self.digest else f" ({self.digest})"
        return f"{self.path}{named}{when}"


def find_runs(given: str, out: Path, n: int = 1, tell: Callable[[str], None] = lambda _: None) -> list[Path]:
    """The folder of the run that is meant, or of a scenario its ``n`` newest, the newest last; which, is told.

    Raises
    ------
    StoreError : none is meant, or several are.
    """
    if folder := _holder(Path(given)):
        return [folder]
    if same := _of_digest(given, out):
        return [_only(given, same)]
    if runs := _of_scenario(given, out):
        return _newest(given, runs, n, tell)
    raise StoreError(_none(given, out))


def find_kept(given: str, out: Path, tell: Callable[[str], None] = lambda _: None) -> Path:
    """The folder of the run or study that is meant, or of a scenario its newest run or only study; which, is told.

    Raises
    ------
    StoreError : none is meant, or several are.
    """
    studies = _studies(given, out)
    if len(studies) > 1:
        raise StoreError(f"{printable(given)}: is several studies — give one of them, {' or '.join(map(str, studies))}")
    if studies:
        return studies[0]
    (found,) = find_runs(given, out, 1, tell)
    return found


def _studies(given: str, out: Path) -> list[Path]:
    """The folders of studies of a digest, of a kind and digest as a folder is called, or of a scenario without runs."""
    name = given.lower()
    if not given or Path(given).name != given or _holder(Path(given)):
        return []
    if KIND_AND_DIGEST.fullmatch(name):
        return [path for path in _all_studies(out) if name == path.name or path.name.endswith(f"-{name}")]
    return [] if _of_scenario(given, out) else _all_studies(out, given)


def _all_studies(out: Path, scenario: str = "*") -> list[Path]:
    """Every study under a folder of results, or those of one scenario."""
    escaped = scenario if scenario == "*" else glob.escape(scenario)
    return [path.parent for path in sorted(out.glob(f"{escaped}/[!.]*/{ANSWER}"))]


def means_run(given: str, out: Path) -> bool:
    """Whether it is the place, the digest or the scenario of a stored run, or has the form of a digest."""
    is_digest = DIGEST.fullmatch(given.lower()) is not None
    return is_digest or _holder(Path(given)) is not None or bool(_of_scenario(given, out))


def _holder(path: Path) -> Path | None:
    """The folder of the run or study that a path is, or lies in."""
    if not os.path.exists(path):
        return None
    whole = path.absolute()
    above = [path, *([path.parent] if whole.is_file() else []), *([path.parent.parent] if _is_part(whole) else [])]
    return next((folder for folder in above if (folder / PROVENANCE).is_file()), None)


def _is_part(path: Path) -> bool:
    return path.parent.name == ALERTS


def _of_digest(given: str, out: Path) -> list[Kept]:
    return [one for one in _all(out) if one.digest == given.lower()] if DIGEST.fullmatch(given.lower()) else []


def _of_scenario(given: str, out: Path) -> list[Kept]:
    """The runs in the folder of a scenario, which may stand for its name."""
    if given and os.path.isdir(given) and (runs := list(_kept(Path(given)))):
        return runs
    is_name = bool(given) and Path(given).name == given and not given.startswith(".")
    return list(_kept(out / given)) if is_name and os.path.isdir(out / given) else []


def _all(out: Path) -> Iterator[Kept]:
    """Every run under a folder of results."""
    for folder in sorted(out.glob("*/")):
        yield from _kept(folder)


def _kept(folder: Path) -> Iterator[Kept]:
    """The runs of a folder; studies are none, and those in the making are hidden."""
    for path in sorted(folder.glob(f"[!.]*/{PROVENANCE}")):
        noted = _noted(path)
        if noted and not (path.parent / ANSWER).is_file():
            yield Kept(path.parent, str(noted["files"].get(RESOLVED, ""))[:8], str(noted.get("started", "")))


def _noted(path: Path) -> dict[str, Any] | None:
    """How a run came about; None if that is not told as we write it."""
    try:
        noted = json.loads(path.read_text(encoding="utf-8"))
        return noted if isinstance(noted["files"], dict) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _only(given: str, same: list[Kept]) -> Path:
    if len(same) > 1:
        which = "\n".join(f"  {one.said}" for one in same)
        raise StoreError(f"{given}: several folders hold this run — give one of them\n{which}")
    return same[0].path


def _newest(given: str, runs: list[Kept], n: int, tell: Callable[[str], None]) -> list[Path]:
    """Those that were begun last; of equal times those that were written last."""
    if len(runs) < n:
        raise StoreError(f"{printable(given)}: has 1 run, {runs[0].path} — give another to compare it with")
    found = sorted(runs, key=lambda one: (one.started, (one.path / PROVENANCE).stat().st_mtime_ns))[-n:]
    which = "its only run" if len(runs) == 1 else f"the newest of its {len(runs)} runs"
    which = which if n == 1 else f"the newest {n} of its {len(runs)} runs"
    tell(f"{printable(given)}: {which}, {' and '.join(one.said for one in found)}")
    return [one.path for one in found]


def _none(given: str, out: Path) -> str:
    """Why nothing is meant, and what could be."""
    name = printable(given)
    if DIGEST.fullmatch(given.lower()):
        studies = [path.parent for path in out.glob(f"*/*-{given.lower()}/{ANSWER}")]
        if studies:
            return f"{name}: is a study and no run, {studies[0]}; what it says is in its {ANSWER} — {FORMS}"
        return f"{name}: no run under {out} has this digest — {FORMS}"
    known = sorted({one.path.parent.name for one in _all(out)})
    return f"{name}: is not a stored run{suggestion(name[:60], known) or f' — {FORMS}'}"
