"""``sim record`` and ``sim.record``: nothing is asked beside."""

from __future__ import annotations

from sim.asking.study import Study

STUDY = Study(
    "record",
    help="""Hold the model against the public record, row by row: what agrees, what does not, what cannot be decided.

    \b
    Examples:
      sim record
      sim record --json
    """,
    subject="",
    is_simulated=False,
)
