"""What is said and drawn of a web."""

from __future__ import annotations

import json
import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from matplotlib.figure import Figure

from sim.experiment.execution import Execution
from sim.experiment.simulator import in_memory
from sim.pages.document import document
from sim.pages.page import Drawing, Page
from sim.plots import fonts
from sim.plots.lettering import lettering
from sim.plots.style import printed_at
from sim.scenario.loader import load_mapping, load_scenario, shipped_folder
from sim.studies.web.figure import places
from sim.studies.web.find import WARNING, find, plan
from sim.studies.web.page import page
from tests.examples import examples
from tests.layout import faults
from tests.unit.cli.test_commands import call, refusal
from tests.webs import web_file

FEW = ["--settings", "3", "--replications", "20", "--engine", "columns", "--workers", "1"]


def page_of(file: dict[str, Any] | str, **options: Any) -> Page:
    is_name = isinstance(file, str)
    scenario = load_scenario(shipped_folder() / f"{file}.yaml") if is_name else load_mapping(file, "t")
    made = plan(scenario, **{"replications": 20, "settings": 3, **options})
    return page(made, find(made, in_memory(Execution("columns"))))


def drawing_of(made: Page) -> Drawing:
    (drawing,) = made.drawings
    return drawing


def parallel() -> dict[str, Any]:
    """Two links, one a minute slower: 586 and 526 s of warning (see test_find)."""
    file = web_file([("seoul", "tokyo"), ("seoul", "tokyo"), ("guam", "tokyo")])
    file["stages"]["line1"]["delay"] = "61 s"
    file["web"]["centres"]["guam"]["release"] = "guam_releases"
    return file | {"deadline": {"name": "due", "after": "10 min"}}


def test_the_finding_says_what_each_kind_brings_and_who_of_it() -> None:
    """323 and 263 s of 586 s."""
    made = page_of(parallel())
    assert made.headline == (
        "The channels together bring 9.8 min of warning and 100 points of the share in time: k0 5.4 min; k1 4.4 min. "
        "The sensors together bring 9.8 min of warning and 100 points of the share in time: Seoul 9.8 min."
    )
    first = made.sections[0].table
    assert first is not None
    assert first.rows == (
        ("k0", "9.77", "1.00", "5.38", "–", "100", "0", "50"),
        ("k1", "8.77", "0.00", "4.38", "–", "100", "0", "50"),
        ("all channels", "", "", "9.77", "–", "", "", "100"),
    )
    assert made.sheet.rows[1][:5] == ("channels", "k0", "in_time", "share", "1")


def test_where_nothing_is_worth_anything_one_sentence_says_why() -> None:
    """By one link in 14 s: see test_find."""
    file = parallel()
    late = page_of(file | {"deadline": {"name": "due", "after": "13.9 s"}})
    assert late.headline == (
        "Nothing brings Tokyo warning: the earliest report comes 14 s after launch, and due is 13.9 s after launch."
    )
    assert drawing_of(late).title == late.headline.removesuffix(".")
    assert late.data["with_all"] == {"warning_min": 0.0, "in_time_share": 0.0}
    shut = {name: one | {"open": []} for name, one in file["channels"].items()}
    assert page_of(file | {"channels": shut}).headline == (
        "Nothing brings Tokyo warning: there is no path: k0 was never open; k1 was never open."
    )
    out = {"watch_seoul": file["sensors"]["watch_seoul"] | {"title": "the radar", "out": "100 %"}}
    assert page_of(file | {"sensors": out}).headline == (
        "Nothing brings Tokyo warning: no report arrives: a step was refused or left out (the radar: 100 %)."
    )


def test_a_late_report_is_that_of_the_earliest_setting() -> None:
    file = parallel() | {"deadline": {"name": "due", "after": "5 s"}}
    file["sensors"]["watch_seoul"]["delay"] = {"constant": {"low": "7 s", "high": "30 s"}}
    said = page_of(file, settings=3).headline
    assert said.startswith("Nothing brings Tokyo warning in any setting tried: the earliest report comes")
    made = plan(load_mapping(file, "t"), settings=3, replications=20)
    found = find(made, in_memory(Execution("columns")))
    assert (
        11_000_000 <= found.earliest_us < 4_000_000 + 18_500_000
    )  # beside the sensor 4 s; the working value is its mean


def test_whom_noise_does_not_tell_apart_is_not_named_as_the_first() -> None:
    """Thirteen alike: each is worth a thirteenth of 586 s, and 20 orders do not tell which is more."""
    made = page_of(web_file([("seoul", "tokyo")] * 13) | {"deadline": {"name": "due", "after": "10 min"}}, orders=20)
    assert re.match(
        r"Most warning to Tokyo: (1[0-3]|[4-9]) channels \(.* min, not told apart\)", drawing_of(made).title
    )
    assert re.search(r"k\d+ .*min, noise ± ", made.headline)
    table = made.sections[0].table
    assert table is not None
    assert re.fullmatch(r"[\d.]+ ± [\d.]+", table.rows[0][3])
    assert "20 orders were sampled: their noise is that of sampling them" in " ".join(made.sections[-1].notes)


def test_equal_ones_share_the_first_place() -> None:
    made = page_of(web_file([("seoul", "us"), ("us", "tokyo")]) | {"deadline": {"name": "due", "after": "10 min"}})
    assert drawing_of(made).title == "Most warning to Tokyo: k0 and k1 (4.9 min each); sensors of Seoul (9.7 min)"


def test_who_is_worth_nothing_beyond_noise_is_not_named_as_the_first() -> None:
    file = parallel()
    file["stages"]["line0"] |= {"refusal": {"probability": "95 %"}}
    del file["web"]["links"][1:]
    made = page_of(file, replications=40)
    assert drawing_of(made).title == "Nothing brings Tokyo warning beyond noise"


def test_of_bangkok_it_says_why() -> None:
    said = page_of("bangkok-instead-of-tokyo").headline
    assert (
        "The sensors of Bangkok see nothing of the launch: from a radar as if in Bangkok it stays under the horizon "
        "from launch to impact, 163 km too far away even when 908 km high, and it is never nearer than 3,818 km, where "
        "3,000 km is the most that the sensor may reach; one that flew as far and 998 km high or more would be seen "
        "from there, by a sensor that reaches 4,403 km. Seoul–Bangkok carries nothing but what Bangkok would see, so "
        "it adds nothing, whatever its delays are."
    ) in said
    assert "Seoul–Bangkok nothing in any setting tried" in said


def test_json_has_every_number_with_its_unit() -> None:
    data = json.loads(json.dumps(document(page_of("a-thicker-web"))))
    assert data["reports_to"] == "tokyo"
    assert [player["player"] for player in data["players"] if player["kind"] == "sensors"] == ["tokyo", "seoul", "us"]
    tokyo = next(player for player in data["players"] if player["player"] == "tokyo")
    assert {"alone", "last_in", "value", "value_noise", "value_low", "value_high"} == {*tokyo["warning_min"]}
    total = sum(player["warning_min"]["value"] for player in data["players"] if player["kind"] == "sensors")
    bring = data["with_all"]["warning_min"] - data["without"]["sensors"]["warning_min"]
    assert total == pytest.approx(bring, rel=1e-9)


def drawn(file: dict[str, Any] | str, **options: Any) -> Figure:
    drawing = page_of(file, **options).drawing()
    assert drawing is not None
    figure: Figure = drawing.draw(drawing.title)
    return figure


def test_lines_are_as_wide_as_channels_are_worth_and_dashed_where_that_is_nothing() -> None:
    """Of 586 s, those of the sensors of Seoul, the links are worth 323 and 263; lines are from 1.2 to 13 points."""
    lines = drawn(parallel()).axes[0].patches
    expected = [1.2 + 11.8 * value / 586 for value in (323, 263)]
    assert [line.get_linewidth() for line in lines] == pytest.approx(expected)
    assert {line.get_linestyle() for line in lines} == {"solid"}
    *others, bangkok = drawn("bangkok-instead-of-tokyo").axes[0].patches
    assert (bangkok.get_linewidth(), bangkok.get_linestyle()) == (1.2, (0, (4, 3)))
    assert all(line.get_linestyle() == "solid" for line in others)


@pytest.mark.parametrize(
    ("name", "cm"),
    examples(
        product(("a-thicker-web", "bangkok-instead-of-tokyo"), (8, 16)),
        [("a-thicker-web", 8)],
    ),
)
def test_nothing_in_the_figure_is_too_small_or_over_something_else(name: str, cm: float) -> None:
    with printed_at(cm):
        assert faults(drawn(name)) == []


def test_a_row_is_a_player_with_its_value_over_the_settings() -> None:
    below = drawn(parallel()).axes[1]
    assert [label.get_text() for label in below.get_yticklabels()] == ["K0", "K1", "Sensors of Seoul"]
    dots = [float(line.get_xdata()[0]) for line in below.lines if line.get_marker() == "o"]
    assert dots == pytest.approx([323 / 60, 263 / 60, 586 / 60])
    last = [float(line.get_xdata()[0]) for line in below.lines if line.get_marker() == "v"]
    assert last == pytest.approx([1, 0, 586 / 60])


def test_noise_is_a_line_through_the_dot() -> None:
    file = web_file([("seoul", "tokyo")] * 13) | {"deadline": {"name": "due", "after": "10 min"}}
    made = plan(load_mapping(file, "t"), replications=2, orders=20)
    found = find(made, in_memory(Execution("columns")))
    below = drawn(file, replications=2, orders=20).axes[1]
    first = max(found.of("channels"), key=lambda one: one.shapley[WARNING, 0, 0])
    value, half = (float(one) / 60e6 for one in (first.shapley[WARNING, 0, 0], first.noise[WARNING]))
    spans = [line.get_xdata() for line in below.lines if len(line.get_xdata()) == 2]
    assert half > 0
    assert any(span == pytest.approx([value - half, value + half]) for span in map(list, spans))


def test_many_players_fit_on_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page has 24 cm of height; of 40 channels the rows are 26 players. Two orders are enough to draw them."""
    monkeypatch.setattr("sim.studies.web.find.LEAST_ORDERS", 2)
    file = web_file([("seoul", "tokyo")] * 40) | {"deadline": {"name": "due", "after": "10 min"}}
    figure = drawn(file, replications=2, settings=1, orders=2)
    assert figure.get_figheight() * 8 / figure.get_figwidth() < 24
    assert len(figure.axes[1].get_yticks()) == 26
    assert "Left out: 15 channels worth less than any that is shown" in " ".join(str(figure.get_supxlabel()).split())


def test_titles_of_channels_that_no_font_has_are_their_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "behind", lambda _: ())
    file = parallel()
    file["channels"]["k0"]["title"] = "서울–도쿄"
    scenario = load_mapping(file, "t")
    letters = lettering([scenario])
    assert letters.spelt["서울–도쿄"] == "k0"
    made = letters.of(plan(scenario, replications=2))
    assert made.arm.channels["k0"].title == "k0"


def test_centres_stand_by_how_many_links_they_are_from_the_goal() -> None:
    web = load_mapping(web_file([("seoul", "us"), ("us", "tokyo"), ("guam", "tokyo")]), "t").web
    assert web is not None
    at = places(web, "tokyo")
    assert {name: round(x) for name, (x, _) in at.items()} == {"tokyo": 0, "us": -1, "guam": -1, "seoul": -2}
    assert "guernsey" not in at  # nothing joins it


def test_the_command_keeps_its_answer_and_engines_agree(here: Path) -> None:
    first = call("web", "a-thicker-web", "--json", *FEW).stdout
    (folder,) = (here / "results" / "a-thicker-web").iterdir()
    assert {"web.json", "web.csv", "web.png", "web.md", "answer.txt"} <= {path.name for path in folder.iterdir()}
    again = [*FEW[:4], "--engine", "reference", "--workers", "1", "--again"]
    assert call("web", "a-thicker-web", "--json", *again).stdout == first


def test_the_plan_is_said_before_anything_runs(here: Path) -> None:
    said = " ".join(call("web", "a-thicker-web", "--plan").output.split())
    assert "40 coalitions, 19 of them apart × 64 settings × 1,000 replications" in said


def test_a_trace_shows_every_way(here: Path) -> None:
    said = call("trace", "a-thicker-web").output
    ends = ("encrypted_phone as seoul-gsomia-tokyo", "us_to_tokyo as seoul-tisa-us-tisa-tokyo")
    more = ("us_warns as us-early_warning-tokyo", "as us-us_australia-canberra-japan_australia-tokyo")
    assert all(step in said for step in (*ends, *more, "japan_identifies"))


def test_without_a_web_one_line_says_so(here: Path) -> None:
    assert "first-look: has no web — add web:" in refusal("web", "first-look")
