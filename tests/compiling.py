"""Compile the loops and keep them: ``python -m tests.compiling``, of which tests side by side need one.

Each would compile what the other compiles, which takes a tenth of the time of all tests.
"""

from __future__ import annotations

import sys

from sim.scenario.folders import shipped_folder
from sim.scenario.loader import load_scenario
from tests.engines import compare


def main() -> int:
    scenario = load_scenario(shipped_folder() / "salvo-of-eight-2022-06-05.yaml", {"replications": "4"})
    return bool(compare(scenario, 0, 4, n_settings=1).difference)


if __name__ == "__main__":
    sys.exit(main())
