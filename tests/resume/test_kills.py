"""A run that is killed at any moment goes on where it stopped, and ends with the bytes of one that was not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SEED, N_KILLS = 20161123, 50
ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="starts copies of a process")
def test_a_run_killed_at_any_moment_goes_on_and_ends_with_the_same_bytes(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.resume.kills", str(tmp_path), str(SEED), str(N_KILLS)]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert result.returncode == 0, result.stderr
    hit = json.loads(result.stdout)
    assert sum(hit["random"].values()) >= N_KILLS
    # a part takes five operations: open, rename, a look for what is left, open its folder, open the list; four parts
    assert hit["each"].keys() == {"start", "parts", "finish", "in place"}
    assert sum(hit["each"].values()) >= 5 * 4
