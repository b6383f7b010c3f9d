"""A scenario file in, a `Scenario` out: every fault in one report, or none."""

from __future__ import annotations

import os
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from shlex import quote
from typing import Any

from sim.errors import ScenarioError, SimError
from sim.model.scenario import Arm, Scenario, whole_units
from sim.model.web import Web
from sim.scenario import schema
from sim.scenario.assemble import bring_in_used, copy_of, expand_sight, overlapping, override, place, read_lists
from sim.scenario.build import Builder
from sim.scenario.calendar import check_clock, clock_of
from sim.scenario.campaign import blame_launch, document_alone, expand_campaign, id_of
from sim.scenario.channels import check_matters, drop_unused_channels
from sim.scenario.document import SECTIONS, Document, Mark, Tree, TreePath, parse_path, plain_texts, written
from sim.scenario.entries import check_sights, launch_entry
from sim.scenario.folders import scenarios_root, shipped_folder
from sim.scenario.names import check_names, check_world
from sim.scenario.outages import check_outages
from sim.scenario.products import check_products, contrasts
from sim.scenario.reader import check_kind, parse_document, placed, read_document, read_resolved
from sim.scenario.recorded import check_dates, expand_catalogue
from sim.scenario.validate import validate, validate_world
from sim.scenario.ways import expand_web, folded

USUAL_DRAWS = ("draws", "philox")
OF_A_CLAIM = {"claim", "cannot_show"}
OVERRIDABLE = ("stages", "desks", "flows", "sensors", "channels")


def load_scenario(path: Path, sets: Mapping[str, str] | None = None) -> Scenario:
    """The scenario of a file, with overrides as text by path.

    Raises
    ------
    ScenarioError : with every fault of the file, its place, and what to do.
    """
    check_kind(path, str(path))
    is_json = path.suffix == ".json"
    name = path.resolve().parent.parent.name if path.name == "scenario.json" else path.stem
    try:
        document = (read_resolved if is_json else read_document)(path, str(path))
        return load_document(document, name, path.resolve().parent, scenarios_root(path), sets)
    except ScenarioError as error:
        raise placed(error, path, str(path)) if is_json else error from None


def load_text(text: str, name: str, root: Path | None = None, sets: Mapping[str, str] | None = None) -> Scenario:
    """The scenario of a text, under the shipped scenarios folder."""
    root = root or shipped_folder()
    return load_document(parse_document(text, name), name, root, root, sets)


def load_mapping(given: Mapping[str, Any], name: str, sets: Mapping[str, str] | None = None) -> Scenario:
    """The scenario of a mapping like a file; its numbers are read as a file has them.

    Raises
    ------
    ScenarioError : with every fault.
    SimError : a value is nothing that a file can have; names its path.
    """
    root = shipped_folder()
    return load_document(Document(plain_texts(given), {(): Mark(name)}), name, root, root, sets)


def reload(scenario: Scenario, sets: Mapping[str, str], option: str) -> Scenario:
    """A scenario with other values: its document with overrides that an option gave, as text by path."""
    root = shipped_folder()
    return load_document(_document_of(scenario), scenario.name, root, root, sets, option)


def redocumented(scenario: Scenario, sets: Mapping[str, str]) -> Scenario:
    """The scenario with the document that it has with other values, which are known to be sound: what names a run."""
    document: Tree = scenario.document
    for path, text in sets.items():
        document = written(document, parse_path(path), text)
    return replace(scenario, document=_ordered(document))


def _document_of(scenario: Scenario) -> Document:
    return Document(deepcopy(dict(scenario.document)), {(): Mark(scenario.name)})


def check_launched(scenario: Scenario, called: str) -> None:
    """Raise SimError where nothing is launched in a run, by the name that a command has it by: all is of launches."""
    if scenario.runs:
        raise SimError(
            f"{scenario.name}: is a campaign of {len(scenario.runs)} launches, each a run of its own — "
            f"sim campaign {quote(called)} compares them, {quote(f'{called}:{id_of(scenario.runs[0])}')} is one of them"
        )
    if not scenario.real.launches:
        raise SimError(f"{scenario.name}: has false reports only, and a run is of launches — add one to launches")


def load_document(
    document: Document,
    name: str,
    folder: Path,
    root: Path,
    sets: Mapping[str, str] | None = None,
    option: str = "--set",
) -> Scenario:
    """The scenario of a document read from `folder`, with overrides that an option gave."""
    if not isinstance(document.tree, dict):
        document.fault((), "must be a mapping of fields — start from scenarios/first-look.yaml")
        document.raise_faults()
    if document.tree.keys() >= OF_A_CLAIM:
        document.fault((), "is a claim of an argument, and no scenario — sim claims and its name asks what it says")
        document.raise_faults()
    shipped = shipped_folder()
    bring_in_used(document, (root, shipped))
    override(document, sets or {}, option)
    read_lists(document, folder, root)
    recorded = root if os.path.isdir(root / "catalogue") else shipped
    expand_campaign(document, recorded)
    expand_catalogue(document, recorded)
    check_dates(document)
    expand_sight(document)
    web = expand_web(document)
    check_names(document)
    drop_unused_channels(document)
    file = validate(document)
    scenario = _build(document, file, name, web) if file is not None and not document.faults else None
    if scenario is None or document.faults:
        raise ScenarioError(tuple(sorted(set(document.faults))))
    return scenario


def _build(document: Document, file: schema.ScenarioFile, name: str, web: Web | None) -> Scenario:
    """The scenario of checked fields; a campaign has one for each launch, and what those share is built once."""
    files = file.alone()
    first = Builder(files[0], document.fault)
    first.check_size()
    arms = _arms(document, first)
    if file.campaign is None:
        return _scenario(document, first, name, arms, web)
    builders = [Builder(one, blame_launch(document, number), first) for number, one in enumerate(files)]
    runs = [_scenario(document, builder, name, arms, web) for builder in builders]
    alone = (replace(run, document=document_alone(run.document, number)) for number, run in enumerate(runs))
    return replace(runs[0], launches=(), zero=None, runs=tuple(alone))


def _arms(document: Document, builder: Builder) -> dict[str, Arm]:
    """Every arm that is compared, and the baseline first; the others are built for their faults alone."""
    file = builder.file
    baseline = [file.baseline] if file.baseline else []
    names = list(dict.fromkeys([*baseline, *file.compare]))
    every = dict.fromkeys([*names, *file.arrangements, *file.arms])
    arms = {arm: _arm(document, builder, arm, file.arms.get(arm)) for arm in every}
    check_outages(document, builder, [*arms.values()])
    return {name: arms[name] for name in names}


def _scenario(document: Document, builder: Builder, name: str, arms: Mapping[str, Arm], web: Web | None) -> Scenario:
    """The scenario of one run."""
    file = builder.file
    for arm in arms.values():
        check_sights(builder, arm)
    for check in (check_clock, check_matters):
        check(builder, [*arms.values()])
    check_products(builder, arms)
    return Scenario(
        name=name,
        title=file.title,
        story=file.story,
        launches=tuple(launch_entry(builder, index, launch) for index, launch in enumerate(file.launches)),
        arms=tuple(arms.values()),
        baseline=file.baseline,
        cue=builder.flow(file.flows[file.cue], ("flows", file.cue), file.cue) if file.cue in file.flows else None,
        contrasts=contrasts(builder, arms),
        centres=builder.centres(),
        sensors=tuple(stage for _, stage in sorted(builder.stages.items()) if stage.sensor),
        replications=whole_units(file.draws, file.replications),
        settings=builder.settings(),
        seed=file.seed,
        draws=file.draws,
        horizon_us=file.horizon,
        document=canonical(document.tree),
        zero=clock_of(file.launches[0]),
        web=web,
        notes=tuple(document.notes),
    )


def _arm(document: Document, builder: Builder, name: str, arm: schema.Arm | None) -> Arm:
    """An arm in its own world: that of the file, or with its overrides."""
    if arm is None or not arm.set:
        return builder.arm(name, arm)
    for inner, outer in overlapping(arm.set):
        message = f"{outer} is set as well, and replaces it — write its value there, or leave one out"
        document.fault(("arms", name, "set", inner), message)
    paths = {text: path for text in arm.set if (path := _overridable(document, name, text))}
    world = copy_of(document, paths.values())
    for text, path in paths.items():
        place(world, path, document, f"arms.{name}.set", ("arms", name, "set", text))
    if not world.faults:
        check_world(world, {path[:2] for path in paths.values()}, arm.arrangement)
    file = validate_world(world, document, builder.file)
    if file is not None and not world.faults:
        built = Builder(file, world.fault, builder).arm(name, arm)
    else:
        built = builder.arm(name, arm.model_copy(update={"set": {}}))
    document.faults += world.faults
    document.n_compared = world.n_compared
    return built


def _overridable(document: Document, arm: str, text: str) -> TreePath | None:
    """The path of an override of an arm; None, with the fault noted, if there is no such thing to change."""
    at: TreePath = ("arms", arm, "set", text)
    try:
        path = parse_path(text)
    except ValueError as error:
        document.fault(at, str(error))
        return None
    if path[0] not in OVERRIDABLE:
        document.fault(at, f"an arm can change only {', '.join(OVERRIDABLE)}; its launches are those of all arms")
        return None
    return path


def canonical(tree: Mapping[str, Any]) -> dict[str, Any]:
    """The document in one order: fields as in the schema, entries of a section by name.

    The usual draws are not written, so that they change no digest; nor are the ways of a web, which follow from it.
    """
    plain = _ordered(folded(deepcopy(dict(tree))))
    return {key: dict(sorted(part.items())) if key in SECTIONS else part for key, part in plain.items()}


def _ordered(tree: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as in the schema, without the usual draws."""
    return {key: tree[key] for key in schema.ScenarioFile.names() if key in tree and (key, tree[key]) != USUAL_DRAWS}
