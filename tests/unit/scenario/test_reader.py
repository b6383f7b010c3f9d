"""The parser in C, where it is taken, tells what the pure one tells: values, places, faults."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.scenario import reader
from sim.scenario.reader import parse_document
from tests.examples import examples

ROOT = Path(__file__).parents[3]
SHIPPED = sorted((ROOT / "scenarios").rglob("*.yaml"))
TEXTS = [
    path.read_text(encoding="utf-8") for path in [*SHIPPED, *sorted((ROOT / "tests/bad_scenarios").rglob("*.yaml"))]
]
PIECES = [
    *"[]{},:#&*!|>'\"%@`?-. \n\\\t\r\x85\u2028\ufeffé😀~",
    *(
        ": ",
        "- ",
        "\n  ",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "? ",
        "!!str ",
        "<<: ",
        "|\n",
        ">-\n",
        "&x ",
        "*x",
        "{}",
        "[]",
    ),
    *('""', "{a: b}", "a:b", "http://x", "# c\n", "\n\n", "\n\t", "|2\n", "|+\n", "\\/", "'\n", "''", ":\n", "5 %"),
]


def answer(text: str) -> object:
    try:
        document = parse_document(text, "x")
    except ScenarioError as error:
        return error.faults
    return document.tree, document.values, document.keys, document.faults


def both(text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[object, object]:
    fast = answer(text)
    with monkeypatch.context() as patch:
        patch.setattr(reader, "CParser", None)
        return fast, answer(text)


def mutated(chance: random.Random) -> str:
    text = chance.choice([text for text in TEXTS if len(text) < 1_000])
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + (chance.choice(PIECES) if chance.random() < 0.7 else "") + text[at + chance.choice([0, 5]) :]
    return text


@pytest.mark.skipif(reader.CParser is None, reason="the parser in C is not installed")
@pytest.mark.parametrize("n_mutated", examples((100, 400), (100,)))
def test_every_text_is_read_alike_by_both_parsers(n_mutated: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(1)
    for text in [*TEXTS, *(mutated(chance) for _ in range(n_mutated))]:
        fast, pure = both(text, monkeypatch)
        assert fast == pure, text


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
@pytest.mark.skipif(reader.CParser is None, reason="the parser in C is not installed")
def test_the_shipped_scenarios_are_read_by_the_parser_in_c(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "YAML", None)
    parse_document(path.read_text(encoding="utf-8"), "x")
