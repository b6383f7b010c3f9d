"""The Python interface: a scenario in, a run out."""

from __future__ import annotations

from pathlib import Path

from sim.analysis.results import analyse
from sim.experiment.engines import Asked, chosen
from sim.experiment.pools import Where
from sim.experiment.run import simulate_scenario
from sim.model.scenario import Scenario
from sim.scenario.loader import check_launched, load_scenario
from sim.store.run import Run, load_run, run_digest

__all__ = ["load_run", "load_scenario", "run"]


def run(
    path: Path | str,
    *,
    replications: int | None = None,
    seed: int | None = None,
    workers: Where = 1,
    engine: Asked = "auto",
    **sets: str,
) -> Run:
    """Run a scenario file in memory; nothing is written.

    Parameters
    ----------
    path : the scenario file.
    replications, seed : in place of those of the file.
    workers : processes, or a cluster: ``"dask://HOST:PORT"`` or ``"mpi"``; they change no result. More than one
        process needs ``if __name__ == "__main__"``.
    engine : ``"reference"``, ``"compiled"``, or ``"auto"`` for the one that answers sooner; it changes no result.
        The compiled one is compiled when it is first used, which takes half a minute.
    sets : further fields of the scenario as text, e.g. ``settings="1"``.

    Returns
    -------
    Run, with `scenario`, `alerts` (int64 microseconds) and `results`.

    Raises
    ------
    ScenarioError : with every fault of the file.
    SimError : there is no such engine, or the compiled one cannot be had; or nothing is launched.
    PoolError : the cluster cannot be reached, does not fit, or was lost.
    """
    fields = {"replications": replications, "seed": seed}
    given = {name: str(value) for name, value in fields.items() if value is not None}
    scenario: Scenario = load_scenario(Path(path), {**given, **sets})
    check_launched(scenario)
    used = chosen(engine, scenario, workers if isinstance(workers, int) else 1)
    alerts = simulate_scenario(scenario, workers, used)
    return Run(Path(run_digest(scenario)), scenario, alerts, analyse(scenario, alerts.tally), {"engine": used})
