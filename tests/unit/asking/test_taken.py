"""What `sim check` says the program takes where the file is silent on who is served first."""

from __future__ import annotations

import pytest

from sim.asking.oddities import oddities
from sim.asking.taken import taken
from sim.scenario.loader import load_text

TEXT = """
title: two kinds of work
launches: [{name: probe, flight_time: 10 min}]
desks:
  one:
    at: us
    capacity: 2
    evidence: assumed
    background: {interarrival: 2 min, service: 1 minBACKGROUND}
  alone: {at: us, capacity: 1, evidence: assumed}
stages:
  first: {desk: one, delay: 1 min, evidence: assumedSTAGE}
  second: {desk: alone, delay: 1 min, evidence: assumed}
arrangements: {x: [first, second]}
compare: [x]
"""


def said(stage: str, background: str) -> tuple[str, ...]:
    stated = [f", precedence: {one}" if one else "" for one in (stage, background)]
    return taken(load_text(TEXT.replace("STAGE", stated[0]).replace("BACKGROUND", stated[1]), "t"))


def test_a_desk_that_serves_stages_before_other_work_unsaid_is_told() -> None:
    assert said("", "") == (
        "t: desk one: by precedence, first (FLASH) and other work (ROUTINE) do not queue together: the more urgent is "
        "served first — if all wait alike, give stages and background one precedence",
    )
    assert "first (IMMEDIATE)" in said("IMMEDIATE", "")[0]


def test_what_the_file_says_itself_or_what_is_alike_is_not_told() -> None:
    assert said("FLASH", "ROUTINE") == ()
    assert said("ROUTINE", "FLASH") == ()
    assert said("ROUTINE", "") == ()
    assert said("", "FLASH") == ()


@pytest.mark.parametrize(("warm_up", "n_said"), [("0 s", 1), ("24 h", 0)])
def test_a_busy_desk_that_begins_empty_is_said(warm_up: str, n_said: int) -> None:
    """Work of 9 min every 10 min keeps one server busy 90 % of the time."""
    background = "{interarrival: {exponential: {mean: 10 min}}, service: {exponential: {mean: 9 min}}, warm_up: %s}"
    desk = f"{{capacity: 1, evidence: assumed, background: {background % warm_up}}}"
    text = (
        "title: t\nlaunches: [{name: one, flight_time: 10 min}]\narrangements: {x: a}\ncompare: [x]\n"
        f"desks: {{d: {desk}}}\nstages: {{a: {{desk: d, delay: 1 min, evidence: assumed}}}}\n"
    )
    said = [text for text in oddities(load_text(text, "busy")) if "is empty at the first launch" in text]
    assert len(said) == n_said
    assert all("90 % of the time — if that is not meant, add desks.d.background.warm_up" in text for text in said)


@pytest.mark.parametrize(
    ("normal", "n_said"),
    [
        ("{normal: {mean: 1 min, sd: 1 min}}", 1),
        ("{normal: {mean: 1 min, sd: 1 min}, min: 0 s}", 0),
        ("{normal: {mean: 5 min, sd: 1 min}}", 0),
    ],
)
def test_a_normal_of_which_zero_cuts_off_much_is_said(normal: str, n_said: int) -> None:
    """15.9 % of a normal lie more than an sd below its mean (68-95-99.7 rule); min says that it is meant."""
    text = (
        "title: t\nlaunches: [{name: one, flight_time: 10 min}]\narrangements: {x: a}\ncompare: [x]\n"
        f"stages: {{a: {{delay: {normal}, evidence: assumed}}}}\n"
    )
    said = oddities(load_text(text, "t"))
    assert len(said) == n_said
    assert all(one.startswith("t: stage a: 16 % of its normal lie below zero") for one in said)


SURGE = """
title: A surge
launches: [{name: one, flight_time: 10 min}]
desks:
  d:
    at: us
    capacity: 1
    evidence: assumed
    background:
      interarrival: {exponential: {mean: 30 min}}
      service: 3 min
      warm_up: 6 h
      surge: {times: TIMES, from: 0 s, until: 3 h}
stages:
  s: {at: seoul, delay: 30 min, evidence: assumed}
  e: {desk: d, delay: 1 min, evidence: assumed}
arrangements: {a: [s, e]}
compare: [a]
replications: 20
"""


@pytest.mark.parametrize(("times", "share"), [("4", ""), ("10", "100 %"), ("20", "200 %")])
def test_a_surge_that_fills_a_desk_is_said(times: str, share: str) -> None:
    """3 min of work every 30 min are a tenth of a desk, ten times as much is all of it."""
    said = oddities(load_text(SURGE.replace("TIMES", times), "t"))
    assert [text.partition(", so")[0] for text in said] == (
        [f"t: desk d: in its surge other work alone fills it ({share} of its time at typical values)"] if share else []
    )


def test_other_work_that_takes_long_is_said() -> None:
    """30 h of 2 jobs an hour, of which 3 h have 160,000 an hour: 480,054. Measured, one core: 11 s for 120,000 jobs
    in each of 20 replications, 45 s in each of 200; so 60 µs a job and 1.6 µs for each, 44 s of these."""
    (_, said) = oddities(load_text(SURGE.replace("TIMES", "80000"), "t"))
    assert said.startswith(
        "t: other work of desks is about 480,054 jobs in each of 20 replications, which takes about 44 s on one core"
    )
    cut = SURGE.replace("TIMES", "80000").replace("{mean: 30 min}}", "{mean: 30 min}, max: 20 h}")
    assert any("about 480,054 jobs in each" in text for text in oddities(load_text(cut, "t")))


def test_other_work_that_takes_long_at_an_end_of_its_ranges_is_said() -> None:
    """3 h of 8 jobs an hour at typical values: 78 in all. It is most where it comes twice as often as well: 960,108."""
    text = SURGE.replace("TIMES", "{typical: 4, low: 2, high: 80000}")
    often = text.replace("{mean: 30 min}", "{mean: {typical: 30 min, low: 15 min, high: 1 h}}")
    told = {one: oddities(load_text(f"{one}settings: {{count: 4, replications: 20}}\n", "t")) for one in (text, often)}
    for one, most, seconds in ((text, "480,054", 44), (often, "960,108", 88)):
        (said,) = told[one]
        assert "about 78 jobs in each of 80 replications, and up to " + most + " at an end of its ranges" in said
        assert f"which takes about {seconds} s on one core" in said
    assert not oddities(load_text(f"{text}settings: 1\n", "t"))  # no setting but the typical one is simulated


def test_of_a_campaign_other_work_is_that_of_all_its_launches() -> None:
    days = (f'{{name: day {day}, deadline: none, date: 2019-10-0{day}, time: "07:10"}}' for day in (1, 2))
    text = SURGE.replace("launches: [{name: one, flight_time: 10 min}]", f"campaign: [{', '.join(days)}]")
    (_, said) = oddities(load_text(text.replace("TIMES", "80000"), "t"))
    assert "other work of desks is about 960,108 jobs in each of 20 replications" in said
