"""Frozen nouns, plain mathematics: distributions, ranges, flows, networks, webs, sensors, stages, launches, scenarios.

Nothing here reads, draws, simulates or prints. Times are whole microseconds, lengths metres, shares 0 to 1. What is
checked is checked in `sim.scenario`, once; here it is trusted. To add a distribution: see ``distributions.py``.
"""
