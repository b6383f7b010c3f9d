"""What every figure looks at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.analysis.results import ArmResult, Results
from sim.analysis.tally import Tally
from sim.engines.contract import Paths
from sim.model.scenario import Arm, Scenario


@dataclass(frozen=True, eq=False)
class View:
    """A run to be drawn; `paths` holds, by arm, the one replication that the timeline tells."""

    scenario: Scenario
    results: Results
    tally: Tally
    paths: Mapping[str, Paths]
    digest: str
    replication: int = 0

    def pairs(self) -> tuple[tuple[Arm, ArmResult], ...]:
        """Every arm with its result, the baseline first."""
        return tuple((arm, self.results.arm(arm.name)) for arm in self.scenario.arms)
