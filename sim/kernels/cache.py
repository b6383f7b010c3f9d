"""Where compiled code of exactly these sources is kept; told without importing the compiler."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import mkdtemp

from platformdirs import user_cache_path

from sim import portable
from sim.version import sources_digest

ENTRY = "run_alerts"  # the loop that calls most others


def cache_folder() -> Path:
    """The folder of these sources, of `sim.portable` and of the compiler's versions; made if need be.

    Where the user has no such place, a new folder of this process alone: code is read from it, so nobody
    else may have made it.
    """
    folder = _kept_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(mkdtemp(prefix="alertpath-"))
    return folder if os.access(folder, os.W_OK) else Path(mkdtemp(prefix="alertpath-"))


def is_warm() -> bool:
    """Whether the loops have been compiled already and kept; not, where there is no compiler."""
    try:
        folder = _kept_folder()
    except PackageNotFoundError:
        return False
    return os.access(folder, os.W_OK) and any(folder.rglob(f"*{ENTRY}*.nbc"))


def _kept_folder() -> Path:
    return user_cache_path("alertpath") / _digest()


def _digest() -> str:
    sources = (*Path(__file__).parent.glob("*.py"), Path(portable.__file__))
    versions = [version(name) for name in ("numba", "llvmlite", "numpy")]
    checks = os.environ.get("NUMBA_BOUNDSCHECK", "")
    return sources_digest(sources, repr((versions, platform.python_version(), checks)))
