"""How fast the engines are, beside the programs one would otherwise use: ``make bench``.

Everybody simulates one chain (`chain`). A program is timed only after its mean latency has been found
to agree, and only in turns with the others, so that what else the machine does falls on all alike.
A rival that is not installed is reported as such; ``pip install -e '.[bench]'`` installs them.

::

    chain            the alert chain, for any number of launches and stages; its scenario as text
    rivals/          the chain as a user of each library would write it, one library a file
    ours             our engines on the chain, as a user has them
    programs         what is timed: ours and rivals, in two tuples
    team             each program in a process of its own
    machine          cores, and what kind of machine it was
    compare          agreement, then replications a second in turns: table.md, rates.csv
    scaling, figure  cost against replications, launches and stages: scaling.csv, scaling.png
    process          `sim run` as a whole process against bare Python that saves a figure
    live             `sim live` in a browser: from a key to sentence, band and figure

A new engine: a function in ``ours`` and a line in `OURS`; on more cores, one more line. A new rival:
1. a file in ``rivals/`` with ``means(n_replications, seed, n_launches, n_stages)``; 2. a line in
`RIVALS`; 3. its name in the extra ``bench`` of ``pyproject.toml``. To be listed is to be tested.
"""
