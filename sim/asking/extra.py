"""Libraries that only some studies need, of the extra ``study``.

They are slow to import and bring much with them, so they are imported where they are used.
"""

from __future__ import annotations

from importlib.util import find_spec

from sim.errors import SimError


def need(command: str, library: str) -> None:
    """Refuse to begin without a library.

    Raises
    ------
    SimError : it is not installed; says how to.
    """
    if find_spec(library) is None:
        raise SimError(f"sim {command}: needs {library} — pip install 'alertpath[study]'")
