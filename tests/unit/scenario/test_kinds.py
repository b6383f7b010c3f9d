"""What is told of a field by its name is what the format says of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from sim.say.values import kind_of
from sim.scenario import schema
from sim.scenario.document import DELAYS


def parts_of(part: type) -> Iterator[type]:
    yield part
    for one in part.__subclasses__():
        yield from parts_of(one)


def types_in(annotation: Any) -> set[type]:
    """Every class within an annotation."""
    inside = set().union(*map(types_in, get_args(annotation))) if get_args(annotation) else set()
    return inside | ({annotation} if isinstance(annotation, type) else set())


FIELDS = [
    (field.alias or name, types_in(field.annotation))
    for part in {*parts_of(schema.Part)}
    for name, field in part.model_fields.items()  # type: ignore[attr-defined]
]


def test_the_fields_that_are_delays_are_those_whose_range_is_a_constant() -> None:
    assert {name for name, types in FIELDS if schema.Delay in types} == {*DELAYS}


def test_a_range_is_read_and_told_in_the_unit_of_its_field() -> None:
    kinds = {name: one.kind for name, types in FIELDS for one in types if issubclass(one, schema.Range)}
    assert len(kinds) > 20
    assert {name: kind_of(f"stages.x.{name}") for name in kinds} == kinds
