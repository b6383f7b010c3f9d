"""A run with workers that is ended at any moment, or loses one, says so in a line, keeps what is finished, and goes on.

``ENDS=200`` takes so many moments, a few are taken unless it is given.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.resume.report import SEED, counts

N_ENDS = int(os.environ.get("ENDS", "9"))


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks for processes in /proc")
def test_a_run_with_workers_ended_at_any_moment_goes_on_and_ends_with_the_same_bytes(tmp_path: Path) -> None:
    assert sum(counts("ends", tmp_path, SEED, N_ENDS).values()) == N_ENDS
