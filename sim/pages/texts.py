"""Paragraphs of the terminal."""

from __future__ import annotations

from textwrap import fill

from sim.say.numbers import unbroken

WIDTH, LABEL_WIDTH = 88, 10


def filled(said: str, width: int = WIDTH) -> str:
    """A paragraph for the terminal; no line ends between a number and its unit."""
    return fill(unbroken(said), width).replace("\N{NO-BREAK SPACE}", " ")


def labelled(label: str, said: str, width: int = WIDTH) -> str:
    """A paragraph for the terminal, under its label."""
    said = " ".join(said.split())
    return fill(said, width, initial_indent=f"{label:<{LABEL_WIDTH}}", subsequent_indent=" " * LABEL_WIDTH)
