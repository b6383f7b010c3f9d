"""A command in a process of its own, in surroundings that do not suit it.

Encodings, terminals, backends, warnings; folders that cannot be written to, files that may not grow, which is what a
full disk looks like, an output that takes nothing; files of the user that are called like a library or a scenario.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.fuzz.files import SMALL
from tests.fuzz.pieces import TITLES

ROOT = Path(__file__).parents[2]
VARIABLES = {
    "PYTHONIOENCODING": ("ascii", "cp1252", "cp949", "cp932", "utf-8", "utf-16"),
    "LANG": ("C", "ko_KR.eucKR", "nowhere"),
    "COLUMNS": ("0", "1", "20", "60", "1000", "x"),
    "MPLBACKEND": ("TkAgg", "nonsense", "module://nowhere", "svg", "module://matplotlib_inline.backend_inline"),
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
    "OMP_NUM_THREADS": ("0", "x"),
}
NO_BYTECODE = {"PYTHONDONTWRITEBYTECODE": "1"}  # cut short by the most bytes of a file, it would spoil the next example
BESIDE = {  # in the folder one stands in
    **{f"{name}.py": b"raise SystemExit(9)\n" for name in ("sim", "numpy", "random", "click", "pyarrow", "matplotlib")},
    "sim/__init__.py": b"raise SystemExit(9)\n",
    "matplotlibrc": b"lines.linewidth: wide\nfont.family: nothing\n",
    "confirmation/x.txt": b"a folder called like a scenario",
    "results": b"a file called like the folder of results",
}
COMMANDS = (
    ("run", "mine.yaml", "--replications", "4", "--settings", "2", "--workers", "1"),
    ("run", "mine.yaml", "--replications", "4", "--settings", "2", "--workers", "2"),
    ("run", "mine.yaml", "--replications", "2", "--settings", "1", "--workers", "1", "--out", "/proc/nowhere"),
    ("check", "confirmation", "mine.yaml"),
    ("list",),
    ("schema",),
    ("ledger", "mine.yaml", "--set", "replications=10", "--workers", "1"),
    ("sight", "2019-10-02"),
    ("trace", "mine.yaml"),
)
OUTPUTS = ("kept", "kept", "kept", "full", "closed")


@dataclass(frozen=True)
class Surroundings:
    """Variables, files where one stands by name, where the output goes, and the most bytes of a file."""

    variables: dict[str, str]
    files: dict[str, bytes]
    output: str
    most_bytes: int | None
    command: tuple[str, ...]


def given(random: Random) -> Surroundings:
    variables = random.sample(list(VARIABLES), random.randint(0, 6))
    mine = SMALL.replace(b"title: small", b"title: '" + random.choice(TITLES).encode() + b"'")
    return Surroundings(
        {name: random.choice(VARIABLES[name]) for name in variables},
        {name: BESIDE[name] for name in random.sample(list(BESIDE), random.randint(0, 2))} | {"mine.yaml": mine},
        random.choice(OUTPUTS),
        random.choice((None, None, None, 0, 100, 20_000)),
        random.choice(COMMANDS),
    )


def check(one: Surroundings) -> bool:
    """Carry the command out; whether there was an answer, else it says why not."""
    with TemporaryDirectory() as folder, ExitStack() as opened:
        for name, data in one.files.items():
            path = Path(folder, name)
            if not path.parent.exists():
                path.parent.mkdir()
            path.write_bytes(data)
        ended = subprocess.run(
            [sys.executable, "-P", "-m", "sim", *one.command],
            env={**os.environ, "PYTHONPATH": str(ROOT), **NO_BYTECODE, **one.variables},
            cwd=folder,
            stdout=_output(one.output, opened),
            stderr=subprocess.PIPE,
            preexec_fn=_limit(one.most_bytes),
            check=False,
        )
    told = ended.stderr.replace(b"\0", b"")  # in UTF-16
    cannot_write = ended.returncode == 1 and b"cannot write" in told
    assert ended.returncode in (0, 2) or cannot_write, f"{ended.returncode}: {told!r}"
    assert not any(said in told for said in (b"Traceback", b"fault of the program")), told
    return ended.returncode == 0


def _output(which: str, opened: ExitStack) -> int:
    if which == "full":
        return opened.enter_context(open("/dev/full", "wb")).fileno()
    if which == "kept":
        return subprocess.DEVNULL
    reads, writes = os.pipe()
    os.close(reads)
    opened.callback(os.close, writes)
    return writes


def _limit(most_bytes: int | None) -> Callable[[], None] | None:
    if most_bytes is None:
        return None
    import resource  # which not every system has

    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
