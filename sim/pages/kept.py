"""A page as a store keeps it: all that is said and its figures, drawn, so that it can be shown again without asking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from sim.pages.page import Page, Picture, Section, Table
from sim.pages.pictures import pictures_of
from sim.plots.render import Printed

PAGE = "page.json"
LEFT_OUT = ("data", "drawings", "lettering")  # a file of its own; and what figures are made of, which are there


def plain(page: Page, figures: Sequence[Printed]) -> dict[str, Any]:
    """A page and its figures, which were printed as SVG among others, as plain JSON."""
    said = {one.name: getattr(page, one.name) for one in fields(page) if one.name not in LEFT_OUT}
    told = {
        "sections": [asdict(section) for section in page.sections],
        "sheet": asdict(page.sheet),
        "labels": dict(page.labels),
        "pictures": [asdict(picture) for picture in pictures_of(figures)],
    }
    return {**said, **told}


def from_plain(tree: Any) -> tuple[Page, tuple[Picture, ...]]:
    """The page, without the data of its JSON, and its figures.

    Raises
    ------
    KeyError, TypeError, ValueError : it is no page of this version.
    """
    if not isinstance(tree, Mapping):
        raise TypeError("it is no page")
    rest = {name: value for name, value in tree.items() if name != "pictures"}
    given = {
        "sections": tuple(_section(section) for section in tree["sections"]),
        "findings": tuple(tree["findings"]),
        "sheet": _table(tree["sheet"]),
    }
    return Page(**{**rest, **given, "data": {}}), tuple(Picture(**picture) for picture in tree["pictures"])


def _section(tree: Mapping[str, Any]) -> Section:
    several = {name: tuple(tree[name]) for name in ("sentences", "notes", "sources")}
    return Section(**{**tree, **several, "table": _table(tree["table"]) if tree["table"] else None})


def _table(tree: Mapping[str, Any]) -> Table:
    return Table.of([tree["header"], *tree["rows"]])
