"""Write the field tables of scenarios/README.md anew: ``python -m tests.docs`` (``make docs``)."""

from __future__ import annotations

from pathlib import Path

from sim.scenario.fields import tables

ROOT = Path(__file__).parent.parent
MANUAL = ROOT / "scenarios" / "README.md"
START, END = "<!-- fields -->\n", "<!-- /fields -->"


def with_tables(text: str) -> str:
    """The manual with the tables as the schema has them now."""
    before, _, rest = text.partition(START)
    return f"{before}{START}\n{tables()}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    MANUAL.write_text(with_tables(MANUAL.read_text(encoding="utf-8")), encoding="utf-8")
