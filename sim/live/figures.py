"""What the page draws: figures of the run, and the first figure of a study."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

from sim.asking.option import checked
from sim.asking.order import answered
from sim.errors import SimError
from sim.experiment.engines import EngineName
from sim.experiment.execution import Execution
from sim.pages.page import Picture
from sim.pages.pictures import pictures_of
from sim.plots.lettering import lettering
from sim.plots.render import Print, printed
from sim.store.run import Run
from sim.studies import study_of
from sim.studies.run.figures import FIGURES
from sim.studies.run.files import view_of

if TYPE_CHECKING:
    from sim.plots.render import Figure

OF_THE_RUN = {"latency": "Latency", "difference": "Difference", "stages": "Stages", "timeline": "Timeline"}
OF_STUDIES = {"map": "Map", "breakeven": "Break-even"}
ASKED = {"replications": 400}  # of a study, so that nobody waits long; its small print says so
TABS: Mapping[str, str] = {**OF_THE_RUN, **OF_STUDIES}
HOW = Print(("svg",), width_cm=12.0)
ONE_AT_A_TIME = Lock()  # the library that draws has one style for a whole process


@dataclass(frozen=True)
class Shown:
    """A figure, and of a study its finding."""

    picture: Picture
    headline: str = ""


def shown(tab: str, run: Run, engine: EngineName) -> Shown:
    """The figure of a tab.

    Raises
    ------
    SimError : there is no such tab, or it has nothing to draw of this scenario.
    """
    if tab in OF_THE_RUN:
        letters = lettering([run.scenario])
        seen = view_of(run.scenario, run.alerts.tally, run.results, has_paths=tab == "timeline")
        view = letters.of(seen)
        return _drawn(tab, lambda: FIGURES[tab](view), letters.fonts)
    if tab not in OF_STUDIES:
        raise SimError(f"there is no such figure — ask for one of {', '.join(TABS)}")
    study = study_of(tab)
    plan = study.plan(run.scenario, **checked(study.options, ASKED))
    _, page = answered(study, plan, Execution(engine))
    drawing = page.drawing()
    draw = partial(drawing.draw, drawing.title) if drawing else lambda: None
    return replace(_drawn(tab, draw, page.lettering.fonts), headline=page.headline)


def _drawn(tab: str, draw: Callable[[], Figure | None], fonts: tuple[str, ...]) -> Shown:
    with ONE_AT_A_TIME:
        figure = printed(tab, draw, replace(HOW, fonts=fonts))
    if not figure.files:
        raise SimError(f"{TABS[tab]}: there is nothing to draw of this scenario")
    return Shown(next(pictures_of([figure])))
