"""Which channels leave a launch no way, by flows small enough to be read."""

from __future__ import annotations

import pytest

from sim.model.scope import bars, has_no_path
from sim.scenario.loader import load_text

TEXT = """
title: two ways
launches: [{{name: one, date: {date}, time: "{time}", deadline: none, matter: {matter}}}]
horizon: 1 d
channels:
  line: {{between: [seoul, tokyo], open: [{{from: 2016-11-23, until: 2019-11-23}}]}}
  relay: {{between: [seoul, us, tokyo], carries: [DPRK missile, DPRK nuclear]}}
stages:
  sees:    {{delay: 1 min, evidence: assumed}}
  calls:   {{delay: 1 min, channel: line, evidence: assumed}}
  relays:  {{delay: 1 min, channel: relay, evidence: assumed}}
arrangements:
  one: {flow}
compare: [one]
"""


def barred(flow: str, date: str = "2019-10-02", time: str = "07:10", matter: str = "DPRK missile") -> list[str]:
    scenario = load_text(TEXT.format(flow=flow, date=date, time=time, matter=matter), "x")
    found = [bar.channel.name for bar in bars(scenario, scenario.arms[0], scenario.launches[0])]
    assert has_no_path(scenario, scenario.arms[0]) == bool(found)
    return found


@pytest.mark.parametrize(
    ("flow", "expected"),
    [
        ("[sees, calls]", ["line"]),
        ("[sees, relays]", []),
        ("{first: [calls, relays]}", []),
        ("{all: [calls, relays]}", ["line"]),
        ("{try: calls, else: relays}", []),
        ("{at_least: 2, of: [sees, calls, relays]}", []),
    ],
)
def test_before_the_line_opened_a_flow_is_barred_if_it_cannot_do_without_it(flow: str, expected: list[str]) -> None:
    assert barred(flow, date="2015-03-01") == expected


def test_every_way_that_is_barred_is_named_where_all_are() -> None:
    assert barred("{first: [calls, relays]}", date="2015-03-01", matter="air patrol") == ["line", "relay"]
    assert barred("{first: [calls, relays]}", matter="air patrol") == []


def test_a_matter_bars_on_any_day() -> None:
    assert barred("[sees, relays]", matter="air patrol") == ["relay"]


def test_a_channel_that_opens_before_the_run_ends_bars_nothing() -> None:
    """The horizon is a day, its last instant included: from 07:10 on the 21st it ends before midnight of the 23rd."""
    assert barred("[sees, calls]", date="2016-11-21", time="07:10") == ["line"]
    assert barred("[sees, calls]", date="2016-11-22", time="00:00") == []


def test_a_run_is_as_long_where_clocks_go_on_by_an_hour() -> None:
    """In Washington a day from 00:30 on 10 March 2019 ends at 01:30, and the line opens at 01:00."""
    sets = {"launches[0].zone": "America/New_York", "channels.line.open": '[{from: "2019-03-11 01:00-04:00"}]'}
    text = TEXT.format(flow="[sees, calls]", date="2019-03-10", time="00:30", matter="DPRK missile")
    scenario = load_text(text, "x", sets=sets)
    assert not bars(scenario, scenario.arms[0], scenario.launches[0])


def test_the_first_closed_instant_bars_and_the_last_open_minute_does_not() -> None:
    assert barred("[sees, calls]", date="2019-11-22", time="23:59") == []
    assert barred("[sees, calls]", date="2019-11-23", time="00:00") == ["line"]
