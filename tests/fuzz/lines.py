"""Command lines, carried out in this process: a command with some of its options, and values that fit or do not."""

from __future__ import annotations

import contextlib
import io
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from random import Random
from unittest import mock

import click

from sim.cli import cli, commands, main
from tests.fuzz.files import SMALL, mutated
from tests.fuzz.pieces import DATES, DURATIONS, NUMBERS, PIECES, PLACES, TITLES

LONG = ("record", "sensitivity", "discover", "live")  # commands that cannot be made small, or end with Ctrl-C alone
NAMES = (
    *("mine.yaml", "mine.yaml", "mine", "first-look", "confirmation"),
    *("2019-10-02", "2022-11-18", "-", "catalogue:1776"),
)
PATHS = (
    *("stages.a.delay", "stages.a.delay.lognormal.median", "stages.b.delay", "seed", "launches", "desks.d.capacity"),
    *("launches[0].flight_time", "launches[0].place.lon", "launches[1].impact_point.lon", "sensors.radar.place.lat"),
    *("launches[0].apogee", "launches[0].range", "launches[1].date", "stages.c.refusal.probability"),
    *("launches[0].count", "arms.z.set.stages.b.delay", "deadline", "x.y", "stages.us_evaluates.delay", "title"),
)
VALUES = (
    *("30 s:2 min:3:log", "2 min:30 s", "1|2", "", "x", "x,y", "direct,via_washington"),
    *("x in time", "x sooner than y"),
)
SMALL_VALUES = {  # what keeps a command short
    "--replications": ("2", "3", "0", "x", "1e999"),
    "--settings": ("1", "2", "0", "two"),
    "--workers": ("1", "0", "one"),
    "--at-most": ("2", "4", "-3"),
    "--cluster": ("dask://nowhere:0", "slurm", "mpi"),
    "--engine": ("auto", "reference", "columns", "fast"),
    "--cases": ("cases.csv", "mine.yaml", "."),
}
CASES = (
    b"name,stages.b.delay\none,1 s\ntwo,2 min\n",
    b"stages.b.delay;desks.d.capacity\n1,5 s;1\n;2\n",
    b"seed,seed\n1,2\n",
)
KEPT, OF_STORED = Path("kept"), ("plot", "explain", "diff", "trace")  # a stored run, and the commands that ask for one
PLAN, CARRIED_OUT = "--plan", 0.04  # how many studies are made, not planned alone: each takes seconds


@dataclass(frozen=True)
class Line:
    """The words after ``sim``, and what lies in the folder one stands in."""

    words: tuple[str, ...]
    mine: bytes
    cases: bytes


def given(random: Random) -> Line:
    words = _words(random)
    title = random.choice(TITLES).encode()
    mine = SMALL.replace(b"title: small", b"title: '" + title + b"'", random.randint(0, 1))
    mine = mine.replace(b"name: one", b"name: '" + random.choice(TITLES).encode() + b"'", random.randint(0, 1))
    cases = random.choice(CASES)
    return Line(
        tuple(words),
        mutated(random, mine) if random.random() < 0.1 else mine,
        mutated(random, cases) if random.random() < 0.5 else cases,
    )


def _words(random: Random) -> list[str]:
    name = random.choice([name for name in commands() if name not in LONG])
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    arguments = [one for one in command.params if isinstance(one, click.Argument)]
    options = [one for one in command.params if isinstance(one, click.Option) and one.name not in ("out", "help")]
    words = [name, *(word(random) if random.random() < 0.2 else random.choice(NAMES) for _ in arguments)]
    for option in random.sample(options, random.randint(0, min(3, len(options)))):
        words.append(option.opts[-1])
        if option.opts[-1] == "--set":
            words.append(f"{random.choice(PATHS)}={value(random)}")
        elif not option.is_flag:
            words.append(random.choice(SMALL_VALUES.get(option.opts[-1], (*VALUES, value(random)))))
    return [*words, *_short(random, command, words)]


def word(random: Random) -> str:
    """Anything that a shell can give."""
    piece = random.choice(PIECES).replace(b"\0", b"").decode(errors="surrogateescape")
    return random.choice((piece, *TITLES, "".join(chr(random.randint(1, 0xD7FF)) for _ in range(9))))


def value(random: Random) -> str:
    return random.choice((*map(random.choice, (DURATIONS, NUMBERS, PLACES, DATES, VALUES)), word(random)))


def _short(random: Random, command: click.Command, words: list[str]) -> list[str]:
    """What is added so that nothing long is run: a plan alone, or few replications of one setting."""
    flags = {option.opts[-1] for option in command.params}
    if PLAN in flags and ("mine.yaml" not in words or random.random() > CARRIED_OUT):
        return [PLAN]
    few = (("--replications", "2"), ("--settings", "1"), ("--workers", "1"))
    return [part for flag, number in few if flag in flags and flag not in words for part in (flag, number)]


def check(line: Line) -> bool:
    """Carry it out in the folder one stands in; whether there was an answer, else it says what is wrong with it."""
    if not KEPT.exists():
        Path("mine.yaml").write_bytes(SMALL)
        carried_out(
            ("run", "mine.yaml", "--replications", "2", "--settings", "2", "--workers", "1", "--out", str(KEPT))
        )
    shutil.rmtree("results", ignore_errors=True)
    if line.words[0] in OF_STORED:
        shutil.copytree(KEPT, "results")
    Path("mine.yaml").write_bytes(line.mine)
    Path("cases.csv").write_bytes(line.cases)
    code, out, err = carried_out(line.words, line.mine)
    assert code in (0, 2), f"{code}: {err}"
    assert "Warning: " not in err, err
    assert err or (out and not code), "nothing was said"
    return code == 0


def carried_out(words: tuple[str, ...], piped: bytes = b"") -> tuple[object, str, str]:
    """Exit code, output and what was said beside it."""
    out, err = io.StringIO(), io.StringIO()
    with (
        mock.patch.multiple(sys, argv=["sim", *words], stdin=io.TextIOWrapper(io.BytesIO(piped))),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as end:
            return end.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()
