"""Mutants that no test can notice, since what comes out is the same, by the reason why."""

from __future__ import annotations

EQUIVALENT: dict[str, tuple[str, ...]] = {}
