"""Which arms are compared: those whose reports are of one product."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from sim.model.scenario import Arm
from sim.scenario.build import Builder
from sim.scenario.document import meant_by


def check_products(builder: Builder, arms: Mapping[str, Arm]) -> None:
    """Where some of the arms that are simulated say what their report is, all do, and each product in one spelling."""
    named = next((arm for arm in arms.values() if arm.product), None)
    for name in (name for name, arm in arms.items() if named and not arm.product):
        place = ("compare", builder.file.compare.index(name)) if name in builder.file.compare else ("baseline",)
        message = f'"{name}" names no product, and "{named.name}" does' if named else ""
        builder.blame(place, f"{message} — add product: to its arrangement as well")
    _check_spelling(builder, arms)


def _check_spelling(builder: Builder, arms: Mapping[str, Arm]) -> None:
    """A product of one arrangement alone, spelt nearly as one of another above it or of several, is a misprint."""
    taken = {name: builder.file.arms[name].arrangement if name in builder.file.arms else name for name in arms}
    products = {arrangement: arms[name].product for name, arrangement in taken.items() if arms[name].product}
    counts = Counter(products.values())
    above: list[str] = []
    for arrangement, product in products.items():
        others = [other for other, n in counts.items() if other != product and (n > 1 or other in above)]
        meant = meant_by(product, others) if counts[product] == 1 else None
        if meant:
            message = f'no other arm is of "{product}" — did you mean "{meant}"?'
            builder.blame(("arrangements", arrangement, "product"), message)
        above.append(product)


def contrasts(builder: Builder, arms: Mapping[str, Arm]) -> tuple[tuple[str, str], ...]:
    """The pairs as written, with a fault for each of two products; else the first arm of each against its others."""
    if builder.file.contrasts is None:
        return tuple(_usual([arms[name] for name in builder.file.compare]))
    for index, pair in enumerate(builder.file.contrasts):
        one, other = (f'"{name}" is of {arms[name].product or "no product"}' for name in pair)
        if len({arms[name].product for name in pair}) > 1:
            builder.blame(("contrasts", index), f"{one}, {other} — pair arms of one product")
    return tuple((a, b) for a, b in builder.file.contrasts)


def _usual(compared: list[Arm]) -> Iterator[tuple[str, str]]:
    for product in dict.fromkeys(arm.product for arm in compared):
        first, *others = (arm.name for arm in compared if arm.product == product)
        yield from ((first, other) for other in others)
