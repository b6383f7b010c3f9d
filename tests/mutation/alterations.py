"""Small faults put into the functions of a file, one at a time: what a test worth its name must notice.

A comparison, an operator, a number, a condition, a bound or an ending is another one, or a statement is gone. What is
made at import (constants of a module, defaults, decorators) stays, and so do texts, annotations, what is raised, and
whether `zip` checks that lengths are equal.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import takewhile
from pathlib import Path
from types import CodeType

OTHER = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitAnd,
    ast.Break: ast.Continue,
    ast.Continue: ast.Break,
}
PAIRS = (("min", "max"), ("minimum", "maximum"), ("ceil", "floor"), ("any", "all"), ("zeros", "ones"))
NAMES = {**dict(PAIRS), **{b: a for a, b in PAIRS}}
AROUND = 24  # characters of a line on each side of a fault that are shown
LEFT_ALONE = {"annotation", "returns", "decorator_list", "args", "exc", "cause", "type_params"}  # fields of a node
Place = tuple[str, str, int]
Slot = tuple[ast.stmt, ast.AST, Callable[[ast.AST], None]]


@dataclass(frozen=True)
class Mutant:
    """A function of a file with one fault in a statement, whose first line was one thing and is another.

    lines : those of the statement, of one that holds others those before them
    """

    path: Path
    lines: range
    was: str
    now: str
    code: CodeType

    @property
    def place(self) -> Place:
        return place_of(self.path, self.code)

    @property
    def name(self) -> str:
        """What it is, whatever stands above it in the file."""
        return f"{self.path.parent.name}.{self.path.stem}.{self.code.co_qualname}: {change(self.was, self.now)}"


def faults(path: Path) -> list[Callable[[], Mutant | None]]:
    """What makes each mutant of a file; None where its code is that of the file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    before = codes(tree, path)
    places = [(slot, other) for slot in slots(tree) for other in others(slot[1])]
    return [partial(_mutant, path, tree, before, *place) for place in places]


def _mutant(path: Path, tree: ast.Module, before: list[CodeType], slot: Slot, other: ast.AST) -> Mutant | None:
    statement, node, put = slot
    was = first_line(statement)
    put(other if hasattr(other, "lineno") else ast.copy_location(other, node))
    after = codes(ast.fix_missing_locations(tree), path)
    now = first_line(other if node is statement else statement)
    put(node)
    changed = [code for code, old in zip(after, before, strict=True) if code != old]
    return Mutant(path, lines_of(statement), was, now, changed[0]) if changed else None


def codes(tree: ast.Module, path: Path) -> list[CodeType]:
    """The code of every function of a module and of its classes, but of those inside a function."""
    found, left = [], [compile(tree, str(path), "exec")]
    while left:
        for code in left.pop().co_consts:
            if isinstance(code, CodeType):
                is_class = "__module__" in code.co_names
                (left if is_class else found).append(code)
    return found


def place_of(path: Path, code: CodeType) -> Place:
    """What tells a function of a program from all others."""
    return str(path), code.co_qualname, code.co_firstlineno


def slots(tree: ast.AST, statement: ast.stmt | None = None, is_inside: bool = False) -> Iterator[Slot]:
    """What may be another, inside functions: its statement, itself, and what puts another in its place."""
    is_inside = is_inside or isinstance(tree, ast.FunctionDef | ast.Lambda)
    for field, value in ast.iter_fields(tree):
        if field in LEFT_ALONE:
            continue
        children = enumerate(value) if isinstance(value, list) else [(None, value)]
        for at, child in children:
            if isinstance(child, ast.AST) and getattr(child, "arg", None) != "strict":
                own = child if isinstance(child, ast.stmt) else statement
                put = partial(setattr, tree, field) if at is None else partial(value.__setitem__, at)
                if is_inside and own is not None:
                    yield own, child, put
                yield from slots(child, own, is_inside)


def others(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in place of a node."""
    match node:
        case ast.Constant(bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(int(value)):
            yield from (ast.Constant(value + 1), ast.Constant(value - 1))
        case ast.Constant(float(value)):
            yield ast.Constant(value + 1)
        case ast.Constant("left" | "right" as side):
            yield ast.Constant("right" if side == "left" else "left")
        case ast.Name(name, context) if name in NAMES:
            yield ast.Name(NAMES[name], context)
        case ast.Attribute(value, name, context) if name in NAMES:
            yield ast.Attribute(value, NAMES[name], context)
        case ast.UnaryOp(ast.Not() | ast.USub() | ast.Invert(), operand):
            yield operand
        case ast.If() | ast.While() | ast.IfExp():
            yield with_fields(node, test=ast.UnaryOp(ast.Not(), node.test))
        case ast.Return(ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield ast.Return(ast.Constant(None))
        case ast.AugAssign() | ast.Assign([ast.Subscript() | ast.Attribute()]):
            yield ast.Pass()
        case ast.Expr(value) if not isinstance(value, ast.Constant):
            yield ast.Pass()
        case _ if type(node) in OTHER:
            yield OTHER[type(node)]()


def with_fields(node: ast.AST, **fields: ast.AST) -> ast.AST:
    """The same node with other fields."""
    return type(node)(**{**dict(ast.iter_fields(node)), **fields})


def lines_of(statement: ast.stmt) -> range:
    """The lines that a program passes when it gets to a statement."""
    inner = getattr(statement, "body", None)
    last = max(statement.lineno, inner[0].lineno - 1) if inner else statement.end_lineno or statement.lineno
    return range(statement.lineno, last + 1)


def first_line(statement: ast.AST) -> str:
    return ast.unparse(statement).split("\n")[0]


def change(was: str, now: str) -> str:
    """Where two lines differ, with a little of what stands around it."""
    start = n_alike(was, now)
    end = min(n_alike(was[::-1], now[::-1]), len(was) - start, len(now) - start)
    before, after = was[max(0, start - AROUND) : start], was[len(was) - end :][:AROUND]
    return f"{before}{was[start : len(was) - end]}{after} → {before}{now[start : len(now) - end]}{after}"


def n_alike(a: str, b: str) -> int:
    """How many characters two texts have alike at their beginning."""
    return len([*takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False))])
