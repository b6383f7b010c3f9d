"""A sheet is text: no cell is a formula, and numbers stay numbers."""

from __future__ import annotations

import csv
import io

import pytest

from sim.pages.sheets import csv_text


def cell_of(given: str) -> str:
    return next(csv.reader(io.StringIO(csv_text([[given]]))))[0]


@pytest.mark.parametrize("given", ["=1+2", "+1 a", "-x", "@a", "\t=1"])
def test_a_formula_becomes_a_text(given: str) -> None:
    assert cell_of(given) == f"'{given}"


@pytest.mark.parametrize("given", ["-1.5", "+2", "-1.2e-05", "direct", "5 %", "a|b, c", "--set a='1 s'"])
def test_numbers_and_other_texts_stay(given: str) -> None:
    assert cell_of(given) == given
