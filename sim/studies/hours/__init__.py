"""How does alert latency go with the hour of the week at which the launch is, where desks keep hours?

In comes a scenario with desks that have `hours`; out goes the latency of every arm at each of the 168 hours of the week
of the launch, by the clock of its zone. ``week`` has the clock: the same checked scenario launched at another hour, and
when desks are staffed in that week; ``find`` simulates each hour with the same draws. To say more of an hour: a
`Measure` of its outcomes, and its column in ``page``.
"""
