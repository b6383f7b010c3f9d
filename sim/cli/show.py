"""How a run reads on the terminal."""

from __future__ import annotations

import os
from textwrap import fill

from sim.analysis.findings import rests_on, sentences
from sim.report.table import CAVEAT, UNIT, plain_table, run_words
from sim.store import Run

LABEL_WIDTH = 10


def show(run: Run, *, there: str, width: int) -> str:
    """The sentence, the table, what they rest on and where the files are; ``there`` is how they were found."""
    scenario, results = run.scenario, run.results
    width = max(60, min(width, 100))
    lines = [f"{scenario.title}: Seoul's report to Tokyo ({scenario.arms[0].recipient})", CAVEAT, ""]
    lines += [fill(s, width, initial_indent="- ", subsequent_indent="  ") for s in sentences(scenario, results)]
    lines += ["", plain_table(scenario, results), UNIT]
    if rests := rests_on(scenario, results):
        lines.append(_labelled("Rests on", rests, width))
    lines.append(_labelled("Run", run_words(scenario, results, run.digest), width))
    state = f" (this result was there already, {there}; nothing was run)" if there else ""
    files = f"{os.path.join(str(run.path), '')}  table.md summary.csv *.png{state}"
    lines.append(f"{'Files':<{LABEL_WIDTH}}{files}")
    return "\n".join(lines)


def _labelled(label: str, text: str, width: int) -> str:
    return fill(text, width, initial_indent=f"{label:<{LABEL_WIDTH}}", subsequent_indent=" " * LABEL_WIDTH)
