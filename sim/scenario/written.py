"""A resolved scenario as the text of a file, which reads as the same scenario."""

from __future__ import annotations

from collections.abc import Mapping
from io import StringIO
from typing import Any

from ruamel.yaml import YAML

from sim.model.scenario import Scenario

NO_FOLDING = 1_000_000  # letters of a line: a text that is folded is another one to whoever compares


def yaml_text(scenario: Scenario, *comments: str) -> str:
    """The scenario as YAML, all that it draws on written out, under comments; its digest is the same."""
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style, yaml.allow_unicode, yaml.width = False, True, NO_FOLDING
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    text = StringIO()
    yaml.dump(_plain(scenario.document), text)
    said = (f"# {' '.join(line.split())}\n" for line in comments)
    return "".join([*said, text.getvalue()])


def _plain(value: Any) -> Any:
    """Mappings and lists of nothing but text."""
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    return [*map(_plain, value)] if isinstance(value, list | tuple) else str(value)
