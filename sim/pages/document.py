"""A page as one JSON document."""

from __future__ import annotations

from typing import Any

from sim.pages.page import Page


def document(page: Page) -> dict[str, Any]:
    """The page as plain JSON: what it says first, then its numbers."""
    return {
        "study": page.study,
        "scenario": page.scenario,
        "digest": page.digest,
        "title": page.title,
        "question": page.question,
        "headline": page.headline,
        "sentences": list(page.sentences[1:]),
        "rests_on": page.rests_on,
        "repeat": page.repeat,
        **page.data,
    }
