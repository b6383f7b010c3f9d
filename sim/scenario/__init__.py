"""The file format: text to a checked `Scenario`, every fault in one report.

reader (YAML to a document: text with places; its faults `plainly`) → assemble (parts, lists, overrides) → recorded
(launches of the catalogue) → web (who passes on to whom) → ways (flows that report by it) → names → schema (fields, as
pydantic models) → validate (their errors as faults at their places) → build; entries for launches (nouns).
Check at the border, once; inside, trust.

A new field: 1. in `schema`, with its text; 2. in `build`; 3. a file in `tests/bad_scenarios` for each
rule it states; 4. `make docs` writes the tables of `scenarios/README.md` anew.
"""
