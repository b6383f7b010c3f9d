"""How fast the engines are, beside the programs one would otherwise use: ``make bench``.

Everybody simulates one chain (`chain`). A program is timed only after its mean latency has been found
to agree, and only in turns with the others, so that what else the machine does falls on all alike.
A rival that is not installed is reported as such; ``pip install -e '.[bench]'`` installs them.

::

    chain            the alert chain, for any number of launches and stages; its scenario as text
    rivals/          the chain as a user of each library would write it, one library a file
    programs         what is timed: ours and rivals, in two tuples
    machine          seconds, cores, and what kind of machine it was
    compare          agreement, then replications a second in turns: table.md, rates.csv
    scaling, figure  cost against replications, launches and stages: scaling.csv, scaling.png
    process          `sim run` as a whole process against bare Python that saves a figure

A new engine, or one on more cores: one line in `OURS`. A new rival: 1. a file in ``rivals/`` with
``means(n_replications, seed, n_launches, n_stages)``; 2. a line in `RIVALS`; 3. its name in the extra
``bench`` of ``pyproject.toml``. To be listed is to be tested.
"""
