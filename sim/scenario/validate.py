"""A document against the schema: its fields, or every error of pydantic as a fault at its place in the file.

What is wrong with a value by itself is said where it is read, in `sim.scenario.schema.texts`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, TypeVar, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sim.scenario.document import SECTIONS, Document, Tree, TreePath
from sim.scenario.schema import Part, ScenarioFile, shape_of
from sim.scenario.unsaid import UNSAID
from sim.units import ODD_SPACES

LISTED = {  # fields in which people write a text, and what they mean by it
    "days": "write [Mon, Tue]",
    "open": "write [] for never, and leave it out for always",
    "between": "write [seoul, tokyo]",
}
QUANTILE = re.compile(r"[pqP]\d{1,2}")


File = TypeVar("File", bound=Part)


def validate(document: Document) -> ScenarioFile | None:
    """The fields of a scenario; None, with every fault noted, if it breaks the schema."""
    return validated(ScenarioFile, document.tree, document)


def validate_world(world: Document, document: Document, file: ScenarioFile) -> ScenarioFile | None:
    """The fields of a document that differs from another in a few entries: the rest is taken as it was read."""
    tree = {key: value for key, value in world.tree.items() if key != "campaign"} | {"launches": list(file.launches)}
    for section in SECTIONS:
        if section in tree:
            known, old = getattr(file, section), document.section(section)
            tree[section] = _with_known(tree[section], old, known)
    return validated(ScenarioFile, tree, world)


def _with_known(entries: Tree, old: dict[str, Tree], known: dict[str, Part]) -> Tree:
    if not isinstance(entries, dict):
        return entries
    return {name: known[name] if entry is old.get(name) else entry for name, entry in entries.items()}


def validated(kind: type[File], tree: Tree, document: Document) -> File | None:
    """The fields of a tree as a kind of file has them; None, with every fault noted, if it breaks that."""
    try:
        return kind.model_validate(tree)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            _note(kind, document, details)
        return None
    except UnicodeEncodeError:
        document.fault((), "holds half of a character, as \\ud800 is — write the character itself")
        return None


def _note(kind_of_file: type[Part], document: Document, details: ErrorDetails) -> None:
    """Translate one error of pydantic into a fault: a path of the file, a rule, what to do."""
    loc, kind, context = details["loc"], details["type"], details.get("ctx", {})
    path = _in_file(document, loc)
    given = details["input"]
    if kind == "value_error":
        document.fault(path, str(context["error"]))
    elif kind == "missing":
        document.fault(path, f'needs "{loc[-1]}"')
    elif kind == "extra_forbidden":
        name = str(loc[-1])
        known = fields_at(loc[:-1], kind_of_file)
        hint = (
            _mistyped(name) or _unsaid(name) or _meant(name, known) or ("" if path[1:] else document.section_hint(path))
        )
        hint = hint or document.suggestion(name, known)
        document.fault(path, f'unknown field "{name[:60]}"{hint}', at_key=True)
    elif kind == "literal_error":
        shown = f'"{given[:60]}"' if isinstance(given, str) else shape_of(given)
        document.fault(path, f"must be {context['expected']}".replace("'", '"') + f", got {shown}")
    elif kind in ("model_type", "dict_type", "list_type"):
        wanted = "a list" if kind == "list_type" else "a group of entries (name: value)"
        mend = LISTED.get(str(loc[-1])) if kind == "list_type" else None
        document.fault(path, f"needs {wanted}, got {shape_of(given)}{f' — {mend}' if mend else ''}")
    elif kind == "too_short":
        document.fault(path, f"the list is too short: it needs {context['min_length']}, and has {len(given)}")
    elif kind == "too_long":
        what = "the list is too long" if isinstance(given, list) else "has too many entries"
        document.fault(path, f"{what}: it may have {context['max_length']:,}, and has {len(given):,}")
    else:
        document.fault(path, details["msg"][0].lower() + details["msg"][1:])


def _mistyped(name: str) -> str:
    """What to say of a name that YAML made of something else: the ``5 min`` of ``{median: 1,5 min}``, odd spaces."""
    if ODD_SPACES.search(name):
        return " — it has a non-breaking space: type a plain one in its place"
    return " — decimals have a point: write 1.5, not 1,5" if name[:1].isdigit() else ""


def _unsaid(name: str) -> str:
    """What to say of what the format cannot express."""
    said = UNSAID.get(name.lower().replace("-", "_"))
    return f" — {said}" if said else ""


def _meant(name: str, known: Collection[str]) -> str:
    """What to say of a name whose nearest spelling is another thing."""
    if name == "impact" and "flight_time" in known:
        return ' — did you mean "flight_time"?'
    quantiles = [one for one in known if QUANTILE.fullmatch(one)]
    return f" — of quantiles it takes {' or '.join(quantiles)}" if quantiles and QUANTILE.fullmatch(name) else ""


def _in_file(document: Document, loc: tuple[int | str, ...]) -> TreePath:
    """The part of a schema location that stands in the file: no tags, no short forms."""
    tree: Any = document.tree
    path: TreePath = ()
    for part in loc:
        if part in tree if isinstance(tree, dict) else isinstance(tree, list) and isinstance(part, int):
            tree, path = tree[part], (*path, part)
        elif part == "[key]":
            break
    return path


def fields_at(loc: tuple[int | str, ...], kind_of_file: type[Part] = ScenarioFile) -> list[str]:
    """The fields that the schema knows at a location."""
    kinds: set[Any] = {kind_of_file}
    for part in (part for part in loc if not str(part).startswith("<")):  # tags of unions stand in no file
        kinds = {inner for kind in kinds for inner in _inside(kind, part)} or kinds
    return sorted({name for kind in kinds if _is_part(kind) for name in kind.names()})


def _inside(kind: Any, part: int | str) -> set[Any]:
    """What stands at a name or number in a part, a list or a section; nothing if that is a tag of a union."""
    if not _is_part(kind):
        return _kinds(get_args(kind)[-1])
    attribute = kind.names().get(part)
    return _kinds(kind.model_fields[attribute].annotation) if attribute else set()


def _kinds(hint: Any) -> set[Any]:
    """The parts, lists and sections among the alternatives of a type."""
    if _is_part(hint) or get_origin(hint) in (list, dict):
        return {hint}
    return {kind for inner in get_args(hint) for kind in _kinds(inner)}


def _is_part(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Part)
