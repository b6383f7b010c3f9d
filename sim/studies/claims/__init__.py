"""What of an argument can be tried here, claim by claim: what comes out, what would turn it, what it cannot show.

In come the files of ``scenarios/claims``; out goes one page that is composed of the pages of other studies. A claim
names a question to a study, and its result is what that study says of the figure that is shown: no finding is written
here. ``ask.py`` makes a question a plan, as the command line would; ``find`` asks each once, however many claims want
it. A new claim: a file of its own; a figure whose finding is not the headline of its page says it in `Drawing.finding`.
"""
