"""Where does a launch go, who sees it from where, and by which centres does its report arrive?

In come a launch with its flight, the sensors, and two arms; out go the track, what each owner sees of the sky around it
(``coverage.py``) and the median ways of the report (``routes.py``, from simulated paths).
"""
