"""What the page is answered is what ``sim run`` answers, whatever was changed before."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import pytest

import sim
from sim.asking.scenarios import load, parse_sets, shipped_names
from sim.live.bench import Bench
from sim.live.change import Change, change_of
from sim.pages.document import document
from sim.scenario.written import yaml_text
from sim.store.place import run_digest
from sim.studies.run.page import page
from tests.examples import SHIPPED, examples

US = "stages.us_evaluates.delay.lognormal.median"
SEOUL = "stages.seoul_releases.delay.lognormal.median"
BASE_CASE = "2019-10-02-pukguksong-3"
FEW = {"replications": "200"}


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench("first-look", load("first-look", {}), "columns")


@pytest.fixture(scope="module")
def base_case() -> Bench:
    return Bench(BASE_CASE, load(BASE_CASE, {}), "columns")


def told(bench: Bench, change: Change) -> Mapping[str, object]:
    return document(page(bench.whole(change)))


def of_sim_run(bench: Bench, change: Change) -> Mapping[str, object]:
    return document(sim.run(bench.name, sets=dict(change.sets), arms=change.arms, engine="columns").page)


def test_answers_are_those_of_sim_run_one_after_another(bench: Bench) -> None:
    for sets in (
        {},
        {f"{US}.typical": "4 min"},
        {f"{US}.typical": "20 min", f"{SEOUL}.typical": "61 s"},
        {US: "4 min"},
    ):
        assert told(bench, Change({**sets, **FEW})) == of_sim_run(bench, Change({**sets, **FEW}))


CHANGES = [
    Change({"channels.gsomia.open": "[]"}),
    Change({"deadline.after": "40 min", "launches[0].date": "2020-01-02"}),
    Change({}, ("direct", "via_washington_consent_after")),
]


@pytest.mark.parametrize("change", examples(CHANGES, CHANGES[:1]))
def test_so_are_those_of_the_base_case_whatever_is_changed(base_case: Bench, change: Change) -> None:
    change = Change({**change.sets, **FEW}, change.arms)
    assert told(base_case, change) == of_sim_run(base_case, change)


@pytest.mark.slow
def test_what_was_kept_of_the_changes_before_changes_no_answer(base_case: Bench) -> None:
    path = "stages.us_evaluates.delay.lognormal.median.typical"
    for value in ("40 s", "50 min"):
        change = Change({path: value, **FEW})
        assert told(base_case, change) == of_sim_run(base_case, change), value


def test_at_once_the_page_is_told_what_the_whole_answer_says_of_working_values(bench: Bench) -> None:
    change = Change({f"{US}.typical": "4 min"})
    now, whole = bench.now(change).results, bench.whole(change).results
    for name in ("arrives", "in_time", "mean", "quantiles"):
        assert [getattr(arm, name) for arm in now.arms] == [getattr(arm, name) for arm in whole.arms]
    assert [pair.mean for pair in now.contrasts] == [pair.mean for pair in whole.contrasts]
    assert (now.n_settings, whole.n_settings) == (1, 64)


def test_at_once_no_band_is_told(bench: Bench) -> None:
    said = page(bench.now(Change({f"{US}.typical": "4 min"})))
    assert "at working values, the only ones run" in said.headline.lower()
    assert "across" not in said.headline
    assert all("across" not in header for section in said.sections if section.table for header in section.table.header)


def every_change(bench: Bench) -> Iterator[Change]:
    """One of each control: a slider moved and taken as known, a choice, an entry, an arm."""
    yield Change()
    for slider in bench.controls.sliders:
        yield Change({slider.path: slider.stops[1]})
        yield Change({slider.known_path: slider.stops[-2]})
    for choice in bench.controls.choices:
        yield from (Change({choice.path: text}) for text in choice.texts.values() if text)
    yield from (Change({entry.path: entry.text}) for entry in bench.controls.entries)
    yield from (Change({}, (arm,)) for arm in bench.controls.arms)


@pytest.mark.parametrize(
    ("name", "step"), examples([(name, 1) for name in SHIPPED] + [(BASE_CASE, 9)], [(BASE_CASE, 9)])
)
def test_the_line_that_is_shown_gives_the_scenario_that_was_answered(name: str, step: int) -> None:
    bench = Bench(name, load(name, {}), "columns")
    for change in [*every_change(bench)][::step]:
        command, verb, called, *options = shlex.split(bench.line(change))
        given = [*pairwise(options)]
        sets = tuple(text for flag, text in given if flag == "--set")
        alike = load(called, parse_sets(sets), *(text for flag, text in given if flag == "--arms"))
        assert (command, verb) == ("sim", "run")
        assert run_digest(bench.scenario(change)[1]) == run_digest(alike), change


def test_every_control_is_one_that_the_page_may_send(base_case: Bench) -> None:
    for change in every_change(base_case):
        sent = {"sets": dict(change.sets), "arms": list(change.arms) if change.arms else None}
        assert change_of(sent, base_case.controls.paths, base_case.controls.arms) == change


@pytest.mark.parametrize("name", examples(shipped_names(), SHIPPED[:2]))
def test_a_saved_scenario_is_the_one_that_was_answered(name: str, tmp_path: Path) -> None:
    bench = Bench(name, load(name, {}), "columns")
    slider = bench.controls.sliders[0]
    scenario = bench.scenario(Change({slider.path: slider.stops[-2]}))[1]
    path = tmp_path / "saved.yaml"
    path.write_text(yaml_text(scenario, "saved"), encoding="utf-8")
    assert run_digest(load(str(path), {})) == run_digest(scenario)


@pytest.mark.parametrize(
    "title", ["a: b # c", "'", '"quoted"', "- no list", "서울에서 도쿄로", "no", "1e3", "x " * 40 + "x", "{a}", "&a"]
)
def test_any_title_is_saved_as_it_is(title: str, tmp_path: Path) -> None:
    scenario = sim.check({**load("first-look", {}).document, "title": title})
    path = tmp_path / "saved.yaml"
    path.write_text(yaml_text(scenario), encoding="utf-8")
    assert load(str(path), {}).title == title
