"""What is said of desks before anything is run, and on the page of a run as well."""

from __future__ import annotations


def empty_words(share: float) -> str:
    """That a desk begins empty, and how busy it is."""
    return f"is empty at the first launch, though other work keeps it busy {100 * share:.0f} % of the time"
