"""Small faults: which a function can have, and that what they are called does not depend on where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutation.__main__ import FILES, ROOT, TESTS
from tests.mutation.alterations import change, faults

TEXT = '''
MOST = 3  # made at import

def first(a: int = 1) -> int:
    """Say 1."""
    if a < MOST:
        a += 2
    return min(a, MOST)

class Box:
    def is_in(self, x):
        return not (x in self and x != "left")
'''
IS_IN = "return not (x in self and x != 'left')"
EXPECTED = {
    ("first", "if a < MOST:", "if not a < MOST:"),
    ("first", "if a < MOST:", "if a <= MOST:"),
    ("first", "a += 2", "pass"),
    ("first", "a += 2", "a -= 2"),
    ("first", "a += 2", "a += 3"),
    ("first", "a += 2", "a += 1"),
    ("first", "return min(a, MOST)", "return None"),
    ("first", "return min(a, MOST)", "return max(a, MOST)"),
    ("Box.is_in", IS_IN, "return None"),
    ("Box.is_in", IS_IN, "return x in self and x != 'left'"),
    ("Box.is_in", IS_IN, "return not (x in self or x != 'left')"),
    ("Box.is_in", IS_IN, "return not (x not in self and x != 'left')"),
    ("Box.is_in", IS_IN, "return not (x in self and x == 'left')"),
    ("Box.is_in", IS_IN, "return not (x in self and x != 'right')"),
}


def called(path: Path, text: str) -> list[tuple[str, str, str]]:
    path.write_text(text, encoding="utf-8")
    mutants = [mutant for make in faults(path) if (mutant := make()) is not None]
    return [(mutant.code.co_qualname, mutant.was, mutant.now) for mutant in mutants]


def test_a_function_has_every_fault_of_its_statements_and_nothing_made_at_import_has_one(tmp_path: Path) -> None:
    found = called(tmp_path / "m.py", TEXT)
    assert len(found) == len(EXPECTED)
    assert set(found) == EXPECTED
    assert called(tmp_path / "m.py", "import os\n\n\n" + TEXT) == found


def test_a_mutant_has_the_fault_that_it_is_called_after(tmp_path: Path) -> None:
    path = tmp_path / "m.py"
    path.write_text("def f(a):\n    return a - 1\n", encoding="utf-8")
    given: dict[str, object] = {}
    exec(path.read_text(encoding="utf-8"), given)
    f, found = given["f"], {}
    for make in faults(path):
        f.__code__ = make().code
        found[make().now] = f(5)
    assert found == {"return None": None, "return a + 1": 6, "return a - 2": 3, "return a - 0": 5}


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        ("a < b", "a <= b", "a < b → a <= b"),
        ("n += 1", "pass", "n += 1 → pass"),
        (f"{'x' * 40} + 1 + {'y' * 40}", f"{'x' * 40} + 2 + {'y' * 40}", f"{'x' * 21} + 1 + {'y' * 21} → "),
        ("aa", "a", "aa → a"),
    ],
)
def test_a_fault_is_shown_with_a_little_of_what_stands_around_it(was: str, now: str, expected: str) -> None:
    assert change(was, now).startswith(expected)


def test_what_is_altered_and_what_should_notice_it_is_there() -> None:
    missing = [path for files in FILES.values() for path in files if not path.exists()]
    missing += [ROOT / test.partition("::")[0] for test in TESTS if not (ROOT / test.partition("::")[0]).exists()]
    assert missing == []
    names = [test.split("::") for test in TESTS if "::" in test]
    assert [name for path, name in names if f"def {name}(" not in (ROOT / path).read_text(encoding="utf-8")] == []
