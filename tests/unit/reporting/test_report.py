"""A report: all that is stored, in one file that can be read, searched and attacked."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sim.model.scenario import Scenario
from sim.reporting.checklist import checklist
from sim.reporting.parts import Part, part_of
from sim.reporting.report import Report, plain_text, report_html
from sim.scenario.loader import load_scenario, shipped_folder
from sim.store.place import PROVENANCE, run_path
from sim.store.run import RESOLVED, note_files
from sim.studies import STUDIES
from tests.examples import examples
from tests.reading import check, every, words
from tests.stored import store
from tests.unit.cli.test_commands import call, refusal

LITTLE = {"replications": "40", "settings": "3"}
FEW = ["--replications", "20", "--workers", "1"]
ONE = ["--workers", "1"]
EVALUATES = "stages.us_evaluates.delay.lognormal.median=30 s:1 h:3:log"
STUDIED: dict[str, list[str]] = {
    "breakeven": ["first-look", *FEW],
    "sweep": ["first-look", "--vary", EVALUATES, *FEW],
    "sensitivity": ["first-look", *FEW],
    "discover": ["first-look", *FEW],
    "confirm": ["confirmation", *FEW],
    "ledger": ["first-look", "--replications", "50", *ONE],
    "hours": ["night-in-washington", *FEW],
    "sight": ["2019-10-02-pukguksong-3"],
    "map": ["2019-10-02-pukguksong-3", *FEW],
    "campaign": ["campaign-2019", "--set", "replications=20", *ONE],
    "record": [],
    "web": ["bangkok-instead-of-tokyo", *FEW],
    "redundancy": ["both-channels-under-outage", *FEW],
    "flights": ["campaign-2016-2019", "--replications", "20", *ONE],
    "claims": ["relations", *FEW],
}


def small(name: str = "first-look", **sets: str) -> Scenario:
    return load_scenario(shipped_folder() / f"{name}.yaml", {**LITTLE, **sets})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Results with a run."""
    made = tmp_path_factory.mktemp("results")
    store(small(), made)
    return made


@pytest.fixture(scope="module")
def run(folder: Path) -> Part:
    return part_of(run_path(folder, small()))


@pytest.fixture(scope="module")
def html(run: Part) -> str:
    return report_html(Report((run,)))


def test_a_run_has_all_that_a_reader_may_ask_for_in_order(html: str) -> None:
    heads = [words(head) for head in every(check(html), "h2")]
    assert heads == [
        "Seoul's report to Tokyo (command post, Ministry of Defense, Tokyo)",
        "What it cannot show",
        "How the model fares beside the record",
        "Sources",
        "The scenario as run",
        "What repeats it",
        "Behind the answer",
        "Checklist",
    ]
    (article,) = every(check(html), "article")
    assert [words(head) for head in every(article, "h3")] == [
        "Pairs",
        "Ends of the bands",
        "Work by centre",
        "Desks",
        "What it rests on",
        "Reverses",
    ]


def test_every_sentence_and_every_number_of_the_page_is_in_it(run: Part, html: str) -> None:
    said = words(every(check(html), "body")[0])
    for text in (*run.page.sentences, run.page.repeat, *run.page.labels.values(), run.page.rests_on):
        assert " ".join(text.split())[1:] in said
    tables = [section.table for section in run.page.sections if section.table]
    cells = {cell.strip("`") for table in (*tables, run.page.sheet) for row in table.cells for cell in row if cell}
    shown = {words(cell) for cell in every(check(html), "td", "th")}
    assert {" ".join(cell.split()) for cell in cells} <= shown


def test_the_words_of_figures_are_text(run: Part, html: str) -> None:
    figures = every(check(html), "svg")
    assert len(figures) == len(run.pictures) == 6
    said = " ".join(words(figure) for figure in figures)
    assert "minutes from launch" in said
    assert "via Washington" in said
    for figure, picture in zip(figures, run.pictures, strict=True):
        assert words(every(figure, "title")[0]) == picture.title
        assert words(every(figure, "desc")[0]) == picture.note


def test_the_scenario_as_run_can_be_run_again(run: Part, html: str) -> None:
    (text,) = every(check(html), "pre")
    assert json.loads(text.text or "") == run.scenario.document
    assert plain_text(run.scenario) == text.text


def test_it_is_repeated_by_what_it_says(run: Part, html: str) -> None:
    codes = [words(code) for code in every(check(html), "code")]
    assert run.page.digest in codes
    assert run.provenance["files"][RESOLVED] in codes
    assert str(run.scenario.seed) in codes


def test_equal_results_give_equal_bytes(folder: Path, html: str) -> None:
    assert report_html(Report((part_of(run_path(folder, small())),))) == html


def test_every_point_of_the_checklist_is_told_and_what_a_person_must_tell_is_open(run: Part) -> None:
    points = checklist([run])
    numbers = (
        "1.1 1.2 1.3 2.1 2.2 2.3 2.4 2.5.1 2.5.2 2.5.3 2.5.4 2.5.5 3.1 3.2 3.3 3.4 4.1 4.2 4.3 5.1 5.2 5.3 5.4 6.1"
    )
    assert [point.number for point in points] == numbers.split()
    assert all(point.said for point in points)
    assert [point.number for point in points if point.is_open] == ["1.1", "2.1", "3.4", "5.4", "6.1"]
    told = {point.number: point.said for point in points}
    assert told["2.3"].startswith("direct: 3 stages; via Washington: 4 stages.")
    assert told["2.5.1"] == "Reports of 1 launch."
    assert "seed 1" in told["4.3"]


def test_texts_of_a_scenario_are_said_and_do_nothing(tmp_path: Path) -> None:
    title, story = "</title><script>alert(1)</script> & 경보 {{ 7 * 7 }}", "<img src=x onerror=alert(1)>" + "x" * 1900
    scenario = small(title=title, story=story)
    store(scenario, tmp_path)
    tree = check(report_html(Report((part_of(run_path(tmp_path, scenario)),))))
    assert words(every(tree, "h1")[0]) == words(every(tree, "title")[0]) == title
    assert story in [words(paragraph) for paragraph in every(tree, "p")]


def test_two_runs_are_compared(folder: Path, run: Part) -> None:
    store(small(seed="2"), folder)
    other = part_of(run_path(folder, small(seed="2")))
    tree = check(report_html(Report((run, other))))
    assert "What sets the two runs apart" in [words(head) for head in every(tree, "h2")]
    assert "seed: 1 → 2" in words(every(tree, "pre")[0])


@pytest.mark.parametrize("name", examples(STUDIES, ("breakeven",)))
def test_a_study_of_every_kind_is_told(name: str, drawn_here: Path) -> None:
    path = Path(call(name, *STUDIED[name], "--quiet").stdout.strip())
    part = part_of(path)
    assert part.page.study == name
    assert part.pictures
    said = words(every(check(report_html(Report((part,)))), "body")[0])
    for text in part.page.sentences:
        assert " ".join(text.split()) in said


def test_several_answers_stand_in_one_file_and_a_scenario_is_told_once(drawn_here: Path) -> None:
    store(small(), Path("results"))
    call("breakeven", "first-look", *FEW)
    (study,) = Path("results/first-look").glob("breakeven-*")
    shown = call("report", "first-look", study.name, study.name.partition("-")[2], "--to", "new/handed-in.html")
    assert shown.stdout == "new/handed-in.html\n"
    tree = check(Path("new/handed-in.html").read_text(encoding="utf-8"))
    assert len(every(tree, "article")) == 2
    assert len([head for head in every(tree, "h2") if words(head) == "Checklist"]) == 1
    assert len(every(every(tree, "nav")[0], "a")) == 2


def test_a_report_takes_the_place_of_a_report_and_of_nothing_else(drawn_here: Path) -> None:
    """A scenario that was written for a week is worth more than a report, which is made in a second."""
    store(small(), Path("results"))
    mine = Path("mine.yaml")
    mine.write_text("title: mine\n", encoding="utf-8")
    said = refusal("report", "first-look", "--to", "mine.yaml")
    assert said == "mine.yaml: is there already, and is another — give another place, or --again to replace it"
    assert mine.read_text(encoding="utf-8") == "title: mine\n"
    assert "is a folder" in refusal("report", "first-look", "--to", "results")
    assert "is no ordinary file" in refusal("report", "first-look", "--to", os.devnull, "--again")
    assert "mine.yaml/x: cannot be made" in refusal("report", "first-look", "--to", "mine.yaml/x")
    for again in ([], [], ["--again"]):
        to = "mine.yaml" if again else "report.html"
        assert call("report", "first-look", "--to", to, *again).stdout == f"{to}\n"
    printed = call("report", "first-look", "--to", "-").stdout
    assert printed == Path("report.html").read_text(encoding="utf-8") == mine.read_text(encoding="utf-8")
    assert not Path("-").exists()


def test_a_study_is_found_by_the_only_one_of_its_scenario(drawn_here: Path) -> None:
    call("breakeven", "first-look", *FEW)
    call("report", "first-look")
    assert "direct against via Washington" in Path("report.html").read_text(encoding="utf-8")
    call("ledger", "first-look", "--replications", "50", *ONE)
    assert refusal("report", "first-look").startswith("first-look: is several studies — give one of them, results/")


def damaged(path: Path) -> None:
    (path / "tally.parquet").write_bytes(b"")


def gone(path: Path) -> None:
    shutil.rmtree(path)


def without_provenance(path: Path) -> None:
    (path / PROVENANCE).unlink()


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (damaged, "a file is missing or has changed since it was written — run the scenario again"),
        (gone, "is not a stored run"),
        (without_provenance, "is not a stored run"),
    ],
)
def test_a_folder_that_is_spoilt_is_one_clear_error(
    spoil: Callable[[Path], None], expected: str, folder: Path, drawn_here: Path
) -> None:
    path = Path(shutil.copytree(run_path(folder, small()), "copied"))
    spoil(path)
    assert expected in refusal("report", "copied")
    assert not Path("report.html").exists()


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A study in its folder, as it was before pages were kept."""
    path = tmp_path / "first-look" / "breakeven-00000000"
    path.mkdir(parents=True)
    texts = {RESOLVED: small().resolved, "asked.json": "{}", "answer.txt": "x"}
    for name, text in texts.items():
        (path / name).write_text(text, encoding="utf-8")
    note_files(path, sorted(path.iterdir()), {"engine": "columns"})
    return path


def test_a_study_that_kept_no_page_says_so(study: Path) -> None:
    assert refusal("report", str(study)).endswith(
        "was made before studies kept what a report shows — ask it again with --again"
    )


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"sections": 3}', "null", '{"sections": [], "findings": [], "sheet": {}}']
)
def test_a_page_that_is_none_is_one_clear_error(study: Path, text: str) -> None:
    (study / "page.json").write_text(text, encoding="utf-8")
    note_files(study, [path for path in study.iterdir() if path.name != PROVENANCE], {})
    assert "is not of this version: " in refusal("report", str(study))


def test_the_record_is_told_where_it_was_asked(run: Part) -> None:
    told = replace(run, page=replace(run.page, headline="45 of 73 rows agree.", repeat="of the record"))
    said = words(every(check(report_html(Report((run,), record=told))), "main")[0])
    _, _, section = said.partition("How the model fares beside the record ")
    assert section.startswith("45 of 73 rows agree.")
    assert "of the record Sources" in section


def test_where_nothing_has_a_source_there_is_no_empty_part(run: Part) -> None:
    sections = tuple(replace(one, sources=()) for one in run.page.sections)
    entries = tuple(replace(one, source="") for one in run.scenario.launches)
    bare = replace(run, page=replace(run.page, sections=sections), scenario=replace(run.scenario, launches=entries))
    heads = [[words(head) for head in every(check(report_html(Report((one,)))), "h2")] for one in (run, bare)]
    assert heads[1] == [head for head in heads[0] if head != "Sources"] != heads[0]


def test_where_the_record_was_not_asked_it_says_how(html: str) -> None:
    assert "Not held against it here: sim record does that" in words(every(check(html), "main")[0])
