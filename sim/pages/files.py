"""A page as the files of a folder."""

from __future__ import annotations

from sim.pages.document import document
from sim.pages.markdown import markdown
from sim.pages.page import Page
from sim.pages.pictures import prints
from sim.pages.sheets import csv_text
from sim.plots.render import AS_USUAL, Files, Print, captions
from sim.store.files import json_text


def files_of(page: Page, how: Print = AS_USUAL) -> Files:
    """JSON, sheet and Markdown under the name of the study, every figure, and their captions."""
    texts = {"json": json_text(document(page)), "csv": csv_text(page.sheet.cells), "md": markdown(page)}
    files = {f"{page.study}.{suffix}": text.encode() for suffix, text in texts.items()}
    figures = prints(page, how)
    for figure in figures:
        files |= figure.files
    return files | captions(figures)
