"""Try what nobody thought of on the loader, the command line and the environment: ``make fuzz``.

`python -m tests.fuzz --inputs 100000 --lines 2000 --environments 200 --seed 1` writes results/reference/fuzz.md.
Whatever is given, the answer is a result or a line for the user: never a traceback, never a fault of the program.
The first find stops it, and Hypothesis prints the smallest input that shows it.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from unittest import mock

import click
from hypothesis import strategies as st

from sim.cli import cli, commands, main
from tests.hostile.test_texts import answer, mutated, words
from tests.parity import Counts, run
from tests.reference import REFERENCE

LONG = ("record", "sensitivity", "discover")  # commands that cannot be made small
NAMES = ("first-look", "confirmation", "2019-10-02", "2022-11-18", "mine.yaml", "-", "catalogue:1776", "nowhere")
PATHS = ("stages.us_evaluates.delay", "stages.us_evaluates.delay.lognormal.median", "seed", "launches", "desks", "x.y")
VALUES = (
    "1",
    "0",
    "-1",
    "1e3",
    "1,5",
    "2 min",
    "5 %",
    "30 s:2 min:3:log",
    "1|2",
    "direct,via_washington",
    "direct",
    "",
)
SMALL = {  # what keeps a command short
    "--replications": ("2", "3", "0", "x", "1e999"),
    "--settings": ("1", "2", "0", "two"),
    "--workers": ("1", "0", "one"),
    "--at-most": ("2", "4", "-3"),
    "--cluster": ("dask://nowhere:0", "slurm", "mpi"),
    "--engine": ("auto", "reference", "fast"),
}
ENVIRONMENTS = {
    "PYTHONIOENCODING": ("ascii", "cp1252", "cp949", "cp932", "utf-8", "utf-16"),
    "LANG": ("C", "ko_KR.eucKR", "nowhere"),
    "COLUMNS": ("0", "1", "20", "60", "1000", "x"),
    "MPLBACKEND": ("TkAgg", "nonsense", "module://nowhere", "svg"),
    "MPLCONFIGDIR": ("/proc", "/nowhere/at/all"),
    "NUMBA_CACHE_DIR": ("/proc", "/nowhere/at/all"),
    "HOME": ("/proc", "/nowhere", ""),
    "TMPDIR": ("/nowhere",),
    "TZ": ("Asia/Seoul", "nowhere", "UTC+25"),
    "TERM": ("dumb", ""),
    "NO_COLOR": ("1",),
    "PYTHONWARNINGS": ("error", "always"),
    "PYTHONOPTIMIZE": ("1", "2"),
    "PYTHONUTF8": ("0", "1"),
    "PYTHONHASHSEED": ("0", "77"),
    "PYTHONDONTWRITEBYTECODE": ("1",),
    "OMP_NUM_THREADS": ("0", "x"),
}
COMMANDS = (
    ("run", "first-look", "--replications", "4", "--settings", "2", "--workers", "1"),
    ("check", "first-look"),
    ("list",),
    ("ledger", "first-look", "--set", "replications=10", "--workers", "1"),
    ("sight", "2019-10-02"),
    ("trace", "first-look"),
)


@st.composite
def lines(draw: st.DrawFn) -> list[str]:
    """A command with some of its options, and values that fit and that do not."""
    name = draw(st.sampled_from([name for name in commands() if name not in LONG]))
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    arguments = [one for one in command.params if isinstance(one, click.Argument)]
    options = [one for one in command.params if isinstance(one, click.Option) and one.name not in ("out", "help")]
    line = [name, *(draw(st.sampled_from(NAMES) | words) for _ in arguments)]
    for option in draw(st.lists(st.sampled_from(options), max_size=4)) if options else ():
        line.append(option.opts[-1])
        if option.opts[-1] == "--set":
            line.append(f"{draw(st.sampled_from(PATHS))}={draw(st.sampled_from(VALUES) | words)}")
        elif not option.is_flag:
            line.append(draw(st.sampled_from(SMALL.get(option.opts[-1], VALUES))))
    return [*line, *_short(command, line)]


def _short(command: click.Command, line: list[str]) -> list[str]:
    """What is added so that nothing long is run: a plan alone, or few replications of one setting."""
    flags = {option.opts[-1] for option in command.params}
    if "--plan" in flags:
        return ["--plan"]
    few = (("--replications", "2"), ("--settings", "1"), ("--workers", "1"))
    return [part for flag, value in few if flag in flags and flag not in line for part in (flag, value)]


def of_input(_: Counts, text: bytes) -> None:
    """A scenario file."""
    Path("fuzzed.yaml").write_bytes(text)
    answer(Path("fuzzed.yaml"))


def of_line(counts: Counts, line: list[str]) -> None:
    """A command line, in this process."""
    out, err, asked = io.StringIO(), io.StringIO(), io.TextIOWrapper(io.BytesIO(b"title: x"))
    with (
        mock.patch.multiple(sys, argv=["sim", *line], stdin=asked),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
            code: object = 0
        except SystemExit as end:
            code = end.code
    assert code in (0, 2), f"{line}: {code}: {err.getvalue()}"
    counts["lines that were carried out"] += code == 0


def of_environment(counts: Counts, environment: dict[str, str], command: tuple[str, ...]) -> None:
    """A command in a process of its own."""
    asked = [sys.executable, "-m", "sim", *command]
    ended = subprocess.run(asked, env={**os.environ, **environment}, capture_output=True, check=False)
    assert ended.returncode in (0, 2), f"{environment} {command}: {ended.returncode}: {ended.stderr!r}"
    assert b"Traceback" not in ended.stderr, f"{environment} {command}: {ended.stderr!r}"
    counts["environments in which it was carried out"] += ended.returncode == 0


def report(counts: Counts, number: int, took_s: float) -> str:
    """What was tried, as Markdown."""
    return f"""# What was tried at random

`make fuzz`, seed {number}, {took_s / 60:.0f} min: no traceback, no fault of the program.

| kind | tried | carried out |
| --- | ---: | ---: |
| scenario files, shipped and bad ones with pieces put in, cut out and moved | {counts["inputs"]:,} | |
| command lines | {counts["lines"]:,} | {counts["lines that were carried out"]:,} |
| environments: encodings, terminals, folders that cannot be written to, backends, warnings | \
{counts["environments"]:,} | {counts["environments in which it was carried out"]:,} |

What is not carried out is answered with exit code 2 and a line that says what to write.
"""


def campaign() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--lines", type=int, default=5_000)
    parser.add_argument("--environments", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--to", type=Path, default=REFERENCE / "fuzz.md")
    given = parser.parse_args()
    environments = st.fixed_dictionaries(
        {}, optional={name: st.sampled_from(ENVIRONMENTS[name]) for name in ENVIRONMENTS}
    )
    began, to = time.monotonic(), given.to.resolve()
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        counts = run(
            "environments", of_environment, (environments, st.sampled_from(COMMANDS)), given.environments, given.seed
        )
        counts += run("lines", of_line, (lines(),), given.lines, given.seed)
        counts += run("inputs", of_input, (mutated(),), given.inputs, given.seed)
    to.write_text(report(counts, given.seed, time.monotonic() - began), encoding="utf-8")
    print(to)


if __name__ == "__main__":
    campaign()
