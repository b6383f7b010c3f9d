"""The figures of the record: one panel a kind of row that is numbers, where notices fall within what was predicted,
what a count of missed launches hangs on, and who has which launch in sight.

In come rows, those held out first; out go figures whose titles count what agrees. To add a panel: a function in
``panels.py``, and its drawing in ``page.py``.
"""
