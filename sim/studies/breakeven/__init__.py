"""At which value of one number are two arms equal, all others as they are?

In comes the first pair of a scenario; out goes, for each range or for one value, where the difference meets zero.
``curves.py`` simulates the difference over a range, ``crossings.py`` finds its zeros and their noise, ``bounds.py``
reads which value is asked about. A run says by the same what would reverse it.
"""
