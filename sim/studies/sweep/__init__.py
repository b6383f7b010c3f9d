"""How does the difference of two arms go over the values of one parameter or two, or over cases of many?

In come axes (``axes.py``) or a file of cases, as cells of a grid (``grid.py``); out go the difference and its band in
every cell. ``worlds.py`` makes the scenarios that the cells are settings of. To add a way of writing an axis:
``axes.py``.
"""
