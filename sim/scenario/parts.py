"""How the fields of a file are read: text to values, every fault noted at its place.

A *kind* reads a piece of the document and describes itself as JSON Schema: a scalar, a choice, a list, a
section of named entries, a value or its range, or a `Part`, which is a mapping with fields of its own.
A fault is noted in the document and reading goes on, so one report has them all; what is returned for a
faulty piece is never used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, NoReturn, Protocol, Self, TypeVar, cast

from sim.scenario.document import Document, Tree, TreePath

T = TypeVar("T")
W = TypeVar("W", bound=str)
T_co = TypeVar("T_co", covariant=True)
Json = dict[str, Any]
Definitions = dict[str, Json]
FAULTY: Any = None


class Kind(Protocol[T_co]):
    """What can be read; the class of a `Part` is one too."""

    def read(self, value: Tree, path: TreePath, document: Document) -> T_co: ...

    def json(self, definitions: Definitions) -> Json: ...


def shape_of(value: Tree) -> str:
    """What was given, in plain words."""
    if isinstance(value, str):
        return "text"
    return "a list" if isinstance(value, list) else "a group of entries"


@dataclass(frozen=True)
class Scalar(Generic[T]):
    """One value, parsed from its text; `what` says in a few words what it should be."""

    parse: Callable[[str], T]
    what: str
    schema: Mapping[str, Any]

    def read(self, value: Tree, path: TreePath, document: Document) -> T:
        try:
            return self._parsed(value)
        except ValueError as error:
            document.fault(path, str(error))
            return cast(T, FAULTY)

    def _parsed(self, value: Tree) -> T:
        if not isinstance(value, str):
            raise ValueError(f"needs {self.what}, got {shape_of(value)}")
        if not value.strip():
            raise ValueError(f"is empty — write {self.what}, or leave the line out")
        return self.parse(value)

    def json(self, definitions: Definitions) -> Json:
        return dict(self.schema)


def one_of(*choices: W) -> Scalar[W]:
    """One of a few words."""
    quoted = [f'"{choice}"' for choice in choices]
    which = " or ".join([*([", ".join(quoted[:-1])] if quoted[1:] else []), quoted[-1]])

    def parse(text: str) -> W:
        for choice in choices:
            if text == choice:
                return choice
        raise ValueError(f'must be {which}, got "{text[:60]}"')

    return Scalar(parse, which, {"enum": list(choices)})


@dataclass(frozen=True)
class ListOf(Generic[T]):
    """A list of between `least` and `most`; the kind may be given as a function, to be found later."""

    kind: Kind[T] | Callable[[], Kind[T]]
    most: int
    least: int = 1

    def read(self, value: Tree, path: TreePath, document: Document) -> list[T]:
        if not isinstance(value, list):
            document.fault(path, f"needs a list, got {shape_of(value)}")
            return []
        if len(value) < self.least:
            document.fault(path, f"the list is too short: it needs {self.least}, and has {len(value)}")
        if len(value) > self.most:
            document.fault(path, f"the list is too long: it may have {self.most:,}, and has {len(value):,}")
            return []
        kind = kind_of(self.kind)
        return [kind.read(item, (*path, index), document) for index, item in enumerate(value)]

    def json(self, definitions: Definitions) -> Json:
        return {
            "type": "array",
            "items": kind_of(self.kind).json(definitions),
            "minItems": self.least,
            "maxItems": self.most,
        }


def read_once(kind: Kind[T], value: Tree, path: TreePath, document: Document) -> T:
    """Read a piece, unless the very same was read: the world of an arm shares what it leaves alone."""
    old_value, old_kind, old = document.known.get(path, (None, None, None))
    if old_value is value and old_kind is kind:
        return cast(T, old)
    before = len(document.faults)
    read = kind.read(value, path, document)
    if len(document.faults) == before:
        document.known[path] = (value, kind, read)
    return read


@dataclass(frozen=True)
class Section(Generic[T]):
    """Entries by name."""

    name: Scalar[str]
    kind: Kind[T]
    most: int

    def read(self, value: Tree, path: TreePath, document: Document) -> dict[str, T]:
        if not isinstance(value, dict):
            document.fault(path, f"needs a group of entries (name: value), got {shape_of(value)}")
            return {}
        if len(value) > self.most:
            document.fault(path, f"has too many entries: it may have {self.most:,}, and has {len(value):,}")
            return {}
        entries = [((*path, key), key, entry) for key, entry in value.items()]
        return {
            self.name.read(key, at, document): read_once(self.kind, entry, at, document) for at, key, entry in entries
        }

    def json(self, definitions: Definitions) -> Json:
        return {"type": "object", "additionalProperties": self.kind.json(definitions)}


@dataclass(frozen=True)
class Either(Generic[T]):
    """One of several kinds, by the look of what was given."""

    choose: Callable[[Tree], Kind[T]]
    kinds: tuple[Kind[T], ...]

    def read(self, value: Tree, path: TreePath, document: Document) -> T:
        return self.choose(value).read(value, path, document)

    def json(self, definitions: Definitions) -> Json:
        return {"anyOf": [kind.json(definitions) for kind in self.kinds]}


class Untouched:
    """Whatever was written, to be read elsewhere."""

    def read(self, value: Tree, path: TreePath, document: Document) -> Tree:
        return value

    def json(self, definitions: Definitions) -> Json:
        return {}


def kind_of(kind: Kind[T] | Callable[[], Kind[T]]) -> Kind[T]:
    """The kind itself, if it was given as a function: a flow holds flows."""
    return cast("Kind[T]", kind if hasattr(kind, "read") else kind())


@dataclass(frozen=True)
class Field:
    """A field of a part: how it is read, by which name in the file, and its value when left out."""

    kind: Kind[Any] | Callable[[], Kind[Any]]
    is_needed: bool
    default: Any
    name: str


def needed(kind: Kind[T] | Callable[[], Kind[T]]) -> T:
    """A field that must be written."""
    return cast(T, Field(kind, True, None, ""))


def optional(kind: Kind[T] | Callable[[], Kind[T]], *, name: str = "") -> T | None:
    """A field that may be left out; `name` is its name in the file, where Python keeps the word for itself."""
    return cast(T, Field(kind, False, None, name))


def default(kind: Kind[T], value: T) -> T:
    """A field with a value when it is left out."""
    return cast(T, Field(kind, False, value, ""))


class Part:
    """A mapping of the file with fields; unknown ones are faults."""

    fields: ClassVar[dict[str, Field]] = {}  # by attribute
    given: frozenset[str]  # the fields that were written, by their names in the file

    def __init_subclass__(cls) -> None:
        own = {name: value for name, value in vars(cls).items() if isinstance(value, Field)}
        cls.fields = {**cls.fields, **own}

    def __init__(self, **values: Any) -> None:
        names = frozenset(self.fields[attribute].name or attribute for attribute in values)
        defaults = {name: field.default for name, field in self.fields.items()}
        self.__dict__.update(defaults | values, given=names)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is frozen")

    @classmethod
    def written_out(cls, value: Tree) -> Tree:
        """The mapping that a short form stands for; ValueError if it stands for nothing."""
        return value

    def check(self) -> None:
        """Raise ValueError if fields that are each sound do not go together."""

    @classmethod
    def names(cls) -> dict[str, str]:
        """The attribute of each field, by its name in the file."""
        return {field.name or attribute: attribute for attribute, field in cls.fields.items()}

    @classmethod
    def read(cls, value: Tree, path: TreePath, document: Document) -> Self:
        before = len(document.faults)
        try:
            values = cls._values(value, path, document)
            if len(document.faults) == before:
                part = cls(**values)
                part.check()
                return part
        except ValueError as error:
            document.fault(path, str(error))
        return cast(Self, FAULTY)

    @classmethod
    def _values(cls, value: Tree, path: TreePath, document: Document) -> dict[str, Any]:
        mapping = cls.written_out(value)
        if not isinstance(mapping, dict):
            raise ValueError(f"needs a group of entries (name: value), got {shape_of(mapping)}")
        names = cls.names()
        for name, attribute in names.items():
            if cls.fields[attribute].is_needed and name not in mapping:
                document.fault(path, f'needs "{name}"')
        for name in mapping.keys() - names.keys():
            hint = document.suggestion(name, sorted(names))
            document.fault((*path, name), f'unknown field "{name[:60]}"{hint}', at_key=True)
        is_short = mapping is not value  # then its entries stand nowhere in the file
        return {
            names[name]: read_once(
                kind_of(cls.fields[names[name]].kind), entry, path if is_short else (*path, name), document
            )
            for name, entry in mapping.items()
            if name in names
        }

    @classmethod
    def json(cls, definitions: Definitions) -> Json:
        """A reference to the part among the definitions, where it is put when first met."""
        if cls.__name__ not in definitions:
            described: Json = {"type": "object", "additionalProperties": False}
            definitions[cls.__name__] = described
            fields = {name: cls.fields[attribute] for name, attribute in cls.names().items()}
            described["properties"] = {name: kind_of(field.kind).json(definitions) for name, field in fields.items()}
            described["required"] = [name for name, field in fields.items() if field.is_needed]
        return {"$ref": f"#/$defs/{cls.__name__}"}
