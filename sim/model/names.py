"""A name of a file as words, for what the file gives no title: us_evaluates is US evaluates."""

from __future__ import annotations

PROPER = {
    "us": "US",
    "rok": "ROK",
    **{name.lower(): name for name in ("Seoul", "Tokyo", "Washington", "Korea", "Japan", "Hawaii")},
    **{name.lower(): name for name in ("Canberra", "Australia", "Bangkok", "Thailand", "Manila")},
}


def in_words(name: str) -> str:
    """A name with its words apart, those of places as they are written."""
    return " ".join(PROPER.get(word, word) for word in name.split("_"))
