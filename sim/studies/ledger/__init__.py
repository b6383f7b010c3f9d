"""What is a mean latency or difference made of, and what does each part rest on?

In comes the tally of a run at its typical setting, of a stored one where that is there; out goes an account of
every arm and pair, whose parts add up to its mean exactly. The sums and the grades are those of
`sim.analysis.ledger`, since a run says what it rests on by the same; here they are laid out. To add a kind of part:
its sums in `sim.analysis.branch` and its entry in `sim.analysis.ledger`; everything here follows.
"""
