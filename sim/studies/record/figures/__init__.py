"""The figures of the record: one panel a kind of row that is numbers, and who has which launch in sight.

In come rows; out go figures whose titles count what agrees. To add a panel: a function in ``panels.py``, and its
drawing in ``page.py``.
"""
