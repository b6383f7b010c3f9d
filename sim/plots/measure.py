"""How wide a text is when it is drawn, where its lines end, and how it is cut where there is room for one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from matplotlib import rcParams
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

POINTS = 72  # an inch
LONG = 1.75  # inches, a word that may be cut, as that of a language without spaces
CUT = "…"

_TO_PATH = TextToPath()


def inches(text: str, size: float, *, is_bold: bool = False) -> float:
    """The width of one line in the font of the figures."""
    return _inches(text, size, "bold" if is_bold else "normal", tuple(rcParams["font.family"]))


@lru_cache(maxsize=4096)
def _inches(text: str, size: float, weight: str, families: tuple[str, ...]) -> float:
    """The same, once for each text: where lines end is found by trying, and figures are drawn again and again."""
    font = FontProperties(size=size, weight=weight, family=[*families])
    width, _, _ = _TO_PATH.get_text_width_height_descent(text, font, ismath=False)
    return float(width) / POINTS


def lines(text: str, size: float, room: float, *, is_bold: bool = False) -> list[str]:
    """The text in lines that are at most so many inches wide, or one word long if that is not long itself."""
    found: list[str] = []
    most = max(room, LONG)
    for word in (part for whole in text.split(" ") for part in _parts(whole, size, most, is_bold=is_bold)):
        longer = f"{found[-1]} {word}" if found else word
        if found and inches(longer, size, is_bold=is_bold) <= room:
            found[-1] = longer
        else:
            found.append(word)
    return found


def _parts(word: str, size: float, room: float, *, is_bold: bool) -> list[str]:
    """A word as it is, or in pieces of so many inches."""
    found = []
    while (n := _n_fitting(word, size, room, is_bold=is_bold)) < len(word):
        found.append(word[: max(n, 1)])
        word = word[max(n, 1) :]
    return [*found, word]


def shortened(text: str, size: float, room: float, *, is_bold: bool = False) -> str:
    """The text if it is at most so many inches wide, else its beginning."""
    if inches(text, size, is_bold=is_bold) <= room:
        return text
    n = _n_fitting(text, size, room - inches(CUT, size, is_bold=is_bold), is_bold=is_bold)
    return f"{text[:n].rstrip()}{CUT}"


def side_by_side(titles: Sequence[str], ending: str, size: float, room: float) -> list[str]:
    """Two titles with what is said of both, on one line of so many inches: who is short leaves more to the other."""
    widths = [inches(f"{title} {ending}", size) for title in titles]
    rooms = (max(room / 2, room - other) - inches(f" {ending}", size) for other in reversed(widths))
    return [f"{shortened(title, size, own)} {ending}" for title, own in zip(titles, rooms, strict=True)]


def _n_fitting(text: str, size: float, room: float, *, is_bold: bool) -> int:
    """How many letters from the first on are at most so many inches wide."""
    if inches(text, size, is_bold=is_bold) <= room:
        return len(text)
    return bisect_right(range(len(text)), room, key=lambda n: inches(text[: n + 1], size, is_bold=is_bold))
