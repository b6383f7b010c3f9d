"""The figures of the comparison with the record, by what they draw."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Annotation

from sim.plots.colours import INK, MUTED
from sim.scenario.catalogue import Record, load_catalogue
from sim.scenario.figures import Statement, figure_of
from sim.scenario.folders import shipped_folder
from sim.studies.record.figures import coverage, holding
from sim.studies.record.figures.panels import MISS, draw_contacts, draw_flights, draw_notices
from sim.studies.record.figures.sight import LAND, NEVER, SEOUL, SHIP, draw
from sim.studies.record.flights import flight_rows
from sim.studies.record.forecast import Forecast
from sim.studies.record.holding import REACHES, Holding
from sim.studies.record.rows import Row, Span
from sim.studies.record.say import flights_title, sight_title
from sim.studies.record.tracked import InSight

WHITE = "#ffffff"


RECORD, MODEL = Span(90, 110), Span(80, 100)


def row(use="held out", judged="agrees", record=RECORD, model: Span | None = MODEL, **fields) -> Row:
    return Row(
        kind="notices",
        launch="2000-01-01",
        what="x (y)",
        recorded="1",
        modelled="1",
        use=use,
        verdict=judged,
        source="s",
        record=record,
        model=model,
        **fields,
    )


def marks(figure: Figure) -> list[tuple[float, str, str, str]]:
    """Place, shape, edge and face of every mark."""
    (axes,) = figure.axes
    found = [line for line in axes.lines if line.get_marker() != "None"]
    return [
        (line.get_xdata()[0], line.get_marker(), to_hex(line.get_markeredgecolor()), to_hex(line.get_markerfacecolor()))
        for line in found
    ]


def bars(axes: Axes) -> list[tuple[float, float, str]]:
    """Left, right and colour of every bar."""
    return [
        (round(bar.get_x(), 6), round(bar.get_x() + bar.get_width(), 6), to_hex(bar.get_facecolor()))
        for bar in axes.patches
    ]


def test_rows_held_out_stand_first_and_filled_those_fitted_last_hollow_and_muted_and_disagreement_is_angular() -> None:
    rows = [row(), row("fitted"), row(judged="disagrees"), row(judged="undecided")]
    ink, miss, muted = INK.lower(), MISS.lower(), MUTED.lower()
    assert marks(draw_contacts("title", rows)) == [
        (100, "o", ink, ink),
        (100, "D", miss, miss),
        (100, "s", muted, muted),
        (100, "o", muted, WHITE),
    ]


def test_a_flight_time_is_drawn_by_its_distance_from_the_model_with_what_both_leave_open() -> None:
    """By hand: 600 s ± 30 recorded, 540 s modelled, 534 to 546: 10 % ± 5 shorter, on a bar of ± 1 % and 3 %."""
    rows = [row(judged="disagrees", record=Span(570, 630), model=Span(534, 546), typical=540.0)]
    figure = draw_flights(flights_title(rows), rows)
    axes = figure.axes[0]
    line = next(line for line in axes.lines if len(line.get_xdata()) == 2 and line.get_xdata()[0] != 0)
    assert [mark[0] for mark in marks(figure)] == [pytest.approx(-10)]
    assert line.get_xdata() == pytest.approx([-15, -5])
    assert [bar[:2] for bar in bars(axes)] == [(pytest.approx(-4), pytest.approx(4))]
    assert [text.get_text() for text in axes.get_yticklabels()] == ["2000-01-01, x (y)"]
    assert " ".join(figure.get_suptitle().split()) == "0 of 1 flight times held out agree within 3 %"


def test_text_and_figure_have_one_sign_of_how_far_the_model_is_off() -> None:
    """5 April 2017: 442 s modelled of 540 s recorded is 18.1 % short; 29 March 2020: 203 of 180 is 12.9 % long."""
    rows = [found for found in flight_rows(load_catalogue(shipped_folder())) if found.record and found.model]
    said = {found.launch: re.findall(r"\(([+-][\d.]+) %\)", found.modelled) for found in rows}
    assert (said["2017-04-05"], said["2020-03-29"]) == (["-18.1"], ["+12.9"])
    held_first = sorted(rows, key=lambda found: found.use != "held out")
    told = [float(re.search(r"\(([+-][\d.]+) %\)", found.modelled)[1]) for found in held_first]
    assert [at for at, *_ in marks(draw_flights("title", rows))] == [pytest.approx(one, abs=0.051) for one in told]


def test_a_failure_is_named_right_of_all_that_is_drawn_of_it() -> None:
    rows = [replace(row(judged="disagrees"), what=what) for what in ("M, failed, by A", "M, failed perhaps, by B")]
    axes = draw_flights("title", [*rows, row()]).axes[0]
    beside = {text.get_text(): text.xy for text in axes.texts if isinstance(text, Annotation)}
    assert [*beside] == ["failed", "failed perhaps"]
    ends = [right for _, right, _ in bars(axes)] + [line.get_xdata()[-1] for line in axes.lines]
    assert all(right == pytest.approx(max(ends)) for right, _ in beside.values())


def test_notices_are_in_minutes_and_those_without_a_chain_are_left_out_and_counted() -> None:
    figure = draw_notices(
        "title", [row(record=Span(60, 180), model=Span(120, 240)), row(model=None, judged="undecided")]
    )
    assert [mark[0] for mark in marks(figure)] == [2]
    assert [bar[:2] for bar in bars(figure.axes[0])] == [(2, 4)]
    whole = draw_notices("title", [row(record=Span(60, 180), model=Span(120, 240), core=Span(150, 180))])
    assert [bar[:2] for bar in bars(whole.axes[0])] == [(2, 4), (2.5, 3)]
    assert "1 announcements to the press are no step of the model" in " ".join(figure._supxlabel.get_text().split())


def test_first_sight_stands_beside_the_contact() -> None:
    assert [bar[:2] for bar in bars(draw_contacts("title", [row(sight=Span(20, 30))]).axes[0])] == [(80, 100), (20, 30)]


def launch(apogee_km: str, land: Span | None) -> InSight:
    texts = dict.fromkeys(Record.__dataclass_fields__, "")
    told = Statement("x", "JCS", None, figure_of("JCS", apogee_km, is_time=False), None, "", "")
    record = Record(**{**texts, "date": f"day {apogee_km}", "statements": (told,)})
    return InSight(record, 240, Span(30, 210), Span(60, 180), land)


def test_sight_is_a_bar_for_each_side_the_lowest_launch_first() -> None:
    shown = [launch("50", Span(120, 150)), launch("9", None)]
    figure = draw(sight_title(shown, 2), shown)
    (axes,) = figure.axes
    seoul, ship, land = SEOUL.lower(), SHIP.lower(), LAND.lower()
    assert bars(axes) == [(0.5, 3.5, seoul), (1, 3, ship), (0.5, 3.5, seoul), (1, 3, ship), (2, 2.5, land)]
    assert [text.get_text() for text in axes.texts] == [f" {NEVER}"]
    assert [text.get_text() for text in axes.get_yticklabels()] == ["day 9\n9 km high", "day 50\n50 km high"]
    title = " ".join(figure.get_suptitle().split())
    assert title == "By geometry alone Tokyo's land radars miss 1 of 2 launches; the record says at least 2"


def told(minutes: int, low: float, high: float) -> Forecast:
    return Forecast("2000-01-01", "ships", "x", "y", minutes, ((4, 7), (3, 12)), (0.6, 0.92), Span(low, high), (2, 28))


def test_a_notice_is_drawn_where_it_falls_within_its_prediction_the_soonest_first() -> None:
    """From 40 to 57 % and from 2 to 4 %: in the middle 48.5 and 3; the latter lies outside both bands, hollow."""
    figure = coverage.draw("title", [told(5, 0.40, 0.57), told(2, 0.02, 0.04)], [told(6, 0.57, 0.7)])
    found = [(round(at, 6), shape, face) for at, shape, _, face in marks(figure)]
    assert found == [(3, "D", WHITE), (48.5, "o", INK), (63.5, "o", INK)]
    bands = [(patch.get_x(), patch.get_x() + patch.get_width()) for patch in figure.axes[0].patches]
    assert bands == [(pytest.approx(5), pytest.approx(95)), (25, 75)]
    words = [text.get_text() for text in figure.axes[0].get_yticklabels()]
    assert words == ["2000-01-01 ships, 2 min", "2000-01-01 ships, 5 min", "2000-01-01 ships, 6 min"]


def test_fields_of_missed_launches_begin_and_end_where_the_title_has_it_and_each_number_has_a_shade() -> None:
    """Ten seconds by three shares: one missed up to 4 s, two from 5 s on, and all three from 20 % down."""
    n_missed = np.array([[1] * 5 + [2] * 5, [1] * 5 + [2] * 5, [3] * 10])
    figure = holding.draw("title", (1.0, 0.6, 0.2), n_missed, 2)
    axes, key = figure.axes
    (mesh,) = (one for one in axes.collections if isinstance(one, QuadMesh))
    assert np.asarray(mesh.get_array()).tolist() == n_missed.tolist()
    assert mesh.get_coordinates()[0, :, 0].tolist() == list(range(11))
    assert mesh.get_coordinates()[:, 0, 1].tolist() == pytest.approx([100, 60, 20, -20])
    assert [label.get_text() for label in key.get_xticklabels()] == ["0", "1", "2", "3"]
    assert key.get_xlabel() == "launches missed; 2 or more were reported"
    shades = [to_hex(mesh.cmap(mesh.norm(n))) for n in range(4)]
    assert len(set(shades)) == 4


def test_the_field_of_too_few_missed_ends_at_the_share_of_the_title() -> None:
    made = Holding((), np.array([[9.0, 9.0, 9.0]] * 8 + [[9.0, 0.0, 0.0]] * (len(REACHES) - 8)))
    assert made.most_reach(2) == 0.6
    axes = holding.draw("title", REACHES, made.n_missed, 2).axes[0]
    (mesh,) = (one for one in axes.collections if isinstance(one, QuadMesh))
    of_none, edges = np.asarray(mesh.get_array())[:, 0], mesh.get_coordinates()[:, 0, 1]
    assert edges[np.argmax(of_none >= 2)] == pytest.approx(60)
