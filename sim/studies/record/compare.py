"""What is simulated of the record: the days on which a rule decided. Flights, sight and Tokyo's chains are not."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sim.analysis.measures import Measure
from sim.analysis.outcomes import Quantity
from sim.experiment.batch import Batch
from sim.experiment.simulator import Simulator
from sim.model.ranges import TYPICAL
from sim.model.scenario import Scenario
from sim.scenario.facts import Ruling

N_RULES = 200  # replications: rules do not depend on chance


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
