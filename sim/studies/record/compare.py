"""What is simulated of the record: Tokyo's chain after the US warning, and the days on which a rule decided.

The chain is asked for at both ends of what is not known of it; flights and sight are geometry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from sim.analysis.measures import Measure
from sim.analysis.outcomes import Outcomes, Quantity
from sim.experiment.batch import Batch
from sim.experiment.simulator import Simulator
from sim.model.ranges import TYPICAL, Position, Setting
from sim.model.scenario import Scenario, arm_ranges
from sim.scenario.facts import Ruling
from sim.studies.record.notices import Chain
from sim.studies.record.rows import Span
from sim.units import seconds

N_CHAIN, N_RULES = 2_000, 200  # replications: medians to some seconds; rules do not depend on chance
N_SETTINGS = 5  # of the chain: the typical one, and both ends of the warning and of the decisions
OF_WARNING, OF_DECISION = slice(1, 3), slice(3, 5)  # of those settings: low end, high end
WARNING = "command_post"  # the arm that is the warning alone
ENDS: Mapping[str, str] = {
    "command post": WARNING,
    "minister": "minister",
    "leadership": "leadership",
    "ships": "ships",
    "public": "public",
}


def chains(scenario: Scenario, simulator: Simulator) -> Mapping[str, Chain]:
    """Medians of Tokyo's chains, by who is told: the warning varied alone, and behind it each decision alone.

    Only the sum of the two is on record, so that varying both would count what is not known twice.
    """
    warning = {spanned.path for spanned in arm_ranges(scenario.arm(WARNING))}
    decisions = {spanned.path for spanned in scenario.ranges()} - warning
    settings = (TYPICAL, *_ends(warning), *_ends(decisions))
    outcomes = simulator.outcomes(Batch(scenario, settings, N_CHAIN))
    return {to: _chain(outcomes, arm, OF_WARNING if arm == WARNING else OF_DECISION) for to, arm in ENDS.items()}


def _ends(paths: Iterable[str]) -> tuple[Setting, Setting]:
    """Some values at their low ends, and at their high ends."""
    low: dict[str, Position] = dict.fromkeys(paths, 0.0)
    return low, dict.fromkeys(low, 1.0)


def _chain(outcomes: Outcomes, arm: str, ends: slice) -> Chain:
    medians = outcomes.values[Quantity(Measure.P50, arm)][0]
    low, high = (seconds(float(median)) for median in medians[ends])
    return Chain(Span(low, high), seconds(float(medians[0])))


def alerted(scenarios: Mapping[str, Scenario], simulator: Simulator) -> Callable[[Ruling], float]:
    """The share of launches, or of false reports where nothing was launched, of which a rule lets an alert through.

    scenarios : by the name of their file.
    """
    outcomes = {
        name: simulator.outcomes(Batch(scenario, (TYPICAL,), N_RULES)).values for name, scenario in scenarios.items()
    }

    def share(ruling: Ruling) -> float:
        values = outcomes[ruling.scenario]
        told = (Quantity(Measure.ARRIVES, ruling.arm), Quantity(Measure.FALSE_ALERT, ruling.arm))
        return float(next(values[quantity] for quantity in told if quantity in values)[0][0])

    return share
