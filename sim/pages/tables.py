"""Rows of text cells, header first, aligned for the terminal or as Markdown."""

from __future__ import annotations

BAR = r"\|"  # within a cell of Markdown


def aligned(cells: list[list[str]]) -> str:
    """Rows of cells, header first, aligned for the terminal: the first column to the left, the others to the right."""
    widths = [max(len(row[i]) for row in cells) for i in range(len(cells[0]))]
    lines = [
        "  ".join(c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True)))
        for row in cells
    ]
    return "\n".join(line.rstrip() for line in lines)


def markdown_table(cells: list[list[str]]) -> str:
    """Rows of cells, header first, as a table in Markdown; a bar within a cell is no end of it."""
    head, *body = (f"| {' | '.join(cell.replace('|', BAR) for cell in row)} |" for row in cells)
    return "\n".join([head, "|" + " --- |" * len(cells[0]), *body])
