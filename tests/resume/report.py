"""Kill and end runs at 200 moments each: ``python -m tests.resume.report`` writes results/reference/ends.md."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.reference import REFERENCE

SEED = 20161123
ROOT = Path(__file__).parents[2]


def counts(module: str, folder: Path, seed: int, n: int) -> dict[str, Any]:
    """What was ended, as a module here prints it; AssertionError with what went wrong."""
    command = [sys.executable, "-m", f"tests.resume.{module}", str(folder), str(seed), str(n)]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert result.returncode == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def report(kills: dict[str, dict[str, int]], ends: dict[str, int]) -> str:
    """What was ended where, as Markdown."""
    at_random, each = kills["random"], kills["each"]
    n_each = sum(each.values())
    return f"""# Runs that were ended, and went on

`make ends`, seed {SEED}: every run kept what was noted as finished, went on from there, and
ended with the bytes of a run that was not ended.

| a run by one process, killed (SIGKILL) | at random | before each operation on files |
| --- | ---: | ---: |
| before anything was finished | {at_random.get("start", 0)} | {each.get("start", 0)} |
| between its parts | {at_random.get("parts", 0)} | {each.get("parts", 0)} |
| while it put them together | {at_random.get("finish", 0)} | {each.get("finish", 0)} |
| when it was in its place | {at_random.get("in place", 0)} | {each.get("in place", 0)} |
| together | {sum(at_random.values())} | {n_each} |

| a run with two workers, at random moments | tried |
| --- | ---: |
| interrupted by Ctrl-C: exit code 130 and a line | {ends["ctrl-c"]} |
| killed (SIGKILL): no worker is left | {ends["kill"]} |
| one of its workers killed: exit code 2 and a line | {ends["worker"]} |
| together | {sum(ends.values())} |

Some of these moments come when the run is over; it has the right bytes then.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moments", type=int, default=200)
    parser.add_argument("--to", type=Path, default=REFERENCE / "ends.md")
    given = parser.parse_args()
    found = []
    for module in ("kills", "ends"):
        with TemporaryDirectory() as folder:
            found.append(counts(module, Path(folder), SEED, given.moments))
    given.to.write_text(report(*found), encoding="utf-8")
    print(given.to)


if __name__ == "__main__":
    main()
