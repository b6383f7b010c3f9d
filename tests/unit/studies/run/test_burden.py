"""What a run says and draws of work by centre and of desks."""

from __future__ import annotations

from matplotlib.colors import to_hex
from matplotlib.figure import Figure

import sim
from sim.analysis.results import ArmResult
from sim.model.scenario import Scenario
from sim.plots.colours import DIRECT, INK, WASHINGTON
from sim.scenario.loader import load_text
from sim.studies.run.burden import sections
from sim.studies.run.figures import FIGURES
from sim.studies.run.files import view_of

TEXT = """
title: two missiles at once
launches: [{name: two, offsets: [0 min, 0 min], flight_time: 10 min}]
desks: {people: {at: seoul, capacity: 1, evidence: assumed}}
stages:
  sees:   {desk: people, delay: 3 min, evidence: assumed}
  calls:  {at: tokyo, delay: 2 min, evidence: assumed}
  relays: {at: us, delay: {constant: {low: 4 min, typical: 6 min, high: 9 min}}, evidence: assumed}
arrangements:
  direct: {route: direct, flow: [sees, calls]}
  via_washington: {route: via Washington, flow: [sees, relays]}
compare: [direct, via_washington]
replications: 4
settings: {count: 4, replications: 2}
"""


def ran(text: str) -> tuple[Scenario, tuple[ArmResult, ...], dict[str, Figure | None]]:
    answer = sim.run(load_text(text, "by-hand"), engine="columns")
    view = view_of(answer.scenario, answer.alerts.tally, answer.results)
    return answer.scenario, answer.results.arms, {name: FIGURES[name](view) for name in ("work", "desks")}


def words(figure: Figure | None) -> list[str]:
    """The rows of a figure and the names of its groups, from above."""
    assert figure
    return [text.get_text() for text in figure.axes[0].texts]


def dots(figure: Figure | None) -> list[tuple[float, str]]:
    """Where the dot of each row is, and its colour."""
    assert figure
    return [
        (line.get_xdata()[0], to_hex(line.get_color())) for line in figure.axes[0].lines if line.get_marker() == "o"
    ]


def test_work_is_a_row_an_arm_and_centre_and_one_row_where_arms_ask_the_same() -> None:
    """By hand: each missile takes 3 min in Seoul under both arms, then 2 min in Tokyo or 4 to 9 min at the US."""
    work = ran(TEXT)[2]["work"]
    assert words(work) == [
        *("Seoul", "Direct and via Washington: 3.0 min"),
        *("Tokyo", "Direct: 2.0 min"),
        *("US", "Via Washington: 6.0 min (4.0 to 9.0)"),
    ]
    assert dots(work) == [(3, INK.lower()), (2, DIRECT.lower()), (6, WASHINGTON.lower())]
    (line,) = (line for line in work.axes[0].lines if line.get_marker() != "o")
    assert [*line.get_xdata()] == [4, 9]
    assert work._suptitle.get_text().replace("\n", " ") == (
        "At working values direct takes 6.0 min less work a launch at the US than via Washington"
    )
    assert "no staffing of any office" in work._supxlabel.get_text().replace("\n", " ")


def test_desks_are_drawn_where_something_waited_for_one() -> None:
    """By hand: one missile waits 0 min and the other 3, so 1.5 on average; the desk is at work for all of 6 min."""
    desks = ran(TEXT)[2]["desks"]
    assert words(desks) == ["People desk, Seoul", "100 %, wait 1.5 min, queue 1.0 (1): direct and via Washington"]
    assert dots(desks) == [(100, INK.lower())]
    assert ran(TEXT.replace("capacity: 1", "capacity: 2"))[2]["desks"] is None


def test_a_step_without_a_centre_is_named_with_what_would_place_it() -> None:
    text = TEXT.replace("{at: tokyo, delay: 2", "{delay: 2").replace("{at: us, delay", "{delay")
    notes = sections(*ran(text)[:2])[0].notes
    assert notes[1] == (
        "No centre is named of calls and relays: at: seoul, in the stage or in its desk, says whose time it takes."
    )
    assert len(sections(*ran(TEXT)[:2])[0].notes) == 1
    assert words(ran(text)[2]["work"])[2] == "no centre named"


def test_no_work_is_drawn_where_no_step_has_a_centre() -> None:
    text = TEXT.replace("at: seoul, ", "").replace("at: tokyo, ", "").replace("at: us, ", "")
    assert ran(text)[2]["work"] is None


def test_where_many_arms_differ_the_first_pair_is_drawn() -> None:
    """Eleven calls of other lengths make twelve rows in Tokyo and one in Seoul: one more than there is room for."""
    arms = {f"m{n}": f"  m{n}: {{arrangement: direct, set: {{stages.calls.delay: {n} min}}}}" for n in range(10, 21)}
    text = (
        TEXT.replace("compare: [direct", f"compare: [direct, {', '.join(arms)}") + "arms:\n" + "\n".join(arms.values())
    )
    text += "\ncontrasts: [[direct, m10]]\n"
    assert words(ran(text)[2]["work"])[2:] == ["Tokyo", "Direct: 2.0 min", "M10: 10 min"]
