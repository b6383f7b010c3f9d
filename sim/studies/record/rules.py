"""Two days on which a rule of one source or two decided whether there was an alert.

What each source did that day is put in; what comes out is the rule's doing. So such a row is *given*: that it
agrees shows that the rule, as the model has it, does what the rule did, and nothing about any time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sim.say.numbers import share_text
from sim.scenario.facts import Ruling
from sim.studies.record.rows import Row, Verdict

TITLES = {"one_source": "one source", "two_sources": "two sources"}


def rule_rows(rulings: Iterable[Ruling], alerted: Callable[[Ruling], float]) -> tuple[Row, ...]:
    """A row a rule and day; ``alerted`` is the share of simulated cases with an alert under it."""
    return tuple(_row(ruling, alerted(ruling)) for ruling in rulings)


def _row(ruling: Ruling, alerted: float) -> Row:
    return Row(
        kind="rules",
        launch=ruling.launch,
        what=TITLES.get(ruling.arm, ruling.arm),
        recorded=ruling.record,
        modelled=f"alert in {share_text(alerted)} of cases",
        use="given",
        verdict=_verdict(ruling, alerted),
        source=ruling.source,
        note=ruling.note,
    )


def _verdict(ruling: Ruling, alerted: float) -> Verdict:
    if not ruling.happened:
        return "undecided"
    return "agrees" if alerted == (1.0 if ruling.happened == "alert" else 0.0) else "disagrees"
