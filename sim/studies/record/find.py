"""Every row of the comparison, and the days of which the record counts launches missed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sim.asking.study import Plan
from sim.experiment.engines import cost_words
from sim.experiment.simulator import Simulator
from sim.scenario.catalogue import load_catalogue
from sim.scenario.folders import shipped_folder
from sim.scenario.loader import load_text
from sim.store.files import digest
from sim.studies.record.compare import N_CHAIN, N_RULES, missed_in_record, record_rows
from sim.studies.record.rows import Row
from sim.studies.record.tracked import InSight
from sim.studies.record.watch import WATCH, watch

NAME = "record"  # of the scenario that it watches with, and so of the folder of its results
N_SETTINGS = 5  # of Tokyo's chain: the typical one, and both ends of the warning and of the decisions


@dataclass(frozen=True)
class Compared:
    """Every row, and who has which launch in sight in the days of a count of missed ones."""

    rows: tuple[Row, ...]
    launches: tuple[InSight, ...]
    n_missed: int


def plan() -> Plan:
    """The record as it is shipped; its facts are a part of what is asked, so that other facts are another answer."""
    folder = shipped_folder()
    scenario = load_text(WATCH, NAME, folder)
    n_launches = N_SETTINGS * N_CHAIN + 2 * N_RULES
    what = f"{N_SETTINGS} settings × {N_CHAIN:,} replications of Tokyo's chain, and the days of a rule"
    return Plan(
        study="record",
        scenario=scenario,
        asked={"facts": _facts(folder)},
        cost=cost_words(scenario, what, N_SETTINGS, n_launches),
        n_launches=n_launches,
        n_settings=N_SETTINGS,
    )


def _facts(folder: Path) -> str:
    """The digest of all that is shipped as scenarios and facts."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".csv", ".yaml"))
    return digest("".join(digest(path.read_bytes()) for path in files).encode())[:16]


def find(plan: Plan, simulator: Simulator) -> Compared:
    """All rows, kind by kind; simulated are Tokyo's chain and the days on which a rule decided."""
    folder = shipped_folder()
    watched = watch(plan.scenario, load_catalogue(folder))
    return Compared(record_rows(folder, watched, simulator), *missed_in_record(folder, watched))
