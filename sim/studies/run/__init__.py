"""Which arm is faster, by how much, within what band, and what does that rest on?

In comes a scenario; out goes a run, of which every latency is kept or a summary. It is no `Study`, since what is
simulated of it is kept: its command is `sim.cli.run`, its jobs `sim.experiment.run`, its numbers
`sim.analysis.analyse`, its sentences `sim.say.findings`.
``tables.py``, ``data.py`` and ``page.py`` say it, ``figures/`` draws it, ``files.py`` puts both into the folder;
``ends.py`` tells the runs that attain the ends of a band; ``ahead.py`` has bands found by another process,
``reverses.py`` looks for what would turn the answer, ``rounds.py`` and ``precision.py`` for as many replications as a
number takes; ``explain.py``, ``difference.py`` and ``trace.py`` tell a stored run, two of them, and one launch.
To add a figure: ``figures/__init__.py``.
"""
