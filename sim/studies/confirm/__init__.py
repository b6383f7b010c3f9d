"""What do rules of confirmation cost in delay, and what do they save in false alerts?

In comes a scenario whose sources say how often they are false (`false_alarms`), every arm a rule; out goes of each
rule which launches are alerted in time, late and never, beside its false alerts a year, and what the stricter of two
costs. ``rules`` has the nouns and the sums, ``find`` what is simulated for them: the launches, then a false report of
each source in their place. To add a number of a rule: a field of `Rule`, its line in ``rules``, its row in ``page``.
"""
