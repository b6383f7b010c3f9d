"""The loops as plain Python, and with every index checked: the same paths, and no index out of range.

With the compiler off the branches of the loops are measured too, if those of the tests are.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
CASES = [
    "tests/same_path/test_rules.py",
    "tests/same_path/test_engines.py",
    "tests/same_path/test_kernel_mutations.py",
    "tests/streams/test_compiled.py",
    "tests/unit/kernels/test_alerts.py",
    "tests/unit/kernels/test_branch.py",
    "tests/unit/kernels/test_columns.py",
    "tests/unit/kernels/test_desks.py",
    "tests/unit/kernels/test_events.py",
]
CHOSEN = (
    "test_rules and compiled",
    "broken_loop",
    "small_worlds and 200",
    "long_list",
    "many_launches",
    "few_replications",
    "periods_of_their_own",
    "wherever and 0-8",
    "wherever and 2-7",
    "test_alerts",
    "test_branch",
    "test_columns",
    "test_desks",
    "test_events",
)
WRAPS = "ignore:overflow encountered:RuntimeWarning"  # words of 64 bits wrap round; NumPy's scalars say so


def run(*words: str, **switches: str) -> subprocess.CompletedProcess[str]:
    """Python with the compiler's switches."""
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=os.environ | switches, capture_output=True, text=True, check=False
    )


def assert_cases_pass(*before: str, **switches: str) -> None:
    chosen = " or ".join(CHOSEN)
    done = run(
        *before, "-m", "pytest", "-p", "no:cacheprovider", "-n", "0", "-W", WRAPS, "-k", chosen, *CASES, **switches
    )
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.slow
@pytest.mark.parametrize("name", CHOSEN)
def test_every_name_chooses_some_tests(name: str) -> None:
    """Otherwise one that is renamed is left out in silence."""
    assert run("-m", "pytest", "-n", "0", "--collect-only", "-q", "-k", name, *CASES).returncode == 0


@pytest.mark.slow
def test_the_loops_do_the_same_without_the_compiler(pytestconfig: pytest.Config) -> None:
    is_measured = bool(pytestconfig.getoption("cov_source", None))
    measured = ("-m", "coverage", "run", "--parallel-mode") if is_measured else ()
    assert_cases_pass(*measured, NUMBA_DISABLE_JIT="1")


@pytest.mark.slow
def test_no_loop_reads_or_writes_out_of_range() -> None:
    assert_cases_pass(NUMBA_BOUNDSCHECK="1")


SHORT = """
import numpy as np
from sim.kernels.draws import uniform_rows
word = np.ones(1, np.uint64)
uniform_rows(np.ones(2, np.uint64), word, word, 0, np.empty(2), np.empty((1, 3)))
"""


def test_an_index_out_of_range_is_noticed_when_indices_are_checked() -> None:
    """Three places from room for two: silent otherwise, so the test above would be too."""
    done = run("-c", SHORT, NUMBA_BOUNDSCHECK="1")
    assert done.returncode == 1
    assert "IndexError" in done.stderr


WHERE = "from sim.kernels.cache import cache_folder; print(cache_folder())"


def test_checked_and_unchecked_code_are_kept_apart() -> None:
    unchecked, checked = (run("-c", WHERE, NUMBA_BOUNDSCHECK=switch).stdout for switch in ("", "1"))
    assert unchecked
    assert checked
    assert unchecked != checked
