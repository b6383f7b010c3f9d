"""What nobody thought of, at random: scenario files, command lines, calls in Python, environments.

An example is a pure function of a seed and its number, so a campaign can be stopped, goes on where it stopped, and a
find is made again from its number alone::

    pieces.py        what stands where it does not belong, by kind of fault
    files.py         scenario files with all that may lie beside them, and what the loader answers
    lines.py         command lines, carried out in this process
    calls.py         calls of the Python interface
    environments.py  a command in a process of its own, in surroundings that do not suit it
    campaign.py      the kinds, how far a campaign is, and the report of it
    __main__.py      ``python -m tests.fuzz``
"""
