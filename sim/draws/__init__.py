"""Every random number, and nothing else: named streams, quantiles, settings, orders, tables of draws.

In come a scenario, an arm and a block of replications; out goes what an engine needs of them, in whole microseconds.
A uniform is a pure function of meaning (``streams.py``), never of position or order of use, and that is a promise.
To add a purpose: a `Source` in ``table.py``; a family of delays: its quantile in ``quantiles.py``.
"""
