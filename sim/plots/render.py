"""A figure as the bytes of its files."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Figure  # for whoever may not name the library

FORMATS = ("png", "svg")
DOTS_PER_INCH = 200

Files = dict[str, bytes]  # by file name


@contextmanager
def without_glyph_warnings() -> Iterator[None]:
    """A letter that the font lacks is a box in the small print; nobody is helped by a warning for each."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        yield


def figure_files(name: str, figure: Figure) -> Files:
    """A figure as PNG and SVG, by file name."""
    files = {}
    with without_glyph_warnings():
        for suffix in FORMATS:
            files[f"{name}.{suffix}"] = rendered(figure, suffix)
            figure.set_layout_engine(None)  # laid out once: the files are alike, and the second takes half as long
    return files


def rendered(figure: Figure, suffix: str) -> bytes:
    """A figure as the bytes of a PNG or SVG, without dates or chance, so that equal runs give equal files.

    Text in an SVG is text, so that it can be searched and copied.
    """
    from matplotlib import rc_context

    data = BytesIO()
    metadata = {"Date": None} if suffix == "svg" else {"Software": None}
    with rc_context({"svg.hashsalt": "alertpath", "svg.fonttype": "none"}):
        figure.savefig(data, format=suffix, dpi=DOTS_PER_INCH, metadata=metadata)
    return data.getvalue()
