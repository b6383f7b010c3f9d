"""At which value of one number are two arms equal, all others as they are?

In comes the first pair of a scenario; out goes, for each range or for one value, where the difference meets zero.
``find.py`` plans it and asks for the curves, ``bounds.py`` reads which value is asked about, ``curves.py`` simulates
the difference over a range, ``crossings.py`` finds its zeros and their noise; ``say.py``, ``figure.py`` and ``page.py``
tell them. A run says by the same what would reverse it (`sim.studies.run.reverses`, with ``ENDS_FIRST`` and
``plain``).
"""
