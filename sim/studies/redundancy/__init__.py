"""What is a second channel worth, by how often the first is out of service?

In comes a scenario two of whose arms differ in a channel, one of which has something with outages drawn by chance (the
hub); out goes the share of reports in time under both, against the share of time that the hub is up. ``find`` sweeps
that share with the same draws, 0 % and 100 % among the values, from which the closed form for independent channels
follows. To say more of a share: a field of `Worth`, and its column in ``page``.
"""
