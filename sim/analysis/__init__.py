"""Sample paths and latencies to tallies that add up exactly, and those to small frozen results.

In come the paths or latencies of a job; out go sums, histograms, intervals, bands, ledgers and values of
games. Numbers alone: what is said of them is in `sim.say`. A tally does not grow with replications, and adding tallies
is exact, so that no order of adding shows. To add a result: its sums in ``tally.py`` or ``branch.py``, its estimate in
``results.py``.
"""
