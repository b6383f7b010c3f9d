"""How a run reads on the terminal."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from textwrap import fill

from sim.pages.texts import CAVEAT, LABEL_WIDTH, filled, labelled
from sim.say.findings import rests_on, run_words, sentences
from sim.store.run import Run
from sim.studies.breakeven.say import reverses_text
from sim.studies.run.reverses import reverses_of
from sim.studies.run.table import plain_table, unit_text


def show(run: Run, *, there: str, precision: str = "", width: int) -> str:
    """The sentences, the table, what they rest on and where the files are.

    ``there`` is how they were found, ``precision`` what was asked of it.
    """
    scenario, results = run.scenario, run.results
    width = max(60, min(width, 100))
    lines = [scenario.title, f"Seoul's report to Tokyo ({scenario.arms[0].recipient})", CAVEAT, ""]
    said = [filled(one, width) for one in sentences(scenario, results)]
    lines += [*said, ""] if said else []
    lines += [plain_table(scenario, results), fill(unit_text(results), width)]
    if rests := rests_on(scenario, results):
        lines.append(labelled("Rests on", rests, width))
    if reverses := reverses_of(run):
        lines.append(labelled("Reverses", reverses_text(scenario, reverses), width))
    lines.append(labelled("Run", run_words(scenario, results, run.digest), width))
    if precision:
        lines.append(labelled("Precision", precision, width))
    lines.append(f"{'Files':<{LABEL_WIDTH}}{os.path.join(str(run.path), '')}  table.md summary.csv *.png")
    if there:
        lines.append(labelled("", f"this result was there already, {there}; nothing was run", width))
    return "\n".join(lines)


def show_together(paths: Sequence[Path]) -> str:
    """Where the figure is that has all launches of several runs."""
    said = " ".join([str(paths[0]), *(path.suffix for path in paths[1:])])
    said += "  a row a launch" if len(paths) > 1 else "  no common figure: too many launches for one"
    return f"{'Together':<{LABEL_WIDTH}}{said}"
