"""A page to think with: an analyst moves a value and sees what becomes of the answer, on the real engine.

In comes a scenario; out goes a page, served to this machine alone. What it says is what ``sim run`` and the studies
say, found anew at every move. ``controls.py`` tells what may be moved, ``change.py`` is what was; ``bench.py`` answers,
``figures.py`` draws. ``guard.py`` lets in nobody but the browser that was opened, ``app.py`` says what it may ask,
``serve.py`` opens and ends. ``page.html``, ``live.css`` and ``live.js`` are what the browser gets: they compose no
finding and know no unit.

To add a figure: its line in ``figures.py``. To add a control: a function in ``controls.py``, and its place in
``page.html``.
"""
