"""How a run reads on the terminal."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from textwrap import fill

from sim.analysis.findings import rests_on, run_words, sentences
from sim.analysis.turning import reverses_text
from sim.report.study import LABEL_WIDTH, filled, labelled
from sim.report.table import CAVEAT, plain_table, unit_text
from sim.store import Run


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
    if run.reverses:
        lines.append(labelled("Reverses", reverses_text(scenario, run.reverses), width))
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
