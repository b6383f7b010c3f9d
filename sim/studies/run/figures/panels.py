"""Which arms share a panel: those of one product and one mode."""

from __future__ import annotations

from collections.abc import Sequence

from sim.model.scenario import Arm, Scenario
from sim.studies.run.view import View

MOST_PANELS = 4


def panels_of(view: View) -> list[tuple[str, list[Arm]]]:
    """The arms by product and mode, the baseline in every panel of its product; one where modes are not stated."""
    products = view.scenario.products
    if len(products) == 1:
        return _by_mode(view.scenario, view.arms)
    parts = {product: [arm for arm in view.arms if arm.product == product] for product in products}
    every = ((product, *panel) for product, part in parts.items() if part for panel in _by_mode(view.scenario, part))
    return [(f"{product}, {mode}" if mode else product, arms) for product, mode, arms in every]


def is_first_of_product(panels: Sequence[tuple[str, list[Arm]]], number: int) -> bool:
    """Whether a panel is the first of its product, in which what they share is named."""
    return number == 0 or panels[number][1][0].product != panels[number - 1][1][0].product


def _by_mode(scenario: Scenario, arms: Sequence[Arm]) -> list[tuple[str, list[Arm]]]:
    baseline = [arm for arm in arms if arm.name == scenario.baseline]
    others = [arm for arm in arms if arm.name != scenario.baseline]
    modes = list(dict.fromkeys(arm.mode for arm in others))
    if len(modes) < 2 or len(modes) > MOST_PANELS or "" in modes:
        return [("", [*baseline, *others])]
    return [(mode, [*baseline, *(arm for arm in others if arm.mode == mode)]) for mode in modes]
