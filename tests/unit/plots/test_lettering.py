"""Figures show Korean and Japanese with a font that has them, and where there is none the names of the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from matplotlib.font_manager import fontManager

import sim
from sim.pages.files import files_of
from sim.plots import fonts
from sim.plots.lettering import Lettering, lettering
from sim.plots.measure import POINTS, inches
from sim.plots.render import FORMATS, Print, house_style
from sim.studies.run.files import view_of, write_figures
from tests.examples import examples
from tests.fonts import write_font

TITLE, LAUNCH, FAMILY = "워싱턴 경유", "三号", "Squares"
LETTERS = "워싱턴경유三号보지연단계"
STAGES = ("a", "b", "c")
SCENARIO = {
    "title": "경보 지연",
    "launches": [{"name": LAUNCH, "flight_time": "10 min"}],
    "stages": {name: {"title": f"단계 {name}", "delay": "60 s", "evidence": "assumed"} for name in STAGES},
    "arrangements": {"direct": ["a", "c"], "via_us": {"title": TITLE, "flow": ["a", "b", "c"]}},
    "compare": ["direct", "via_us"],
    "replications": 20,
    "settings": 1,
}


@pytest.fixture(autouse=True)
def no_other_fonts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever the machine has, figures know of one family beside ours, which is not there."""
    for name, families in (("KOREAN", (FAMILY,)), ("JAPANESE", ()), ("OTHERS", ())):
        monkeypatch.setattr(fonts, name, families)
    monkeypatch.setattr(fontManager, "ttflist", [*fontManager.ttflist])
    yield
    fontManager._findfont_cached.cache_clear()


@pytest.fixture
def squares(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The family, installed after the library made its list, for this process and for its workers."""
    path = write_font(tmp_path / "home" / "fonts" / "squares.ttf", FAMILY, LETTERS)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(fonts, "findSystemFonts", lambda: [str(path)])
    return path


def svgs(folder: Path, n_workers: int = 1) -> dict[str, str]:
    """Every figure of the run, by name."""
    answer = sim.run(SCENARIO)
    view = view_of(answer.scenario, answer.alerts.tally, answer.results)
    paths = write_figures(folder, view, n_workers, Print(("svg",)))
    return {path.stem: path.read_text("utf-8") for path in paths if path.suffix == ".svg"}


@pytest.mark.usefixtures("squares")
@pytest.mark.parametrize("n_workers", examples((1, 2), [2]))
def test_letters_that_a_font_of_the_machine_has_are_drawn_with_it(tmp_path: Path, n_workers: int) -> None:
    found = svgs(tmp_path, n_workers)
    assert TITLE in found["latency"]
    assert "단계 b" in found["stages"]
    assert f"'DejaVu Sans', '{FAMILY}'" in found["latency"]
    assert lettering([sim.check(SCENARIO)]) == Lettering((FAMILY,))


@pytest.mark.usefixtures("squares")
def test_a_text_is_as_wide_as_the_font_that_draws_it() -> None:
    with house_style((FAMILY,)):
        assert inches("워싱", 10) == pytest.approx(2 * 10 / POINTS, rel=0.02)  # a letter is an em wide


@pytest.mark.usefixtures("squares")
def test_every_kind_of_file_takes_such_a_font(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    page = sim.ledger(SCENARIO).page
    assert {*FORMATS} < {name.rpartition(".")[2] for name in files_of(page, Print(FORMATS))}
    assert not caplog.records


def test_without_one_a_figure_says_the_name_in_the_file(tmp_path: Path) -> None:
    found = svgs(tmp_path)
    assert not any({*LETTERS} & {*text} for text in found.values())
    assert "via US" in found["latency"]
    assert ">b<" in found["stages"]


def test_what_is_not_shown_is_told_with_what_to_install() -> None:
    said = lettering([sim.check(SCENARIO)]).said("sim plot")
    assert LAUNCH in said
    assert '"launch 1"' in said
    assert "fonts-noto-cjk" in said
    assert "sim plot" in said
    with pytest.warns(UserWarning, match="fonts-noto-cjk"):
        sim.run(SCENARIO).figure("latency")


def test_the_answer_beside_the_figures_keeps_its_words() -> None:
    page = sim.ledger(SCENARIO).page
    assert TITLE in page.headline
    assert not any(TITLE in drawing.title for drawing in page.drawings)
    assert page.digest == sim.ledger(SCENARIO, sets={"launches[0].name": LAUNCH}).page.digest


def test_usual_texts_ask_for_no_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "lacking", lambda *_: pytest.fail("looked at fonts"))
    assert lettering([sim.check("first-look")]) == Lettering()


def test_kana_ask_for_a_japanese_font_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "JAPANESE", ("Circles",))
    for family in (FAMILY, "Circles"):
        fontManager.addfont(write_font(tmp_path / f"{family}.ttf", family, "警報あ"))
    assert fonts.behind("警報") == (FAMILY,)
    assert fonts.behind("警報あ") == ("Circles",)
