"""When Tokyo told whom, beside the chain from the US warning to the end of Tokyo's decision.

The chain is known as a whole only, and was set on a part of these rows; those are fitted. No row says anything of
a relay from Seoul: notices are public acts, and knowing came up to 19 minutes before telling.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sim.scenario.facts import Notice
from sim.studies.record.rows import Row, Span, verdict

CLOCK_S = 60.0  # a difference of two clocks that are whole minutes
NO_STEP = "no step of the model"
CHAIN = """
title: From the US warning to whoever is told in Tokyo
use: [base-case/stages.yaml, base-case/one-launch-desks.yaml, base-case/channels-as-if.yaml,
      base-case/tokyo-decides.yaml]
launches: [{name: any, deadline: none}]
compare: [command_post, minister, leadership, ships, public]
seed: 20120413
"""


@dataclass(frozen=True)
class Chain:
    """The median from launch to the end of a chain, in seconds: over the range of what is varied, and typical."""

    over: Span
    typical: float


def notice_rows(notices: Iterable[Notice], chains: Mapping[str, Chain]) -> tuple[Row, ...]:
    """A row a notice; ``chains`` by who is told."""
    return tuple(_row(notice, chains.get(notice.to)) for notice in notices)


def _row(notice: Notice, chain: Chain | None) -> Row:
    after_s = 60 * notice.after_min
    record = Span(max(0.0, after_s - CLOCK_S), after_s + CLOCK_S)
    return Row(
        kind="notices",
        launch=notice.launch,
        what=notice.what,
        recorded=f"{notice.after_min:g} min ± 1",
        modelled=_words(chain) if chain else NO_STEP,
        use="fitted" if notice.is_anchor else "held out",
        verdict=verdict(record, chain.over if chain else None),
        source=notice.source,
        note=notice.note,
        record=record,
        model=chain.over if chain else None,
        typical=chain.typical if chain else None,
    )


def _words(chain: Chain) -> str:
    low, typical, high = (f"{value / 60:.1f}" for value in (chain.over.low, chain.typical, chain.over.high))
    return f"{typical} min, {low} to {high}"
