"""What an analyst has changed of a scenario: as ``sim run`` takes it, and as a browser sends it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from shlex import quote
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from sim.errors import SimError
from sim.scenario.document import printable, suggestion

MOST_CHANGED, LONGEST = 200, 400  # values, and letters of each
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Change:
    """Other values by path, as text, and the arms compared; None where they are those of the file."""

    sets: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    arms: tuple[str, ...] | None = None

    @property
    def options(self) -> str:
        """The options of ``sim run`` that say the same; empty where nothing was changed."""
        given = [f"--set {quote(f'{path}={text}')}" for path, text in self.sets.items()]
        return " ".join([*given, *([f"--arms {quote(','.join(self.arms))}"] if self.arms else [])])

    @property
    def query(self) -> str:
        """The same in the address of the page."""
        arms = [("arms", ",".join(self.arms))] if self.arms else []
        return urlencode([*(("set", f"{path}={text}") for path, text in self.sets.items()), *arms])

    def apart(self, paths: Collection[str]) -> tuple[Mapping[str, str], Change]:
        """The values at some paths, and the rest of the change."""
        here = {path: text for path, text in self.sets.items() if path in paths}
        return here, Change({path: text for path, text in self.sets.items() if path not in here}, self.arms)

    @property
    def key(self) -> object:
        """What names it."""
        return tuple(sorted(self.sets.items())), self.arms


def change_of(sent: Any, paths: Collection[str], arms: Sequence[str]) -> Change:
    """A change as a browser sends it: ``{"sets": {path: text}, "arms": [name] or null}``.

    Parameters
    ----------
    paths, arms : what may be changed.

    Raises
    ------
    SimError : it is none, or names what cannot be changed.
    """
    if not isinstance(sent, Mapping) or not isinstance(sent.get("sets", {}), Mapping):
        raise SimError('a change is {"sets": {PATH: TEXT}, "arms": [NAME] or null}')
    sets = sent.get("sets", {})
    if len(sets) > MOST_CHANGED:
        raise SimError(f"{len(sets)} values are changed at once — at most {MOST_CHANGED}")
    for path, text in sets.items():
        _check(path, text, paths)
    return Change(dict(sets), _arms(sent.get("arms"), arms))


def _check(path: Any, text: Any, paths: Collection[str]) -> None:
    if path not in paths:
        hint = suggestion(str(path)[:60], [*paths])
        raise SimError(f"{printable(str(path))}: the page has no control for it{hint} — sim run takes any --set")
    if not isinstance(text, str) or not text.strip() or len(text) > LONGEST:
        raise SimError(f"{path}: needs a value, of at most {LONGEST} letters")


def _arms(sent: Any, known: Sequence[str]) -> tuple[str, ...] | None:
    if sent is None:
        return None
    if not isinstance(sent, list) or not sent:
        raise SimError("arms: none is left — compare at least one")
    for name in sent:
        if name not in known:
            raise SimError(f"arms: there is none of the name {printable(str(name))} — known: {', '.join(known)}")
    return tuple(dict.fromkeys(sent))
