"""What would every launch of a period have been like under other calendars, and what do they add up to?

In comes a campaign, whose launches are runs of their own and whose arms have channels that open and close at other
times; out go every launch under each of them, what it is changed by, and totals. All launches share their settings, so
that a total over them has a band as one launch has. ``calendars.py`` tells from when two arms differ and what happened
when; ``totals.py`` adds up. To add something that is told of each launch: a field of `totals.Reported`, made in
``find.py``; the page and its sheet follow.
"""
