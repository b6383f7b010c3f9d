"""At what flight time does an arrangement stop being in time, and which launches flew so long?

In comes a campaign; out goes, of every arm, the flight time that it needs: the median of its alert latency, so that
half of the reports that come are there by impact. Beside it stand the launches with the share that is in time. To
say more of a launch: a field of `find.Flight`; the page and its sheet follow.
"""
