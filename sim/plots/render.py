"""A figure as the bytes of its files."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Figure  # for whoever may not name the library

FORMATS = ("png", "svg")
EVERY_FORMAT = (*FORMATS, "pdf")
DATED = {"png": "Software", "svg": "Date", "pdf": "CreationDate"}  # what would differ between equal figures
DOTS_PER_INCH = 200

Files = dict[str, bytes]  # by file name


@contextmanager
def without_glyph_warnings() -> Iterator[None]:
    """A letter that the font lacks is a box in the small print; nobody is helped by a warning for each."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        yield


def figure_files(name: str, figure: Figure, formats: Sequence[str] = FORMATS) -> Files:
    """A figure in some formats, by file name."""
    files = {}
    with without_glyph_warnings():
        for suffix in formats:
            files[f"{name}.{suffix}"] = rendered(figure, suffix)
            figure.set_layout_engine(None)  # laid out once: the files are alike, and the second takes half as long
    return files


def rendered(figure: Figure, suffix: str) -> bytes:
    """A figure as the bytes of a PNG, SVG or PDF, without dates or chance, so that equal runs give equal files.

    Text in an SVG is text, so that it can be searched and copied.
    """
    from matplotlib import rc_context

    data = BytesIO()
    metadata: dict[str, None] = {DATED[suffix]: None}
    with rc_context({"svg.hashsalt": "alertpath", "svg.fonttype": "none", "pdf.fonttype": 42}):
        figure.savefig(data, format=suffix, dpi=DOTS_PER_INCH, metadata=metadata)
    return data.getvalue()
