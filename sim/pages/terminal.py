"""A page as plain text for a terminal."""

from __future__ import annotations

from sim.pages.page import Page, Section
from sim.pages.tables import aligned
from sim.pages.texts import WIDTH, filled, labelled


def terminal(page: Page, width: int = WIDTH) -> str:
    """The page as lines of at most ``width`` characters, tables excepted."""
    shown = [section for section in page.sections if not section.is_detail]
    head = [page.title, *(filled(text, width) for text in (page.question, page.caveat) if text)]
    said = [filled(text, width) for text in (page.headline, *page.findings) if text]
    blocks = [block for block in (head, said, *(_section(section, width) for section in shown)) if block]
    sources = [source for section in shown for source in section.sources]
    labels = [
        *([("Rests on", page.rests_on)] if page.rests_on else []),
        *((f"[{number}]", source) for number, source in enumerate(sources, 1)),
        *page.labels.items(),
        ("Run", page.repeat),
    ]
    blocks[-1] += [labelled(label, text, width) for label, text in labels]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _section(section: Section, width: int) -> list[str]:
    head = [section.title] if section.title else []
    table = [aligned(section.table.cells)] if section.table else []
    said, notes = ([filled(text, width) for text in texts] for texts in (section.sentences, section.notes))
    return [*head, *said, *table, *notes]
