"""The documentation of the format, made from the text under each field of the schema."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from sim.scenario import schema
from sim.scenario.background import MOST_JOBS
from sim.scenario.build import LONGEST_HORIZON_US, MOST_LAUNCHES
from sim.scenario.document import MOST_NESTING
from sim.scenario.names import MOST_ARMS, MOST_FLOWS, MOST_NODES
from sim.scenario.reader import MOST_BYTES
from sim.scenario.schema import Part
from sim.scenario.schema.texts import MOST_HOPS
from sim.scenario.schema.webs import MOST_CENTRES, MOST_LINKS
from sim.units import LONGEST_US, TIME_US, UNITS, duration_text, pattern_of, range_pattern_of

SECTIONS: dict[str, type[Part]] = {
    "Scenario": schema.ScenarioFile,
    "Launch": schema.Launch,
    "Days of a campaign": schema.Days,
    "Deadline": schema.Deadline,
    "Stage": schema.Stage,
    "Delay": schema.Delay,
    "Observed values": schema.Empirical,
    "Loss": schema.Loss,
    "Refusal": schema.Refusal,
    "False alarms": schema.FalseAlarms,
    "Evidence": schema.Evidence,
    "Centre": schema.Centre,
    "Channel": schema.Channel,
    "Period of a channel": schema.Period,
    "Outages": schema.Outages,
    "Sensor": schema.Sensor,
    "Place": schema.Place,
    "Sector": schema.Sector,
    "Desk": schema.Desk,
    "Hours of a desk": schema.Hours,
    "Background": schema.Background,
    "Surge": schema.Surge,
    "Flow": schema.Flow,
    "Web": schema.Web,
    "Centre of a web": schema.WebCentre,
    "Link of a web": schema.WebLink,
    "Arrangement": schema.Arrangement,
    "Arm": schema.Arm,
    "Settings": schema.Settings,
}


class _AnyOf(GenerateJsonSchema):
    """Alternatives as pydantic describes them, but one may hold another: `none` is a text as well."""

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> JsonSchemaValue:
        return {"anyOf": super().tagged_union_schema(schema)["oneOf"]}


def texts() -> dict[str, dict[str, str]]:
    """The text under each field, by class and field: read from the source, so that it costs no start-up."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in Path(schema.__file__).parent.glob("*.py")]
    return {node.name: _class_texts(node) for tree in trees for node in tree.body if isinstance(node, ast.ClassDef)}


def _class_texts(node: ast.ClassDef) -> dict[str, str]:
    found = {}
    for field, text in zip(node.body, node.body[1:], strict=False):
        match field, text:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(words))):
                found[name] = " ".join(words.split())
    return found


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a scenario file, with the text of each field as its description."""
    found = schema.ScenarioFile.model_json_schema(schema_generator=_AnyOf)
    described = texts()
    for part, definition in [("ScenarioFile", found), *found["$defs"].items()]:
        for name, attribute in getattr(schema, part).names().items():
            if text := described[part].get(attribute):
                definition["properties"][name]["description"] = text
    title, *rest = found.pop("required")
    whole = ({"required": [title, launched, *rest]} for launched in ("launches", "campaign"))
    found["anyOf"] = [{"required": ["use"]}, *whole]  # used files may bring the rest
    _allow_short_forms(found["$defs"])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


def _allow_short_forms(definitions: dict[str, Any]) -> None:
    """Text, or a list, in place of a mapping, where the file allows it."""
    duration = {"type": "string", "pattern": pattern_of(TIME_US)}
    ranges = {name: _short_range(getattr(schema, name)) for name in definitions if name.endswith("Range")}
    short: dict[str, list[dict[str, Any]]] = {
        "Delay": [duration, ranges["DurationRange"]],
        "Evidence": [{"const": "assumed"}],
        **{name: [form] for name, form in ranges.items()},
        "Deadline": [duration, {"const": "impact"}],
        "Settings": [{"type": "integer"}],
        "Flow": [{"type": "string"}, {"type": "array", "items": {"$ref": "#/$defs/Flow"}}],
    }
    for name, forms in short.items():
        definitions[name] = {"anyOf": [*forms, definitions[name]]}


def _short_range(part: type[schema.Range]) -> dict[str, Any]:
    """A range as one text: 2 to 5 min."""
    return {"type": "string", "pattern": range_pattern_of(UNITS[part.kind])}


def tables() -> str:
    """The field tables of `scenarios/README.md`."""
    described = texts()
    lines: list[str] = []
    for title, part in SECTIONS.items():
        lines += [f"### {title}", "", "| field | what it is |", "| --- | --- |"]
        for name, attribute in part.names().items():
            must = " **Required.**" if part.model_fields[attribute].is_required() else ""
            text = described[part.__name__].get(attribute, "").replace("|", "\\|")
            lines.append(f"| `{name}` | {text}{must} |")
        lines.append("")
    return "\n".join([*lines, *_limits()])


def _limits() -> list[str]:
    """What holds where nothing is written, and how much may be."""
    fields = schema.ScenarioFile.model_fields
    settings = schema.Settings.model_fields["count"].default
    rows = [
        ("`replications`", f"{fields['replications'].default:,}", "1,000,000,000"),
        ("`settings`", f"{settings}", "100,000"),
        ("`seed`", str(fields["seed"].default), "2⁶³"),
        ("`horizon`", duration_text(fields["horizon"].default), duration_text(LONGEST_HORIZON_US)),
        ("launches, salvos counted out", "–", f"{MOST_LAUNCHES:,}"),
        ("arms compared", "–", str(MOST_ARMS)),
        ("named flows", "–", str(MOST_FLOWS)),
        ("steps and joins of an arm, flows counted out", "–", str(MOST_NODES)),
        ("centres and links of a web", "–", f"{MOST_CENTRES}, {MOST_LINKS}"),
        ("hops of a report by it", "–", str(MOST_HOPS)),
        ("jobs of a desk's background", "–", f"{MOST_JOBS:,}"),
        ("a duration", "–", duration_text(LONGEST_US)),
        ("a file", "–", f"{MOST_BYTES // 1024} KiB, nested {MOST_NESTING} deep"),
    ]
    head = ["### Defaults and limits", "", "| of | left out | at most |", "| --- | --- | --- |"]
    return [*head, *(f"| {' | '.join(row)} |" for row in rows), ""]
