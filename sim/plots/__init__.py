"""What figures share: colours, style, axes, bars, labels, the measuring of text, bytes of files.

In come texts and positions; out go marks on axes. The figures themselves stand with their studies and compute nothing.
"""

import logging

# Where its folder cannot be written matplotlib says so twice in every process, and does without it; so can its users.
OF_ITS_FOLDER = (
    "mkdir -p failed",
    "Matplotlib created a temporary",
    "Could not save font_manager",
    "Matplotlib is build",
)
for _name in ("matplotlib", "matplotlib.font_manager"):
    logging.getLogger(_name).addFilter(lambda record: not record.getMessage().startswith(OF_ITS_FOLDER))
