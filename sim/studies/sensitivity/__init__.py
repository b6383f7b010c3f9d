"""Which of the values that nobody knows moves the difference of two arms most?

In comes the first pair of a scenario; out go Sobol' indices of all its ranges and a tornado of one value at a
time, for every measure that applies. ``indices.py`` has the sample and the estimators (SALib's). To add a measure:
`MEASURED` there, and its words in ``say.py``.
"""
