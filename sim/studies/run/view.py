"""What every figure looks at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sim.analysis.results import ArmResult, Results
from sim.analysis.tally import Tally
from sim.engines.contract import Paths
from sim.model.scenario import Arm, Scenario
from sim.model.scope import has_no_path
from sim.plots.colours import arm_colours
from sim.say.channels import no_path_sentence
from sim.say.repeat import run_words


@dataclass(frozen=True, eq=False)
class View:
    """A run to be drawn; `paths` holds, by arm, the one replication that the timeline tells."""

    scenario: Scenario
    results: Results
    tally: Tally
    paths: Mapping[str, Paths]
    digest: str
    replication: int = 0

    @cached_property
    def arms(self) -> tuple[Arm, ...]:
        """The arms by which some report can come: what curves and marks are drawn of."""
        return tuple(arm for arm in self.scenario.arms if not has_no_path(self.scenario, arm))

    def pairs(self) -> tuple[tuple[Arm, ArmResult], ...]:
        """Every arm that has a path with its result, the baseline first."""
        return tuple((arm, self.results.arm(arm.name)) for arm in self.arms)


def leading(view: View) -> View:
    """What is drawn of the first product, of which the title of a figure is."""
    part = view.scenario.of_product(view.scenario.products[0])
    return replace(view, scenario=part, results=view.results.of(part)) if len(view.scenario.products) > 1 else view


def colours(view: View) -> dict[str, str]:
    """A colour for each arm of a run."""
    return arm_colours(view.scenario)


def small_print(view: View) -> str:
    """What has no path; scenario, n, settings, level, seed, digest."""
    said = f"{view.scenario.name}: {run_words(view.scenario, view.results, view.digest)}"
    return f"{no_path_sentence(view.scenario)} {said}".strip()


def small_print_of_all(views: Sequence[View]) -> list[str]:
    """The same for several runs: what they share once, with the digest of each."""
    alike: dict[str, list[View]] = {}
    for view in views:
        said = run_words(view.scenario, view.results, view.digest).replace(f", {view.digest}", "")
        alike.setdefault(said, []).append(view)
    found = []
    for said, group in alike.items():
        names = ", ".join(f"{view.scenario.name} ({view.digest})" for view in group)
        found.append(f"{names}: {'each ' if len(group) > 1 else ''}{said}")
    return [*_no_paths(views), *found]


def _no_paths(views: Sequence[View]) -> list[str]:
    """What has no path in which run."""
    found = ((view.scenario.name, no_path_sentence(view.scenario)) for view in views)
    return [f"{name}: {said}" for name, said in found if said]


def shared_with_partner(view: View, arm: str) -> set[str]:
    """The stages that carry reports of an arm and of the arm it is first compared with."""
    for pair in view.results.contrasts:
        if arm in (pair.a, pair.b):
            arms = (view.results.arm(name) for name in (pair.a, pair.b))
            of_a, of_b = ({stage.name for stage in one.stages if stage.share > 0} for one in arms)
            return of_a & of_b
    return set()
