"""The worth of a second channel in a world where the closed forms are exact."""

from __future__ import annotations

import re

import numpy as np
import pytest

from sim.analysis.measures import Measure
from sim.errors import SimError
from sim.experiment.execution import Execution
from sim.experiment.simulator import in_memory
from sim.scenario.loader import load_text
from sim.studies.redundancy.find import RedundancyPlan, Worth, find, independent, plan, straight
from sim.studies.redundancy.page import page, table
from sim.studies.redundancy.say import points, points_words
from tests.layout import faults
from tests.unit.studies.redundancy.two_lines import TEXT, world

N = 20_000
NEAR = 4 * 0.5 / np.sqrt(N)  # four standard errors of a share at the most


@pytest.fixture(scope="module")
def found() -> tuple[RedundancyPlan, Worth]:
    planned = plan(world(), replications=N)
    return planned, find(planned, in_memory(Execution("columns")))


def test_without_the_second_channel_the_share_in_time_is_a_times_p(found: tuple[RedundancyPlan, Worth]) -> None:
    """p = 80 %: one in five is refused."""
    planned, worth = found
    shares = worth.share(Measure.IN_TIME, "via_us")
    assert np.abs(shares - 0.8 * np.array(planned.shares)).max() < NEAR
    assert np.abs(straight(planned, worth, "via_us")[0] - shares).max() < NEAR


def test_two_independent_channels_miss_what_both_miss(found: tuple[RedundancyPlan, Worth]) -> None:
    """q = 50 %: 1 - (1 - 0.8 a)(1 - 0.5)."""
    planned, worth = found
    by_hand = 1 - (1 - 0.8 * np.array(planned.shares)) * 0.5
    assert np.abs(worth.share(Measure.IN_TIME, "both") - by_hand).max() < NEAR
    assert np.abs(independent(planned, worth)[0] - by_hand).max() < 2 * NEAR


def test_the_worth_falls_as_the_first_channel_is_up_more(found: tuple[RedundancyPlan, Worth]) -> None:
    """The same draws at every share, and what is up at one share is up at every higher one when the run begins: no
    noise turns the curve. 0.5 - 0.4 a: 18 points at 80 %, 12 at 95 %."""
    planned, worth = found
    apart = worth.typical.difference(Measure.IN_TIME, "both", "via_us")[0]
    assert (np.diff(apart) <= 0).all()
    assert points(planned, worth, 0.8) == pytest.approx(18, abs=100 * NEAR)
    assert points(planned, worth, 0.95) == pytest.approx(12, abs=100 * NEAR)


def test_the_band_is_of_what_else_is_not_known(found: tuple[RedundancyPlan, Worth]) -> None:
    """At a refusal of 0 to 60 % the worth at a = 80 % is 0.5 (1 - 0.8 p): 10 to 34 points."""
    planned, worth = found
    low, high = worth.band(Measure.IN_TIME, "both", "via_us")
    at = planned.shares.index(0.8)
    assert low[at] == pytest.approx(0.10, abs=0.07)  # four standard errors of 1,000 replications
    assert high[at] == pytest.approx(0.34, abs=0.07)
    assert len(worth.ends) == 2


def test_the_page_says_what_it_is_worth_and_what_being_up_means(found: tuple[RedundancyPlan, Worth]) -> None:
    said = page(*found)
    worth = [
        f"{points_words(points(*found, share))} ({' to '.join(band_of(*found, share))}{over})"
        for share, over in ((0.95, " across the ranges"), (0.8, ""), (1.0, ""))
    ]
    assert said.headline == (
        f"At working values a second channel (both lines in place of via the US) is worth {worth[0]} of the share of "
        f"reports in time (impact, 10 min after the launch) when relay is up 95 % of the time, {worth[1]} when it is "
        f"up 80 %, and {worth[2]} when it never fails."
    )
    text = " ".join(sentence for section in said.sections for sentence in section.sentences)
    assert "In the file a is 90 %, d 2 h and u 18 h" in text
    assert len(said.sheet.rows) == len(found[0].shares)


def band_of(planned: RedundancyPlan, worth: Worth, share: float) -> list[str]:
    """The ends of the worth at a share of time, as the table has them."""
    row = next(row for row in table(planned, worth).rows if row[0] == f"{100 * share:g} %")
    return row[4].split(" to ")


@pytest.mark.parametrize(
    ("found_points", "words"), [(12.4, "12 points"), (1.0, "1.0 point"), (-3.2, "−3.2 points"), (0.0, "0.0 points")]
)
def test_points_have_a_digit_where_there_are_few(found_points: float, words: str) -> None:
    assert points_words(found_points) == words


def test_a_share_of_time_of_the_file_is_among_those_that_are_swept() -> None:
    assert 0.93 in plan(world(**{"channels.relay.outages.availability": "93 %"})).shares


def test_up_and_down_are_swept_as_well() -> None:
    text = TEXT.replace("availability: 90 %, down: {exponential: {mean: 2 h}}", "up: 3 h, down: 1 h")
    planned = plan(load_text(text, "o"), replications=200)
    shares = find(planned, in_memory(Execution("columns"))).share(Measure.IN_TIME, "via_us")
    assert shares[0] == 0
    assert shares[-1] > 0.7


def test_a_desk_and_a_sensor_may_be_what_fails() -> None:
    text = TEXT.replace("{at: us, channel: relay,", "{desk: hub, channel: relay,").replace(
        "stages:",
        "desks: {hub: {at: us, capacity: 1, outages: {availability: 90 %, down: 1 d, evidence: assumed}, evidence: assumed}}\nstages:",  # noqa: E501
    )
    planned = plan(load_text(text, "o"), replications=400, of="desks.hub")
    shares = find(planned, in_memory(Execution("columns"))).share(Measure.IN_TIME, "via_us")
    assert planned.hub == "desks.hub"
    assert shares[0] == 0
    assert shares[-1] > shares[1] > 0


def test_what_has_no_outages_by_chance_is_told_what_to_add() -> None:
    by_chance = ", outages: {availability: 90 %, down: {exponential: {mean: 2 h}}, evidence: assumed}"
    with pytest.raises(SimError, match="nothing that via the US uses goes down by chance — give one"):
        plan(load_text(TEXT.replace(by_chance, ""), "o"))


def test_of_dated_outages_what_can_be_asked_is_said_and_works() -> None:
    dated = "dated: [{from: 2019-10-02, until: 2019-10-03}]"
    text = TEXT.replace("availability: 90 %, down: {exponential: {mean: 2 h}}", dated)
    text = text.replace("flight_time: 10 min", "flight_time: 10 min, date: 2019-10-02, time: 07:10")
    for of in (None, "channels.relay"):
        with pytest.raises(SimError, match=r"of channels.relay are dated.* sim run o says") as refused:
            plan(load_text(text, "o"), of=of)
    path, _, value = str(refused.value).split('"')[1].partition("=")
    assert plan(load_text(text, "o", sets={path: value})).hub == "channels.relay"
    with pytest.raises(SimError, match="goes down by chance"):
        plan(load_text(text, "o"), of="channels.line")


def test_an_unknown_owner_is_told_which_there_are() -> None:
    with pytest.raises(SimError, match=r'has no outages by chance in via the US.*"channels.relay"'):
        plan(world(), of="channels.relai")
    with pytest.raises(SimError, match=r"known: channels.relay"):
        plan(world(), of="x")


def test_one_arm_alone_is_no_pair() -> None:
    text = TEXT.replace("compare: [both, via_us]", "compare: [both]")
    with pytest.raises(SimError, match="has no pair"):
        plan(load_text(text, "o"))


def test_what_the_arm_without_does_not_use_is_refused() -> None:
    text = TEXT.replace("line:  {", "line:  {outages: {availability: 90 %, down: 2 h, evidence: assumed}, ")
    with pytest.raises(
        SimError, match=r"--of channels.line: via the US does not use it, .*or turn to --arms via_us,both"
    ):
        plan(load_text(text, "o"), of="channels.line")


def test_what_changes_nothing_is_said_to() -> None:
    """The report needs the relay, but a sensor beside it that is down at times sees no sooner than the first does."""
    text = TEXT.replace(
        "  sees:   {", "  looks:  {at: us, channel: other, delay: 1 min, evidence: assumed}\n  sees:   {"
    )
    outages = "{availability: 90 %, down: 2 h, evidence: assumed}"
    text = text.replace("channels:\n", f"channels:\n  other: {{between: [us, tokyo], outages: {outages}}}\n")
    text = text.replace("[sees, ", "[{first: [sees, looks]}, ")
    planned = plan(load_text(text, "o"), replications=50, of="channels.other")
    said = page(planned, find(planned, in_memory(Execution("columns"))))
    assert said.headline == (
        "How often other is up changes no share of reports in time, of both lines or of via the US: a second channel "
        "(both lines in place of via the US) is worth as much at every share of time."
    )
    assert said.drawings[0].title == said.headline.partition(":")[0]


def test_the_closed_form_is_the_formula_that_is_printed_with_the_numbers_that_are(
    found: tuple[RedundancyPlan, Worth],
) -> None:
    (said,) = page(*found).findings
    assert "1 − (1 − a p)(1 − q), with p = " in said
    p, q, a, both = (_percent(said, what) for what in ("p =", "q =", "a =", "come to"))
    assert 1 - (1 - a * p) * (1 - q) == pytest.approx(0.82, abs=0.02)  # 1 - (1 - 0.8 x 0.8) x 0.5
    assert both == pytest.approx(1 - (1 - a * p) * (1 - q), abs=0.001)
    assert "which is within noise (± " in said  # the two are independent: whatever differs is noise
    assert "share" not in said.rpartition("simulated")[2]


def _percent(said: str, what: str) -> float:
    found = re.search(f"{what} ([\\d.]+) %", said)
    assert found is not None
    return float(found[1]) / 100


def test_where_something_comes_without_the_hub_the_closed_form_begins_there() -> None:
    """Half of the reports come by a line that may refuse, in place of the relay when that is down: p0 = 50 %."""
    text = TEXT.replace("[sees, passes]", "[sees, {first: [passes, spare]}]")
    text = text.replace("[passes, calls]", "[passes, spare, calls]")
    text = text.replace(
        "  calls:", "  spare:  {delay: 3 min, refusal: {probability: 50 %}, evidence: assumed}\n  calls:"
    )
    planned = plan(load_text(text, "o"), replications=2_000)
    (said,) = page(planned, find(planned, in_memory(Execution("columns")))).findings
    assert "1 − (1 − (p₀ + a (p − p₀)))(1 − q), with p = " in said
    p, p0, q, a, both = (_percent(said, what) for what in ("p =", "p₀ =", "q =", "a =", "come to"))
    assert p0 == pytest.approx(0.5, abs=4 * 0.5 / np.sqrt(2_000))
    assert q == pytest.approx(0.5, abs=8 * 0.5 / np.sqrt(2_000))  # the line of the second channel refuses half
    assert both == pytest.approx(1 - (1 - (p0 + a * (p - p0))) * (1 - q), abs=0.001)
    assert _percent(said, "simulated are") == pytest.approx(both, abs=8 * 0.5 / np.sqrt(2_000))


def test_few_replications_say_how_little_they_tell() -> None:
    """Of two replications neither of which differs, half a replication more in each of the four cells: Student's t of
    three degrees of freedom, 3.18 x sqrt(4 / 3) / 4 = 0.92."""
    planned = plan(world(), replications=2)
    worth = find(planned, in_memory(Execution("columns")))
    assert worth.half_width(np.zeros((3, 1)))[0] == pytest.approx(0.92, abs=0.005)
    made = page(planned, worth)
    assert ", noise ± " not in made.headline
    assert re.search(r"points \(noise ± [\d]+", made.headline)
    for row in made.data["shares"]:
        assert -1 <= row["worth_low_share"] <= row["worth_share"] <= row["worth_high_share"] <= 1


def test_every_value_lies_in_its_band_and_bands_are_of_their_own_rows(found: tuple[RedundancyPlan, Worth]) -> None:
    """0.5 (1 - a p) at a refusal of 0 to 60 %, so p = 0.4 to 1: at 0 % 50 points whatever the refusal is, at 50 % 25 to
    40, at 100 % 0 to 30; four standard errors of 1,000 replications are 6 points."""
    planned, worth = found
    low, high = worth.band(Measure.IN_TIME, "both", "via_us")
    value, _ = worth.worth(Measure.IN_TIME, "both", "via_us")
    assert (low <= value).all()
    assert (value <= high).all()
    for share, least, most in ((0.0, 0.5, 0.5), (0.5, 0.25, 0.4), (1.0, 0.0, 0.3)):
        at = planned.shares.index(share)
        assert low[at] == pytest.approx(least, abs=0.07)
        assert high[at] == pytest.approx(most, abs=0.07)


def test_the_closed_forms_lie_over_the_curves_and_the_band_under_the_worth(found: tuple[RedundancyPlan, Worth]) -> None:
    drawing = page(*found).drawings[0]
    above, below = drawing.draw(drawing.title).axes
    dashed = [line for line in above.lines if line.is_dashed() and len(line.get_xdata()) > 2]
    solid = [line for line in above.lines if not line.is_dashed()]
    assert len(dashed) == len(solid) == 2
    assert min(line.get_zorder() for line in dashed) > max(line.get_zorder() for line in solid)
    assert len(below.collections) == 2  # the band and the noise
    assert faults(below.figure) == []
