"""Every figure can be read: no text over another, off the page, too small, or beside the curve of another arm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

import sim
from sim.analysis.analyse import analyse
from sim.asking.scenarios import find_scenario, shipped_names
from sim.experiment.run import simulate_scenario
from sim.plots.render import rendered
from sim.plots.style import finish, new_figure, printed_at
from sim.studies.run.figures import FIGURES, launches
from sim.studies.run.files import view_of
from sim.studies.run.view import View
from tests.examples import examples
from tests.layout import faults

EVALUATES = "stages.us_evaluates.delay.lognormal.median=30 s:1 h:5:log"
TRANSLATES = "stages.translation.delay.lognormal.median=15 s:10 min:5:log"
FEW = {"replications": "100", "settings": "{count: 8, replications: 20}"}
CHEAP = (
    ("breakeven", "first-look", {}),
    ("ledger", "first-look", {}),
    ("sight", "2019-10-02-pukguksong-3", {}),
    ("sweep", "first-look", {"vary": [EVALUATES]}),
)
DEAR = (
    ("breakeven", "first-look", {"on": "stages.us_evaluates.delay.lognormal.median"}),
    ("breakeven", "2019-10-02-pukguksong-3", {}),
    ("ledger", "washington-as-fallback", {}),
    ("map", "2019-10-02-pukguksong-3", {}),
    ("record", None, {}),
    ("ledger", "2019-10-02-pukguksong-3", {}),
    ("confirm", "confirmation", {}),
    ("sweep", "2019-10-02-pukguksong-3", {"vary": [EVALUATES, TRANSLATES]}),
    ("sweep", "salvo-of-eight-2022-06-05", {"vary": ["desks.us_desk.capacity=1|2|3"]}),
    ("sensitivity", "first-look", {}),
    ("discover", "first-look", {}),
)


def view(name: str) -> View:
    scenario = find_scenario(name, FEW)
    alerts = simulate_scenario(scenario)
    return view_of(scenario, alerts.tally, analyse(scenario, alerts.tally))


@pytest.mark.parametrize(
    ("name", "cm"), examples(product(shipped_names(), (8, 16)), [("first-look", 8), ("2019-10-02-pukguksong-3", 16)])
)
def test_every_figure_of_a_run_can_be_read(name: str, cm: float) -> None:
    seen = view(name)
    with printed_at(cm):
        figures = {kind: draw(seen) for kind, draw in FIGURES.items()}
    assert not {kind: found for kind, figure in figures.items() if figure and (found := faults(figure))}


@pytest.mark.slow
def test_launches_of_as_many_scenarios_as_have_room_can_be_read_together() -> None:
    views: list[View] = []
    n_rows = 0
    for seen in map(view, shipped_names()):
        n_rows += len(seen.scenario.launch_keys())
        views += [seen] if n_rows <= launches.MOST_ROWS else []
    assert len(views) > 10
    figure = launches.draw_all(views)
    assert figure
    assert not faults(figure)


@pytest.mark.parametrize(
    ("study", "scenario", "options"),
    examples((*CHEAP, *DEAR), CHEAP),
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_every_figure_of_a_study_can_be_read(study: str, scenario: str | None, options: dict[str, object]) -> None:
    assert not {name: found for name, figure in drawings(study, scenario, options) if (found := faults(figure))}


def drawings(study: str, scenario: str | None, options: dict[str, object]) -> Iterator[tuple[str, Figure]]:
    """The figures of a study, by name."""
    subject = () if scenario is None else (scenario,)
    sets = {} if study in ("record", "sight") else {"sets": {"replications": "100"}}
    for drawing in getattr(sim, study)(*subject, **sets, **options).page.drawings:
        for cm in (8, 16):
            with printed_at(cm):
                yield f"{drawing.name} at {cm} cm", drawing.draw(drawing.title)


def with_titles(title: str, n_arms: int) -> dict[str, Any]:
    """A scenario of as many arms, which are titled alike but for their number, as their stages are."""
    p90 = {"low": "2 min", "typical": "3 min", "high": "5 min"}
    spread = {"lognormal": {"median": "50 s", "p90": p90}}
    several = range(n_arms)
    return {
        "title": title,
        "launches": [{"name": "one", "flight_time": "10 min"}],
        "stages": {
            "a": {"delay": "60 s", "evidence": "assumed"},
            **{f"s{n}": {"title": f"{title} s{n}", "delay": spread, "evidence": "assumed"} for n in several},
        },
        "arrangements": {f"w{n}": {"title": f"{title} {n}", "flow": ["a", f"s{n}"]} for n in several},
        "compare": [f"w{n}" for n in several],
        "replications": 30,
        "settings": {"count": 4, "replications": 20},
    }


LONG_TITLES = ("by the long road " * 5 + "by the way", "_by-a-word-without-an-end" * 3, "_x")


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    ("title", "n_arms"), examples(product(LONG_TITLES, (2, 6)), [(LONG_TITLES[1], 6)]), ids=lambda one: str(one)[:9]
)
def test_titles_of_any_length_leave_room_for_the_curves(title: str, n_arms: int) -> None:
    answer = sim.run(with_titles(title, n_arms))
    seen = view_of(answer.scenario, answer.alerts.tally, answer.results)
    figures = {kind: draw(seen) for kind, draw in FIGURES.items()}
    assert not {kind: found for kind, figure in figures.items() if figure and (found := faults(figure))}
    assert title[:8] in " ".join(text.get_text() for text in figures["latency"].findobj(Text))


@pytest.mark.parametrize(
    ("study", "title"),
    examples(product(("ledger", "breakeven", "sensitivity"), LONG_TITLES[:2]), [("ledger", LONG_TITLES[0])]),
    ids=lambda one: one[:9],
)
def test_titles_of_any_length_leave_room_in_a_study(study: str, title: str) -> None:
    for drawing in getattr(sim, study)(with_titles(title, 2)).page.drawings:
        assert not faults(drawing.draw(drawing.title))


def test_what_cannot_be_read_is_found() -> None:
    figure = new_figure(2.0)
    axes = figure.subplots()
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.plot([0, 0.5, 1], [0.1, 0.1, 0.1], label="low")
    axes.plot([0, 0.5, 1], [0.9, 0.9, 0.9], label="high")
    for y, said, size in ((0.5, "one", 11), (0.5, "other", 11), (0.3, "tiny", 6), (0.8, "low", 11), (0.1, "over", 11)):
        axes.text(0.4, y, said, fontsize=size)
    axes.text(0.9, 0.6, "much too long for its place", fontsize=11).set_in_layout(False)
    found = "\n".join(faults(finish(figure, "A title")))
    assert "“one” is over “other”" in found
    assert "“tiny” is 3.5 pt" in found
    assert "“low” is nearer to “high”" in found
    assert "“over” hides the curve of “low”" in found
    assert "“much too long for its place” is cut off by the page" in found
    assert "“much too long for its place” runs out of its axes" in found


def test_words_of_a_figure_can_be_searched_and_the_bytes_are_the_same_each_time() -> None:
    def once() -> bytes:
        figure = new_figure(1.0)
        figure.subplots().text(0.2, 0.2, "in minutes")
        return rendered(finish(figure, "By impact: direct 41 %; via Washington 17 %", "small print"), "svg")

    words = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", once().decode()))
    assert "By impact: direct 41 %; via Washington 17 %" in words
    assert "small print" in words
    assert once() == once()
