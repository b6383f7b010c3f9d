"""A page as the files of a folder."""

from __future__ import annotations

from dataclasses import replace

from sim.pages.document import document
from sim.pages.kept import PAGE, plain
from sim.pages.markdown import markdown
from sim.pages.page import Page
from sim.pages.pictures import WITH_TEXT, prints
from sim.pages.sheets import csv_text
from sim.plots.render import AS_USUAL, Files, Print, captions
from sim.store.files import json_text


def files_of(page: Page, how: Print = AS_USUAL) -> Files:
    """JSON, sheet and Markdown under the name of the study, figures, their captions, and the page as it is kept."""
    texts = {"json": json_text(document(page)), "csv": csv_text(page.sheet.cells), "md": markdown(page)}
    files = {f"{page.study}.{suffix}": text.encode() for suffix, text in texts.items()}
    figures = prints(page, replace(how, formats=tuple(dict.fromkeys((*how.formats, *WITH_TEXT)))))
    asked = tuple(f".{suffix}" for suffix in how.formats)
    for figure in figures:
        files |= {name: data for name, data in figure.files.items() if name.endswith(asked)}
    return files | {PAGE: json_text(plain(page, figures)).encode()} | captions(figures)
