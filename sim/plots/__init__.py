"""What figures share: colours, style, axes, bars, labels, the measuring of text, bytes of files.

In come texts and positions; out go marks on axes. The figures themselves stand with their studies and compute nothing.
"""

import logging

# Where its folder cannot be written matplotlib says so twice in every process, and does without it; so can its users.
# Of a user's `matplotlibrc` figures heed nothing, so no fault of it is told.
# Of some languages a machine has a font without bold letters, and tables of fonts that no page needs are left out.
UNSAID = (
    "mkdir -p failed",
    "Matplotlib created a temporary",
    "Could not save font_manager",
    "Matplotlib is build",
    "\nBad key",
    "Bad value in file",
    "Missing colon in file",
    "Duplicate key in file",
    "Cannot decode configuration file",
    "findfont: Failed to find font weight",
)
NO_TABLE = "NOT subset; don't know how to subset; dropped"


def _is_said(record: logging.LogRecord) -> bool:
    said = record.getMessage()
    return not said.startswith(UNSAID) and not said.endswith(NO_TABLE)


for _name in ("matplotlib", "matplotlib.font_manager", "fontTools.subset"):
    logging.getLogger(_name).addFilter(_is_said)
