"""What a browser sends and is sent: the page, answers, faults, figures, the scenario as a file."""

from __future__ import annotations

import math
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import anyio
import pytest

import sim
from sim.asking.scenarios import load
from sim.live.app import GONE, app_of
from sim.live.bench import Bench
from sim.live.controls import Slider, controls_of
from sim.live.figures import TABS
from sim.live.guard import Pass
from sim.units import parse_duration, parse_quantity
from tests.browsing import ORIGIN, PORT, Browser

US = "stages.us_evaluates.delay.lognormal.median"


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench("first-look", load("first-look", {}), "columns")


@pytest.fixture
def browser(bench: Bench) -> Browser:
    return browser_of(bench)


def browser_of(bench: Bench) -> Browser:
    ours = Pass(PORT)
    found = Browser(app_of(bench, ours))
    found.get(ours.address())
    return found


def text_of(html: str) -> str:
    """What a reader reads of it."""
    parts: list[str] = []
    parser = HTMLParser()
    parser.handle_data = parts.append  # type: ignore[method-assign]
    parser.feed(html)
    return " ".join(" ".join(parts).split())


def test_the_first_answer_is_the_sentence_and_the_table_of_sim_run(browser: Browser) -> None:
    told, answer = browser.post("/whole", {"sets": {}, "arms": None}).json(), sim.run("first-look", engine="columns")
    said = text_of(told["html"])
    assert answer.headline in said
    table = next(section.table for section in answer.page.sections if section.table)
    assert all(cell in said for row in table.cells for cell in row)
    assert (told["line"], told["digest"]) == ("sim run first-look", answer.page.digest)


def test_at_once_there_is_no_band_and_what_is_behind_it_comes_with_it(browser: Browser) -> None:
    now, whole = (browser.post(path, {"sets": {f"{US}.typical": "4 min"}}).json() for path in ("/now", "/whole"))
    assert "across" not in text_of(now["html"])
    assert "across the ranges" in text_of(whole["html"])
    assert "details" not in now
    assert "Stages and what they rest on" in text_of(whole["details"])
    assert now["digest"] == whole["digest"]
    at = round(120 * math.log(240 / 30) / math.log(3600 / 30))  # of 120 steps in the logarithm, from 30 s to 1 h
    assert now["places"] == {"0": {"text": "4 min", "at": at, "is_known": False}}


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"sets": {f"{US}.typical": "9 parsecs"}}, "needs a number and a unit"),
        ({"sets": {f"{US}.typical": "2 h"}}, "low, typical and high must rise, got 30 s, 2 h, 1 h"),
        ({"sets": {f"{US}.typical": "4"}}, 'needs a unit, got 4 — write "4 s" or "4 min"'),
        ({"sets": {US: ""}}, "needs a value"),
        ({"sets": {US: "1 min", f"{US}.typical": "1 min"}}, "is not divided further"),
        ({"sets": {"stages.us_evaluates.delay.lognormal.medan": "4 min"}}, f'did you mean "{US}'),
        ({"sets": {"title": "another"}}, "the page has no control for it"),
        ({"sets": {US: 4}}, "needs a value"),
        ({"sets": {US: "4 min" * 100}}, "at most 400 letters"),
        ({"sets": [US]}, "a change is"),
        ({"sets": {}, "arms": []}, "compare at least one"),
        ({"sets": {}, "arms": ["nobody"]}, "there is none of the name nobody — known: direct, via_washington"),
        ({"sets": {}, "arms": "direct"}, "arms: none is left"),
        ({"sets": {"replications": "1e6"}}, "1,000,000 launches are too many for an answer at once"),
        ({"sets": {"seed": "x"}}, "seed: needs a plain number"),
        ([], "a change is"),
        (b"{", "no JSON"),
        (b"[" * 60_000, "no JSON"),
        (b"\xff", "no JSON"),
    ],
)
def test_what_cannot_be_is_told_clearly_and_nothing_is_lost(browser: Browser, sent: Any, said: str) -> None:
    for path in ("/now", "/whole", "/scenario"):
        answer = browser.post(path, sent)
        assert answer.status_code == 422
        assert said in answer.json()["fault"]
        assert "sets" not in answer.json()["fault"].split()
    assert browser.post("/now", {"sets": {f"{US}.typical": "4 min"}}).status_code == 200


def test_a_fault_names_its_control(browser: Browser) -> None:
    (path,) = browser.post("/now", {"sets": {f"{US}.typical": "2 h"}}).json()["paths"]
    assert path == US


def test_the_page_has_a_slider_for_every_range_and_a_switch_for_every_arm(bench: Bench, browser: Browser) -> None:
    page = browser.get("/").text
    assert page.startswith("<!doctype html>")
    assert page.count('type="range"') == len(bench.base.ranges()) == 2
    assert page.count('name="arm"') == 2
    assert all(f'data-tab="{tab}"' in page for tab in TABS)
    assert "US evaluates: median" in page
    assert ">assumed<" in page


def test_a_title_with_markup_is_text() -> None:
    title = '<script>alert("1")</script></title><img src=x onerror=alert(1)>'
    scenario = sim.check({**load("first-look", {"replications": "200"}).document, "title": title})
    page = browser_of(Bench("mine", scenario, "columns")).get("/").text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert" in page


def test_files_of_the_page_are_sent_as_what_they_are(browser: Browser) -> None:
    style, script = browser.get("/live.css"), browser.get("/live.js")
    assert style.headers["content-type"].startswith("text/css")
    assert script.headers["content-type"].startswith("text/javascript")
    assert "--ink" in style.text
    assert "latest change wins" in script.text
    assert not any(f"{scheme}://" in found.text for found in (style, script) for scheme in ("http", "https"))


def test_a_figure_is_an_element_of_the_page_and_says_its_finding(browser: Browser) -> None:
    html = browser.post("/figure", {"sets": {f"{US}.typical": "4 min"}, "tab": "difference"}).json()["html"]
    assert "<svg" in html
    assert "style=" not in html
    assert "direct" in text_of(html)


def test_a_tab_without_a_figure_says_why(browser: Browser) -> None:
    told = browser.post("/figure", {"sets": {}, "tab": "map"})
    assert told.status_code == 422
    assert "nobody has written its place" in told.json()["fault"]
    assert "there is no such figure" in browser.post("/figure", {"sets": {}, "tab": "x"}).json()["fault"]


def test_what_is_saved_is_a_file_that_sim_check_takes_and_names_its_run(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sets = {f"{US}.typical": "4 min"}
    answer = browser.post("/scenario", {"sets": sets})
    digest = browser.post("/now", {"sets": sets}).json()["digest"]
    assert f"first-look-{digest}.yaml" in answer.headers["content-disposition"]
    assert f"# sim run first-look --set '{US}.typical=4 min' gives the same answer, {digest}" in answer.text
    path = tmp_path / "saved.yaml"
    path.write_text(answer.text, encoding="utf-8")
    assert sim.check(path).title == "A first look at the two routes"
    assert sim.run(path, replications=200, engine="columns").found.scenario.ranges()[1].typical == parse_duration(
        "4 min"
    )


def test_nobody_waits_in_vain_and_nobody_is_waited_for(bench: Bench) -> None:
    """A browser that goes away before its answer is begun costs nothing, and the next one is answered."""
    ours = Pass(PORT)
    app, sent = app_of(bench, ours), list[Any]()
    messages = [{"type": "http.request", "body": b'{"sets": {"seed": "77"}}'}, {"type": "http.disconnect"}]

    async def receive() -> Any:
        return messages.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    headers = {"host": f"127.0.0.1:{PORT}", "origin": ORIGIN, "content-type": "application/json"}
    headers |= {"cookie": f"{ours.cookie}={ours.secret}"}
    raw = [(name.encode(), text.encode()) for name, text in headers.items()]
    scope = {"type": "http", "method": "POST", "path": "/whole", "query_string": b"", "headers": raw}
    anyio.run(app, scope, receive, send)
    assert sent[0]["status"] == GONE
    browser = browser_of(bench)
    assert browser.post("/whole", {"sets": {"seed": "77"}}).status_code == 200


def test_a_fault_of_the_program_is_told_as_one(
    bench: Bench, browser: Browser, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench, "line", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):  # to whoever serves it, once the browser is answered
        browser.post("/now", {"sets": {}})
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_a_slider_stops_at_its_ends_and_at_the_value_of_the_file_and_rises_between() -> None:
    scenario = load("2019-10-02-pukguksong-3", {})
    ranges = {one.path: one for one in scenario.ranges()}
    for slider in controls_of(scenario).sliders:
        found, values = ranges[slider.known_path], [parse_quantity(slider.kind, stop) for stop in slider.stops]
        assert values == sorted(set(values))
        assert (values[0], values[slider.typical], values[-1]) == (found.low, found.typical, found.high)
        assert len(values) > 2
        assert not any(stop.endswith(" us") for stop in slider.stops)


def slider_of(written: str) -> Slider:
    document = {**load("first-look", {}).document, "compare": ["direct"]}
    stages = {**document["stages"], "seoul_releases": {"delay": written, "evidence": "assumed"}}  # type: ignore[dict-item]
    (slider,) = controls_of(sim.check({**document, "stages": stages})).sliders
    return slider


def test_stops_are_even_in_the_logarithm_where_the_range_spans_a_decade_and_evenly_spaced_below() -> None:
    """By hand: the middle of 1 to 10 min is the root of ten minutes, 3.16, and that of 1 to 9 min is 5."""
    for written, middle_s in (("1 to 10 min", 190), ("1 to 9 min", 300)):
        stops = [parse_duration(stop) / 1e6 for stop in slider_of(written).stops]
        below = sum(stop <= middle_s for stop in stops)
        assert abs(below - len(stops) / 2) < 2, (written, below, len(stops))
        assert stops == sorted(stops)


def test_a_range_written_as_a_text_is_moved_as_well() -> None:
    slider = slider_of("1 to 4 min")
    assert (slider.path, slider.known_path) == (f"{slider.known_path}.typical", "stages.seoul_releases.delay")
    moved = slider.place({slider.path: "3 min"})
    assert moved is not None
    assert (moved.text, moved.is_known) == ("3 min", False)
    known = slider.place({slider.known_path: "3 min"})
    assert known is not None
    assert (known.text, known.at, known.is_known) == ("3 min", moved.at, True)
    assert slider.place({}) is None


def test_a_working_value_that_the_file_leaves_open_stands_as_sim_check_says_it() -> None:
    """The root of 1 and 10 min is 189.73666 s; of a range so narrow that this would be its end, it is all there."""
    slider, narrow = slider_of("1 to 10 min"), slider_of("60 to 60.001 s")
    assert slider.stops[slider.typical] == "3.16 min"
    assert narrow.stops[narrow.typical] == "60.0005 s"


def test_those_that_move_the_first_pair_apart_come_first() -> None:
    sliders = controls_of(load("first-look", {})).sliders
    assert [(slider.name, slider.behind) for slider in sliders] == [
        ("US evaluates: median", "one"),
        ("Seoul releases: median", "both"),
    ]
