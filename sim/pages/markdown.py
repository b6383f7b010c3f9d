"""A page as Markdown, ready for a memo."""

from __future__ import annotations

import re

from sim.pages.page import Drawing, Page, Section
from sim.pages.tables import markdown_table
from sim.say.markup import untagged


def markdown(page: Page) -> str:
    """The page as Markdown; figures are named by their files."""
    blocks = [f"# {page.title}", *(f"*{text}*" for text in (page.question, page.caveat) if text)]
    blocks += [text for text in (page.headline, *page.findings) if text]
    blocks += [block for section in page.sections for block in _section(page, section)]
    labels = {**({"Rests on": page.rests_on} if page.rests_on else {}), **page.labels}
    blocks += [f"**{label}:** {text}." for label, text in labels.items()]
    placed = {section.drawing for section in page.sections}
    blocks += [_figure(drawing) for drawing in page.drawings if drawing.name not in placed]
    return untagged("\n\n".join([*blocks, f"*{page.repeat}.*"])) + "\n"


def _figure(drawing: Drawing) -> str:
    return f"![{drawing.title}]({drawing.name}.png)"


def _section(page: Page, section: Section) -> list[str]:
    head = [f"## {section.title}"] if section.title else []
    table = [_with_footnotes(markdown_table(section.table.cells))] if section.table else []
    notes = [f"*{note}*" for note in section.notes]
    sources = [f"[^{number}]: {' '.join(source.split())}" for number, source in enumerate(section.sources, 1)]
    drawing = page.drawing(section.drawing) if section.drawing else None
    figure = [_figure(drawing)] if drawing else []
    return [*head, *section.sentences, *figure, *table, *notes, *(["\n".join(sources)] if sources else [])]


def _with_footnotes(table: str) -> str:
    return re.sub(r"\| \[(\d+)\] (?=\|)", r"| [^\1] ", table)
