"""What differs between two documents, by path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def changes(old: Any, new: Any, path: str = "") -> Iterator[str]:
    """Every value that differs, by path: as it was, as it is."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys([*old, *new]):
            yield from changes(old.get(key), new.get(key), f"{path}.{key}".removeprefix("."))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from changes(one, other, f"{path}[{index}]")
    elif old != new:
        yield f"{path}: {_shown(old)} → {_shown(new)}"


def _shown(value: Any) -> str:
    text = _written(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _written(value: Any) -> str:
    """As in a scenario file."""
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {_written(one)}' for key, one in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    return "absent" if value is None else str(value)
