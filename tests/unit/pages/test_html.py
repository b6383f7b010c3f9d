"""A page as HTML says what the page says, whatever its texts are, and lets nothing of them act."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given

from sim.errors import StoreError
from sim.pages.html import environment, linked, numeric, rendered, stressed, turned
from sim.pages.kept import from_plain, plain
from sim.pages.letters import shown
from sim.pages.page import Page, Picture, Section, Table
from sim.pages.svg import inline
from tests.reading import every, faults, parsed, words
from tests.unit.pages.test_renderings import page_of, texts, tries

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9pt" viewBox="0 0 9 9">'
    '<defs><style>*{}</style><clipPath id="c"><rect width="9" height="9"/></clipPath></defs>'
    '<g id="axes"><path id="m" d="M 0 0" clip-path="url(#c)" style="fill: none; stroke: #222222; font: 9px x"/>'
    '<use xlink:href="#m" x="1"/><text style="font-size: 9px">direct &amp; others</text></g></svg>'
)
PICTURE = Picture("latency", "direct is faster", "A line: a way.", SVG)
HOSTILE = [
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title></head><body onload=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}{% for x in y %}",
    "<!-- ]]> --> &amp; &#x202e;",
    "javascript:alert(1) https://example.org/\"onmouseover='alert(1)'",
    "\N{RIGHT-TO-LEFT OVERRIDE}desrever\N{POP DIRECTIONAL ISOLATE} \x00\x1b[31m \ud800",
    "経報워삼🚀" * 400,
    "x" * 2000,
]


def body(page: Page, *pictures: Picture) -> str:
    template = '{% import "parts.html" as parts %}{{ parts.page(page, pictures, "p", 2) }}'
    said = environment().from_string(template).render(page=page, pictures=pictures)
    return f"<!DOCTYPE html><html><head><title>t</title></head><body>{said}</body></html>"


@tries
@given(title=texts)
def test_a_page_says_every_text_as_it_is(title: str) -> None:
    tree = parsed(body(page_of(title)))
    said = " ".join(title.split())
    assert said in words(every(tree, "h2")[0]) + words(tree)
    assert next(words(cell) for cell in every(tree, "th") if cell.get("scope") == "row") == said
    assert faults(tree) == []


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_becomes_markup(text: str) -> None:
    page = replace(page_of(text), labels={text: text}, findings=(text,), rests_on=text)
    tree = parsed(body(page, replace(PICTURE, title=text, note=text)))
    assert faults(tree) == []
    assert len(every(tree, "article")) == 1
    assert not every(tree, "img", "b")
    assert [words(one) for one in every(tree, "h3")][-1] == " ".join(shown(text).split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\N{RIGHT-TO-LEFT OVERRIDE}b", "a[U+202E]b"),
        ("\x00\x1b", "[U+0000][U+001B]"),
        ("\ud800", "[U+D800]"),
        ("경보\N{NO-BREAK SPACE}警\n\t\N{ZERO WIDTH JOINER}", "경보\N{NO-BREAK SPACE}警\n\t\N{ZERO WIDTH JOINER}"),
    ],
)
def test_a_letter_that_turns_a_text_round_is_shown_by_its_name(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see https://a.org/b?c=1&d=2.", "https://a.org/b?c=1&amp;d=2"),
        ("(see https://a.org/b).", "https://a.org/b"),
        ("http://a.org/path_(x)", "http://a.org/path_(x)"),
        ("(as http://a.org/path_(x)/y_(z), or not)", "http://a.org/path_(x)/y_(z)"),
        ("MBN <https://m.mbn.co.kr/news/3949745> | x", "https://m.mbn.co.kr/news/3949745"),
    ],
)
def test_an_address_of_the_web_is_a_link_and_ends_where_it_ends(text: str, expected: str) -> None:
    assert f'<a href="{expected}" rel="noreferrer">{expected}</a>' in linked(text)


def test_other_addresses_are_no_links() -> None:
    assert "<a" not in linked("javascript:alert(1) data:text/html,x //evil.example file:///etc/passwd")


def test_a_word_between_stars_is_stressed_and_nothing_else() -> None:
    assert stressed("and *arrives* says; 2*3*4") == "and <em>arrives</em> says; 2*3*4"


def test_a_column_of_numbers_stands_to_the_right_whatever_stands_for_none() -> None:
    rows = (("lapsed", "–", "=", "5.2 (-20.6 to 91)", "none"), ("kept", "", "7", "±0.1", "1"))
    assert numeric(Table(("", "a", "b", "c", "d"), rows)) == [False, True, True, True, False]


def test_a_sheet_of_few_long_rows_is_turned() -> None:
    long = Table(tuple("abcdefghi"), (tuple("123456789"),))
    assert turned(long).cells[:2] == [["a", "1"], ["b", "2"]]
    assert turned(Table(("a", "b"), (("1", "2"),))).header == ("a", "b")


def test_a_figure_is_text_in_the_page_and_its_references_stay_within_it() -> None:
    shown_here = inline(PICTURE, "p1")
    assert '<title id="p1-title">direct is faster</title><desc id="p1-desc">A line: a way.</desc>' in shown_here
    assert 'clip-path="url(#p1-c)" fill="none" stroke="#222222"></path>' in shown_here
    assert '<use href="#p1-m" x="1"></use>' in shown_here
    assert '<text font-size="9px">direct &amp; others</text>' in shown_here
    assert "style" not in shown_here
    assert "width=" not in shown_here.partition(">")[0]


@pytest.mark.parametrize(
    "part",
    [
        "<script>alert(1)</script>",
        '<g onclick="alert(1)"/>',
        '<a href="https://evil.example"><text>x</text></a>',
        '<image href="https://evil.example/x.png"/>',
        '<use href="https://evil.example/x.svg#y"/>',
        '<foreignObject><iframe src="https://evil.example"/></foreignObject>',
        '<path style="fill: url(https://evil.example)" d="M 0 0"/>',
        '<rect fill="url(https://evil.example/#x)"/>',
        '<animate attributeName="href" to="javascript:alert(1)"/>',
    ],
)
def test_of_a_drawing_only_marks_and_text_are_kept(part: str) -> None:
    kept = inline(replace(PICTURE, svg=SVG.replace("<g id", f"{part}<g id")), "p")
    assert "evil" not in kept
    assert "alert" not in kept
    assert "direct &amp; others" in kept


@pytest.mark.parametrize(("box", "is_tall"), [("0 0 10 16.9", False), ("0 0 10 17.1", True), ("no box", False)])
def test_a_figure_much_higher_than_wide_has_a_page_to_itself(box: str, is_tall: bool) -> None:
    drawn = inline(replace(PICTURE, svg=SVG.replace("0 0 9 9", box)), "p")
    assert ('class="tall"' in drawn) == is_tall


@pytest.mark.parametrize("svg", ["", "no drawing", "<html/>", '<!DOCTYPE a [<!ENTITY b "c">]><svg>&d;</svg>'])
def test_what_is_no_drawing_is_answered(svg: str) -> None:
    with pytest.raises(StoreError, match="figure latency: is not SVG"):
        inline(replace(PICTURE, svg=svg), "p")


def test_a_page_that_is_kept_is_the_same_page() -> None:
    page = replace(page_of("x"), sections=(Section("a", ("b",), None, ("c",), ("d",), True, True),), labels={"l": "m"})
    again, pictures = from_plain(json.loads(json.dumps(plain(page, ()))))
    assert again.sections == page.sections
    assert again.sheet == page.sheet
    assert (again.headline, again.labels, again.repeat, pictures) == (page.headline, page.labels, page.repeat, ())


def test_a_template_stops_at_what_nobody_has_given() -> None:
    with pytest.raises(Exception, match="'report' is undefined"):
        rendered("report.html")
