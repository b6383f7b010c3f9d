"""A campaign: its launches are runs of their own, and what it says of them adds up from those."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from shlex import quote

import numpy as np
import pytest

import sim
from sim.analysis.analyse import analyse
from sim.analysis.results import Results
from sim.api import Answer
from sim.asking.scenarios import find_scenario
from sim.errors import SimError
from sim.experiment.execution import Execution
from sim.experiment.run import simulate_scenario
from sim.experiment.simulator import in_memory
from sim.model.calendar import Period
from sim.model.scenario import Scenario
from sim.scenario.folders import shipped_folder
from sim.scenario.loader import load_scenario, load_text
from sim.studies.campaign.calendars import calendars, happened, months
from sim.studies.campaign.find import CampaignPlan, find, plan
from sim.studies.campaign.totals import Campaign
from tests.layout import faults

TEXT = """
title: by hand
campaign:
  - {name: a second before, deadline: none, date: 2019-11-22, time: "23:59:59"}
  - {name: midnight, deadline: none, date: 2019-11-23, time: "00:00"}
  - {name: a second after, deadline: none, date: 2019-11-23, time: "00:00:01"}
channels:
  line: {between: [seoul, tokyo], open: [{because: in force}]}
stages:
  calls:  {at: seoul, channel: line, delay: 2 min, evidence: assumed}
  relays:
    at: us
    delay: {triangular: {low: 5 min, mode: {low: 6 min, typical: 7 min, high: 8 min}, high: 9 min}}
    evidence: assumed
  first:  {at: us, delay: 1 min, evidence: assumed}
arrangements:
  warning: [first]
  as_it_was: {flow: {try: calls, else: relays}}
arms:
  lapsed: {arrangement: as_it_was, set: {channels.line.open: [{until: 2019-11-23}]}}
compare: [as_it_was, lapsed]
baseline: warning
contrasts: [[lapsed, as_it_was]]
replications: 20
settings: 3
"""
WITHOUT_RANGES = TEXT.replace(
    "{triangular: {low: 5 min, mode: {low: 6 min, typical: 7 min, high: 8 min}, high: 9 min}}", "7 min"
)
DESK = "desks: {people: {at: us, capacity: 1, evidence: assumed}}\n"
LAST = '2020-02-29, time: "00:00:01"'
LAPSED, AS_IT_WAS = PAIR = ("lapsed", "as_it_was")


def by_hand() -> Scenario:
    return load_text(TEXT, "by-hand")


def found(scenario: Scenario | str, replications: int = 20) -> Campaign:
    campaign: Campaign = sim.campaign(scenario, replications=replications, engine="columns").found
    return campaign


def test_a_channel_that_lapses_at_midnight_serves_the_launch_of_the_second_before_and_no_other() -> None:
    """By hand: a call of 2 min while the line is open, else a relay of 5 to 9 min."""
    total = found(by_hand()).totals[0]
    assert [launch.run.launches[0].name for launch in total.changed] == ["midnight", "a second after"]
    assert (total.n_after, str(total.since)) == (2, "2019-11-23 00:00:00+09:00")
    assert 2 * 3 * 60e6 < total.total.typical.estimate < 2 * 7 * 60e6
    assert total.cumulative[0] == 0
    assert total.cumulative[2] == total.total.typical.estimate


def test_the_band_of_a_launch_is_where_its_range_ends() -> None:
    """By hand: the mean of a triangle is that of its corners, (5 + 9 + mode) / 3 min, less the call of 2 min."""
    launch = found(by_hand(), 400).launches[1].pairs[PAIR]
    assert launch.band.low == pytest.approx((5 + 9 + 6) / 3 * 60e6 - 120e6, rel=0.05)
    assert launch.band.high == pytest.approx((5 + 9 + 8) / 3 * 60e6 - 120e6, rel=0.05)
    assert launch.band.low < launch.typical.estimate < launch.band.high


@cache
def year() -> Answer:
    """Without ranges, of which it is told by hand."""
    return sim.campaign("campaign-2019", replications=40, sets={"settings": 1}, engine="columns")


@cache
def of_day(day: str) -> Results:
    """The results of a run of the launch alone, without what would turn them."""
    scenario = find_scenario(f"campaign-2019:{day}", {"replications": "40", "settings": "1"})
    return analyse(scenario, simulate_scenario(scenario).tally)


def test_totals_are_the_sums_of_the_runs_of_single_launches_to_the_last_bit() -> None:
    campaign = year().found
    sums = dict.fromkeys((one.pair for one in campaign.totals), 0.0)
    for launch in campaign.launches:
        results = of_day(launch.run.launches[0].date)
        for arm in results.arms:
            assert launch.latency[arm.name].typical.estimate == arm.mean.estimate
            assert launch.arrives[arm.name] == arm.arrives.estimate
        for pair in results.contrasts:
            assert launch.pairs[pair.a, pair.b].typical.estimate == pair.mean.estimate
            sums[pair.a, pair.b] += pair.mean.estimate
    assert {one.pair: one.total.typical.estimate for one in campaign.totals} == sums
    for one in campaign.totals:
        changes = [launch.pairs[one.pair].typical.estimate for launch in one.changed]
        assert one.median.typical.estimate == np.median(changes)


def test_work_of_a_campaign_is_the_sum_of_that_of_its_runs_to_the_last_bit() -> None:
    campaign = year().found
    sums: dict[tuple[str, str], float] = {}
    for launch in campaign.launches:
        for arm in of_day(launch.run.launches[0].date).arms:
            for one in arm.burden.centres:
                missiles = len(launch.run.launch_keys()) * one.work.estimate
                sums[arm.name, one.centre] = sums.get((arm.name, one.centre), 0.0) + missiles
    told = {(one.pair[0], one.centre): one.total.typical.estimate for one in campaign.work if not one.pair[1]}
    assert told == sums


def test_work_of_a_relay_in_place_of_a_call_by_hand() -> None:
    """Two launches after the lapse: each a relay of 7 min at the US in place of a call of 2 min at Seoul."""
    campaign = found(load_text(WITHOUT_RANGES, "by-hand"))
    changed = {one.centre: one.total.typical.estimate / 60e6 for one in campaign.work_of(PAIR)}
    assert changed == {"seoul": -4, "us": 14}
    of_arms = {one.centre: one.total.typical.estimate / 60e6 for one in campaign.work_of((AS_IT_WAS, ""))}
    assert of_arms == {"seoul": 6, "us": 0}
    answer = sim.campaign(load_text(WITHOUT_RANGES, "by-hand"), replications=20, engine="columns")
    changes = "each missile of the 2 launches that it changes takes 7.0 min more work at the US and 2.0 min less"
    assert answer.page.findings[0] == f"Lapsed, {changes} at Seoul than as it was."
    assert answer.figure("work").get_suptitle().startswith("Lapsed: 0.2 hours more work at the US")
    table = next(section.table for section in answer.page.sections if section.title == "Work by centre")
    assert table is not None
    assert {tuple(row[:3]) for row in table.rows} >= {("as it was", "US", "0"), ("as it was", "Seoul", "0.1")}


def test_desks_over_the_years_by_hand() -> None:
    """Two missiles at once in 2019 for a relay of 7 min, so one waits 7; one in 2020, a leap year; 2021 has none."""
    text = WITHOUT_RANGES.replace("    at: us\n", "    desk: people\n").replace("channels:", DESK + "channels:")
    text = text.replace("deadline: none, date: 2019-11-22", "offsets: [0 s, 0 s], deadline: none, date: 2019-11-22")
    text = text.replace("2019-11-23, time", "2020-02-29, time").replace(LAST, "2022-01-05, time: 12:00")
    text = text.replace("[{until: 2019-11-23}]", "[]")
    never, *others = [one for one in found(load_text(text, "by-hand")).desks if one.arm == LAPSED]
    assert not others
    assert (never.desk, never.pieces, never.work_us, never.wait_us) == ("people", 4, 28 * 60e6, 7 * 60e6 / 4)
    assert (never.longest, never.most) == (1, 1)
    shares = {2019: 14 / (365 * 1440), 2020: 7 / (366 * 1440), 2021: 0, 2022: 7 / (365 * 1440)}
    assert never.in_use == pytest.approx(shares)
    page = sim.campaign(load_text(text, "by-hand"), replications=20, engine="columns").page
    (table,) = (section.table for section in page.sections if section.title == "Desks")
    assert [row[:3] for row in table.rows] == [("as it was", "people desk", "0.0"), ("lapsed", "people desk", "4.0")]
    assert table.rows[1][4:] == ("0.0027 %", "0.0013 %", "0 %", "0.0013 %", "1.8", "1.0 (1)")


def test_the_year_that_is_told_is_the_first_whole_one_after_two_calendars_part() -> None:
    text = WITHOUT_RANGES.replace("2019-11-22, time", "2020-03-02, time")
    campaign = found(load_text(text, "by-hand"))
    assert campaign.year_after(campaign.totals[0]) == 2020
    assert [one.total.typical.estimate / 60e6 for one in campaign.work_of(PAIR, 2020)] == [-2, 7]
    assert found(by_hand()).year_after(found(by_hand()).totals[0]) is None


def test_a_launch_of_a_campaign_is_the_scenario_of_its_own_document(tmp_path: Path) -> None:
    """Ranges among its own fields too are those of a run of one launch, so that settings are the same."""
    text = TEXT.replace(
        "name: midnight", "count: 2, gap: {uniform: {low: {low: 1 s, high: 2 s}, high: 9 s}}, name: midnight"
    )
    run = load_text(text, "by-hand").runs[1]
    (tmp_path / "by-hand.json").write_text(json.dumps(run.document))
    again = load_scenario(tmp_path / "by-hand.json")
    assert again == run
    assert "launches[0].gap.uniform.low" in [one.path for one in run.ranges()]
    ours, theirs = (simulate_scenario(one).by_setting for one in (run, again))
    assert all(np.array_equal(ours[arm.name], theirs[arm.name]) for arm in run.arms)


def test_the_document_of_a_campaign_repeats_it() -> None:
    campaign = find_scenario("campaign-2019", {})
    assert sim.check(dict(campaign.document)).runs == tuple(
        one.__class__(**{**vars(one), "name": "scenario"}) for one in campaign.runs
    )


def test_launches_are_taken_as_the_record_leaves_them_and_what_is_taken_is_said() -> None:
    """4 May 2019 has neither flight time nor apogee; of 10 September two of three missiles are timed."""
    launches = {run.launches[0].date: run.launches[0] for run in find_scenario("campaign-2019", {}).runs}
    assert len(launches) == 13  # rows of the catalogue from 4 May to 31 December 2019
    assert launches["2019-05-04"].deadline is None
    assert "no deadline" in launches["2019-05-04"].note
    assert launches["2019-09-10"].count == 1
    assert "the first of 3 missiles" in launches["2019-09-10"].note
    assert launches["2019-08-24"].count == 2
    assert not launches["2019-08-24"].note
    days = {"campaign": {"from": "2019-09-10", "until": "2019-11-28", "without": ["2019-10-31"], "gap": "20 s"}}
    assumed = sim.check("campaign-2019", sets=days).runs
    assert [(run.launches[0].date, run.launches[0].count) for run in assumed] == [
        ("2019-09-10", 3),
        ("2019-10-02", 1),
        ("2019-11-28", 2),
    ]


def test_a_launch_without_a_time_of_day_is_never_left_out_in_silence(tmp_path: Path) -> None:
    folder = tmp_path / "scenarios"
    (folder / "catalogue").mkdir(parents=True)
    rows = (shipped_folder() / "catalogue" / "launches.csv").read_text(encoding="utf-8")
    (folder / "catalogue" / "launches.csv").write_text(
        rows.replace("2019-10-02,07:10", "2019-10-02,"), encoding="utf-8"
    )
    text = (
        TEXT[: TEXT.index("campaign:")]
        + "campaign: {from: 2019-10-01, until: 2019-10-31}\n"
        + TEXT[TEXT.index("channels:") :]
    )
    (folder / "mine.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(SimError, match=r"2019-10-02 has no time of day on record.*add without: \[2019-10-02\]"):
        load_scenario(folder / "mine.yaml")
    (folder / "mine.yaml").write_text(text.replace("-31}", "-31, without: [2019-10-02]}"), encoding="utf-8")
    assert [run.launches[0].date for run in load_scenario(folder / "mine.yaml").runs] == ["2019-10-31"]


def test_where_no_report_arrives_under_one_calendar_it_is_counted_and_not_averaged() -> None:
    """By hand: without the relay nothing arrives once the line is closed."""
    campaign = found(load_text(TEXT.replace("{try: calls, else: relays}", "[calls]"), "by-hand"))
    total = campaign.totals[0]
    assert (len(total.changed), total.n_lost) == (2, 2)
    assert total.total.typical.estimate != total.total.typical.estimate  # nan: there is no difference
    assert campaign.launches[1].arrives == {"warning": 1.0, "as_it_was": 1.0, "lapsed": 0.0}


def test_launches_of_which_nothing_arrives_under_any_calendar_are_counted() -> None:
    """By hand: one calendar opens the line a second after midnight, the other closes it at midnight."""
    late = TEXT.replace("open: [{because", 'open: [{from: "2019-11-23 00:00:01", because')
    text = late.replace("{try: calls, else: relays}", "[calls]").replace("[{until: 2019-11-23}]", "[]")
    findings = sim.campaign(load_text(text, "x"), engine="columns").page.findings
    assert "Of 2 no report arrives under any calendar." in findings


def test_a_warning_that_never_comes_to_some_is_not_said_to_be_first_to_all() -> None:
    """Where it is missing a calendar may change when Tokyo first hears."""
    missing = "first:  {at: us, delay: 1 min, refusal: {probability: 10 %, evidence: assumed}, evidence: assumed}"
    text = TEXT.replace("first:  {at: us, delay: 1 min, evidence: assumed}", missing)
    text = text.replace("replications: 20", "replications: 400")
    answer = sim.campaign(load_text(text, "by-hand"), engine="columns")
    never, said = 1 - min(launch.arrives["warning"] for launch in answer.found.launches), answer.headline
    assert f"where both come; in up to {100 * never:.0f} % of a launch's replications it never comes." in said


def test_the_plain_thing_is_said_first() -> None:
    answer = sim.campaign(by_hand(), engine="columns")
    first, second, *_ = answer.headline.split(". ")
    assert first == (
        "2 of the 3 launches from 22 November 2019 to 23 November 2019 come after 23 November 2019, when lapsed parts "
        "from as it was"
    )
    assert second.startswith("Lapsed changes 2 of them: at working values Seoul's report is on average ")
    assert "In all of them warning is ahead under every calendar, on average by at least " in answer.headline
    values = {(row["launch"], row["measure"]): row["value"] for _, row in answer.frame().iterrows() if row["minus"]}
    assert values["", "changed"] == 2


ALWAYS = TEXT.replace("open: [{because: in force}]}", "title: line}")
REFUSED = {
    "only the baseline is dated": (
        ALWAYS.replace("set: {channels.line.open: [{until: 2019-11-23}]}", "title: lapsed")
        .replace("warning: [first]", "warning: [asks]")
        .replace("  first:  {at: us,", "  asks: {at: seoul, channel: old,")
        .replace("channels:", "channels:\n  old: {between: [seoul, tokyo], open: [{until: 2019-11-23}]}", 1),
        "no channel that its compared arms use opens or closes",
    ),
    "undated": (
        ALWAYS.replace("set: {channels.line.open: [{until: 2019-11-23}]}", "title: lapsed"),
        "no channel that its compared arms use opens or closes.*base-case/channels.yaml",
    ),
    "no clock": (
        ALWAYS.replace("[{until: 2019-11-23}]", "[]").replace(', date: 2019-11-22, time: "23:59:59"', ""),
        "a second before has no clock.*add date: 2019-10-02 and time: 07:10",
    ),
    "one arm": (
        TEXT.replace("compare: [as_it_was, lapsed]", "compare: [lapsed]")
        .replace("baseline: warning", "")
        .replace("contrasts: [[lapsed, as_it_was]]", ""),
        "has one arm, and a campaign needs two",
    ),
}


@pytest.mark.parametrize(("text", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_a_campaign_that_compares_no_calendars_is_refused(text: str, message: str) -> None:
    with pytest.raises(SimError, match=message):
        sim.campaign(load_text(text, "by-hand"))


def test_in_time_is_told_of_arms_that_have_a_deadline_and_summed_where_all_have() -> None:
    """By hand: a call takes 2 min and a relay 5 at the least, so that by 3 min a call alone is in time."""
    own = TEXT.replace("as_it_was: {flow:", "as_it_was: {deadline: {name: due, after: 3 min}, flow:")
    answer = sim.campaign(load_text(own, "own"), replications=20, engine="columns")
    assert "Of 3 launches with a deadline are reported in time: as it was 3.0 and lapsed 1.0." in answer.page.findings
    frame = answer.frame()
    assert {*frame[frame["measure"] == "in_time"]["arm"]} == {"as_it_was", "lapsed"}


def test_values_without_a_range_are_counted_and_no_band_is_told_where_there_is_none() -> None:
    """By hand: the delays of three stages, all assumed."""
    answer = sim.campaign(load_text(WITHOUT_RANGES, "x"), engine="columns")
    assert answer.page.rests_on == "3 of 3 values are ASSUMED"
    totals, launches = (section.table.rows for section in answer.page.sections[:2] if section.table)
    assert (totals[0][4], totals[0][7]) == ("–", "–")
    assert launches[1][-1] == totals[0][3] == "5.0"


def test_the_plan_counts_the_search_for_the_ends() -> None:
    searched, plain = plan(by_hand()), plan(load_text(WITHOUT_RANGES, "x"))
    assert ", each again in about 40 settings that hold the ends of the bands (" in searched.cost
    assert "and a search for those" in searched.cost
    assert "search" not in plain.cost
    assert searched.n_launches > plain.n_launches


def simulated(planned: CampaignPlan) -> int:
    """How many replications its bar counts."""
    asked: list[int] = []
    find(planned, in_memory(Execution(engine="columns", begin=asked.append)))
    return sum(asked)


def test_as_many_replications_are_simulated_as_the_plan_says() -> None:
    """To the last one where there are no ranges; fewer settings hold ends of bands than the plan has room for."""
    searched, plain = plan(by_hand()), plan(load_text(WITHOUT_RANGES, "x"))
    for planned in (searched, plain):
        assert f"({planned.n_replications:,} replications in all)" in planned.cost
    assert simulated(plain) == plain.n_replications
    assert searched.n_replications / 40 < simulated(searched) <= searched.n_replications


def test_events_are_called_so_and_have_no_missiles() -> None:
    events = re.sub(r"name: (.*), deadline: none", r"event: \1, matter: air patrol, deadline: none", TEXT)
    answer = sim.campaign(load_text(events, "x"), engine="columns")
    assert answer.headline.startswith("2 of the 3 events from 22 November 2019")
    table = answer.page.sections[1].table
    assert table is not None
    assert table.header[0] == "event"
    assert {row[1] for row in table.rows} == {"–"}


def test_what_a_campaign_takes_for_granted_is_said_by_its_answer() -> None:
    answer = sim.campaign(load_text(f"story: All are alike.\n{TEXT.lstrip()}", "x"), engine="columns")
    assert answer.page.sections[-1].sentences == ("All are alike.",)
    assert "seen as a short-range missile is" in find_scenario("campaign-2019", {}).story


def test_a_campaign_is_no_run_and_a_run_no_campaign(tmp_path: Path) -> None:
    with pytest.raises(
        SimError, match=r"campaign of 13 launches.*sim campaign campaign-2019.*campaign-2019:2019-05-04"
    ):
        sim.run("campaign-2019")
    path = tmp_path / "my campaign.yaml"
    path.write_text(TEXT, encoding="utf-8")
    with pytest.raises(SimError) as caught:
        sim.run(path)
    assert f"sim campaign {quote(str(path))} compares them, {quote(f'{path}:a second before')}" in str(caught.value)
    with pytest.raises(SimError, match="first-look: is one run"):
        sim.campaign("first-look")
    with pytest.raises(SimError, match='no such launch — did you mean "2019-10-31"'):
        sim.run("campaign-2019:2019-10-01")
    with pytest.raises(SimError, match="first-look is no campaign"):
        sim.run(f"{shipped_folder() / 'first-look.yaml'}:one")


def test_the_figure_has_a_mark_a_launch_and_bars_while_the_channel_is_open() -> None:
    figure = year().figure()
    bars, lapsed, never, revived = figure.axes
    assert faults(figure) == []
    texts = [text.get_text() for text in bars.texts]
    assert {"23 Aug 2019: notice given", "22 Nov 2019: notice suspended", "closed"} <= {*texts}
    for panel, n_changed in ((lapsed, 1), (never, 13), (revived, 1)):
        dots = [line for line in panel.lines if line.get_marker() == "o"]
        assert len(dots) == 13
        assert sum(line.get_markerfacecolor() != "white" for line in dots) == n_changed
    assert [tick.get_text() for tick in revived.get_xticklabels()] == ["May 2019", "Jul 2019", "Sep 2019", "Nov 2019"]


def test_tisa_revived_asks_until_the_lapse_and_never_after() -> None:
    """Tokyo does not always ask; what is sent unasked arrives all the same, and asking delays none of it."""
    *before, after = year().found.launches
    for launch in before:
        assert launch.arrives["revived"] == launch.arrives["as_it_was"] < 1
        assert launch.pairs["revived", "as_it_was"].typical.estimate == 0
    assert after.arrives["revived"] == 1 > after.arrives["lapsed"]
    assert after.latency["revived"].typical.estimate < after.latency["lapsed"].typical.estimate


def test_months_on_the_axis_are_few_and_evenly_apart() -> None:
    first, last = (run.zero for run in find_scenario("campaign-2019-2021", {}).runs[::20])
    assert first is not None
    assert last is not None
    assert [f"{one:%b %Y}" for one in months(first, last)] == [
        "Jul 2019",
        "Jan 2020",
        "Jul 2020",
        "Jan 2021",
        "Jul 2021",
    ]


def test_what_another_calendar_has_beside_the_first_is_marked_with_its_name() -> None:
    scenario = by_hand()
    line = scenario.arm(AS_IT_WAS).channels["line"]
    seoul = scenario.runs[0].clock.tzinfo
    suspended = replace(
        line,
        open=(
            Period(None, datetime(2019, 11, 22, 18, tzinfo=seoul)),
            Period(datetime(2019, 11, 22, 18, tzinfo=seoul), None, "suspended"),
        ),
    )
    arms = (replace(scenario.arm(AS_IT_WAS), channels={"line": suspended}), scenario.arm(LAPSED))
    rows = calendars(replace(scenario, arms=arms, baseline=None))
    found = happened(rows, datetime(2019, 11, 1, tzinfo=seoul), datetime(2019, 12, 1, tzinfo=seoul))
    assert [(str(at), what) for at, what in found] == [
        ("2019-11-22 18:00:00+09:00", "suspended"),
        ("2019-11-23 00:00:00+09:00", "closed (line: lapsed)"),
    ]


def test_minutes_and_hours_both_show_and_a_warped_axis_says_so() -> None:
    """A difference of minutes is no dot on the line of none because a band goes on for hours."""
    wide = WITHOUT_RANGES.replace("delay: 7 min", "delay: {constant: {low: 3 min, typical: 7 min, high: 9 h}}")
    far = sim.campaign(load_text(wide, "wide"), replications=20, engine="columns").figure()
    assert far.axes[1].get_yscale() == "symlog"
    assert "logarithmically beyond" in " ".join(far.get_supxlabel().split())
    near = sim.campaign(by_hand(), replications=20, engine="columns").figure()
    assert near.axes[1].get_yscale() == "linear"
    assert "logarithmically" not in near.get_supxlabel()
