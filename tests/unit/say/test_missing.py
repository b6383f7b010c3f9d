"""Why reports do not arrive where something is closed for a part of a run."""

from __future__ import annotations

import pytest

from sim.analysis.analyse import analyse
from sim.experiment.run import simulate_scenario
from sim.say.missing import can_end_early, missing_sentence
from sim.scenario.loader import load_text

TEXT = """
title: at the lapse
launches: [{name: one, date: 2019-11-22, time: "TIME", deadline: none, offsets: [0 s, 1 s]}]
horizon: 1 d
replications: 3
desks:
  office: {at: tokyo, capacity: 1, evidence: assumed, hours: {days: [Mon], from: "09:00", until: "17:00", CALL}}
channels:
  line: {title: GSOMIA, between: [seoul, tokyo], open: [PERIOD]}
stages:
  sees:  {title: a radar, delay: 1 s, evidence: assumed}
  calls: {title: a call, delay: 1 min, channel: line, evidence: assumed}
  files: {title: a file, delay: 1 min, desk: office, evidence: assumed}
arrangements:
  direct: {title: direct, flow: [sees, calls]}
  any:    {title: any of two, flow: [sees, {first: [calls, {stage: calls, as: again}]}]}
  filed:  {title: filed, flow: [sees, files]}
compare: [ARM]
"""
UNTIL = "{from: 2016-11-23, until: 2019-11-23}"
FROM = "{from: 2019-11-23}"
CLOSED = "Where a report does not arrive, a channel was closed when the step that uses it was ready"


def said(arm: str, time: str = "23:59:58", period: str = UNTIL, call: str = "evidence: assumed") -> str:
    text = TEXT
    for name, value in {"TIME": time, "PERIOD": period, "CALL": call, "ARM": arm}.items():
        text = text.replace(name, value)
    scenario = load_text(text, "x")
    return missing_sentence(scenario, analyse(scenario, simulate_scenario(scenario).tally))


@pytest.mark.parametrize(
    ("time", "period", "expected"),
    [
        ("23:59:57", UNTIL, ""),  # ready at 23:59:58 and 23:59:59
        ("23:59:58", UNTIL, f"{CLOSED} (GSOMIA was closed from 23 November 2019)."),  # the second is ready at 00:00
        ("23:59:57", FROM, f"No report arrives in any launch. {CLOSED} (GSOMIA opened on 23 November 2019)."),
    ],
)
def test_what_is_ready_when_a_channel_is_closed_is_not_put_down_to_the_horizon(
    time: str, period: str, expected: str
) -> None:
    """Two launches, one second apart, whose step is ready a second after each."""
    assert said("direct", time, period) == expected


def test_a_step_that_is_not_needed_is_named_by_its_title() -> None:
    assert said("any", period=FROM) == ("Where a report does not arrive, nothing came that it waits for (a call).")


def test_a_desk_that_nobody_is_at_when_the_horizon_comes_is_named() -> None:
    """From Friday night to Saturday night; with somebody to call the report arrives."""
    hours = "staffed Mon 09:00–17:00 (Asia/Tokyo)"
    assert said("filed") == (
        "No report arrives in any launch; the horizon, 24 h after the last launch, cuts launches under filed, "
        f"with nobody there (desk office, {hours})."
    )
    assert said("filed", call="on_call: 5 min, evidence: assumed") == ""


@pytest.mark.parametrize(("gap", "closes"), [("1 h", False), ("20 h", True)])
def test_of_a_salvo_the_gaps_at_their_medians_say_whether_a_channel_closes_within_its_run(
    gap: str, closes: bool
) -> None:
    """From 07:10 on 21 November, two gaps and a horizon of a day: until 09:10 on the 22nd, or 23:10 on the 23rd."""
    salvo = f"count: 3, gap: {{lognormal: {{median: {gap}, p90_over_median: 2}}}}"
    text = TEXT.replace("TIME", "07:10").replace("PERIOD", UNTIL).replace("CALL", "evidence: assumed")
    text = text.replace("offsets: [0 s, 1 s]", salvo).replace("2019-11-22", "2019-11-21").replace("ARM", "direct")
    scenario = load_text(text, "x")
    assert can_end_early(scenario, scenario.arms[0]) == closes


def test_a_salvo_that_outlasts_the_calendar_is_told_of_all_the_same() -> None:
    text = TEXT.replace("TIME", "07:10").replace("PERIOD", UNTIL).replace("CALL", "evidence: assumed")
    text = text.replace("offsets: [0 s, 1 s]", "count: 100000, gap: 300 d").replace("ARM", "direct")
    scenario = load_text(text, "x")
    assert can_end_early(scenario, scenario.arms[0])
