"""Rows of text cells, header first, aligned for the terminal or as Markdown."""

from __future__ import annotations

from unicodedata import combining, east_asian_width

WIDE = ("W", "F")
BAR = r"\|"  # within a cell of Markdown


def aligned(cells: list[list[str]]) -> str:
    """Rows of cells, header first, aligned for the terminal: the first column to the left, the others to the right."""
    widths = [max(columns(row[i]) for row in cells) for i in range(len(cells[0]))]
    lines = []
    for row in cells:
        spaces = [" " * (width - columns(cell)) for cell, width in zip(row, widths, strict=True)]
        first, *others = zip(row, spaces, strict=True)
        lines.append("  ".join(["".join(first), *(f"{space}{cell}" for cell, space in others)]).rstrip())
    return "\n".join(lines)


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: a Korean or Japanese letter two."""
    return sum(0 if combining(letter) else 1 + (east_asian_width(letter) in WIDE) for letter in text)


def markdown_table(cells: list[list[str]]) -> str:
    """Rows of cells, header first, as a table in Markdown; a bar within a cell is no end of it."""
    head, *body = (f"| {' | '.join(cell.replace('|', BAR) for cell in row)} |" for row in cells)
    return "\n".join([head, "|" + " --- |" * len(cells[0]), *body])
