"""What arms are called in tables and figures: those that are compared are told apart."""

from __future__ import annotations

from sim.model.names import in_words
from sim.scenario import schema


def title_of(file: schema.ScenarioFile, name: str) -> str:
    """The title of an arm: its own, its arrangement's where no other arm has that, or its name."""
    written, arm = _written(file, name), file.arms.get(name)
    others = [_written(file, other) for other in (*file.compare, file.baseline) if other not in (None, name)]
    is_taken = arm is not None and arm.title is None and written in others
    return in_words(name) if is_taken or written is None else written


def _written(file: schema.ScenarioFile, name: str | None) -> str | None:
    """The title that an arm has of itself or of its arrangement; None where neither has one."""
    arm = file.arms.get(name or "")
    given = file.arrangements.get(arm.arrangement if arm else name or "")
    own = arm.title if arm else None
    return own or (given.title if isinstance(given, schema.Arrangement) else None)
