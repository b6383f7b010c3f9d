"""Arms × settings × replications as jobs, and where they run: this process, others, Dask, MPI.

In come a scenario and an `Execution`; out go parts in the order of the jobs, the same bytes wherever they were made.
``run.py`` is a run with all its latencies, ``batch.py`` many settings with what a study needs of them, ``simulator.py``
what a study is handed, ``bands.py`` the search for the lowest and highest over the ranges. A new kind of place is
described in ``pools.py``; ``beside.py`` is one other process, for a second thing at once.
"""
