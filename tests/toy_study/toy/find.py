"""The mean latency of the first arm, at the typical setting."""

from sim.analysis.measures import Measure
from sim.analysis.outcomes import Quantity
from sim.asking.study import Plan
from sim.experiment.batch import Batch
from sim.experiment.engines import cost_words
from sim.model.ranges import TYPICAL


def plan(scenario, *, replications=None):
    """The first arm, so many times."""
    n = replications or 100
    return Plan(
        study="toy",
        scenario=scenario,
        asked={"replications": n},
        cost=cost_words(scenario, f"{n} replications", 1, n),
        n_launches=n,
        n_settings=1,
    )


def find(plan, simulator):
    """Its mean, microseconds."""
    outcomes = simulator.outcomes(Batch(plan.scenario, (TYPICAL,), plan.asked["replications"]))
    return float(outcomes.values[Quantity(Measure.MEAN, plan.scenario.arms[0].name)][0, 0])
