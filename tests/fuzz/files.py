"""Scenario files with all that may lie beside them: of the shipped and the bad ones, and what the loader answers.

Bytes are put in, cut out and moved; or entries of the tree are, which gets past the text and to the rules. Lists of
durations, parts, the catalogue, resolved JSON and overrides are given faults of the same kinds.
"""

from __future__ import annotations

import json
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from sim.asking.scenarios import find_scenario
from sim.errors import ScenarioError, SimError
from sim.model.scenario import Scenario
from sim.scenario.document import Tree, TreePath, find, path_text, pieces
from sim.scenario.loader import load_mapping, shipped_folder
from sim.scenario.reader import FREE_TEXTS, parse_document
from sim.scenario.unsaid import UNSAID
from tests.fuzz.pieces import PIECES, TITLES, VALUES

BAD = sorted((Path(__file__).parents[1] / "bad_scenarios" / "scenarios").glob("*.yaml"))
TEXTS = [path.read_bytes() for path in [*sorted(shipped_folder().rglob("*.yaml")), *BAD]]
HEADER, *RECORDS = (shipped_folder() / "catalogue" / "launches.csv").read_bytes().splitlines(keepends=True)
OF_FIGURES, *FIGURES = (shipped_folder() / "catalogue" / "figures.csv").read_bytes().splitlines(keepends=True)
LISTS = (b"1 s\n80 s\n", b"delay (min)\n1\n2,5\n", b"a;b\n1,5;x\n;61 s\n", b"a,b\n61 s,note\n", b"\xef\xbb\xbfmin\n3\n")
SMALL = b"""title: small
launches:
  - {name: one, count: 2, gap: 30 s, flight_time: 10 min, place: {lat: 39.4 deg, lon: 127.5 deg}, azimuth: 76 deg,
     range: 600 km, apogee: 50 km}
  - {name: two, at: 5 min, flight_time: 8 min, place: {lat: 39.4 deg, lon: 127.5 deg}, apogee: 100 km,
     impact_point: {lat: 41.0 deg, lon: 139.0 deg}, date: 2023-02-28}
sensors:
  radar: {owner: tokyo, field: land, place: {lat: 38.0 deg, lon: 138.4 deg}, delay: 30 s, evidence: assumed}
desks: {d: {at: us, capacity: 1, evidence: assumed}}
stages:
  a: {delay: {lognormal: {median: {low: 30 s, typical: 1 min, high: 5 min}, p90: 9 min}}, evidence: assumed}
  b: {desk: d, delay: 90 s, evidence: {step: documented, value: documented, source: a log}}
  c: {delay: {empirical: {values: [1 s, 80 s], interpolation: step}}, refusal: {probability: 5 %}, evidence: assumed}
flows: {both: [a, b]}
arrangements: {x: [a, b], y: {first: [c, both, radar]}}
arms: {z: {arrangement: x, set: {stages.b.delay: 2 min}}}
compare: [x, y, z]
"""


@dataclass(frozen=True)
class Given:
    """A file, what lies beside it by name, and overrides by path."""

    name: str
    files: dict[str, bytes]
    sets: dict[str, str] = field(default_factory=dict)


def mutated(random: Random, text: bytes | None = None) -> bytes:
    """A text, else a shipped or a bad scenario, with pieces put in, cut out and moved."""
    text = random.choice(TEXTS) if text is None else text
    for _ in range(random.randint(1, 6)):
        at, other, length = random.randint(0, len(text)), random.randint(0, len(text)), random.randint(0, 60)
        match random.choice(("put", "cut", "move")):
            case "put":
                text = text[:at] + random.choice(PIECES) + text[at:]
            case "cut":
                text = text[:at] + text[at + length :]
            case _:
                text = text[:at] + text[other : other + length] + text[at:]
    return text


def _tree(text: bytes) -> Tree:
    """What a text says; None if it is no YAML."""
    try:
        tree = parse_document(text.decode(), "text").tree
    except (ScenarioError, UnicodeDecodeError):
        return None
    return tree if isinstance(tree, dict) and len(text) < 8_000 else None


Entries = list[tuple[str, Tree]]


def _kind(path: TreePath) -> tuple[str | int, int]:
    """What stands at a path, as far as its section and depth tell."""
    return (path[0] if path else "", len(path))


def _entries(trees: list[Tree]) -> dict[tuple[str | int, int], Entries]:
    """The entries of all mappings, by the kind of mapping."""
    found = defaultdict(list)
    for path, value in (piece for tree in trees for piece in pieces(tree)):
        if isinstance(value, dict):
            found[_kind(path)] += value.items()
    return found


WHOLE = [tree for text in (SMALL, *TEXTS) if (tree := _tree(text))]
KNOWN = _entries(WHOLE)
UNKNOWN: Entries = [(name, "x") for name in UNSAID]  # what people ask of the format that it does not say


def _apart(tree: Tree) -> Tree:
    """A tree that shares nothing with what it was taken from."""
    return json.loads(json.dumps(tree))


def edited(random: Random) -> Tree:
    """The tree of a scenario, with entries replaced, renamed, left out, doubled and added from another."""
    tree = _apart(random.choice((WHOLE[0], random.choice(WHOLE))))
    for _ in range(random.randint(1, 3)):
        with suppress(RecursionError):  # what is too deep already is tried as it is
            _edit(random, tree)
    return tree


def _edit(random: Random, tree: Tree) -> None:
    below = [path for path, _ in pieces(tree) if path]
    if not below:
        return
    path = random.choice(below)
    holder, last = find(tree, path[:-1]), path[-1]
    match random.choice(("replace", "replace", "say", "drop", "rename", "ask", "add", "add", "copy", "wrap", "flood")):
        case "replace":
            holder[last] = _apart(random.choice(VALUES))
        case "say":
            said = [path for path in below if path[-1] in FREE_TEXTS] or [("title",)]
            *above, name = random.choice(said)
            find(tree, tuple(above))[name] = random.choice(TITLES)
        case "drop":
            del holder[last]
        case "ask" if isinstance(holder, dict):
            name, value = random.choice(UNKNOWN)
            holder[name] = value
        case "rename" if isinstance(holder, dict):
            holder[random.choice((f"{last}s", str(last)[1:], str(last).upper(), f"{last} "))] = holder.pop(last)
        case "add" if isinstance(holder, dict):
            name, value = random.choice(KNOWN.get(_kind(path[:-1]), UNKNOWN))
            holder[name] = _apart(value)
        case "copy":
            holder[last] = _apart(find(tree, random.choice(below)))
        case "wrap":
            holder[last] = random.choice(([holder[last]], {str(last): holder[last]}))
        case "flood" if isinstance(holder, dict):
            holder.update({f"{last}{number}": _apart(holder[last]) for number in range(30)})


def _written(tree: Tree, *, plainly: bool) -> bytes:
    """A tree as JSON, in ASCII or with its letters as they are; half a character has no bytes but its escape."""
    return json.dumps(tree, ensure_ascii=plainly).encode(errors="backslashreplace")


def given(random: Random) -> Given:
    """Any of them: half by bytes, most others by entries."""
    match random.choices(("bytes", "tree", "json", "list", "catalogue", "part", "sets"), (50, 28, 6, 6, 2, 4, 4))[0]:
        case "bytes":
            return Given("x.yaml", {"x.yaml": mutated(random)})
        case "tree":
            text = _written(edited(random), plainly=False)
            return Given("x.yaml", {"x.yaml": mutated(random, text) if random.random() < 0.1 else text})
        case "json":
            text = _written(edited(random), plainly=random.random() < 0.5)
            return Given("x.json", {"x.json": mutated(random, text) if random.random() < 0.5 else text})
        case "list":
            name = random.choice(("list.csv", "list.csv", "list.tsv", "log.xes", "..", "list.csv "))
            beside = random.choice(("", ", column: a", ", unit: min", ", unit: km", ", column: b, unit: s"))
            text = SMALL.replace(b"values: [1 s, 80 s]", f"file: {name}{beside}".encode())
            return Given("x.yaml", {"x.yaml": text, "list.csv": mutated(random, random.choice(LISTS))})
        case "catalogue":
            records = random.sample(RECORDS, 3)
            launch = b"launches: [{catalogue: " + records[0].partition(b",")[0] + b"}]\n"
            text = launch + SMALL[: SMALL.index(b"launches:")] + SMALL[SMALL.index(b"sensors:") :]
            told, figures = b"".join(random.sample(FIGURES, 3)), OF_FIGURES
            figures = mutated(random, figures + told) if random.random() < 0.5 else figures
            launches = mutated(random, HEADER + b"".join(records))
            beside = {"catalogue/launches.csv": launches, "catalogue/figures.csv": figures}
            return Given("x.yaml", {"x.yaml": text, **beside})
        case "part":
            text = SMALL.replace(b"title: small", b"title: small\nuse: [part.yaml]")
            return Given("x.yaml", {"x.yaml": text, "part.yaml": mutated(random)})
    return Given("x.yaml", {"x.yaml": SMALL}, _sets(random))


def _sets(random: Random) -> dict[str, str]:
    """Overrides, some of which lie in one another or nowhere."""
    paths = [path_text(path) for path, _ in pieces(WHOLE[0]) if path]
    paths += [f"{path}.x" for path in paths] + ["seed", "settings", "replications", "a..b", ""]
    values = [value if isinstance(value, str) else json.dumps(value) for value in random.choices(VALUES, k=3)]
    return {random.choice(paths): value for value in values}


def check(one: Given) -> bool:
    """Load it from the folder one stands in; whether it was sound."""
    root = Path("scenarios")
    for name, data in one.files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    try:
        return answer(root / one.name, one.sets)
    finally:
        for name in one.files:
            (root / name).unlink()
        if "catalogue/launches.csv" in one.files:
            (root / "catalogue").rmdir()


def answer(path: Path | str, sets: dict[str, str] | None = None) -> bool:
    """Load, and see that the answer can be printed, and that a sound scenario keeps all it said when it is stored."""
    try:
        scenario = find_scenario(str(path), sets or {})
    except SimError as error:
        report = str(error)
        assert report.replace("\n", "").isprintable(), report
        assert len(max(report.splitlines(), key=len)) < 2_000, report
        return False
    assert isinstance(scenario, Scenario)
    assert again(scenario.document, scenario.name) == scenario
    return True


def again(document: Any, name: str) -> Scenario:
    """The scenario that a stored document says."""
    return load_mapping(json.loads(json.dumps(document)), name)
