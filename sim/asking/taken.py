"""What the program takes where a scenario file is silent, as ``sim check`` says it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.model.flow import steps
from sim.model.scenario import Scenario
from sim.model.stage import Desk, Precedence, Stage
from sim.say.values import values_of


def taken(scenario: Scenario) -> tuple[str, ...]:
    """What the program takes where the file is silent: headers, typical values, and who is served first at a desk."""
    headers = (f"{scenario.name}: {note}" for note in scenario.notes)
    middles = [value for value in values_of(scenario) if value.range.is_middle]
    typical = (
        f"{scenario.name}: {value.path}: {value.ends} without typical, so {value.text(value.range.typical)} stands for "
        f"it, the {'geometric ' if value.range.low > 0 else ''}mean of the ends"
        for value in middles
    )
    return (*headers, *typical, *_served_first(scenario))


def _served_first(scenario: Scenario) -> Iterator[str]:
    """Desks at which stages go before other work, or after it, and the file does not say so."""
    for name, (desk, stages) in _shared_with_other_work(scenario).items():
        other = desk.background.precedence if desk.background else Precedence.ROUTINE
        apart = [stage for stage in stages if stage.precedence != other]
        written = _part(scenario.document, "desks", name, "background")
        silent = [stage for stage in apart if "precedence" not in _part(scenario.document, "stages", stage.name)]
        if apart and (silent or "precedence" not in written):
            named = ", ".join(f"{stage.name} ({stage.precedence.name})" for stage in apart)
            yield (
                f"{scenario.name}: desk {name}: by precedence, {named} and other work ({other.name}) do not queue "
                "together: the more urgent is served first — if all wait alike, give stages and background one "
                "precedence"
            )


def _shared_with_other_work(scenario: Scenario) -> dict[str, tuple[Desk, list[Stage]]]:
    """The desks that do other work beside the stages of some arm, and those stages, by name."""
    found: dict[str, tuple[Desk, list[Stage]]] = {}
    for arm in scenario.arms:
        for stage in (arm.stages[step.stage] for step in steps(arm.flow)):
            desk = arm.desks[stage.desk] if stage.desk else None
            if desk and desk.background:
                stages = found.setdefault(desk.name, (desk, []))[1]
                stages += [] if stage.name in (one.name for one in stages) else [stage]
    return found


def _part(tree: Mapping[str, object], *names: str) -> Mapping[str, object]:
    """The mapping at a path of a document, empty where there is none."""
    for name in names:
        found = tree.get(name)
        tree = found if isinstance(found, Mapping) else {}
    return tree
