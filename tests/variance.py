"""How much less noise Sobol points leave on the shipped scenarios: ``python -m tests.variance``.

Writes results/reference/variance.md: the variance of each estimate over that of independent replications, as many.
"""

from __future__ import annotations

from pathlib import Path

from sim.analysis.analyse import analyse
from sim.analysis.intervals import Interval
from sim.analysis.results import Results
from sim.asking.scenarios import shipped_names
from sim.experiment.execution import Execution
from sim.experiment.run import simulate_scenario
from sim.scenario.loader import load_scenario, shipped_folder
from tests.reference import REFERENCE

N = 16_384  # replications: 32 randomisations of a power of two
MEASURES = ("mean difference", "mean", "p95")


def results_of(name: str, design: str, n: int = N) -> Results:
    """A run at the typical setting."""
    sets = {"replications": str(n), "settings": "1", "draws": design}
    scenario = load_scenario(shipped_folder() / f"{name}.yaml", sets)
    return analyse(scenario, simulate_scenario(scenario, Execution("compiled")).tally)


def intervals(results: Results) -> dict[str, Interval]:
    """What is looked at: the first difference, and the first arm of it."""
    pair = results.contrasts[0]
    arm = results.arm(pair.a)
    return dict(zip(MEASURES, (pair.mean, arm.mean, arm.quantiles[2]), strict=True))


def ratio(of: Interval, plain: Interval) -> str:
    """How many independent replications one of these is worth."""
    return f"{(plain.half_width / of.half_width) ** 2:.1f}" if of.half_width and plain.half_width else "–"


def table(names: list[str], n: int = N) -> str:
    """A row a scenario."""
    lines = [
        "# What Sobol points are worth",
        "",
        f"How many independent replications one replication is worth, by the squares of half-widths: {n:,} of each",
        "at the typical setting, the first pair and the first arm of it. Widths are estimates too, from 32",
        "randomisations for Sobol points: a figure may be off by half. Shares are left out, since their intervals are",
        "never narrower than those of independent launches.",
        "",
        f"| scenario | {' | '.join(MEASURES)} |",
        f"| --- |{' ---: |' * len(MEASURES)}",
    ]
    for name in names:
        plain = intervals(results_of(name, "philox", n))
        found = intervals(results_of(name, "sobol", n))
        cells = [ratio(found[measure], plain[measure]) for measure in MEASURES]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    path: Path = REFERENCE / "variance.md"
    path.write_text(table(shipped_names()), encoding="utf-8")
    print(path)
