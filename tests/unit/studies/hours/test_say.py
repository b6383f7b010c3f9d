"""What is said of hours, and what a figure shows of them."""

from __future__ import annotations

import numpy as np
from matplotlib.colors import to_hex

from sim.plots.colours import MODELLED
from sim.studies.hours.figure import draw
from sim.studies.hours.find import plan
from sim.studies.hours.page import page
from sim.studies.hours.say import desk_sentences, finding, pair_words, stretches_text, title
from sim.studies.hours.week import Stretch
from tests.unit.studies.hours.one_desk import in_summer, week_of, world


def test_the_finding_says_when_how_much_and_why() -> None:
    scenario = world()
    assert finding(scenario, week_of(scenario)) == (
        "The hour of the launch makes no difference to direct. At working values via the US takes 10 min longer at "
        "the median for a launch Tue–Fri 06:00–21:00 and Sat 06:00 to Mon 21:00 (Asia/Seoul), because the US desk is "
        "outside its hours."
    )


def test_the_pair_is_counted_over_the_week() -> None:
    """Staffed are 45 of 168 hours: 9 on each of five days."""
    scenario = world()
    assert pair_words(scenario, week_of(scenario)) == (
        "At working values direct is faster at 123 of the 168 hours and via the US is faster at 45; the median of "
        "direct goes from "
        "7 min faster (Mon 00:00) to 3 min slower (Mon 21:00) than that of via the US."
    ).replace("7 min", "7.0 min").replace("3 min", "3.0 min")


def test_a_desk_is_told_in_both_zones_and_so_is_a_change_of_clocks() -> None:
    (said,) = desk_sentences(world("2019-10-31"))
    assert said == (
        "The US desk is staffed Mon–Fri 08:00–17:00 (America/New_York); outside, somebody is called, which takes "
        "10 min at the median (hypothetical, ASSUMED). By the clock of the launch its shifts are Mon–Fri 21:00–06:00; "
        "clocks there change on 3 November 2019."
    )


def test_where_no_hour_tells_the_pair_from_noise_only_the_ends_are_said() -> None:
    """One replication has no sections, so that every hour is within noise; by hand, 9 min against 6 and 16."""
    scenario = world(replications="1")
    said = pair_words(scenario, week_of(scenario))
    assert said.startswith(
        "At working values the median of direct goes from 7.0 min faster (Mon 00:00) to 3.0 min slower (Mon 21:00)"
    )


def test_who_is_due_by_no_time_has_a_dash_beside_who_is() -> None:
    """By hand: 9 min directly are within 10."""
    own = "{flow: [sees, calls], deadline: {name: due, after: 10 min}}"
    scenario = world(**{"launches[0].deadline": "none", "arrangements.direct": own})
    made = page(plan(scenario), week_of(scenario))
    assert [row[-1] for row in made.sections[0].table.rows] == ["100 %", "–", "–"]
    assert [made.sheet.rows[number][-1] for number in (0, 168)] == ["1", ""]


def test_stretches_that_are_alike_are_said_once() -> None:
    assert stretches_text([Stretch(6, 21), Stretch(54, 69), Stretch(126, 189)]) == (
        "Mon, Wed 06:00–21:00 and Sat 06:00 to Mon 21:00"
    )
    assert stretches_text([Stretch(0, 168)]) == "at any hour"
    assert stretches_text([Stretch(8.5, 17.25)]) == "Mon 08:30–17:15"


def test_the_page_has_every_hour_of_every_arm() -> None:
    scenario = world()
    made = page(plan(scenario), week_of(scenario))
    assert len(made.sheet.rows) == 2 * 168
    row = dict(zip(made.sheet.header, made.sheet.rows[168 + 24 * 3 + 5], strict=True))
    assert (row["arm"], row["day"], row["time"], row["p50_min"], row["in_time_share"]) == (
        "via_us",
        "Thu",
        "05:00",
        "6",
        "1",
    )
    arms, hours = (section.table.rows for section in made.sections[:2])
    assert [row[:3] for row in arms] == [
        ("direct", "any", "9.0"),
        ("via the US: fastest", "Mon 21:00", "6.0"),
        ("via the US: slowest", "Mon 00:00", "16.0"),
    ]
    assert [row[:3] for row in hours] == [
        ("00:00–06:00", "16.0", "6.0"),
        ("06:00–21:00", "16.0", "16.0"),
        ("21:00–00:00", "6.0", "6.0"),
    ]
    assert made.rests_on == "the hours of 1 of 1 desks that keep any are ASSUMED"


def test_the_figure_has_a_step_an_hour_and_a_bar_a_shift() -> None:
    scenario = world()
    week = week_of(scenario)
    said = title(scenario, week)
    assert said == (
        "At working values the hour makes no difference to direct; via the US takes 10 min longer while the US desk is "
        "outside its hours"
    )
    above, below = draw(said, scenario, week, "n = 4").axes
    by_colour = {to_hex(line.get_color()): line for line in above.lines if len(line.get_xdata()) == 169}
    (via_us,) = (line for line in by_colour.values() if np.ptp(line.get_ydata()) > 0)
    assert np.array_equal(via_us.get_ydata()[:-1], np.where(in_summer(), 6.0, 16.0))
    (bars,) = below.collections
    spans = [(path.vertices[:, 0].min(), path.vertices[:, 0].max()) for path in bars.get_paths()]
    assert spans == [(21 + 24 * day, 30 + 24 * day) for day in range(5)]
    assert to_hex(bars.get_facecolor()[0]) == MODELLED
    assert [text.get_text() for text in below.texts] == ["the US desk"]


def test_hours_at_which_no_report_comes_are_said() -> None:
    """Without a call a weekend is longer than the horizon of a day: from Friday 17:00 there until Sunday 08:00.

    What begins a whole day later is done after the horizon, so that Sunday 21:00 in Seoul belongs to it.
    """
    scenario = world(**{"desks.us_desk.hours": '{from: "08:00", until: "17:00", evidence: assumed}'})
    week = week_of(scenario)
    medians = week.of_arm("via_us")[0] / 60e6
    assert medians[24 * 3 + 6] == 15 * 60 + 5  # Wednesday 17:00 there: it waits until Thursday 08:00
    is_never = np.isnan(medians)
    assert np.flatnonzero(is_never).tolist() == list(range(5 * 24 + 6, 6 * 24 + 22))
    said = finding(scenario, week)
    assert "no report comes under via the US within 24 h of a launch Sat 06:00 to Sun 22:00" in said
    assert said.endswith("(Asia/Seoul), because the US desk is outside its hours.")
    assert "the others being within noise or without a pair" in pair_words(scenario, week)
    rows = page(plan(scenario), week).sections[0].table.rows
    assert rows[-1][:4] == ("via the US: no report", "Sat 06:00", "–", "–")
