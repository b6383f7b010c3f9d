"""A figure as the bytes of its files."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Figure  # for whoever may not name the library

FORMATS = ("png", "svg")
EVERY_FORMAT = (*FORMATS, "pdf")
DATED = {"png": "Software", "svg": "Date", "pdf": "CreationDate"}  # what would differ between equal figures
DOTS_PER_INCH = 200
STYLE: dict[Any, Any] = {
    "text.parse_math": False,
    "svg.hashsalt": "alertpath",
    "svg.fonttype": "none",
    "pdf.fonttype": 42,
}

Files = dict[str, bytes]  # by file name


@contextmanager
def house_style() -> Iterator[None]:
    """Figures are drawn as the library draws them, whatever a user's `matplotlibrc` or notebook says.

    A dollar in a title is a dollar, no formula. A letter that the font lacks is a box; nobody is helped by a warning
    for each.
    """
    from matplotlib import rc_context, rcParamsDefault

    ours: dict[Any, Any] = {name: value for name, value in rcParamsDefault.items() if not name.startswith("backend")}
    with warnings.catch_warnings(), rc_context({**ours, **STYLE}):
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        yield


def figure_files(name: str, figure: Figure, formats: Sequence[str] = FORMATS) -> Files:
    """A figure in some formats, by file name."""
    files = {}
    with house_style():
        for suffix in formats:
            files[f"{name}.{suffix}"] = rendered(figure, suffix)
            figure.set_layout_engine(None)  # laid out once: the files are alike, and the second takes half as long
    return files


def rendered(figure: Figure, suffix: str) -> bytes:
    """A figure as the bytes of a PNG, SVG or PDF, without dates or chance, so that equal runs give equal files.

    Text in an SVG is text, so that it can be searched and copied.
    """
    data = BytesIO()
    metadata: dict[str, None] = {DATED[suffix]: None}
    with house_style():
        figure.savefig(data, format=suffix, dpi=DOTS_PER_INCH, metadata=metadata)
    return data.getvalue()
