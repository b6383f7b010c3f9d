"""Compiled code in files that a power cut, a full disk or another program may have spoilt: then it is compiled anew.

Numba takes what it finds: a file cut short ends the process, one with other bytes is run.
"""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import numba
from numba.core.caching import FunctionCache, IndexDataCacheFile
from numba.core.serialize import dumps

from sim.kernels.cache import sealed, unsealed

config: Any = numba.config


class Files(IndexDataCacheFile):
    """The index and the code of one function; what is not whole is as good as absent, and is written over."""

    def load(self, key):
        try:
            return super().load(key)
        except Exception:  # what spoilt bytes unpickle to is anything
            return None

    def _load_index(self):
        try:
            return super()._load_index()
        except Exception:
            return {}

    def _load_data(self, name):
        return pickle.loads(unsealed(super()._load_data(name)))  # noqa: S301, by us, and whole

    def _save_data(self, name, data):
        super()._save_data(name, sealed(dumps(data)))


class Kept(FunctionCache):
    """The compiled code of one function; where it cannot be written it serves this process alone."""

    def __init__(self, function):
        super().__init__(function)
        locator = self._impl.locator
        self._cache_file = Files(self._cache_path, self._impl.filename_base, locator.get_source_stamp())

    def save_overload(self, sig, data):
        try:
            super().save_overload(sig, data)
        except OSError:
            self.disable()


def keep(dispatcher: Any, folder: Path) -> None:
    """Have the code of a function kept in a folder; nowhere, if that cannot be."""
    before = config.CACHE_DIR
    config.CACHE_DIR = str(folder)
    try:
        kept = Kept(dispatcher.py_func)
    except (OSError, RuntimeError):  # Numba finds no place at all
        return
    finally:
        config.CACHE_DIR = before
    if Path(kept.cache_path).is_relative_to(
        folder
    ):  # the other places that Numba knows do not notice a change of a callee
        dispatcher._cache = kept
