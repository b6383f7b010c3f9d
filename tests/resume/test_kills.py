"""A run that is killed at any moment goes on where it stopped, and ends with the bytes of one that was not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.resume.report import SEED, counts

N_KILLS = 50


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="starts copies of a process")
def test_a_run_killed_at_any_moment_goes_on_and_ends_with_the_same_bytes(tmp_path: Path) -> None:
    hit = counts("kills", tmp_path, SEED, N_KILLS)
    assert sum(hit["random"].values()) >= N_KILLS
    # a part takes five operations: open, rename, a look for what is left, open its folder, open the list; four parts
    assert hit["each"].keys() == {"start", "parts", "finish", "in place"}
    assert sum(hit["each"].values()) >= 5 * 4
