"""Whatever a scenario is titled, a table has its columns, Markdown and JSON say it, and a figure can be read in."""

from __future__ import annotations

import csv
import io
import json
import re
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sim.pages.document import document
from sim.pages.markdown import markdown
from sim.pages.page import Page, Section, Table
from sim.pages.sheets import csv_text
from sim.pages.tables import BAR, aligned, columns, markdown_table
from sim.plots.render import house_style, rendered
from sim.plots.style import finish, new_figure
from sim.scenario.document import printable
from sim.store.files import json_text

SIGNS = "|<>&*_`#[](){}\\!~^$-+.,:;=\"'/?% "
LETTERS = [*SIGNS, *"abz019", *"é…–“”", *"경보워三号あ", "e\u0301", "😀", "<b>", "</b>", "<!--", "&lt;", "||", "\\|"]
texts = st.lists(st.sampled_from(LETTERS), min_size=1, max_size=12).map("".join).map(printable)
tries = settings(max_examples=100, derandomize=True, deadline=None)


def page_of(title: str) -> Page:
    """A page that says a title wherever a page says something."""
    table = Table(("", title), ((title, "1.0"),))
    section = Section(title, (f"It is {title} by 2 min.",), table, (f"of {title}",))
    said = f"{title} is faster, at < 2 min and 3 <4."
    return Page("run", "x", "1234abcd", title, "", said, (section,), "seed 1", table, {"title": title})


@tries
@given(title=texts)
def test_a_table_of_markdown_has_its_columns(title: str) -> None:
    for line in markdown_table([["a", title], [title, "b"]]).splitlines():
        assert line.replace(BAR, "").count("|") == 3


@tries
@given(title=texts)
def test_markdown_has_no_html_of_a_user(title: str) -> None:
    tokens = MarkdownIt("commonmark").parse(markdown(page_of(title)))
    assert not [token for token in tokens if token.type == "html_block"]
    assert not [child for token in tokens for child in token.children or () if child.type == "html_inline"]


@tries
@given(title=texts)
def test_json_says_what_it_was_given(title: str) -> None:
    found = json.loads(json_text(document(page_of(title))))
    assert [found[name] for name in ("title", "headline")] == [title, page_of(title).headline]


@tries
@given(title=texts)
def test_a_sheet_gives_back_its_texts_but_for_the_apostrophe(title: str) -> None:
    rows = list(csv.reader(io.StringIO(csv_text([["name", "mean"], [title, "-1.5"]]))))
    assert rows[1][0] in (title, f"'{title}")
    assert rows[1][1] == "-1.5"


@settings(max_examples=15, derandomize=True, deadline=None)
@given(title=texts)
def test_an_svg_is_well_formed_and_says_the_title(title: str) -> None:
    with house_style():
        figure = new_figure(1.0)
        figure.subplots().text(0.2, 0.2, title)
        read = ElementTree.fromstring(rendered(finish(figure, f"Of {title}"), "svg"))
    said = "".join("".join(text.itertext()) for text in read.iter("{http://www.w3.org/2000/svg}text"))
    assert re.sub(r"\s", "", title) in re.sub(r"\s", "", said)


@tries
@given(title=texts)
def test_columns_of_a_terminal_stand_below_each_other(title: str) -> None:
    first, second = aligned([[title, "1"], ["a", "2"]]).splitlines()
    assert columns(first) == columns(second) == max(columns(title), 1) + 3
