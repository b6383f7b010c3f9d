"""Letters that would change how a page reads are shown by their names."""

from __future__ import annotations

import re

CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"
TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks that turn the order of letters round
NONE = "\ud800-\udfff\ufffe\uffff"  # halves of a letter, and no letters
HIDDEN = re.compile(f"[{CONTROLS}{TURNING}{NONE}]")


def shown(text: str) -> str:
    """The text with every letter that a reader would not see but suffer from shown by its name: [U+202E]."""
    return HIDDEN.sub(lambda found: f"[U+{ord(found.group()):04X}]", text)
