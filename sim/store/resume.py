"""What an interrupted run left, and whether it may go on.

A run in the making stands in ``.DIGEST.partial``, beside the place where it will be::

    plan.json      what is being made: scenario, versions, blocks, what is kept of them
    parts.sha256   the parts that are finished, in the form of sha256sum
    lock           held by the process that is at it
    run/           the folder that is put in its place at the end, with the parts in it if paths are kept
    tallies/       the parts if a summary is kept
    outcomes/      the parts of a study

A part counts if the list names it and its bytes have the digest of the list. So a kill in the middle
of writing, or a disk that loses what was written, costs that part and nothing else. Parts made to
another plan are never taken up, and never removed unasked.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from sim.errors import EngineError, StoreError
from sim.experiment.execution import Execution
from sim.experiment.run import Job
from sim.experiment.versions import versions_for
from sim.model.scenario import Scenario
from sim.scenario.changes import changes
from sim.store.files import append_line, digest, file_digest, sync_folder, write_whole

if sys.platform != "win32":
    import fcntl

PLAN, PARTS, LOCK = "plan.json", "parts.sha256", "lock"
RUN, TALLIES, OUTCOMES, OLD = "run", "tallies", "outcomes", "old"
ALERTS = "alerts"  # in the folder of a run
Plan = Mapping[str, Any]


def hidden_path(final: Path) -> Path:
    """Where a run is while it is in the making."""
    return final.with_name(f".{final.name}.partial")


def plan_of(scenario: Scenario, jobs: Sequence[Job], execution: Execution) -> Plan:
    """What must be equal for parts to be put together, but for the engines, which give the same bytes."""
    names = "\n".join(job.name for job in jobs)
    blocks = {"count": len(jobs), "digest": digest(names.encode())[:8]}
    return {
        "scenario": digest(scenario.resolved.encode()),
        "versions": versions_for(scenario),
        "blocks": blocks,
        "keep": execution.keep,
        "engines": [execution.engine],
    }


def engines_at(hidden: Path) -> list[str]:
    """The engines that have been at a run: more than one if it was taken up with another."""
    engines: list[str] = _read_plan(hidden)["engines"]
    return engines


def has_parts(hidden: Path) -> bool:
    """Whether there is anything to take up."""
    try:
        return (hidden / PLAN).exists() and (hidden / RUN).is_dir() and bool((hidden / PARTS).stat().st_size)
    except FileNotFoundError:
        return False


@contextmanager
def at_work(hidden: Path, plan: Plan) -> Iterator[frozenset[Path]]:
    """Hold the folder of a run in the making; gives the parts that are whole.

    Raises
    ------
    StoreError : another process is at it, or what it holds was made to another plan.
    """
    with _held(hidden):
        try:
            yield _take_up(hidden, plan)
        except EngineError:
            (hidden / PLAN).unlink()  # parts without one are nothing: this engine may have been wrong before
            raise
        finally:
            if not has_parts(hidden):
                _remove(hidden)


def start_afresh(hidden: Path) -> None:
    """Remove what an interrupted run left."""
    if hidden.exists():
        with _held(hidden):
            _remove(hidden)


def note_part(hidden: Path, path: Path, data: bytes) -> None:
    """Note that a part is finished."""
    append_line(hidden / PARTS, _line(hidden, path, digest(data)))


def put_in_place(hidden: Path, final: Path, stale: str) -> None:
    """Put a finished run where it belongs; an older one there is moved away first, never half removed.

    What somebody has put beside its files moves over to the new one; ``stale`` does not.
    """
    if final.exists():
        for path in final.iterdir():
            if path.name != stale and not (hidden / RUN / path.name).exists():
                os.replace(path, hidden / RUN / path.name)
        os.replace(final, hidden / OLD)
    os.replace(hidden / RUN, final)
    sync_folder(final.parent)


def _take_up(hidden: Path, plan: Plan) -> frozenset[Path]:
    whole = frozenset[Path]()
    if has_parts(hidden):
        old = _read_plan(hidden)
        engines = sorted({*old.get("engines", ()), *plan["engines"]})
        plan = {**plan, "engines": engines}
        if other := list(changes({**old, "engines": engines}, plan)):
            raise StoreError(
                f"{hidden}: blocks of an interrupted run of this scenario were made otherwise ({', '.join(other)}) "
                "and cannot be taken up — finish it that way, or start afresh with --again"
            )
        whole = _whole_parts(hidden)
    _sweep(hidden, whole)
    lines = [_line(hidden, path, file_digest(path)) for path in sorted(whole)]
    write_whole(hidden / PARTS, "".join(f"{line}\n" for line in lines).encode())
    write_whole(hidden / PLAN, (json.dumps(plan, indent=1) + "\n").encode())
    return whole


def _read_plan(hidden: Path) -> Plan:
    """The plan that parts were made to; empty, so unlike any other, if it cannot be read."""
    try:
        plan = json.loads((hidden / PLAN).read_text(encoding="utf-8"))
    except ValueError:
        return {}
    return plan if isinstance(plan, dict) else {}


def _whole_parts(hidden: Path) -> frozenset[Path]:
    pairs = [line.split("  ", 1) for line in (hidden / PARTS).read_text("utf-8", "replace").splitlines()]
    noted = {hidden / pair[1]: pair[0] for pair in pairs if len(pair) == 2}  # the last line may be half there
    return frozenset(path for path, expected in noted.items() if path.is_file() and file_digest(path) == expected)


def _line(hidden: Path, path: Path, expected: str) -> str:
    return f"{expected}  {path.relative_to(hidden).as_posix()}"


def _sweep(hidden: Path, whole: frozenset[Path]) -> None:
    """Remove all that is half written, and what is made anew from the parts."""
    for path in hidden.iterdir():
        if path.is_dir() and path.name not in (RUN, TALLIES, OUTCOMES):
            shutil.rmtree(path)
        elif path.is_file() and path.name not in (PLAN, PARTS, LOCK):
            path.unlink()
    for place in (RUN, TALLIES, OUTCOMES):
        for path in (hidden / place).rglob("*"):
            if path.is_file() and path not in whole:
                path.unlink()


def _remove(hidden: Path) -> None:
    """The plan goes first: parts without one are nothing. Then the place is free for whoever comes next."""
    (hidden / PLAN).unlink(missing_ok=True)
    if sys.platform == "win32":  # which keeps the lock, since it is open
        shutil.rmtree(hidden, ignore_errors=True)
        return
    aside = hidden.with_name(f"{hidden.name}.{os.getpid()}")
    os.replace(hidden, aside)
    shutil.rmtree(aside)


@contextmanager
def _held(hidden: Path) -> Iterator[None]:
    """Be the only process here. The system lets go of the lock of a process that is killed."""
    file = _opened(hidden)
    while not _is_at(file, hidden / LOCK):  # whoever was here has put the folder away in between
        file.close()
        file = _opened(hidden)
    with file:
        yield


def no_folder(path: Path, error: OSError) -> StoreError:
    """What is said where nothing can be written."""
    return StoreError(f"{path}: cannot be made ({error.strerror}) — choose another folder with --out")


def _opened(hidden: Path) -> IO[str]:
    try:
        hidden.mkdir(parents=True, exist_ok=True)
        file = (hidden / LOCK).open("a+", encoding="utf-8")
    except FileNotFoundError as error:
        if hidden.parent.is_dir():  # put away by whoever was here, between the two lines above
            return _opened(hidden)
        raise no_folder(hidden, error) from None
    except OSError as error:
        raise no_folder(hidden, error) from None
    if not _lock(file):
        file.seek(0)
        holder = file.read().strip()
        file.close()
        raise StoreError(f"{hidden}: {holder} is at this run — wait for it, or choose another folder with --out")
    file.truncate(0)
    print(f"process {os.getpid()} on {platform.node()}", file=file, flush=True)
    return file


def _lock(file: IO[str]) -> bool:
    """Whether the lock is ours. Where there are no locks, unique names still keep files whole."""
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # some file systems of clusters
        return True
    return True


def _is_at(file: IO[str], path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False
