"""What every command that simulates shares: where it runs, of which arms, and what is noted of that."""

from __future__ import annotations

import json
import platform
import sys
import time
from collections.abc import Callable, Mapping
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sim import __version__
from sim.asking.scenarios import find_scenario, tell_of_oddities
from sim.errors import SimError
from sim.model.scenario import Scenario
from sim.scenario.document import suggestion

if TYPE_CHECKING:
    from sim.experiment.pools import Where

LIBRARIES = ("numpy", "scipy", "simpy", "numba", "matplotlib", "pyarrow")
Command = TypeVar("Command", bound=Callable[..., Any])


def simulating_options(command: Command) -> Command:
    """The options of where and how to simulate."""
    options = (
        click.option(
            "--engine",
            type=click.Choice(["auto", "reference", "compiled"]),
            default="auto",
            show_default=True,
            help="What simulates; auto takes the one that answers sooner. Changes no result.",
        ),
        click.option(
            "--workers",
            type=click.IntRange(1, 1024),
            help="Processes; as many as usable CPUs unless given. Changes no result.",
        ),
        click.option(
            "--cluster", metavar="PLACE", help="Run on a cluster, dask://HOST:PORT or mpi. Changes no result."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def place(workers: int | None, cluster: str | None) -> Where:
    """Where jobs run."""
    from sim.experiment import pools

    if cluster is None:
        return workers or pools.usable_cpus()
    if workers is not None:
        raise SimError("--workers is for this machine and --cluster for others — give one of them")
    return pools.cluster(cluster)


def load(name: str, sets: dict[str, str], arms: str | None) -> Scenario:
    """The scenario, of its arms only those asked for; what is odd about it is said.

    Raises
    ------
    ScenarioError : with every fault of the file.
    SimError : an arm that is asked for is unknown, or nothing is launched.
    """
    from sim.scenario.loader import check_launched

    scenario = _of_arms(name, sets, arms)
    check_launched(scenario)
    tell_of_oddities(scenario)
    return scenario


def _of_arms(name: str, sets: dict[str, str], arms: str | None) -> Scenario:
    """The scenario, and of its arms only those asked for, with the pairs among them."""
    scenario = find_scenario(name, sets)
    if arms is None:
        return scenario
    chosen = [arm.strip() for arm in arms.split(",")]
    known = [str(name) for part in ("arms", "arrangements") for name in _section(scenario, part)]
    for arm in chosen:
        if arm not in known or chosen.count(arm) > 1:
            what = (
                f"is given twice: {arm}" if arm in known else f'no arm or arrangement "{arm}"{suggestion(arm, known)}'
            )
            raise SimError(f"--arms {arms}: {what}")
    pairs = [pair for pair in scenario.contrasts if {*pair} <= {*chosen, scenario.baseline}]
    contrasts = pairs or [(chosen[0], other) for other in chosen[1:]]
    return find_scenario(name, {**sets, "compare": json.dumps(chosen), "contrasts": json.dumps(contrasts)})


def _section(scenario: Scenario, name: str) -> Mapping[str, object]:
    section = scenario.document.get(name, {})
    return section if isinstance(section, Mapping) else {}


def provenance(where: Where, started: float) -> dict[str, Any]:
    """What is noted of how a result came about."""
    return {
        "where": "this machine" if isinstance(where, int) else where,
        **({"workers": where} if isinstance(where, int) else {}),
        "command": ["sim", *sys.argv[1:]],
        "alertpath": __version__,
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES if find_spec(name)},
        "started": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(started)),
    }
