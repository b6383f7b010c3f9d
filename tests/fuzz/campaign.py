"""A campaign: so many examples of each kind, as far as time allows, and a record of how far it is and what it found.

It lasts longer than the code stays as it is. Other code goes on with the next examples, and what was tried of the
code before is told beside it; what that code failed at is tried again.
"""

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

MENDED = "mended since: "
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
    """How many of a kind were tried from a number on, how many were carried out, in how long, and which failed."""

    first: int = 0
    tried: int = 0
    carried_out: int = 0
    took_s: float = 0.0
    finds: dict[str, str] = field(default_factory=dict)  # what went wrong, by number

    @property
    def end(self) -> int:
        """The number of the next example."""
        return self.first + self.tried


@dataclass
class Stretch:
    """What was tried of one code, by kind."""

    code: str
    tallies: dict[str, Tally]


@dataclass
class State:
    """How far a campaign is: examples are those of the seed; the last stretch is of this code and these kinds."""

    seed: int
    stretches: list[Stretch]

    @property
    def tallies(self) -> dict[str, Tally]:
        """What was tried of this code."""
        return self.stretches[-1].tallies


def begun(seed: int, kept: Path) -> State:
    """The state that was kept, of the same seed, ready to go on with this code; else a new one."""
    code = campaign_digest()
    stretches = _kept(seed, kept)
    if not stretches or stretches[-1].code != code:
        ends = {name: tally.end for name, tally in stretches[-1].tallies.items()} if stretches else {}
        stretches.append(Stretch(code, {name: Tally(ends.get(name, 0)) for name in KINDS}))
    return State(seed, stretches)


def _kept(seed: int, kept: Path) -> list[Stretch]:
    told = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    if told.get("seed") != seed:
        return []
    return [
        Stretch(one["code"], {name: Tally(**tally) for name, tally in one["tallies"].items()})
        for one in told["stretches"]
    ]


def campaign_digest() -> str:
    """Of the program, and of all that examples are made of."""
    drawn_by = [inspect.getsource(module) for module in (calls, environments, files, lines, pieces)]
    return sources_digest((), "".join((code_digest(), *drawn_by, *map(repr, files.TEXTS))))


def go_on(state: State, keep: Callable[[State], None], wanted: dict[str, int], seconds: float) -> None:
    """Try what is left, each kind once and for its part of the time; whatever ends it, what was tried is kept."""
    with TemporaryDirectory() as folder, contextlib.chdir(folder):
        _try_again(state)
        keep(state)
        left = [name for name in wanted if state.tallies[name].end < wanted[name]]
        until = time.monotonic() + seconds
        for number, name in enumerate(left):
            part = (until - time.monotonic()) / (len(left) - number)
            try:
                _go_on(state, name, wanted[name], part, keep)
            finally:
                keep(state)


def _try_again(state: State) -> None:
    """Note of what earlier code failed at that this code does not."""
    for stretch in state.stretches[:-1]:
        for name, tally in stretch.tallies.items():
            for number, told in tally.finds.items():
                with contextlib.suppress(Exception):
                    KINDS[name].check(drawn(state.seed, name, int(number)))
                    tally.finds[number] = MENDED + told.removeprefix(MENDED)


def _go_on(state: State, name: str, wanted: int, seconds: float, keep: Callable[[State], None]) -> None:
    tally, began = state.tallies[name], time.monotonic()
    since, kept = tally.took_s, began
    while tally.end < wanted and (tally.tried == 0 or time.monotonic() - began < seconds):
        one(state.seed, name, tally)
        tally.took_s = since + time.monotonic() - began
        if time.monotonic() - kept > EVERY_S:
            kept = time.monotonic()
            keep(state)
            print(f"{name}: {tally.end:,} tried, {len(tally.finds)} finds", flush=True)


def one(seed: int, name: str, tally: Tally) -> None:
    """Try the next example, and note what it shows."""
    kind, number = KINDS[name], tally.end
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
        f"| {kind.what} | {sum(tally.tried for tally in of):,} | {sum(tally.carried_out for tally in of):,} | "
        f"{sum(len(tally.finds) for tally in of)} | {sum(tally.took_s for tally in of) / 60:.0f} min | "
        f"{of[-1].tried:,} | {len(of[-1].finds)} |"
        for name, kind in KINDS.items()
        if (of := [stretch.tallies[name] for stretch in state.stretches if name in stretch.tallies])
    ]
    finds = [
        f"- {name} {number}, of the code {stretch.code}: `{' '.join(find.replace('`', ' ').split())}`"
        for stretch in state.stretches
        for name, tally in stretch.tallies.items()
        for number, find in tally.finds.items()
    ]
    found = "\n".join(["Finds:", "", *finds]) if finds else "No traceback, no fault of the program, no silence."
    return f"""# What was tried at random

`make fuzz`, seed {state.seed}, of {len(state.stretches)} versions of the code; the last is {state.stretches[-1].code},
which goes on with the examples after those of the others. {found}

| kind | tried | carried out | finds | took | of the last code | finds |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
{chr(10).join(rows)}

What is not carried out is answered with exit code 2 and a line that says what to write, or with 1 where an output
cannot be written. A sound scenario says the same when it is read back from what is stored of it.
"""
