"""The figures of a page, drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from sim.pages.page import Page, Picture
from sim.plots.render import AS_USUAL, Print, Printed, printed

WITH_TEXT = ("svg",)  # what a page of HTML shows, since what it says can be found


def prints(page: Page, how: Print = AS_USUAL) -> tuple[Printed, ...]:
    """Every figure of a page that applies, as files."""
    how = replace(how, fonts=page.lettering.fonts)
    each = (printed(drawing.name, partial(drawing.draw, drawing.title), how) for drawing in page.drawings)
    return tuple(one for one in each if one.files)


def pictures(page: Page) -> tuple[Picture, ...]:
    """Every figure of a page that applies, as it stands on a page of HTML."""
    return tuple(pictures_of(prints(page, Print(WITH_TEXT))))


def pictures_of(every: Sequence[Printed]) -> Iterator[Picture]:
    """Figures that were printed as SVG, among others."""
    for one in every:
        svg = one.files[f"{one.name}.svg"].decode()
        yield Picture(one.name, one.title, one.small_print, svg)
