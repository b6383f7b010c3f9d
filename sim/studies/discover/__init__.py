"""In which settings of what nobody knows does a condition hold, and how much has each arm to regret?

In come arms, their ranges and a condition as people write it; out go the settings in which it holds, the box of
ranges that has most of them (``boxes.py``, by the EMA workbench), and the regret of every arm. To add a claim that a
condition may make: ``condition.py``.
"""
