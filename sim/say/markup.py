"""Texts of a user in Markdown: what they say is shown, and nothing of it is taken for a sign."""

from __future__ import annotations

import re

TAG = re.compile(r"(?<!\\)<(?=[A-Za-z/!?])")  # with which HTML begins; a number may be below another


def untagged(markdown: str) -> str:
    """The same Markdown without HTML: a title that has an angle bracket shows one."""
    return TAG.sub(r"\\<", markdown)
