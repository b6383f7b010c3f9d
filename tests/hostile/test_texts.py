"""No text makes a traceback: whatever is given, a scenario comes out or a report of its faults."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.asking.scenarios import find_scenario, parse_sets
from sim.errors import SimError
from sim.model.scenario import Scenario
from sim.scenario.document import path_text, pieces
from sim.scenario.loader import load_scenario, shipped_folder

ROOT = Path(__file__).parents[2]
BAD = sorted((ROOT / "tests" / "bad_scenarios" / "scenarios").glob("*.yaml"))
TEXTS = [path.read_bytes() for path in [*sorted(shipped_folder().rglob("*.yaml")), *BAD]]
PIECES = [
    *(character.encode() for character in "[]{},:#&*!|>'\"%@`?-. \n\\\t\x00\x07\x7f\x85\u2028\ufeff\ufffeé😀"),
    *(b": ", b"- ", b"\n  ", b"---\n", b"...\n", b"%YAML 1.1\n", b"? ", b"!!str ", b"<<: ", b"|\n", b">-\n", b"&x "),
    *(b"*x", b"~", b"null", b"{}", b"[]", b'""', b"{a: b}", b"\xff", b"\xed\xa0\x80", b'"\\ud800"', b'"\\e[31m"'),
    *(b"9" * 60, b"1e99 d", b"1e-99 s", b"-0 s", b".nan", b"inf", b"0x1F s", "９ s".encode(), "１２ min".encode()),
    *(b"[" * 60, b"{a: " * 60, b"x" * 300, b"../../x.yaml", b"/etc/passwd", b"NUL", b"0", b"1", b"100000", b"1e9"),
    *(b"use: [/etc/passwd, ., .., '']\n", b"cue: both\n", b"{low: 1 s, typical: 2 s, high: 3 s}", b"file: .\n"),
    *(b"{empirical: {file: ., interpolation: step}}", b"{gamma: {shape: 1e-9, mean: 1 s}}", b"{stage: both, as: a}"),
    *(b"{at_least: 100000, of: [a]}", b"{try: a, for: 366 d, else: [b]}", b"{weibull: {mean: 1 us, sd: 366 d}}"),
    *(b"{lognormal: {median: 366 d, log_sd: 1e6}}", b"{lognormal: {mean: 1 us, sd: 366 d}, max: 1 us}"),
]

edits = st.tuples(st.floats(0, 1), st.floats(0, 1), st.integers(0, 60), st.sampled_from(["put", "cut", "move"]))


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A shipped or a bad scenario with pieces put in, cut out and moved."""
    text = draw(st.sampled_from(TEXTS))
    for here, there, length, what in draw(st.lists(edits, min_size=1, max_size=6)):
        at, other = int(here * len(text)), int(there * len(text))
        if what == "put":
            text = text[:at] + draw(st.sampled_from(PIECES)) + text[at:]
        elif what == "cut":
            text = text[:at] + text[at + length :]
        else:
            text = text[:at] + text[other : other + length] + text[at:]
    return text


def answer(path: Path | str, sets: dict[str, str] | None = None) -> None:
    """Load, and see that the answer can be printed."""
    try:
        scenario = find_scenario(str(path), sets or {})
    except SimError as error:
        report = str(error)
        assert report.replace("\n", "").isprintable()
        assert len(max(report.splitlines(), key=len)) < 2_000
    else:
        assert isinstance(scenario, Scenario)


fuzz = settings(
    max_examples=200, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@fuzz
@given(text=mutated())
def test_a_mutated_scenario_is_sound_or_answered_with_its_faults(text: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(text)
    answer(tmp_path / "x.yaml")


@fuzz
@given(text=st.binary(max_size=200))
def test_bytes_are_answered_as_scenario_list_and_catalogue(text: bytes, tmp_path: Path) -> None:
    folder = tmp_path / "scenarios"
    (folder / "catalogue").mkdir(parents=True, exist_ok=True)
    (folder / "catalogue" / "launches.csv").write_bytes(text)
    (folder / "list.csv").write_bytes(text)
    (folder / "part.yaml").write_bytes(text)
    (folder / "bytes.yaml").write_bytes(text)
    (folder / "bytes.json").write_bytes(text)
    (folder / "x.yaml").write_text(
        "title: t\nuse: [part.yaml]\nlaunches: [{catalogue: 2019-10-02}]\narrangements: {x: a}\ncompare: [x]\n"
        "stages: {a: {delay: {empirical: {file: list.csv, interpolation: step}}, evidence: assumed}}\n"
    )
    for name in ("bytes.yaml", "bytes.json", "x.yaml"):
        answer(folder / name)


words = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(PIECES).map(
    lambda piece: piece.decode(errors="surrogateescape")
)
resolved = [load_scenario(shipped_folder() / f"{name}.yaml").document for name in ("first-look", "confirmation")]
paths = st.sampled_from([path_text(path) for document in resolved for path, _ in pieces(document) if path])


@fuzz
@given(name=st.sampled_from(["first-look", "confirmation"]), sets=st.lists(st.tuples(paths | words, words), max_size=4))
def test_overrides_of_the_command_line_are_applied_or_answered(name: str, sets: list[tuple[str, str]]) -> None:
    try:
        given = parse_sets(tuple(f"{path}={value}" for path, value in sets))
    except SimError:
        return
    answer(name, given)


@fuzz
@given(name=words)
def test_any_name_of_a_scenario_is_found_or_answered(name: str) -> None:
    try:
        find_scenario(name, {})
    except SimError as error:
        click.unstyle(str(error)).encode(errors="surrogateescape")


@pytest.mark.parametrize(
    "name", ["x" * 5_000, "", ".", "/", "..", "/dev/zero", "/proc/self/mem", "a\0b", "\udcff.yaml"]
)
def test_a_name_that_is_no_scenario_file_is_answered(name: str) -> None:
    with pytest.raises(SimError):
        find_scenario(name, {})


def test_every_shipped_scenario_is_among_those_mutated() -> None:
    assert len(TEXTS) > 100
    assert load_scenario(shipped_folder() / "first-look.yaml").name == "first-look"
