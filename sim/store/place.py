"""Where a run is: ``results/<scenario>/<run>/``. Whether it is there can be asked before anything large is imported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sim.store.files import digest

if TYPE_CHECKING:
    from sim.model.scenario import Scenario

PROVENANCE = "provenance.json"  # written last


def run_digest(scenario: Scenario) -> str:
    """Eight hexadecimal digits that name a run: of the resolved scenario and nothing else."""
    return digest(scenario.resolved.encode())[:8]


def run_path(folder: Path, scenario: Scenario) -> Path:
    """Where a run of this scenario is, or would be."""
    return folder / scenario.name / run_digest(scenario)
