"""What a report is made of: stored answers, each with its scenario and how it came about."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.errors import ScenarioError, StoreError
from sim.model.scenario import Scenario
from sim.pages.kept import PAGE, from_plain
from sim.pages.page import Page, Picture
from sim.pages.pictures import WITH_TEXT, pictures_of
from sim.plots.render import Print
from sim.scenario.loader import load_scenario
from sim.store.place import PROVENANCE
from sim.store.run import ANSWER, RESOLVED, Run, is_intact, load_run
from sim.store.study import KEPT


@dataclass(frozen=True, eq=False)
class Part:
    """A stored answer: what it says, its figures, its scenario, how it came about; and the run, if it is one."""

    page: Page
    pictures: tuple[Picture, ...]
    scenario: Scenario
    provenance: Mapping[str, Any]
    run: Run | None = None

    @property
    def command(self) -> list[str]:
        """What was asked, word by word."""
        return [str(word) for word in self.provenance.get("command", ())]


def part_of(path: Path) -> Part:
    """The answer that a folder holds.

    Raises
    ------
    StoreError : it holds none, or one that is damaged, or a study that was made before its page was kept.
    """
    return _study(path) if os.path.isfile(path / ANSWER) else part_of_run(load_run(path))


def part_of_run(run: Run) -> Part:
    """A run, stored or not."""
    from sim.studies.run.files import figures_of, view_of
    from sim.studies.run.page import page

    view = view_of(run.scenario, run.alerts.tally, run.results)
    figures = figures_of(view, Print(WITH_TEXT))
    return Part(page(run), tuple(pictures_of(figures)), run.scenario, run.provenance, run)


def _study(path: Path) -> Part:
    if not is_intact(path, KEPT):
        raise StoreError(f"{path}: a file is missing or has changed since it was written — ask the study again")
    provenance = json.loads((path / PROVENANCE).read_text(encoding="utf-8"))
    if PAGE not in provenance["files"]:
        raise StoreError(f"{path}: was made before studies kept what a report shows — ask it again with --again")
    try:
        page, pictures = from_plain(json.loads((path / PAGE).read_text(encoding="utf-8")))
        scenario = load_scenario(path / RESOLVED)
    except (KeyError, TypeError, ValueError, ScenarioError) as error:
        raise StoreError(f"{path}: is not of this version: {error} — ask it again with --again") from None
    return Part(page, pictures, scenario, provenance)
