"""Pages as HTML: what renders the templates. Parts of a page are macros of ``parts.html``; ``page.css`` dresses them.

What a scenario says is a text and never markup: everything is escaped, and marks that would turn the order of letters
round are shown by their names.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.pages.letters import shown
from sim.pages.page import Picture, Table
from sim.pages.svg import inline
from sim.say.numbers import capital, unbroken

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

TEMPLATES = Path(__file__).with_name("templates")
CSS = "page.css"
OF_LINK = r"[^\s<>\"'\[\]{}()|\\^`]"
LINK = re.compile(rf"https?://(?:{OF_LINK}|\({OF_LINK}*\))+(?<![.,;:!?])")  # a bracket that it opens is its own
STRESSED = re.compile(r"(?<!\S)\*(\w+)\*(?!\S)")
NUMBER = re.compile(r"[-−+±(<>]*\d.*|–|=|")  # how a cell of numbers begins; a sign or nothing where there is none
MOST_COLUMNS = 8  # of a sheet, to be read side by side
MOST_PRINTED = 60  # rows of a sheet; beyond, nobody reads it on paper
MOST_NUMBER = 24  # letters of a number with its unit or interval
MOST_HALF = 66  # letters of a row of a table that takes half a page of paper beside another
ENDS = (".", "?", "!")
JOINT = re.compile(r"(?<=\w)[._](?=\w)")  # of a name or a path
FOOTNOTE = re.compile(r"\[(\d+)\]")


def css() -> str:
    """How pages look, on paper and on screen, by day and by night."""
    return (TEMPLATES / CSS).read_text(encoding="utf-8")


def rendered(template: str, **given: Any) -> str:
    """A whole document, from a template that stands beside those of parts."""
    return environment().get_template(template).render(**given)


@cache
def environment() -> Environment:
    """What renders templates: escapes everything, and stops at a name that nobody has given."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"linked": linked, "celled": celled, "parted": parted, "stressed": stressed, "sentence": sentence}
    made.filters |= {"unbroken": unbroken, "figure": _figure}
    made.globals |= {
        "numeric": numeric,
        "footnote": footnote,
        "turned": turned,
        "is_narrow": is_narrow,
        "most_printed": MOST_PRINTED,
    }
    return made


def _shown(value: Any) -> Any:
    """A text as `shown`; what is markup or no text, as it is."""
    return shown(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def linked(text: str) -> Markup:
    """A text in which every address of the web is a link."""
    from markupsafe import Markup, escape

    told, parts, end = shown(text), [], 0
    for found in LINK.finditer(told):
        link = Markup('<a href="{0}" rel="noreferrer">{0}</a>').format(found.group())
        parts += [escape(told[end : found.start()]), link]
        end = found.end()
    return Markup("").join([*parts, escape(told[end:])])


def celled(text: str) -> Markup:
    """What a cell says; a command, which stands between backquotes, as code."""
    from markupsafe import Markup

    if len(text) > 1 and text[0] == text[-1] == "`":
        return Markup("<code>{}</code>").format(shown(text[1:-1]))
    return linked(text)


def parted(text: str) -> Markup:
    """A name or a path that may end a line at its joints, and nowhere else."""
    from markupsafe import Markup, escape

    return Markup(JOINT.sub(lambda joint: f"{joint[0]}<wbr>", str(escape(shown(text)))))  # noqa: S704  escaped before


def stressed(text: str) -> Markup:
    """A note in which a word between stars is stressed."""
    from markupsafe import Markup, escape

    return Markup(STRESSED.sub(r"<em>\1</em>", str(escape(shown(text)))))  # noqa: S704  escaped before


def sentence(text: str) -> str:
    """What stands after a label elsewhere, as a sentence."""
    return f"{capital(unbroken(text))}{'' if text.endswith(ENDS) else '.'}"


def turned(table: Table) -> Table:
    """A sheet of few long rows with its columns as rows, so that it is read from above; any other as it is."""
    if not len(table.rows) < MOST_COLUMNS < len(table.header):
        return table
    return Table.of([[*column] for column in zip(table.header, *table.rows, strict=True)])


def is_narrow(table: Table) -> bool:
    """Whether a table has room on paper beside another: its longest cells make a short row."""
    return sum(max(map(len, column)) for column in zip(*table.rows, strict=True)) <= MOST_HALF


def numeric(table: Table) -> list[bool]:
    """Which columns of a table are of numbers, and so stand to the right; the first is of names."""
    columns = zip(*table.rows, strict=True)
    return [bool(number) and all(map(_is_number, column)) for number, column in enumerate(columns)]


def _is_number(cell: str) -> bool:
    return len(cell) <= MOST_NUMBER and NUMBER.fullmatch(cell) is not None


def footnote(cell: str) -> str:
    """The number of the source that a cell names, if it names one and nothing else."""
    found = FOOTNOTE.fullmatch(cell)
    return found.group(1) if found else ""


def _figure(picture: Picture, prefix: str) -> Markup:
    from markupsafe import Markup

    return Markup(inline(picture, prefix))  # noqa: S704  built of known marks, its texts escaped
