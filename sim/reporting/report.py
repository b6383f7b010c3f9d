"""Several stored answers as one document."""

from __future__ import annotations

import json
import shlex
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sim.model.scenario import Scenario
from sim.pages.html import css, rendered
from sim.reporting.checklist import SOURCE, Point, checklist
from sim.reporting.parts import Part
from sim.studies.run.difference import compare_runs
from sim.studies.run.explain import cannot_show

GENERATOR = "alertpath, sim report"
HEAD_BYTES = 4096  # in which a report says what made it
WIDE = 110  # letters of a line of the scenario as run
RECORD = "record"


@dataclass(frozen=True, eq=False)
class About:
    """What is told once of a scenario, however many answers there are to questions about it.

    cannot_show : what no answer of it says.
    text : the scenario as run.
    """

    scenario: Scenario
    cannot_show: str
    text: str
    points: tuple[Point, ...]


@dataclass(frozen=True, eq=False)
class Report:
    """Stored answers, in the order in which they are shown.

    record : how the model fares beside the public record, if that was asked of the same code; it is no part then.
    """

    parts: tuple[Part, ...]
    record: Part | None = None

    @property
    def title(self) -> str:
        """Of the scenario, or of all."""
        return " · ".join(dict.fromkeys(part.page.title for part in self.parts))

    @property
    def changes(self) -> str:
        """What sets two runs apart; nothing of any other number of them."""
        runs = [part.run for part in self.parts if part.run]
        return compare_runs(*runs) if len(runs) == 2 else ""

    @property
    def has_record(self) -> bool:
        """Whether an answer is about the record itself."""
        return any(part.page.study == RECORD for part in self.parts)

    @property
    def about(self) -> tuple[About, ...]:
        """What is told of every scenario."""
        groups: dict[str, list[Part]] = {}
        for part in self.parts:
            groups.setdefault(part.scenario.title, []).append(part)
        return tuple(_about(parts) for parts in groups.values())

    @property
    def sources(self) -> Mapping[str, str]:
        """Who tells of each launch, by its name; the sources of steps and values stand with their answers."""
        entries = (entry for part in self.parts for one in _runs(part.scenario) for entry in one.launches)
        return {entry.name: entry.source for entry in entries if entry.source}

    @property
    def has_sources(self) -> bool:
        """Whether any launch, step or value has a source that is told."""
        return bool(self.sources) or any(one.sources for part in self.parts for one in part.page.sections)

    @property
    def made(self) -> tuple[tuple[str, Mapping[str, str]], ...]:
        """How each answer came about, by what it is about."""
        return tuple((part.page.question or part.page.title, dict(_made(part))) for part in self.parts)


def report_html(report: Report) -> str:
    """The document: one file, without a script, that asks nothing of any other place."""
    style = css()
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    return rendered("report.html", report=report, style=style, policy=policy, stress=SOURCE, generator=GENERATOR)


def is_report(path: Path) -> bool:
    """Whether a file is such a document."""
    with path.open("rb") as file:
        return GENERATOR.encode() in file.read(HEAD_BYTES)


def _about(parts: Sequence[Part]) -> About:
    """Of several answers about one scenario, the run tells most of it."""
    first = next((part for part in parts if part.run), parts[0])
    one = _runs(first.scenario)[0]
    ordered = [first, *(part for part in parts if part is not first)]
    return About(first.scenario, cannot_show(one), plain_text(first.scenario), checklist(ordered))


def _runs(scenario: Scenario) -> Sequence[Scenario]:
    return scenario.runs or (scenario,)


def _made(part: Part) -> Iterator[tuple[str, str]]:
    noted = part.provenance
    if part.command:
        yield "Command", shlex.join(part.command)
    yield "Digest", part.page.digest
    yield "Seed", str(part.scenario.seed)
    yield "SHA-256 of the scenario as run", str(noted.get("files", {}).get("scenario.json", "not told"))
    yield "Code", str(noted.get("code", "not told"))


def plain_text(scenario: Scenario) -> str:
    """The scenario as run, JSON that is a scenario file again: a line where a part of it fits on one."""
    return _folded(scenario.document, 0)


def _folded(tree: object, depth: int) -> str:
    """A tree on one line where that is short enough, else a line an entry."""
    short = json.dumps(tree, ensure_ascii=False)
    if len(short) + depth <= WIDE or not isinstance(tree, Mapping | list) or not tree:
        return short
    pad = " " * (depth + 1)
    if isinstance(tree, Mapping):
        lines = [
            f"{pad}{json.dumps(key, ensure_ascii=False)}: {_folded(value, depth + 1)}" for key, value in tree.items()
        ]
        return "{\n" + ",\n".join(lines) + f"\n{' ' * depth}}}"
    return "[\n" + ",\n".join(f"{pad}{_folded(value, depth + 1)}" for value in tree) + f"\n{' ' * depth}]"
