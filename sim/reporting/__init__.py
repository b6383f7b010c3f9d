"""One file to hand in: stored answers, with all that a reader needs to attack them.

In come folders of runs and studies as the store keeps them, or answers in memory; out goes one document of HTML that
needs nothing beside it. What an answer says stands on its `Page` and is shown here, never said anew; what is of the
scenario and of how the answer came about is told once for all answers of it. To add a point: a property of `Report`,
and its place in ``sim/pages/templates/report.html``.
"""
