"""What a YAML parser says of a faulty text, in plain words with the mend."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ruamel.yaml.error import MarkedYAMLError

from sim.units import ODD_SPACES

_TWO_COLONS = re.compile(r"""\s*(?:- )?([\w-]+):\s+([^\s"'\[{|>].*:(?:\s.*|$))""")
_MOST_QUOTED = 60


def plainly(error: MarkedYAMLError, text: str) -> str:
    """The fault of a text in plain words and what to do; the parser's own words where it is none of those known."""
    mark = error.problem_mark or error.context_mark
    lines = text.splitlines() if mark else []
    at = mark.line if mark else 0
    line = lines[at] if at < len(lines) else ""
    found = next(filter(None, _readings(error, lines[:at], line)), None)
    return found or f"is not YAML: {error.problem or error.context}"


def _readings(error: MarkedYAMLError, above: list[str], line: str) -> Iterator[str]:
    """What may be meant, the surest first; empty where it is not that."""
    problem = str(error.problem or "")
    yield _spaces(above, line, problem)
    yield _open(error, problem)
    if problem.startswith("mapping values are not allowed"):
        yield _colon(line) or _indent(above, line)
    if problem.startswith(("expected <block end>, but found '<block mapping", "expected <block end>, but found '?'")):
        yield _indent(above, line)
    if problem.startswith("expected '<document start>'"):
        yield _indent(above, line)
    if problem.startswith("could not find expected ':'") and error.context_mark:
        yield f"line {error.context_mark.line + 1} has no colon after the name — write name: value"
    if cannot := re.match(r"found character '(.)' that cannot start", problem):
        yield f"a text cannot begin with {cannot[1]} — put it in quotes"
    if problem.startswith("expected <block end>, but found '<scalar>'"):
        yield "goes on after the closing quote — put the whole text in quotes, and write a quote inside it twice"


def _spaces(above: list[str], line: str, problem: str) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent or r"'\t'" in problem:
        return "is indented with a tab — use spaces"
    if ODD_SPACES.search(line):
        return "has a non-breaking space — type a plain one in its place"
    if above and ODD_SPACES.search(above[-1]):
        return "the line above has a non-breaking space — type a plain one in its place"
    return ""


def _open(error: MarkedYAMLError, problem: str) -> str:
    """Whether a bracket or a quote that opens further above lacks its end."""
    start = error.context_mark.line + 1 if error.context_mark else 0
    if bracket := re.match(r"expected ',' or '([\]}])'", problem):
        opening = {"]": "[", "}": "{"}[bracket[1]]
        return f"the {opening} of line {start} is not closed, or a comma is missing in it — close it with {bracket[1]}"
    if "unexpected end of stream" in problem and "quoted" in str(error.context):
        return f"the quote that opens in line {start} is not closed — close it at the end of the text"
    return ""


def _colon(line: str) -> str:
    """Whether a value that is not quoted holds a colon."""
    found = _TWO_COLONS.match(line)
    if found is None:
        return ""
    name, value = found[1], found[2].strip()
    if len(value) > _MOST_QUOTED or '"' in value:
        return f"a text with a colon needs quotes — put what follows {name[:_MOST_QUOTED]}: in quotes"
    return f'a text with a colon needs quotes — write {name[:_MOST_QUOTED]}: "{value}"'


def _indent(above: list[str], line: str) -> str:
    """How a line is indented that belongs to nothing above it."""
    before = next((one for one in reversed(above) if one.strip() and not one.lstrip().startswith("#")), "")
    here, there = (len(one) - len(one.lstrip(" ")) for one in (line, before))
    if here == there:
        return ""
    return (
        f"begins after {_count(here)} and the line above after {there}, which goes with nothing above — "
        "begin the lines of one group alike"
    )


def _count(n: int) -> str:
    return f"{n} space" if n == 1 else f"{n} spaces"
