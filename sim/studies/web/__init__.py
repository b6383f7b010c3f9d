"""What is each channel of a web worth to whom it reports to, and what are each centre's sensors?

In comes a scenario whose flow `reports_to` a centre; out go two games, one whose players are channels and one whose
players are the sensors of centres: what each adds alone, what is lost without it, and its Shapley value, in the share
of launches reported in time and in warning. ``games`` has players and coalitions, ``find`` simulates the flow without
whoever is not in a coalition, with the same draws, ``seen`` says by geometry why sensors see nothing. To value another
kind of player: its name under `Kind`, and whose a step is in ``games``.
"""
