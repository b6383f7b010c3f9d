"""A report in a real browser: on screens of every width, by day and by night, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest

from sim.experiment.execution import Execution
from sim.reporting.parts import part_of
from sim.reporting.report import Report, report_html
from sim.scenario.loader import load_scenario, shipped_folder
from sim.store.place import run_path
from tests import browsers
from tests.reading import every, parsed, without, words
from tests.stored import store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [browsers.needed, pytest.mark.slow]
LITTLE = {"replications": "200", "settings": "3"}
MOST_PAGES = 4  # of a run of the base case
SERIOUS = ("serious", "critical")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a run of the base case, as a file."""
    folder = tmp_path_factory.mktemp("results")
    scenario = load_scenario(shipped_folder() / "2019-10-02-pukguksong-3.yaml", LITTLE)
    store(scenario, folder, Execution("columns"))
    path = folder / "report.html"
    path.write_text(report_html(Report((part_of(run_path(folder, scenario)),))), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsers.chromium() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, report: Path) -> Iterator[Page]:
    """The report, opened; what the browser refuses or complains of is an error."""
    opened = browser.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("request", lambda request: said.append(request.url) if not request.url.startswith("file:") else None)
    opened.goto(report.as_uri())
    yield opened
    opened.close()
    assert said == []


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_a_run_of_the_base_case_prints_on_four_pages_with_every_word(size: str, page: Page, report: Path) -> None:
    from pypdf import PdfReader

    pages = PdfReader(BytesIO(page.pdf(format=size))).pages
    assert len(pages) <= MOST_PAGES
    printed = "".join(_letters(one.extract_text()) for one in pages)
    tree = parsed(report.read_text(encoding="utf-8"))
    left_out = without(tree, "unprinted")
    assert [words(one) for part in left_out for one in every(part, "h2", "h3", "h4")] == ["Work by centre", "Desks"]
    assert [words(one) for part in left_out for one in every(part, "figcaption")] == ["Work"]
    for told in ("Workbycentre:15rows,whichstandinthefile", "Desks:17rows,whichstandinthefile"):
        assert told in printed
    heads = [words(head) for head in every(tree, "h1", "h2", "h3")]
    cells = [words(cell) for table in every(tree, "table") for cell in every(table, "th", "td")]
    texts = [words(text) for figure in every(tree, "svg") for text in every(figure, "text")]
    missing = [text for text in (*heads, *cells, *texts) if _letters(text) not in printed]
    assert missing == []


def _letters(text: str) -> str:
    """The letters of a text without spaces, those that were printed as one apart again."""
    return "".join(normalize("NFKC", text).split())


def test_on_paper_the_numbers_are_opened_and_heads_repeat(page: Page) -> None:
    from pypdf import PdfReader

    pages = [one.extract_text() for one in PdfReader(BytesIO(page.pdf(format="A4"))).pages]
    assert any("mean_band_high_min" in text for text in pages)
    assert not page.get_by_text("mean_band_high_min").first.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280, 3840])
def test_nothing_is_wider_than_the_screen(width: int, scheme: str, page: Page) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_read_by_everybody(scheme: str, page: Page) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in SERIOUS] == []


def test_no_script_would_run(browser: Browser, report: Path, tmp_path: Path) -> None:
    path, script = tmp_path / "changed.html", "<script>document.title = 'run'</script></main>"
    path.write_text(report.read_text(encoding="utf-8").replace("</main>", script), encoding="utf-8")
    opened = browser.new_page()
    opened.goto(path.as_uri())
    assert opened.title() != "run"
    opened.close()
