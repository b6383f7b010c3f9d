"""A campaign: so many examples of each kind, as far as time allows, and a record of how far it is and what it found."""

from __future__ import annotations

import contextlib
import inspect
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from sim.sources import code_digest, sources_digest
from tests.fuzz import calls, environments, files, lines, pieces

EVERY_S = 30.0  # between two times that the state is kept


@dataclass(frozen=True)
class Kind:
    """What is tried: how an example is drawn, and whether it was carried out; a fault raises."""

    what: str
    wanted: int  # of a whole campaign
    given: Callable[[Random], Any]
    check: Callable[[Any], bool]


KINDS = {
    "inputs": Kind(
        "scenario files, shipped and bad ones changed byte by byte or entry by entry, with lists, parts, catalogues, "
        "resolved JSON and overrides",
        1_000_000,
        files.given,
        files.check,
    ),
    "lines": Kind("command lines, with scenarios and tables of cases", 10_000, lines.given, lines.check),
    "calls": Kind("calls in Python", 10_000, calls.given, calls.check),
    "environments": Kind(
        "environments: encodings, terminals, backends, places that take nothing, files that are called like libraries",
        1_000,
        environments.given,
        environments.check,
    ),
}


@dataclass
class Tally:
    """How many of a kind were tried, how many were carried out, in how long, and which failed."""

    tried: int = 0
    carried_out: int = 0
    took_s: float = 0.0
    finds: dict[str, str] = field(default_factory=dict)  # what went wrong, by number


@dataclass
class State:
    """How far a campaign is: examples are those of the seed, and of this code and these kinds."""

    seed: int
    code: str
    tallies: dict[str, Tally]


def begun(seed: int, kept: Path) -> State:
    """The state that was kept, of the same seed and code; else a new one."""
    code = campaign_digest()
    if kept.exists():
        told = json.loads(kept.read_text(encoding="utf-8"))
        if (told["seed"], told["code"]) == (seed, code):
            return State(seed, code, {name: Tally(**tally) for name, tally in told["tallies"].items()})
    return State(seed, code, {name: Tally() for name in KINDS})


def campaign_digest() -> str:
    """Of the program, and of all that examples are made of."""
    drawn_by = [inspect.getsource(module) for module in (calls, environments, files, lines, pieces)]
    return sources_digest((), "".join((code_digest(), *drawn_by, *map(repr, files.TEXTS))))


def go_on(state: State, keep: Callable[[State], None], wanted: dict[str, int], seconds: float) -> None:
    """Try what is left, each kind once and for its part of the time; whatever ends it, what was tried is kept."""
    with TemporaryDirectory() as folder, contextlib.chdir(folder):
        left = [name for name in wanted if state.tallies[name].tried < wanted[name]]
        until = time.monotonic() + seconds
        for number, name in enumerate(left):
            part = (until - time.monotonic()) / (len(left) - number)
            try:
                _go_on(state, name, wanted[name], part, keep)
            finally:
                keep(state)


def _go_on(state: State, name: str, wanted: int, seconds: float, keep: Callable[[State], None]) -> None:
    tally, began = state.tallies[name], time.monotonic()
    since, kept = tally.took_s, began
    while tally.tried < wanted and (tally.tried == 0 or time.monotonic() - began < seconds):
        one(state.seed, name, tally)
        tally.took_s = since + time.monotonic() - began
        if time.monotonic() - kept > EVERY_S:
            kept = time.monotonic()
            keep(state)
            print(f"{name}: {tally.tried:,} tried, {len(tally.finds)} finds", flush=True)


def one(seed: int, name: str, tally: Tally) -> None:
    """Try the next example, and note what it shows."""
    kind, number = KINDS[name], tally.tried
    example = drawn(seed, name, number)
    try:
        tally.carried_out += kind.check(example)
    except Exception as error:  # whatever it is, it is a find
        tally.finds[str(number)] = f"{type(error).__name__}: {error}"[:500]
    tally.tried += 1


def drawn(seed: int, name: str, number: int) -> Any:
    """An example, which depends on nothing else."""
    return KINDS[name].given(Random(f"{seed} {name} {number}"))


def state_text(state: State) -> str:
    return json.dumps(asdict(state), indent=1, ensure_ascii=False) + "\n"


def report(state: State) -> str:
    """What was tried, as Markdown."""
    rows = [
        f"| {kind.what} | {tally.tried:,} | {tally.carried_out:,} | {len(tally.finds)} | {tally.took_s / 60:.0f} min |"
        for kind, tally in ((KINDS[name], tally) for name, tally in state.tallies.items())
    ]
    finds = [
        f"- {name} {number}: `{' '.join(find.replace('`', ' ').split())}`"
        for name, tally in state.tallies.items()
        for number, find in tally.finds.items()
    ]
    found = "\n".join(["Finds:", "", *finds]) if finds else "No traceback, no fault of the program, no silence."
    return f"""# What was tried at random

`make fuzz`, seed {state.seed}, of the code {state.code}. {found}

| kind | tried | carried out | finds | took |
| --- | ---: | ---: | ---: | ---: |
{chr(10).join(rows)}

What is not carried out is answered with exit code 2 and a line that says what to write, or with 1 where an output
cannot be written. A sound scenario says the same when it is read back from what is stored of it.
"""
