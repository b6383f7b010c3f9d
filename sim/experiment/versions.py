"""What must be the same wherever parts of one run are made.

Numbers come from this program and NumPy, and those of gamma and PERT distributions and of Sobol points
from SciPy. Parts of one run that were made by different versions of these would be put together without
anybody noticing, so every worker and every part taken up is asked for them. Of this program its sources
count beside its version: a second checkout, or one that was changed, has the version of the first. Of
Python the first two numbers count: later ones change no arithmetic. The compiler does not count: any
engine gives the same bytes.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module

import numpy as np

from sim.model.delay import Given
from sim.model.scenario import Scenario
from sim.sources import code_digest
from sim.version import __version__

Versions = Mapping[str, str]

ALWAYS = ("alertpath", "code", "python", "numpy")
BY_SCIPY = ("gamma", "erlang", "pert")  # families whose quantiles are SciPy's
CODE = code_digest()  # taken as this process takes the code itself: what changes on the disk later is not what it runs
VERSIONS: Mapping[str, Callable[[], str]] = {
    "alertpath": lambda: __version__,
    "code": lambda: CODE,
    "python": lambda: series(platform.python_version()),
    "numpy": lambda: np.__version__,
    "scipy": lambda: str(import_module("scipy").__version__),  # slow to import, and asked for seldom
}


def versions(names: Iterable[str] = ALWAYS) -> dict[str, str]:
    """Those of this process, by name."""
    return {name: VERSIONS[name]() for name in names}


def versions_for(scenario: Scenario) -> dict[str, str]:
    """Those of this process that make the numbers of a scenario."""
    is_by_scipy = has_variates_by_scipy(scenario) or scenario.draws == "sobol"  # whose points are SciPy's
    return versions((*ALWAYS, "scipy") if is_by_scipy else ALWAYS)


def has_variates_by_scipy(scenario: Scenario) -> bool:
    """Whether any delay of an arm or gap between launches is of a family whose quantiles are SciPy's.

    So are those of a Weibull weighed by length, by which outages begin.
    """
    families = ((whose, d.shape.family) for whose, d in scenario.used_delays() if isinstance(d.shape, Given))
    return any(family in BY_SCIPY or (family == "weibull" and ".outages" in whose) for whose, family in families)


def series(python: str) -> str:
    """The part of a Python version that counts: "3.11" of "3.11.7.final.0"."""
    return ".".join(python.split(".")[:2])


def differing(theirs: Mapping[str, str | None], ours: Versions) -> str:
    """Every version of theirs that is not ours, in words; empty if none."""
    pairs = [(name, theirs.get(name), version) for name, version in ours.items()]
    return ", ".join(f"{name} {has or 'missing'}, not {wants}" for name, has, wants in pairs if has != wants)
