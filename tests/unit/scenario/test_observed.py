"""Observed durations as people write them and as spreadsheets save them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.asking.taken import taken
from sim.errors import ScenarioError
from sim.model.distributions import Empirical
from sim.scenario.loader import load_scenario
from sim.units import US_PER_MINUTE

TEXT = """
title: observed
launches: [{name: one, flight_time: 10 min}]
stages:
  a: {delay: {empirical: {GIVEN, interpolation: step}}, evidence: assumed}
arrangements: {x: [a]}
compare: [x]
"""


def minutes(folder: Path, given: str, data: bytes = b"") -> list[float]:
    (folder / "times.csv").write_bytes(data)
    (folder / "x.yaml").write_text(TEXT.replace("GIVEN", given))
    shape = load_scenario(folder / "x.yaml").arms[0].stages["a"].delay.shape
    assert isinstance(shape, Empirical)
    return [value / US_PER_MINUTE for value in shape.values]


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("file: times.csv", "1.5 min\n3 min\n"),
        ("file: times.csv, unit: min", "1.5\n3\n"),
        ("file: times.csv, unit: minutes", "\ufeffdelay\r\n1,5\r\n3\r\n"),
        ("file: times.csv", "delay (min)\n1.5\n3\n"),
        ("file: times.csv", "Dauer [min];\r\n1,5;\r\n3,0;\r\n"),
        ("file: times.csv", "minutes\r1.5\r3\r"),
        ("file: times.csv", '"delay, min"\n"1,5"\n"3"\n'),
        ("file: times.csv, unit: min", "\n90 s\n\n3\n"),
        ("file: times.csv, column: delay, unit: min", "call,delay,where\n1,1.5,A\n2,3,\n"),
        ("file: times.csv, column: delay_min", "delay_min;call\n1,5;a\n3;b\n"),
        ("file: times.csv, column: travel", '"call","travel"\n7,"90 s"\n8,"3 min"\n'),
        ("file: times.csv, column: delay", "delay,unit\n90,s\n3,min\n"),
        ("file: times.csv, column: delay, unit: min", "delay;where;delay_unit\n1,5;A;min\n3;B;\n"),
        ("file: times.csv, column: delay", "length,unit,delay,Units\n7,km,90,s\n8,km,3,min\n"),
        ("file: times.csv, column: Q3 (min)", "Q3 (min)\n1.5\n3\n"),
        ("values: [1.5, 3], unit: min", ""),
        ("values: [90 s, 3], unit: min", ""),
    ],
)
def test_a_column_of_durations_is_read_however_it_is_saved(given: str, text: str, tmp_path: Path) -> None:
    assert minutes(tmp_path, given, text.encode()) == [1.5, 3]


def test_a_fault_bears_the_line_of_the_file_of_values(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        minutes(tmp_path, "file: times.csv", b"delay\n90 s\n\nsoon\n2,5 min\n7 km\n")
    found = [(fault.file, fault.line) for fault in caught.value.faults]
    assert found == [("times.csv", 4), ("times.csv", 6)]


def test_of_many_faults_the_first_are_told(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        minutes(tmp_path, "file: times.csv", b"1\n" * 100)
    assert [fault.line for fault in caught.value.faults] == [1, 2, 3, 4, 5]
    assert caught.value.faults[-1].message.endswith("(95 more of this file)")


def test_a_comma_that_may_part_thousands_is_asked_about(tmp_path: Path) -> None:
    """Where semicolons part columns it is that of decimals, as spreadsheets save it; so is one before two digits."""
    with pytest.raises(ScenarioError, match=r"write 1500 or 1\.500"):
        minutes(tmp_path, "file: times.csv, unit: min", b"1,500\n2\n")
    assert minutes(tmp_path, "file: times.csv, unit: min", b"1,500;\n2;\n") == [1.5, 2]
    assert minutes(tmp_path, "file: times.csv, unit: min", b"1,500\n2,25\n") == [1.5, 2.25]


@pytest.mark.parametrize(
    ("given", "text", "said"),
    [
        ("column: dealy", "call,delay\n1,2 s\n", 'times.csv:1:1  stages.a.delay.empirical.file: has no column "dealy"'),
        ("column: delay", "delay,delay\n1 s,2 s\n", 'has "delay" twice'),
        (
            "column: delay",
            "call,delay\n1,2 s\n2,\n",
            "times.csv:3:1  stages.a.delay.empirical.file: has nothing in",
        ),
        ("unit: s", "delay (min)\n1\n2\n", "says min, and unit: s stands beside file — keep one"),
        (
            "column: delay, unit: min",
            "delay,unit\n1,s\n2,min\n",
            "times.csv:2:1  stages.a.delay.empirical.file: has s beside it",
        ),
        ("column: delay", "delay,unit\n1 s,min\n2,min\n", "1 s has min beside it — keep one unit"),
        ("column: delay", "delay,unit\n1,km\n2,km\n", 'got "1 km"'),
        ("column: delay", "unit,delay,x,unit\ns,1,x,s\ns,2,x,s\n", "has 2 columns of units"),
        ("column: delay", "delay (min),delay (s)\n1,60\n", 'did you mean "delay (min)" or "delay (s)"?'),
        ("column: delay", "Delay (min),x\n1,60\n", 'did you mean "Delay (min)"?'),
        ("column: {b: 1}, unit: s", "1\n2\n", "stages.a.delay.empirical.column: needs a short text"),
        (
            "column: {b: {empirical: {file: times.csv}}}, unit: s",
            "1\n2\n",
            "stages.a.delay.empirical.column: needs a short text",
        ),
        ("unit: s", "1 s\n,2 s\n3 s,late\n", "times.csv:3:1  stages.a.delay.empirical.file: has 2 columns"),
    ],
)
def test_no_row_and_no_unit_of_a_file_is_lost(given: str, text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        minutes(tmp_path, f"file: times.csv, {given}", text.encode())
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "first", [">60", "l0 min", "$5", "=1+1", "~ 5", "½ min", "五分", "NaN", "n/a", "#VALUE!", "Q3 delay"]
)
def test_a_first_line_that_may_be_a_value_is_no_header(first: str, tmp_path: Path) -> None:
    """The longest delays are those that are written as a bound: a list without them has another mean."""
    with pytest.raises(ScenarioError) as caught:
        minutes(tmp_path, "file: times.csv, unit: min", f"{first}\n2\n3\n".encode())
    assert [(fault.file, fault.line) for fault in caught.value.faults] == [("times.csv", 1)]
    assert first in caught.value.faults[0].message


def test_a_header_that_looks_like_a_value_is_taken_where_it_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match='or, if that is the header, column: "Q3 delay"'):
        minutes(tmp_path, "file: times.csv, unit: min", b"Q3 delay\n2\n3\n")
    assert minutes(tmp_path, 'file: times.csv, unit: min, column: "Q3 delay"', b"Q3 delay\n2\n3\n") == [2, 3]


def test_a_line_that_is_taken_as_the_header_is_named(tmp_path: Path) -> None:
    assert minutes(tmp_path, "file: times.csv", b"\nlong (min)\n2\n3\n") == [2, 3]
    assert taken(load_scenario(tmp_path / "x.yaml")) == (
        'x: times.csv:2: "long (min)" is taken as the header, and as no duration',
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("값,곳\n1,2\n".encode("cp949"), "is not UTF-8 text — save it as UTF-8, from a spreadsheet as CSV UTF-8"),
        ("delay (min)\n1\n2\n".encode("utf-16"), "is UTF-16 text — save it as UTF-8"),
    ],
)
def test_a_list_in_another_encoding_is_one_fault(data: bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        minutes(tmp_path, "file: times.csv", data)
    assert [fault.message for fault in caught.value.faults] == [f'"times.csv" {said}']


def test_a_file_may_have_as_many_durations_as_a_sheet(tmp_path: Path) -> None:
    assert len(minutes(tmp_path, "file: times.csv", b"observed delay\n" + b"123.456789 min\n" * 9_000)) == 9_000
