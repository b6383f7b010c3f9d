"""Small faults: which a function can have, and that what they are called does not depend on where they stand."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

import pytest

from tests.mutation.alterations import change, faults, first_line, lines_of, others, slots
from tests.mutation.equivalent import EQUIVALENT
from tests.mutation.places import FILES, LEFT_OUT, PACKAGES, ROOT, SIM, TESTS

TEXT = '''
MOST = 3  # made at import

def first(a: int = 1) -> int:
    """Say 1."""
    if a < MOST:
        a += 2
    return min(a, MOST)

class Box:
    def is_in(self, x):
        if x is Ellipsis:
            return None
        return not (x in self and x != "left")

def pairs(a, b):
    return [*zip(a, b, strict=True)]
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
    ("Box.is_in", "if x is Ellipsis:", "if not x is Ellipsis:"),
    ("Box.is_in", "if x is Ellipsis:", "if x is not Ellipsis:"),
    ("Box.is_in", IS_IN, "return None"),
    ("Box.is_in", IS_IN, "return x in self and x != 'left'"),
    ("Box.is_in", IS_IN, "return not (x in self or x != 'left')"),
    ("Box.is_in", IS_IN, "return not (x not in self and x != 'left')"),
    ("Box.is_in", IS_IN, "return not (x in self and x == 'left')"),
    ("Box.is_in", IS_IN, "return not (x in self and x != 'right')"),
    ("pairs", "return [*zip(a, b, strict=True)]", "return None"),
}


def called(path: Path, text: str) -> list[tuple[str, str, str]]:
    path.write_text(text, encoding="utf-8")
    mutants = [mutant for make in faults(path) if (mutant := make()) is not None]
    return [(mutant.code.co_qualname, mutant.was, mutant.now) for mutant in mutants]


def named(path: Path) -> dict[str, ast.FunctionDef]:
    """The functions of a file and the methods of its classes."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    classes = [one for one in tree.body if isinstance(one, ast.ClassDef)]
    of_classes = {f"{owner.name}.{one.name}": one for owner in classes for one in owner.body if is_function(one)}
    return {one.name: one for one in tree.body if is_function(one)} | of_classes


def is_function(one: ast.stmt) -> TypeGuard[ast.FunctionDef]:
    return isinstance(one, ast.FunctionDef)


def changes(function: ast.FunctionDef) -> Iterator[str]:
    """How each fault of a function is shown."""
    for statement, node, put in slots(function):
        was = first_line(statement)
        for other in others(node):
            put(other)
            yield change(was, first_line(other if node is statement else statement))
            put(node)


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


def test_a_statement_is_got_to_by_its_own_lines_and_not_by_those_that_it_holds() -> None:
    tree = ast.parse("if (a and\n    b):\n    c = f(\n        d)\nelse: e()\nfor x in y: z()")
    branch, loop = tree.body
    assert isinstance(branch, ast.If)
    found = [lines_of(one) for one in (branch, branch.body[0], branch.orelse[0], loop)]
    assert [[*one] for one in found] == [[1, 2], [3, 4], [5], [6]]


def test_a_file_of_kernels_and_statistics_is_altered_or_left_out_and_all_that_is_named_is_there() -> None:
    altered = {path for files in FILES.values() for path in files}
    left_out = {SIM / name for name in LEFT_OUT}
    every = {path for packages in PACKAGES.values() for name in packages for path in (SIM / name).glob("*.py")}
    assert every <= altered | left_out
    assert not altered & left_out
    assert len(altered) == sum(map(len, FILES.values()))
    missing = [path for path in altered | left_out if not path.exists()]
    missing += [ROOT / test.partition("::")[0] for test in TESTS if not (ROOT / test.partition("::")[0]).exists()]
    assert missing == []
    names = [test.split("::") for test in TESTS if "::" in test]
    assert [name for path, name in names if f"def {name}(" not in (ROOT / path).read_text(encoding="utf-8")] == []


def test_what_is_called_no_fault_is_one_that_the_code_could_have_still() -> None:
    """By the file, the function and how the statement would change, so that what was reworded is looked at again."""
    listed = {name for names in EQUIVALENT.values() for name in names}
    assert len(listed) == sum(map(len, EQUIVALENT.values()))
    by_file = {f"{path.parent.name}.{path.stem}.": path for files in FILES.values() for path in files}
    for start, path in by_file.items():
        mine = {name.removeprefix(start) for name in listed if name.startswith(start)}
        functions = {name.partition(": ")[0].rpartition(".")[2] for name in mine}
        possible = {
            f"{function}: {one}"
            for function, tree in named(path).items()
            if function.rpartition(".")[2] in functions
            for one in changes(tree)
        }
        assert mine <= possible, sorted(mine - possible)
        listed -= {f"{start}{name}" for name in mine}
    assert listed == set()
