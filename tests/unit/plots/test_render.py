"""The bytes of a figure are a function of what it shows, not of where it is drawn."""

from __future__ import annotations

import matplotlib as mpl

from sim.plots.render import house_style, rendered
from sim.plots.style import finish, new_figure

HOSTILE = {"font.size": 30, "axes.facecolor": "red", "text.color": "green", "savefig.transparent": True}


def drawn() -> bytes:
    with house_style():
        figure = new_figure(1.0)
        figure.subplots().text(0.2, 0.2, r"$\frac{1}$ costs 5 $ _and_ ^more^")
        return rendered(finish(figure, r"A title of $\frac{1}$"), "svg")


def test_a_dollar_is_no_formula() -> None:
    assert r"$\frac{1}$ costs 5 $" in drawn().decode()


def test_styles_of_the_user_reach_no_figure_and_stay_as_they_were() -> None:
    before = drawn()
    with mpl.rc_context(HOSTILE):
        assert drawn() == before
        assert mpl.rcParams["font.size"] == HOSTILE["font.size"]
