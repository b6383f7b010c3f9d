"""What a question is before anybody answers it: which scenario, which options, how it is carried out.

In comes what a user gave, on the command line or in Python; out goes a checked scenario, checked options and a plan.
``study.py`` is the protocol that every study follows, ``option.py`` what may be asked, ``scenarios.py`` which scenario
is meant, ``order.py`` how an answer is made in memory or stored. An option that several studies share is added to
``option.py``; a way to name a scenario to ``scenarios.py``, so that every caller has it.
"""
