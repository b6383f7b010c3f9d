"""How much sooner or later does Seoul's report of a missile launch reach Tokyo, direct or via Washington?

In one line: randomness goes in, a sample path comes out. A scenario file becomes an activity
network; every random duration is drawn before the clock starts; an engine turns draws into a sample
path; everything after that is a pure function of sample paths. Data goes one way; nothing on the
right is known on the left.

::

    scenario file ─► Scenario ─► Network ─┐
                        │                 ├─► engine ─► Paths ─► analysis ─► store ─► plots, report, terminal
                        └───► Draws ──────┘

    errors, units   errors a user can act on; "90 s" to numbers and back
    files.py        files that appear whole or not at all
    portable.py     logarithm and exponential with the same bits everywhere
    model/          frozen nouns: distributions, ranges, flows, scenario (plain math)
    flight/         range and apogee to a trajectory, and when a sensor sees it
    scenario/       the file format: text to a checked Scenario; catalogue of launches, dated facts of the record
    network.py      a flow as an activity network
    draws/          named streams, quantiles, settings: the only place that makes random numbers
    engines/        the contract and its execution rules; the reference engine, in SimPy; the compiled one
    kernels/        compiled loops over plain arrays
    analysis/       sample paths to exact tallies that add up, those to small frozen results and sentences;
                    the model beside the public record
    experiment/     arms × settings × replications as jobs, and where they run: processes, Dask, MPI
    tables.py       alert latencies and tallies as Parquet
    resume.py       what an interrupted run left, and whether it may go on
    store.py        results/<scenario>/<run>/: whole or not at all, resumable
    studies.py      results/<scenario>/<study>/: many settings of one scenario, asked in rounds
    plots/          one figure a file; computes nothing, saves nothing
    report/         results as tables, a trace, files
    cli/            parse, call, print

Who may import whom is in `pyproject.toml` and is checked. Against the first sketch the network stands
below the draws, which need its nodes, and the store above the experiment, whose parts it keeps. What
a run says is a function of its tally, whose size does not grow with replications. Numba lives in the
kernels, below draws and engines, which both need it: loops over plain arrays, each with a plain twin
that the tests hold it against.

In Python::

    import sim
    run = sim.run("scenarios/first-look.yaml", replications=1000)
    run.results.contrasts[0].mean.estimate   # microseconds, direct minus via Washington
    run.alerts.typical["direct"]             # latencies, int64 (replication, launch), -1: none came
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.api import load_run, load_scenario, run

__version__ = "0.1.0"
__all__ = ["__version__", "load_run", "load_scenario", "run"]


def __getattr__(name: str) -> object:
    """Import the Python interface when it is first asked for: the command line needs none of it."""
    if name in __all__:
        from sim import api

        return getattr(api, name)
    raise AttributeError(f"module 'sim' has no attribute {name!r}")
