"""Nouns within nouns: a scenario as a tree, of which parts are put in place of others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any


def put(noun: Any, instead: Callable[[Any], Any], left: Collection[str] = ()) -> Any:
    """A noun with others in place of its parts; the same object where nothing of it is another.

    instead : gives what stands in place of a part, or the part itself, whose own parts are looked at then.
    left : the names of fields that stay.
    """
    found = instead(noun)
    if found is not noun:
        return found
    if isinstance(noun, tuple | list):
        items = [put(item, instead, left) for item in noun]
        return noun if all(map(_is, items, noun)) else type(noun)(items)
    if isinstance(noun, Mapping):
        values = [put(value, instead, left) for value in noun.values()]
        return noun if all(map(_is, values, noun.values())) else dict(zip(noun, values, strict=True))
    if not is_dataclass(noun) or isinstance(noun, type):
        return noun
    each = {one.name: getattr(noun, one.name) for one in fields(noun) if one.init and one.name not in left}
    new = {name: put(value, instead, left) for name, value in each.items()}
    changed = {name: value for name, value in new.items() if value is not each[name]}
    return replace(noun, **changed) if changed else noun


def _is(one: object, other: object) -> bool:
    return one is other
