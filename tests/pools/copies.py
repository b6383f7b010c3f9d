"""A second checkout of this program."""

from __future__ import annotations

import shutil
from pathlib import Path

from sim.sources import HOME


def copied(folder: Path) -> Path:
    """Its package, in a folder that is made for it."""
    shutil.copytree(HOME, folder / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    return folder / "sim"
