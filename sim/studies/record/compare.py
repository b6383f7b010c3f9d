"""The model beside the public record: what is simulated of it, and all its rows.

Simulated are Tokyo's chain after the US warning, at both ends of what is not known of it, and the days on which a
rule decided; flights and sight are geometry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from sim.analysis.outcomes import Outcomes, Quantity
from sim.experiment.batch import Batch
from sim.experiment.simulator import Simulator
from sim.model.ranges import TYPICAL, Position, Setting
from sim.model.scenario import Scenario, arm_ranges
from sim.scenario.facts import Facts, Ruling, load_facts
from sim.scenario.loader import load_scenario, load_text
from sim.studies.record.contacts import contact_rows
from sim.studies.record.flights import flight_rows
from sim.studies.record.notices import CHAIN, Chain, notice_rows
from sim.studies.record.rows import Row, Span
from sim.studies.record.rules import rule_rows
from sim.studies.record.tracked import InSight, launches_in_sight, tracking_rows
from sim.studies.record.watch import Watch
from sim.units import seconds

N_CHAIN, N_RULES = 2_000, 200  # replications: medians to some seconds; rules do not depend on chance
WARNING = "command_post"  # the arm that is the warning alone
ENDS: Mapping[str, str] = {
    "command post": WARNING,
    "minister": "minister",
    "leadership": "leadership",
    "ships": "ships",
    "public": "public",
}


def record_rows(folder: Path, watched: Watch, simulator: Simulator) -> tuple[Row, ...]:
    """Every row, kind by kind, from the facts in a scenarios folder."""
    facts = load_facts(folder)
    return (
        *flight_rows(watched.records),
        *tracking_rows(watched, facts.claims),
        *contact_rows(watched, facts.contacts),
        *notice_rows(facts.notices, chains(load_text(CHAIN, "chain", folder), simulator)),
        *_rules(folder, facts, simulator),
    )


def missed_in_record(folder: Path, watched: Watch) -> tuple[tuple[InSight, ...], int]:
    """Who has which launch in sight in the days of which the record counts launches missed, and that count."""
    claim = next(one for one in load_facts(folder).claims if one.claim == "missed at least")
    return launches_in_sight(watched, claim.start, claim.stop), int(claim.number)


def chains(scenario: Scenario, simulator: Simulator) -> Mapping[str, Chain]:
    """Medians of Tokyo's chains, by who is told: the warning varied alone, and behind it each decision alone.

    Only the sum of the two is on record, so that varying both would count what is not known twice.
    """
    warning = {found.path for found in arm_ranges(scenario.arm(WARNING))}
    decisions = {found.path for found in scenario.ranges()} - warning
    settings = (TYPICAL, *_ends(warning), *_ends(decisions))
    found = simulator.outcomes(Batch(scenario, settings, N_CHAIN))
    return {to: _chain(found, arm, 1 if arm == WARNING else 3) for to, arm in ENDS.items()}


def _ends(paths: Iterable[str]) -> tuple[Setting, Setting]:
    """Some values at their low ends, and at their high ends."""
    low: dict[str, Position] = dict.fromkeys(paths, 0.0)
    return low, dict.fromkeys(low, 1.0)


def _chain(found: Outcomes, arm: str, first: int) -> Chain:
    medians = found.values[Quantity("p50", arm)][0]
    low, high = (seconds(float(medians[number])) for number in (first, first + 1))
    return Chain(Span(low, high), seconds(float(medians[0])))


def _rules(folder: Path, facts: Facts, simulator: Simulator) -> tuple[Row, ...]:
    found: dict[str, Outcomes] = {}
    for name in dict.fromkeys(ruling.scenario for ruling in facts.rulings):
        found[name] = simulator.outcomes(Batch(load_scenario(folder / name), (TYPICAL,), N_RULES))

    def alerted(ruling: Ruling) -> float:
        """The share of launches, or of false reports where nothing was launched, of which there is an alert."""
        values = found[ruling.scenario].values
        told = (Quantity("arrives", ruling.arm), Quantity("false-alert", ruling.arm))
        return float(next(values[one] for one in told if one in values)[0][0])

    return rule_rows(facts.rulings, alerted)
