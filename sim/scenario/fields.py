"""The documentation of the format, made from the text under each field of the schema."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

from sim.scenario import schema
from sim.scenario.parts import Definitions, Json, Part

SECTIONS: dict[str, type[Part]] = {
    "Scenario": schema.ScenarioFile,
    "Launch": schema.Launch,
    "Deadline": schema.Deadline,
    "Stage": schema.Stage,
    "Delay": schema.Delay,
    "Loss": schema.Loss,
    "Refusal": schema.Refusal,
    "Evidence": schema.Evidence,
    "Desk": schema.Desk,
    "Background": schema.Background,
    "Centre": schema.Centre,
    "Flow": schema.Flow,
    "Arrangement": schema.Arrangement,
    "Arm": schema.Arm,
    "Settings": schema.Settings,
}


def texts() -> dict[str, dict[str, str]]:
    """The text under each field, by class and field: read from the source, so that it costs no start-up."""
    tree = ast.parse(Path(schema.__file__).read_text(encoding="utf-8"))
    return {node.name: _class_texts(node) for node in tree.body if isinstance(node, ast.ClassDef)}


def _class_texts(node: ast.ClassDef) -> dict[str, str]:
    found = {}
    for field, text in zip(node.body, node.body[1:], strict=False):
        match field, text:
            case (
                ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]),
                ast.Expr(value=ast.Constant(value=str(words))),
            ):
                found[name] = " ".join(words.split())
    return found


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a scenario file, with the text of each field as its description."""
    definitions: Definitions = {}
    schema.ScenarioFile.json(definitions)
    described = texts()
    for part, definition in definitions.items():
        for name, attribute in getattr(schema, part).names().items():
            if text := described[part].get(attribute):
                definition["properties"][name]["description"] = text
    file = definitions.pop("ScenarioFile")
    file["anyOf"] = [{"required": ["use"]}, {"required": file.pop("required")}]  # used files may bring the rest
    _allow_short_forms(definitions)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **file, "$defs": definitions}


def _allow_short_forms(definitions: Definitions) -> None:
    """Text, or a list, in place of a mapping, where the file allows it."""
    short: dict[str, list[Json]] = {
        "Delay": [{"type": "string"}],
        "Evidence": [{"const": "assumed"}],
        "Deadline": [{"type": "string"}],
        "Settings": [{"type": "integer"}],
        "Flow": [{"type": "string"}, {"type": "array", "items": {"$ref": "#/$defs/Flow"}}],
    }
    for name, forms in short.items():
        definitions[name] = {"anyOf": [*forms, definitions[name]]}


def tables() -> str:
    """The field tables of `scenarios/README.md`."""
    described = texts()
    lines: list[str] = []
    for title, part in SECTIONS.items():
        lines += [f"### {title}", "", "| field | what it is |", "| --- | --- |"]
        for name, attribute in part.names().items():
            must = " **Required.**" if part.fields[attribute].is_needed else ""
            text = described[part.__name__].get(attribute, "").replace("|", "\\|")
            lines.append(f"| `{name}` | {text}{must} |")
        lines.append("")
    return "\n".join(lines)
