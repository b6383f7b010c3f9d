"""What can go wrong, in words a user can act on.

Every error a user can cause is a `SimError`: where, what rule, what was given, what to do.
All of them survive pickling, since they cross from workers to the parent.
"""

from __future__ import annotations

from dataclasses import dataclass

KEPT = "what is finished is kept, and the same command goes on from there"
INTERRUPTED = f"interrupted; {KEPT}"


class SimError(Exception):
    """A fault of the input, never of the program; the command line prints it and exits with 2."""


@dataclass(frozen=True, order=True)
class Fault:
    """One fault of a scenario: its place in the file, its path in the document, what to do."""

    file: str
    line: int
    column: int
    path: str
    message: str

    def __str__(self) -> str:
        place = ":".join([self.file, *(str(number) for number in (self.line, self.column) if number)])
        return f"{place}  {self.path}: {self.message}" if self.path else f"{place}  {self.message}"


class ScenarioError(SimError):
    """All the faults of a scenario, in one report."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        n = len(self.faults)
        count = "1 fault" if n == 1 else f"{n} faults"
        return "\n".join([*map(str, self.faults), f"{count}; nothing was run"])


class StoreError(SimError):
    """A stored run is missing, incomplete or not what it says it is."""


class EngineError(Exception):
    """Two engines disagree: a fault of the program."""


class PoolError(SimError):
    """The place where jobs were to run cannot be reached, does not fit, or was lost."""
