"""Two days on which a rule of one source or two decided whether there was an alert.

What each source did that day is put in; what comes out is the rule's doing. So such a row is *given*: that it
agrees shows that the rule, as the model has it, does what the rule did, and nothing about any time. A rule that was not
the one of that day has nothing to be held against: it is told beside the one that was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sim.say.numbers import share_text
from sim.scenario.facts import Ruling
from sim.studies.record.rows import Row, Verdict

TITLES = {"one_source": "one source", "two_sources": "two sources"}


def rule_rows(rulings: Iterable[Ruling], alerted: Callable[[Ruling], float]) -> tuple[Row, ...]:
    """A row a day and the rule it had; ``alerted`` is the share of simulated cases with an alert under a rule."""
    found = tuple(rulings)
    days = [ruling.launch for ruling in found if ruling.happened]
    beside = [ruling for ruling in found if not ruling.happened and ruling.launch in days]
    judged = (ruling for ruling in found if ruling not in beside)
    return tuple(_row(one, alerted, [other for other in beside if other.launch == one.launch]) for one in judged)


def _row(ruling: Ruling, alerted: Callable[[Ruling], float], others: Sequence[Ruling]) -> Row:
    share = alerted(ruling)
    return Row(
        kind="rules",
        launch=ruling.launch,
        what=_title(ruling),
        recorded=ruling.record,
        modelled=_alerts(share),
        use="given",
        verdict=_verdict(ruling, share),
        source="; ".join(dict.fromkeys((ruling.source, *(one.source for one in others)))),
        note="; ".join(filter(None, (ruling.note, *(one.note for one in others)))),
        rival="; ".join(f"under {_title(one)}, {one.record}, {_alerts(alerted(one))}" for one in others),
    )


def _title(ruling: Ruling) -> str:
    return TITLES.get(ruling.arm, ruling.arm)


def _alerts(share: float) -> str:
    return f"alert in {share_text(share)} of cases"


def _verdict(ruling: Ruling, alerted: float) -> Verdict:
    if not ruling.happened:
        return "undecided"
    return "agrees" if alerted == (1.0 if ruling.happened == "alert" else 0.0) else "disagrees"
