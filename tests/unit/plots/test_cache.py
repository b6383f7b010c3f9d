"""Where matplotlib cannot keep anything, figures are drawn all the same and nothing is said."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_a_folder_that_cannot_be_made_is_passed_by(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code = "import sim.plots.render, matplotlib; print(matplotlib.get_cachedir())"
    environment = {**os.environ, "MPLCONFIGDIR": str(tmp_path / "file" / "below")}
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert told.stderr == ""
    assert told.stdout
