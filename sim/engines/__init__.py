"""Draws to sample paths: the contract and its execution rules, the reference engine, columns, the compiled one.

In come a network and the draws of some replications; out go the times of every node. Engines draw nothing and know no
distributions, dates or geometry. The reference engine, in SimPy, is the model; any other equals it to the last
microsecond. A network without feedback is a program of steps (``program.py``), which the other two carry out, in NumPy
or in compiled loops. To add one: a file here, a line in `sim.experiment.engines`, and the fixture of the tests runs it.
"""
