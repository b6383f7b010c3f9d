"""A scenario file in, a `Scenario` out: every fault in one report, or none."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sim.errors import ScenarioError
from sim.model.scenario import Arm, Scenario
from sim.scenario import schema
from sim.scenario.assemble import bring_in_used, copy_of, expand_catalogue, override, place, read_lists
from sim.scenario.build import Builder
from sim.scenario.document import (
    MOST_BYTES,
    Document,
    TreePath,
    parse_document,
    parse_path,
    read_document,
    suggestion,
)
from sim.scenario.names import check_names

MOST_RESOLVED_BYTES = 4 * 1024 * 1024
OVERRIDABLE = ("stages", "desks", "flows")


def shipped_folder() -> Path:
    """The scenarios that come with the program: beside the package, or inside it when installed."""
    package = Path(__file__).resolve().parent.parent
    beside = package.parent / "scenarios"
    return beside if (beside / "catalogue").is_dir() else package / "_shipped"


def scenarios_root(path: Path) -> Path:
    """The scenarios folder that a file may draw on: the nearest one above it, else the shipped one."""
    above = (folder for folder in path.resolve().parents if folder.name == "scenarios")
    return next(above, shipped_folder())


def load_scenario(path: Path, sets: Mapping[str, str] | None = None) -> Scenario:
    """The scenario of a file, with overrides as text by path.

    Raises
    ------
    ScenarioError : with every fault of the file, its place, and what to do.
    """
    is_resolved = path.suffix == ".json"
    document = read_document(path, str(path), MOST_RESOLVED_BYTES if is_resolved else MOST_BYTES)
    name = path.resolve().parent.parent.name if path.name == "scenario.json" else path.stem
    return load_document(document, name, path.resolve().parent, scenarios_root(path), sets)


def load_text(text: str, name: str, root: Path | None = None, sets: Mapping[str, str] | None = None) -> Scenario:
    """The scenario of a text, under the shipped scenarios folder."""
    root = root or shipped_folder()
    return load_document(parse_document(text, name), name, root, root, sets)


def load_document(
    document: Document, name: str, folder: Path, root: Path, sets: Mapping[str, str] | None = None
) -> Scenario:
    """The scenario of a document read from `folder`."""
    scenario: Scenario | None = None
    if not isinstance(document.tree, dict):
        document.fault((), "must be a mapping of fields — start from scenarios/first-look.yaml")
        document.raise_faults()
    shipped = shipped_folder()
    bring_in_used(document, (root, shipped))
    override(document, sets or {})
    read_lists(document, folder, root)
    expand_catalogue(document, root if (root / "catalogue").is_dir() else shipped)
    try:
        check_names(document)
        file = validate(document)
        scenario = _build(document, file, name) if file is not None and not document.faults else None
    except RecursionError:
        document.fault((), "its flows are nested too deeply — write them flatter")
    if scenario is None or document.faults:
        raise ScenarioError(tuple(sorted(set(document.faults))))
    return scenario


def _build(document: Document, file: schema.ScenarioFile, name: str) -> Scenario:
    builder = Builder(file, lambda path, message: document.fault(path, message))
    builder.check_size()
    baseline = [file.baseline] if file.baseline else []
    names = list(dict.fromkeys([*baseline, *file.compare]))
    every = dict.fromkeys([*names, *file.arrangements, *file.arms])
    arms = {arm: _arm(document, builder, arm, file.arms.get(arm)) for arm in every}
    default = [[file.compare[0], other] for other in file.compare[1:]]
    return Scenario(
        name=name,
        title=file.title,
        story=file.story,
        launches=tuple(builder.launch(index, launch) for index, launch in enumerate(file.launches)),
        arms=tuple(arms[arm] for arm in names),
        baseline=file.baseline,
        cue=builder.flow(file.flows[file.cue], ("flows", file.cue), file.cue) if file.cue in file.flows else None,
        contrasts=tuple((a, b) for a, b in (file.contrasts if file.contrasts is not None else default)),
        centres=builder.centres(),
        replications=file.replications,
        settings=builder.settings(),
        seed=file.seed,
        horizon_us=file.horizon,
        document=canonical(document.tree),
    )


def _arm(document: Document, builder: Builder, name: str, arm: schema.Arm | None) -> Arm:
    """An arm in its own world: that of the file, or with its overrides."""
    if arm is None or not arm.set:
        return builder.arm(name, arm)
    world = copy_of(document)
    for text in arm.set:
        at: TreePath = ("arms", name, "set", text)
        try:
            path = parse_path(text)
        except ValueError as error:
            document.fault(at, str(error))
            continue
        if path[0] not in OVERRIDABLE:
            document.fault(at, f"an arm can change only {', '.join(OVERRIDABLE)}; its launches are those of all arms")
            continue
        place(world, path, document, f"arms.{name}.set", at)
    if not world.faults:
        check_names(world)
    file = validate(world)
    document.faults += world.faults
    if file is None or world.faults:
        return builder.arm(name, schema.Arm(arrangement=arm.arrangement))
    built = Builder(file, lambda path, message: world.fault(path, message)).arm(name, arm)
    document.faults += world.faults
    return built


def canonical(tree: Mapping[str, Any]) -> dict[str, Any]:
    """The document in one order: fields as in the schema, entries of a section by name."""
    ordered = [key for key in schema.ScenarioFile.model_fields if key in tree]
    sections = ("centres", "desks", "stages", "flows", "arrangements", "arms")
    plain = json.loads(json.dumps(tree))
    return {key: dict(sorted(plain[key].items())) if key in sections else plain[key] for key in ordered}


def validate(document: Document) -> schema.ScenarioFile | None:
    """The fields of a document; None, with every fault noted, if it breaks the schema."""
    try:
        return schema.ScenarioFile.model_validate(document.tree)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            _note(document, details)
        return None


def _note(document: Document, details: ErrorDetails) -> None:
    """Translate one error of pydantic into a fault: a path of the file, a rule, what to do."""
    path = _in_file(document, details["loc"])
    kind, context = details["type"], details.get("ctx", {})
    if kind == "value_error":
        document.fault(path, str(context["error"]))
    elif kind == "missing":
        document.fault(path, f'needs "{details["loc"][-1]}"')
    elif kind == "extra_forbidden":
        known = fields_at(details["loc"][:-1])
        document.fault(path, f'unknown field "{path[-1]}"{suggestion(str(path[-1]), known)}', at_key=True)
    elif kind == "literal_error":
        given = f', got "{details["input"]}"'[:80] if isinstance(details["input"], str) else ""
        document.fault(path, f"must be {context['expected']}{given}".replace("'", '"'))
    elif kind in ("model_type", "dict_type", "list_type", "model_attributes_type"):
        wanted = "a list" if kind == "list_type" else "a group of entries (name: value)"
        given = "text" if isinstance(details["input"], str) else schema.shape_of(details["input"])
        document.fault(path, f"needs {wanted}, got {given}")
    else:
        document.fault(path, details["msg"][0].lower() + details["msg"][1:])


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


def fields_at(loc: tuple[int | str, ...]) -> list[str]:
    """The fields that the schema knows at a location."""
    models: set[type[schema.Part]] = {schema.ScenarioFile}
    for part in loc:
        named = [
            field.annotation
            for model in models
            for name, field in model.model_fields.items()
            if part in (name, field.alias)
        ]
        models = {model for hint in named for model in _models(hint)} or models
    return sorted({field.alias or name for model in models for name, field in model.model_fields.items()})


def _models(hint: object) -> set[type[schema.Part]]:
    if isinstance(hint, type) and issubclass(hint, schema.Part):
        return {hint}
    return {model for inner in getattr(hint, "__args__", ()) for model in _models(inner)}
