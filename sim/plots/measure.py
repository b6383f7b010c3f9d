"""How wide a text is when it is drawn, and where its lines end."""

from __future__ import annotations

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

POINTS = 72  # an inch

_TO_PATH = TextToPath()


def inches(text: str, size: float, *, is_bold: bool = False) -> float:
    """The width of one line in the font of the figures."""
    font = FontProperties(size=size, weight="bold" if is_bold else "normal")
    width, _, _ = _TO_PATH.get_text_width_height_descent(text, font, ismath=False)
    return float(width) / POINTS


def lines(text: str, size: float, room: float, *, is_bold: bool = False) -> list[str]:
    """The text in lines that are at most so many inches wide, or one word long."""
    found: list[str] = []
    for word in text.split(" "):
        longer = f"{found[-1]} {word}" if found else word
        if found and inches(longer, size, is_bold=is_bold) <= room:
            found[-1] = longer
        else:
            found.append(word)
    return found
