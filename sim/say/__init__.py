"""Numbers to English, each finding once.

In come results; out go sentences. ``numbers.py`` has the digits that matter, ``names.py`` and ``values.py`` what a path
and a range are called, ``measures.py`` the differences that a study may be about, ``findings.py`` what a run says,
``whose.py`` whose report it is. Text, JSON and the titles of figures take their sentences from here or from the ``say``
of a study.
"""
