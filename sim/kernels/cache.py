"""Where compiled code of exactly these sources is kept; told without importing the compiler."""

from __future__ import annotations

import os
import pickle
import platform
from collections.abc import Iterable
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import mkdtemp

from platformdirs import user_cache_path

from sim import portable
from sim.sources import sources_digest

BY_COLUMNS, BY_EVENTS = "alerts_by_columns", "alerts_by_events"  # the loops that call most others


def cache_folder() -> Path:
    """The folder of these sources, of `sim.portable` and of the compiler's versions; made if need be.

    Where the user has no such place, a new folder of this process alone: code is read from it, so nobody
    else may have made it.
    """
    folder = _kept_folder()
    return folder if _can_be_written(folder) else Path(mkdtemp(prefix="alertpath-"))


def is_warm(loops: Iterable[str]) -> bool:
    """Whether these loops have been compiled and kept, all files whole; not, where there is no compiler."""
    try:
        folder = _kept_folder()
    except PackageNotFoundError:
        return False
    files = [*folder.rglob("*.nbc")] if os.access(folder, os.W_OK) else []
    return all(any(loop in path.name for path in files) for loop in loops) and all(map(_is_whole, files))


def not_kept() -> str:
    """Why compiled code serves one process alone, and the mend; empty where it is kept."""
    place = user_cache_path("alertpath")
    if _can_be_written(_kept_folder()):
        return ""
    return f"{place} cannot be written — set XDG_CACHE_HOME to a folder that can"


def sealed(data: bytes) -> bytes:
    """Bytes behind their digest."""
    return sha256(data).digest() + data


def unsealed(data: bytes) -> bytes:
    """The bytes behind their digest.

    Raises
    ------
    ValueError : they are not what they were.
    """
    seal, whole = data[: sha256().digest_size], data[sha256().digest_size :]
    if sha256(whole).digest() != seal:
        raise ValueError("the bytes are not what they were")
    return whole


def _is_whole(path: Path) -> bool:
    try:
        unsealed(pickle.loads(path.read_bytes()))  # noqa: S301, in a folder that nobody else may write
    except Exception:  # what spoilt bytes unpickle to is anything
        return False
    return True


def _can_be_written(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def _kept_folder() -> Path:
    return user_cache_path("alertpath") / _digest()


def _digest() -> str:
    sources = (*Path(__file__).parent.glob("*.py"), Path(portable.__file__))
    versions = [version(name) for name in ("numba", "llvmlite", "numpy")]
    checks = os.environ.get("NUMBA_BOUNDSCHECK", "")
    return sources_digest(sources, repr((versions, platform.python_version(), checks)))
