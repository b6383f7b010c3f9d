"""Try files, command lines, calls and environments at random: ``make fuzz``.

`python -m tests.fuzz` goes on with the campaign of a seed where it stopped, be it by Ctrl-C or with another code, and
writes results/reference/fuzz.md; `--seconds 60` does so for a minute.
`--show lines 17` prints one example and tries it alone.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from sim.store.files import write_whole
from tests.fuzz.campaign import KINDS, State, begun, drawn, go_on, report, state_text
from tests.reference import REFERENCE


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="for all kinds together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--to", type=Path, default=REFERENCE / "fuzz.md", help="the report")
    parser.add_argument("--state", type=Path, default=REFERENCE / "fuzz.json", help="how far the campaign is")
    parser.add_argument("--show", nargs=2, metavar=("KIND", "NUMBER"))
    for name, kind in KINDS.items():
        parser.add_argument(f"--{name}", type=int, default=kind.wanted)
    asked = parser.parse_args()
    if asked.show:
        return show(asked.seed, asked.show[0], int(asked.show[1]))
    to, kept = asked.to.resolve(), asked.state.resolve()
    kept.parent.mkdir(parents=True, exist_ok=True)

    def keep(state: State) -> None:
        write_whole(kept, state_text(state).encode())
        write_whole(to, report(state).encode())

    state = begun(asked.seed, kept)
    go_on(state, keep, {name: getattr(asked, name) for name in KINDS}, asked.seconds)
    print(report(state))
    return any(tally.finds for tally in state.tallies.values())


def show(seed: int, name: str, number: int) -> int:
    """Print one example, and try it; what it raises is not caught."""
    example = drawn(seed, name, number)
    print(example)
    with TemporaryDirectory() as folder, contextlib.chdir(folder):
        print("carried out" if KINDS[name].check(example) else "answered with what is wrong")
    return 0


if __name__ == "__main__":
    sys.exit(main())
