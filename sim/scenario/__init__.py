"""The file format: text to a checked `Scenario`, every fault in one report.

reader (YAML to a document: text with places) → assemble (parts, catalogue, lists, overrides) → names → schema
(fields, read by the kinds of `parts`) → build (nouns). Check at the border, once; inside, trust.

The schema is read by two hundred lines of our own: every scalar is text and every fault has its place
in the file, so little was left for a validation library to do, and importing one took longer than all
the rest of `sim check`.

A new field: 1. in `schema`, with its text; 2. in `build`; 3. a file in `tests/bad_scenarios` for each
rule it states; 4. `make docs` writes the tables of `scenarios/README.md` anew.
"""
