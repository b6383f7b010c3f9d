"""What a study answers, said once: every rendering is made of this and composes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sim.plots.lettering import AS_OURS, Lettering

if TYPE_CHECKING:
    from sim.plots.render import Figure

CAVEAT = "A comparison under stated assumptions, not a reconstruction of any day."


@dataclass(frozen=True)
class Table:
    """Text cells, header first; of the terminal and of Markdown the first column stands to the left."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, cells: list[list[str]]) -> Table:
        """A table from rows of cells, header first."""
        header, *rows = map(tuple, cells)
        return cls(header, tuple(rows))

    @property
    def cells(self) -> list[list[str]]:
        """All rows, header first."""
        return [list(row) for row in (self.header, *self.rows)]


@dataclass(frozen=True)
class Section:
    """Sentences, the table that they introduce, and notes on how to read it.

    sources : what its cells name by number, [1] being the first.
    drawing : the name of the figure that belongs to it; empty for none.
    is_detail : for a memo, and left out on a terminal.
    is_backing : what the answer rests on, part by part; a page of HTML has it behind the answer.
    is_on_screen : left out with its figure where a page of HTML is printed, which says so.
    """

    title: str = ""
    sentences: tuple[str, ...] = ()
    table: Table | None = None
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    is_detail: bool = False
    is_backing: bool = False
    is_on_screen: bool = False
    drawing: str = ""


@dataclass(frozen=True, eq=False)
class Drawing:
    """A figure to be drawn: ``draw`` is given the title, which states a finding, and computes nothing.

    finding : what it shows in full; empty where that is the headline of its page.
    """

    name: str
    title: str
    draw: Callable[[str], Figure]
    finding: str = ""


@dataclass(frozen=True)
class Picture:
    """A figure as it was drawn: its finding, how to read it, and SVG whose text is text."""

    name: str
    title: str
    note: str
    svg: str


@dataclass(frozen=True, eq=False)
class Page:
    """The answer of a study.

    study, scenario, digest : which study of which scenario, and what names it.
    title, question, caveat : of the scenario, what is asked, and what the answer is not; the latter two may be empty.
    headline : the finding, in a paragraph; ``findings``, what else was found.
    sections : what stands behind it, in the order in which it is told.
    labels : further paragraphs under a label, such as "Rests on".
    rests_on : what the answer rests on, and ``repeat``, what a reader needs to repeat it.
    sheet : every number, for a spreadsheet; `data` is the same as plain JSON, units in the names.
    drawings : the figures, and ``lettering``, how they write what our font cannot show.
    """

    study: str
    scenario: str
    digest: str
    title: str
    question: str
    headline: str
    sections: tuple[Section, ...]
    repeat: str
    sheet: Table
    data: Mapping[str, Any]
    rests_on: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    drawings: tuple[Drawing, ...] = ()
    lettering: Lettering = AS_OURS
    findings: tuple[str, ...] = ()
    caveat: str = CAVEAT

    @property
    def sentences(self) -> tuple[str, ...]:
        """Everything that is said in sentences, the finding first."""
        return (self.headline, *self.findings, *(text for section in self.sections for text in section.sentences))

    def drawing(self, name: str = "") -> Drawing | None:
        """A drawing by its name, or the first; None where there is none."""
        return next((drawing for drawing in self.drawings if not name or drawing.name == name), None)
