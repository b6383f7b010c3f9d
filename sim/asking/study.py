"""The protocol of a study: a plan, what is found by it, and the page that says it.

A study is a folder of `sim.studies`, and its parts have these names there::

    command.py    STUDY: its help and its options
    find.py       plan(scenario, **options) -> Plan: what will be simulated, before anything is
                  find(plan, simulator) -> found: frozen results, from what the simulator is asked, in rounds if need be
    page.py       page(plan, found) -> Page: what is said of it

``plan`` and ``page`` are pure. A study knows nothing of processes, clusters, stores and terminals, so it answers alike
on all of them, and its callers know no study by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from sim.asking.option import Option
from sim.asking.scenarios import Kind

if TYPE_CHECKING:
    from sim.experiment.simulator import Simulator
    from sim.model.scenario import Scenario
    from sim.pages.page import Page
    from sim.store.study import Asked


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a study will do; each study adds what it needs.

    study : its name.
    scenario : the scenario, of its arms only those that are simulated.
    asked : all that the answer depends on beside the scenario, as plain JSON.
    cost : how much is simulated, in words, and ``n_launches``, each under every arm; 0 where nothing is.
    n_settings : over how many settings or cells.
    n_replications : of all rounds together, about, where there are several and that is known; else 0.
    """

    study: str
    scenario: Scenario
    asked: Mapping[str, Any]
    cost: str = ""
    n_launches: int = 0
    n_settings: int = 0
    n_replications: int = 0

    @property
    def stored_as(self) -> Asked:
        """What names it in a store."""
        from sim.store.study import Asked

        return Asked(self.study, self.scenario, self.asked)

    @property
    def digest(self) -> str:
        """Eight hexadecimal digits that name it."""
        return self.stored_as.digest


@dataclass(frozen=True)
class Study:
    """A study as its callers see it; its parts are imported when they are called.

    help : what it does, and examples, as the command line prints it.
    options : what may be asked beside the scenario.
    subject : what its argument is called on the command line; empty for a study without a scenario.
    is_simulated : whether it simulates, and so takes arms, a seed, an engine, workers and a cluster.
    kind : what its scenario is.
    """

    name: str
    help: str
    options: tuple[Option, ...] = ()
    subject: str = "SCENARIO"
    is_simulated: bool = True
    kind: Kind = "run"

    def plan(self, scenario: Scenario | None, **options: Any) -> Plan:
        """What will be simulated.

        Raises
        ------
        SimError : the scenario has not what is asked about, or the options do not fit it.
        """
        plan: Plan = self._part("find").plan(*([] if scenario is None else [scenario]), **options)
        return plan

    def find(self, plan: Plan, simulator: Simulator) -> Any:
        """The results, as a frozen noun of the study's own."""
        return self._part("find").find(plan, simulator)

    def page(self, plan: Plan, found: Any) -> Page:
        """What is said of the results."""
        from sim.plots.lettering import lettering

        made = self._part("page").page
        page: Page = made(plan, found)
        letters = lettering([plan.scenario])
        shown = made(letters.of(plan), letters.of(found)) if letters.spelt else page
        return replace(page, drawings=shown.drawings, lettering=letters)

    def _part(self, name: str) -> Any:
        return import_module(f"sim.studies.{self.name}.{name}")
