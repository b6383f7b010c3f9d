"""Several products of one scenario, told apart: tables and sentences of each stand together."""

from __future__ import annotations

from collections.abc import Sequence

from sim.analysis.results import Results
from sim.model.scenario import Scenario
from sim.say.numbers import capital


def by_product(scenario: Scenario, results: Results) -> tuple[tuple[str, Scenario, Results], ...]:
    """What was run and came out, product by product, each with its name; empty where there is one."""
    if len(scenario.products) == 1:
        return (("", scenario, results),)
    parts = [(product, scenario.of_product(product)) for product in scenario.products]
    return tuple((product, part, results.of(part)) for product, part in parts)


def named(product: str, said: Sequence[str]) -> Sequence[str]:
    """Sentences of one product of several, the first of which says so."""
    return [f"{capital(product)}. {said[0]}", *said[1:]] if product and said else said
