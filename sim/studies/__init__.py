"""A folder a question: whoever wants to know break-even opens ``breakeven/`` and reads it from the bottom up.

In comes a scenario; out goes a `Page`. Inside a study ``find`` makes numbers, ``say`` sentences, ``figure``
drawings, ``page`` the answer, ``command`` what may be asked; each may use those before it. A study may use the
numbers and words of another, never its page. The command line, Python and whoever else calls a study do so by
`sim.asking.study.Study` and know none by name.

To add one: a folder with ``command.py``, ``find.py`` and ``page.py``, and its line in `STUDIES`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.asking.study import Study

STUDIES = {
    "breakeven": "Find the value at which two arms are equal.",
    "sweep": "Compare two arms over the values of one parameter or two.",
    "sensitivity": "Find which value that nobody knows moves the difference of two arms most.",
    "discover": "Find in which settings a condition holds, and the regret of arms.",
    "confirm": "Show what rules of confirmation cost in delay and save in false alerts.",
    "ledger": "Show what a difference is made of, and what each part rests on.",
    "hours": "Show alert latency by the hour of the week at which the launch is.",
    "redundancy": "Show what a second channel is worth when the first fails.",
    "sight": "Show which sensors see a launch, from when to when.",
    "map": "Draw a launch, who sees it, and the ways its report takes.",
    "web": "Show what each channel of a web, and each centre's sensors, are worth to the recipient.",
    "campaign": "Compare calendars over every launch of a period.",
    "flights": "Show at what flight time each arrangement stops being in time.",
    "claims": "Say of an argument what can be tried, claim by claim, and what cannot.",
    "record": "Hold the model against the public record, row by row.",
}


def study_of(name: str) -> Study:
    """A study by its name; imports its options and no more."""
    study: Study = import_module(f"sim.studies.{name}.command").STUDY
    return study
