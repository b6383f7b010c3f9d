"""The live page in a real browser, by mouse and by keyboard; left out where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

import sim
from sim.asking.scenarios import scenario_of
from sim.live.controls import controls_of
from sim.store.place import run_digest
from tests.browsers import chromium, needed
from tests.browsing import live

pytestmark = needed

US = "stages.us_evaluates.delay.lognormal.median"
LONGEST_MS = 30_000


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with live(tmp_path_factory.mktemp("served"), "first-look") as (_, found):
        yield found


@pytest.fixture(scope="module")
def context(address: str) -> Iterator[Any]:
    """A browser that was opened with the address."""
    with chromium() as browser:
        found = browser.new_context(accept_downloads=True)
        found.set_default_timeout(LONGEST_MS)
        found.new_page().goto(address)
        yield found


@pytest.fixture
def page(context: Any, address: str) -> Iterator[Any]:
    """The page as it is opened, its whole answer there; nothing may be wrong with it until the end."""
    found, wrong = context.new_page(), list[str]()
    found.on("pageerror", lambda error: wrong.append(str(error)))
    found.on(
        "console", lambda said: wrong.append(said.text) if said.type == "error" and "422" not in said.text else None
    )
    found.on("request", lambda asked: wrong.append(asked.url) if not is_own(asked.url, address) else None)
    found.goto(home(address))
    settled(found)
    yield found
    found.close()
    assert wrong == []


def home(address: str) -> str:
    return f"http://{urlsplit(address).netloc}/"


def is_own(asked: str, address: str) -> bool:
    return asked.startswith((home(address), "data:", "blob:"))


def settled(page: Any) -> None:
    page.wait_for_selector("html[data-state=figure]")


def unfolded(page: Any) -> None:
    """With every group of controls open."""
    page.evaluate("document.querySelectorAll('#controls > details').forEach((one) => { one.open = true; })")


def slider(page: Any) -> Any:
    return page.get_by_role("slider", name="US evaluates: median")


def mean(page: Any, arm: str) -> float:
    row = page.locator("#answer table").first.locator("tr", has=page.locator("th", has_text=arm))
    return float(row.locator("td").nth(2).inner_text())


def opacity(page: Any, selector: str) -> float:
    return float(page.locator(selector).evaluate("(one) => getComputedStyle(one).opacity"))


def answered(page: Any) -> str:
    return " ".join(page.locator("#answer").inner_text().split())


def test_the_first_answer_is_that_of_sim_run(page: Any) -> None:
    answer = sim.run("first-look", engine="columns")
    assert answer.headline in answered(page)
    assert answer.page.digest in page.locator("#state").inner_text()
    for arm in answer.results.arms:
        assert mean(page, arm.title) == round(arm.mean.estimate / 60e6, 1)


@pytest.mark.slow
def test_a_longer_us_evaluation_makes_washington_slower_and_direct_no_different(page: Any) -> None:
    before = mean(page, "direct"), mean(page, "via Washington")
    for _ in range(20):
        slider(page).press("ArrowRight")
    settled(page)
    assert (mean(page, "direct"), mean(page, "via Washington") > before[1]) == (before[0], True)
    value = page.get_by_label("US evaluates: median, exact").input_value()
    assert slider(page).get_attribute("aria-valuetext") == value
    assert page.locator("#line").inner_text() == f"sim run first-look --set '{US}.typical={value}'"
    assert page.locator("#changed").inner_text() == "1 changed"


@pytest.mark.slow
def test_a_mouse_drags_it_as_well(page: Any) -> None:
    before, box = mean(page, "via Washington"), slider(page).bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    for share in (0.5, 0.3, 0.1):
        page.mouse.move(box["x"] + box["width"] * share, middle)
    page.mouse.up()
    settled(page)
    assert mean(page, "via Washington") < before


@pytest.mark.slow
def test_no_old_band_and_no_old_figure_stands_beside_a_new_value(page: Any) -> None:
    assert opacity(page, "#answer") == opacity(page, "#figure") == 1
    page.route("**/now", lambda route: None)  # an answer that does not come
    slider(page).press("ArrowLeft")
    page.wait_for_selector("html[data-state=moving]")
    assert opacity(page, "#answer") < 0.5
    assert opacity(page, "#figure") < 0.5
    page.reload()
    page.unroute("**/now")
    page.reload()
    settled(page)
    slider(page).press("ArrowLeft")
    page.wait_for_selector("html[data-state=now]")
    assert "across the ranges" not in answered(page)
    assert "old" in page.locator("#figure").get_attribute("class")
    settled(page)
    assert "across the ranges" in answered(page)
    assert "old" not in page.locator("#figure").get_attribute("class")


def test_two_hundred_changes_in_a_second_leave_one_answer_the_last(page: Any) -> None:
    asked: list[str] = []
    page.on("request", lambda one: asked.append(urlsplit(one.url).path))
    stops = controls_of(scenario_of("first-look")).sliders[0].stops
    slider(page).evaluate(
        """(range) => new Promise((done) => {
            let number = 0;
            const move = () => {
                range.value = number % 100;
                range.dispatchEvent(new Event("input", { bubbles: true }));
                number += 1;
                number < 200 ? setTimeout(move, 4) : done();
            };
            move();
        })"""
    )
    settled(page)
    last = scenario_of("first-look", {f"{US}.typical": stops[99]})
    assert run_digest(last) in page.locator("#state").inner_text()
    assert page.locator("#line").inner_text().endswith(f"typical={stops[99]}'")
    assert asked.count("/now") < 200
    assert asked.count("/figure") == 1


@pytest.mark.slow
def test_the_keyboard_alone_suffices(page: Any) -> None:
    """From the top: reset is off, so the first stops are the first group, then the exact entry and the slider."""
    page.keyboard.press("Tab")
    names = []
    for _ in range(60):
        names.append(page.evaluate("document.activeElement.id || document.activeElement.tagName"))
        page.keyboard.press("Tab")
    for name in ("s0", "t0", "k0", "tab-latency", "figure", "line", "copy", "save"):
        assert name in names, name
    slider(page).focus()
    page.keyboard.press("Home")
    settled(page)
    assert "30 s" in page.locator("#line").inner_text()
    page.locator("#tab-latency").focus()
    page.keyboard.press("ArrowRight")
    settled(page)
    page.wait_for_selector("#tab-difference[aria-selected=true]:focus")
    page.locator("#reset").focus()
    page.keyboard.press("Enter")
    settled(page)
    assert page.locator("#line").inner_text() == "sim run first-look"
    assert slider(page).get_attribute("aria-valuetext") == "5.5 min"


@pytest.mark.slow
def test_the_address_is_the_view_and_brings_it_back(page: Any) -> None:
    page.get_by_label("US evaluates: median, exact").fill("7.25 min")
    page.keyboard.press("Enter")
    settled(page)
    page.locator("#tab-stages").click()
    settled(page)
    shown = answered(page)
    page.reload()
    settled(page)
    assert answered(page) == shown
    assert page.get_by_label("US evaluates: median, exact").input_value() == "7.25 min"
    assert page.locator("#tab-stages").get_attribute("aria-selected") == "true"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("set=foo", "foo: the page has no control for it"),
        (f"set={US}%3D4%3D2%20min", 'got "4=2 min"'),
        ("arms=foo", "there is none of the name foo"),
    ],
)
def test_an_address_that_cannot_be_is_told_and_no_answer_is_promised(page: Any, query: str, said: str) -> None:
    page.goto(f"{page.url.partition('?')[0]}?{query}")
    page.wait_for_selector("html[data-state=fault]")
    assert said in page.locator("#fault").inner_text()
    assert page.locator("#state").inner_text() == "Not answered; Reset all goes back to the file."
    page.locator("#reset").click()
    settled(page)
    assert page.locator("#fault").is_hidden()


@pytest.mark.slow
def test_on_a_wider_screen_nothing_is_left_of_the_height_of_a_narrow_one(page: Any) -> None:
    page.set_viewport_size({"width": 900, "height": 900})
    slider(page).press("ArrowRight")
    settled(page)
    page.set_viewport_size({"width": 3840, "height": 2160})
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")  # it is told
    height, needed = page.locator("#answer .finding").evaluate(
        "(one) => { const had = one.offsetHeight; one.style.minHeight = 0; return [had, one.offsetHeight]; }"
    )
    assert height == needed


@pytest.mark.slow
def test_as_if_known_takes_the_value_out_of_the_band(page: Any) -> None:
    unfolded(page)
    for number in (0, 1):
        page.locator(f"#k{number}").check()
    settled(page)
    assert "With every value taken as written" in answered(page)
    assert page.locator("#line").inner_text().startswith(f"sim run first-look --set '{US}=5.5 min'")


@pytest.mark.slow
def test_a_value_that_cannot_be_is_told_and_nothing_is_lost(page: Any) -> None:
    before, exact = answered(page), page.get_by_label("US evaluates: median, exact")
    exact.fill("9 parsecs")
    page.keyboard.press("Enter")
    page.wait_for_selector("html[data-state=fault]")
    assert 'got "9 parsecs"' in page.locator("#fault").inner_text()
    assert exact.get_attribute("aria-invalid") == "true"
    assert answered(page) == before
    exact.fill("9 min")
    page.keyboard.press("Enter")
    settled(page)
    assert page.locator("#fault").is_hidden()
    assert exact.get_attribute("aria-invalid") is None


@pytest.mark.slow
def test_what_is_saved_is_a_scenario(page: Any, tmp_path: Path) -> None:
    slider(page).press("End")
    settled(page)
    with page.expect_download() as saved:
        page.locator("#save").click()
    path = tmp_path / saved.value.suggested_filename
    saved.value.save_as(path)
    assert path.stem.startswith("first-look-")
    assert run_digest(sim.check(path)) in path.stem


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_no_fault_that_counts_and_nothing_is_wider_than_the_screen(
    page: Any, scheme: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    unfolded(page)
    page.wait_for_timeout(400)  # what fades has faded
    found = Axe().run(page).response["violations"]
    serious = [one for one in found if one["impact"] in ("serious", "critical")]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in serious] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.slow
def test_a_page_of_elsewhere_is_refused_whatever_it_tries(context: Any, address: str) -> None:
    """It knows the port and the browser has our cookie; neither a form nor a script is answered."""
    form = (
        f'<form method=post action="{home(address)}now" enctype="text/plain"><input name=\'{{"sets":{{}},"a":"\' '
        "value='\"}'></form><script>document.forms[0].submit()</script>"
    )
    asked = f"<script>fetch('{home(address)}now', {{method: 'POST', body: '{{}}', credentials: 'include'}})</script>"
    for html in (form, asked):
        page, answers = context.new_page(), list[int]()
        page.on("response", partial(_note, answers, address))
        page.route("http://evil.example/**", partial(_fulfil, html))
        page.goto("http://evil.example/", wait_until="commit")
        page.wait_for_timeout(1_000)
        assert set(answers) <= {403}
        page.close()


def _note(answers: list[int], address: str, response: Any) -> None:
    answers.extend([response.status] if is_own(response.url, address) else [])


def _fulfil(html: str, route: Any) -> None:
    route.fulfill(body=html, content_type="text/html")


@pytest.mark.slow
def test_a_figure_that_is_awaited_is_said_to_be_and_the_old_one_is_grey(page: Any) -> None:
    page.route("**/figure", lambda route: None)  # one that does not come
    page.locator("#tab-breakeven").click()
    page.wait_for_selector("#figure.old[aria-busy=true]")
    waits = page.locator("[role=tablist]").evaluate("(one) => getComputedStyle(one, '::after').content")
    assert waits not in ("none", "normal")
    page.unroute("**/figure")
    page.locator("#tab-latency").click()
    page.wait_for_selector("#figure:not(.old):not([aria-busy])")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "said"),
    [("set=nonsense", "nonsense: the page has no control for it"), ("arms=nobody", "arms: there is none of the name")],
)
def test_an_address_that_says_nothing_known_is_told_and_can_be_left(
    context: Any, address: str, query: str, said: str
) -> None:
    page = context.new_page()
    page.goto(f"{home(address)}?{query}")
    page.wait_for_selector("html[data-state=fault]")
    assert said in page.locator("#fault").inner_text()
    assert page.locator("#state").inner_text() == "Not answered; Reset all goes back to the file."
    page.locator("#reset").click()
    settled(page)
    assert page.locator("#fault").is_hidden()
    page.close()
