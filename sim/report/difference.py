"""What changed between two runs: in their scenarios, and in their answers."""

from __future__ import annotations

from sim.analysis.results import Results
from sim.analysis.words import share_text
from sim.model.scenario import Scenario
from sim.report.table import minutes_cell
from sim.scenario.changes import changes


def compare_runs(old: tuple[Scenario, Results], new: tuple[Scenario, Results]) -> str:
    """The changes of the scenario, then those of each arm's answer."""
    lines = ["Scenario", *(f"  {line}" for line in changes(old[0].document, new[0].document))]
    if len(lines) == 1:
        lines.append("  no difference")
    lines.append("Answers (minutes from launch, mean; share that arrives)")
    names = list(dict.fromkeys([arm.name for arm in (*old[1].arms, *new[1].arms)]))
    return "\n".join([*lines, *(f"  {_arm_line(name, old[1], new[1])}" for name in names)])


def _arm_line(name: str, old: Results, new: Results) -> str:
    def words(results: Results) -> str:
        arm = next((arm for arm in results.arms if arm.name == name), None)
        return f"{minutes_cell(arm.mean.estimate)} ({share_text(arm.arrives.estimate)})" if arm else "absent"

    before, after = words(old), words(new)
    return f"{name}: {before} unchanged" if before == after else f"{name}: {before} → {after}"
