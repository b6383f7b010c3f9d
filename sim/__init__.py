"""How much sooner or later does Seoul's report of a missile launch reach Tokyo, direct or via Washington?

In one line: randomness goes in, a sample path comes out. A scenario file becomes an activity
network; every random duration is drawn before the clock starts; an engine turns draws into a sample
path; everything after that is a pure function of sample paths. Data goes one way; nothing on the
right is known on the left.

::

    scenario file ─► Scenario ─► Network ─┐
                        │                 ├─► engine ─► Paths ─► analysis ─► say ─► Page ─► text, Markdown, HTML, JSON
                        └───► Draws ──────┘                                    └──► figures

From the ground up::

    errors.py       errors that a user can act on
    units.py        "90 s" to numbers and back
    portable.py     logarithm and exponential with the same bits everywhere
    version.py      which version this is
    sources.py      what its code says, as a digest
    model/          frozen nouns: distributions, ranges, flows, networks, webs, sensors, stages, launches, scenario
    flight/         range and apogee to a trajectory, and when a sensor sees it
    kernels/        compiled loops over plain arrays
    scenario/       the file format: text to a checked Scenario; catalogue of launches, dated facts of the record
    draws/          named streams, quantiles, settings: the only place that makes random numbers
    engines/        the contract and its execution rules; the reference engine, in SimPy; columns; the compiled one
    analysis/       sample paths to exact tallies that add up, those to small frozen results
    experiment/     arms × settings × replications as jobs, and where they run: processes, Dask, MPI
    say/            numbers to English, each finding once
    store/          runs and studies on disk: whole or not at all, resumable
    plots/          what figures share
    pages/          what a study answers, said once, and its renderings
    asking/         which scenario, which options, how it is carried out; the protocol of a study
    studies/        a folder a question
    reporting/      answers as one file to hand in
    api.py          every study in Python
    live/           a page on which values are moved and the answer follows
    cli/            every study as a command, and the few commands that are none

Three ideas hold it together. A study is one folder: find → say → figure → page → command. A finding is
said once, on a `Page`, which every rendering shows. Plan, find and page are one protocol, so the command
line and Python call every study alike and know none by name.

Who may import whom is in `pyproject.toml` and is checked. Against the first sketch networks are nouns
of the model, since draws need their nodes; the Python interface stands above the studies, which it
calls; a study may use the numbers and words of another, never its page; the options of a study are data
(`sim.asking.option`), from which its command and its function are made; and what would reverse a run is
handed to the store. What a run says is a function of its tally, whose size does not grow with
replications. Numba lives in the kernels, below draws and engines, which both need it.

In Python::

    import sim
    answer = sim.run("first-look", replications=1000)
    answer.headline                            # the finding, in a paragraph
    answer.frame()                             # every number, as a pandas frame
    answer.alerts.typical["direct"]            # latencies, int64 (replication, launch), microseconds, -1: none came
    sim.breakeven("first-look").figure()       # every study: sim.sweep, sim.ledger, ...
    sim.report([answer, sim.ledger("first-look")])  # one file to hand in
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.studies import STUDIES
from sim.version import __version__

if TYPE_CHECKING:
    from sim.api import Answer, RunAnswer, check, load_run, report, run
    from sim.errors import ScenarioError, SimError


__all__ = ["Answer", "RunAnswer", "ScenarioError", "SimError", "__version__", "check", "load_run", "report", "run"]


def __getattr__(name: str) -> object:
    """Import the Python interface when it is first asked for: the command line needs none of it."""
    if name in ("SimError", "ScenarioError"):
        from sim import errors

        return getattr(errors, name)
    if name in __all__ or name in STUDIES:
        from sim import api

        return getattr(api, name)
    raise AttributeError(f"module 'sim' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, *STUDIES])
