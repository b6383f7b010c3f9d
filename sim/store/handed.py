"""Files where a user says they shall be: nothing that is there is lost without being asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from sim.errors import SimError
from sim.store.files import write_whole


def hand_out(folder: Path, files: Mapping[str, bytes], again: str) -> tuple[Path, ...]:
    """Write files into a folder, none of them in place of another.

    Parameters
    ----------
    again : what is to be said for what is there to be replaced; empty where it was said.

    Raises
    ------
    SimError : a file of such a name is there that holds something else, or is none; or there can be no such folder.
        Then nothing is written.
    """
    for name, data in files.items():
        check_place(folder / name, lambda there, data=data: there.read_bytes() == data, again)  # type: ignore[misc]
    return tuple(hand_over(folder / name, data) for name, data in files.items())


def check_place(path: Path, is_ours: Callable[[Path], bool], again: str) -> None:
    """Refuse a place where something else is.

    Raises
    ------
    SimError : it is a folder or a device, or a file that is not ours and that was not to be replaced.
    """
    if not path.exists():
        return
    if not path.is_file():
        raise SimError(f"{path}: is {'a folder' if path.is_dir() else 'no ordinary file'} — give another name")
    if again and not is_ours(path):
        raise SimError(f"{path}: is there already, and is another — give another place, or {again} to replace it")


def hand_over(path: Path, data: bytes) -> Path:
    """Write a file at a place that was checked; of a link, where that leads.

    Raises
    ------
    SimError : there can be no such folder.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise SimError(f"{path}: cannot be made ({error.strerror}) — give another place") from None
    write_whole(Path(os.path.realpath(path)), data)
    return path
