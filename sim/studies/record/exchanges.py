"""How often reports were exchanged, beside how often an arrangement's requests and refusals let one pass.

What may be told of is a launch day or a nuclear test. Each is told of unless somebody on the way does not ask, or
refuses: the product over the steps that an arrangement cannot do without. No draw is needed for that, and no time: a
count says nothing of how fast an exchange was.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from sim.model.flow import needed_steps
from sim.model.ranges import TYPICAL, Range, Setting, settle
from sim.model.scenario import Arm, Scenario
from sim.scenario.catalogue import Record
from sim.scenario.facts import Use
from sim.studies.record.rows import Row, Span, Verdict, verdict

BASE_CASE = """
title: How often reports are exchanged
use: [base-case/stages.yaml, base-case/one-launch-desks.yaml, base-case/large-rocket.yaml, base-case/assumed-radar.yaml,
      base-case/flows.yaml, base-case/channels-as-if.yaml, base-case/arrangements.yaml]
launches: [{name: any, deadline: none}]
"""


def exchange_rows(uses: Iterable[Use], scenario: Scenario, launches: Sequence[Record]) -> tuple[Row, ...]:
    """A row a period, with what a rival of its arrangement gives; ``scenario`` is read from `BASE_CASE`."""
    return tuple(_row(use, scenario, launches) for use in uses)


def _row(use: Use, scenario: Scenario, launches: Sequence[Record]) -> Row:
    n, arm = occasions(use, launches), scenario.arm(use.arm)
    expected, judged = _expected(use, arm, n)
    return Row(
        kind="exchanges",
        launch=f"{use.start} to {use.stop}",
        what=arm.title,
        recorded=f"{use.exchanges}",
        modelled=f"{expected} (of {n})",
        use="fitted" if use.is_anchor else "held out",
        verdict=judged,
        source=use.source,
        note=use.note,
        rival=_as_rival(use, scenario.arm(use.rival), n) if use.rival else "",
    )


def _expected(use: Use, arm: Arm, n: int) -> tuple[str, Verdict]:
    """How many of n reports an arrangement lets pass, in words, and whether the count on record is one of them."""
    passed = passing(arm)
    low, high, typical = n * passed.low, n * passed.high, n * passing_share(arm, TYPICAL)
    band = f", {low:.1f} to {high:.1f}" if low < high else ""
    recorded = Span(use.exchanges, use.exchanges)
    return f"{typical:.1f}{band}", verdict(recorded, Span(math.floor(low), math.ceil(high)))


def _as_rival(use: Use, arm: Arm, n: int) -> str:
    expected, judged = _expected(use, arm, n)
    return f"as {arm.title} ({expected}) it {judged}"


def occasions(use: Use, launches: Sequence[Record]) -> int:
    """How many launch days and nuclear tests there were to tell of."""
    if use.occasions is not None:
        return use.occasions
    return len({one.date for one in launches if use.start <= one.date <= use.stop}) + use.tests


def passing(arm: Arm) -> Span:
    """The lowest and the highest share of reports that are asked for and released, over the ranges."""
    chances = (arm.stages[step.stage].refusal for step in needed_steps(arm.flow))
    ranges = [one.probability.path for one in chances if one and isinstance(one.probability, Range)]
    return Span(passing_share(arm, dict.fromkeys(ranges, 1.0)), passing_share(arm, dict.fromkeys(ranges, 0.0)))


def passing_share(arm: Arm, setting: Setting) -> float:
    """The share in one setting: nobody refuses, on any step that the arrangement cannot do without."""
    refusals = (arm.stages[step.stage].refusal for step in needed_steps(arm.flow))
    return math.prod(1 - settle(one.probability, setting) for one in refusals if one)
