"""A figure as the bytes of its files, and in words."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from sim.say.markup import untagged

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Figure  # for whoever may not name the library

DATED = {"svg": "Date", "pdf": "CreationDate"}  # what would differ between equal figures
FORMATS = ("png", *DATED)
WIDTHS_CM = (6.0, 30.0)  # that a figure can be printed at
CAPTIONS = "captions.md"
DOTS_PER_INCH = 200
STYLE: dict[Any, Any] = {
    "axes.titley": 1.0,  # the name of a panel stands above it, where the library would look for room each time
    "text.parse_math": False,
    "text.hinting": "no_hinting",  # letters as wide in a PNG as they are measured, and as in an SVG; sooner as well
    "svg.hashsalt": "alertpath",
    "svg.fonttype": "none",
    "pdf.fonttype": 42,
}

Files = dict[str, bytes]  # by file name


@dataclass(frozen=True)
class Print:
    """How figures are printed: as which kinds of file, how wide, and with which fonts behind ours."""

    formats: tuple[str, ...] = ("png",)
    width_cm: float = 8.0
    fonts: tuple[str, ...] = ()


AS_USUAL = Print()


@contextmanager
def house_style(fonts: Sequence[str] = ()) -> Iterator[None]:
    """Figures are drawn as the library draws them, whatever a user's `matplotlibrc` or notebook says.

    A dollar in a title is a dollar, no formula. A letter that neither our font nor any of ``fonts`` has is a box;
    nobody is helped by a warning for each.
    """
    from matplotlib import rc_context, rcParamsDefault

    ours: dict[Any, Any] = {name: value for name, value in rcParamsDefault.items() if not name.startswith("backend")}
    with warnings.catch_warnings(), rc_context({**ours, **STYLE, **_families(fonts)}):
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        yield


def _families(fonts: Sequence[str]) -> dict[Any, Any]:
    if not fonts:
        return {}
    from sim.plots.fonts import OURS, make_known

    make_known(fonts)
    return {"font.family": [OURS, *fonts, "sans-serif"]}


@dataclass(frozen=True)
class Printed:
    """A figure that was drawn: its files by name, its finding and how to read it; no files where it does not apply."""

    name: str
    files: Files
    title: str = ""
    small_print: str = ""

    @property
    def caption(self) -> str:
        """The figure in words, ready to paste: the finding, how to read it, n, level and what repeats it."""
        end = "" if self.title.endswith(".") else "."
        return f"## {self.name}\n\n**{self.title}{end}** {self.small_print}\n" if self.files else ""


def printed(name: str, draw: Callable[[], Figure | None], how: Print) -> Printed:
    """Draw a figure and print it."""
    from sim.plots.style import printed_at

    files = {}
    with house_style(how.fonts), printed_at(how.width_cm):
        figure = draw()
        if figure is None:
            return Printed(name, {})
        for suffix in how.formats:
            files[f"{name}.{suffix}"] = rendered(figure, suffix)
    title, small_print = (" ".join(text.split()) for text in (figure.get_suptitle(), figure.get_supxlabel()))
    return Printed(name, files, title, small_print)


def captions(every: Iterable[Printed]) -> Files:
    """The captions of some figures as a file of Markdown; none of no figures."""
    each = [one.caption for one in every if one.caption]
    return {CAPTIONS: untagged("\n".join(["# Captions\n", *each])).encode()} if each else {}


def rendered(figure: Figure, suffix: str) -> bytes:
    """A figure as the bytes of a PNG, SVG or PDF, without dates or chance, so that equal runs give equal files.

    Text in an SVG is text, so that it can be searched and copied.
    """
    from sim.plots.png import png

    with house_style():
        canvas = _laid_out(figure)
        if suffix == "png":
            canvas.draw()
            return png(canvas.buffer_rgba(), DOTS_PER_INCH)
        data = BytesIO()
        figure.savefig(data, format=suffix, dpi=DOTS_PER_INCH, metadata={DATED[suffix]: None})
    return data.getvalue()


def _laid_out(figure: Figure) -> Any:
    """Lay a figure out, once for all of its files: the library would draw it once more for that, each time.

    Gives the canvas for a PNG, on which that is done, so that it has measured the words that it draws.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    canvas: Any = FigureCanvasAgg(figure)
    figure.set_dpi(DOTS_PER_INCH)
    if engine := figure.get_layout_engine():
        engine.execute(figure)
        figure.set_layout_engine(None)
    return canvas
