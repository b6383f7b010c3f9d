"""A page as the files of a folder."""

from __future__ import annotations

from sim.pages.document import document
from sim.pages.markdown import markdown
from sim.pages.page import Page
from sim.pages.sheets import csv_text
from sim.plots.render import Files, figure_files, house_style
from sim.store.files import json_text


def files_of(page: Page) -> Files:
    """JSON, sheet and Markdown under the name of the study, and every figure as PNG and SVG."""
    texts = {"json": json_text(document(page)), "csv": csv_text(page.sheet.cells), "md": markdown(page)}
    files = {f"{page.study}.{suffix}": text.encode() for suffix, text in texts.items()}
    for drawing in page.drawings:
        with house_style():
            files |= figure_files(drawing.name, drawing.draw(drawing.title))
    return files
