"""Run and store once, and print what the bytes are: ``python -m tests.one_run FOLDER ENGINE KEEP WORKERS``.

Two salvos at desks with other work, losses and refusals, in blocks so small that every worker has some. One value of
each kind is left unknown, and of the arms there are two pairs: the search for the ends of bands takes the reference
engine a second for each more.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from sim.experiment import execution
from sim.experiment import run as experiment
from sim.experiment.engines import EngineName
from sim.experiment.execution import Execution, Keep
from sim.model.scenario import Scenario
from sim.store.run import Run
from tests.stored import promised_bytes, store, with_few_unknown

SETS = {
    "replications": "112",
    "settings": "{count: 4, replications: 16}",
    "compare": "[direct, via_washington, direct_standing]",
    "contrasts": "[[direct, via_washington], [direct_standing, direct]]",
}
UNKNOWN = (
    "desks.us_desk.capacity",
    "stages.us_evaluates.delay.lognormal.median",
    "stages.tokyo_asks.refusal.probability",
)
SMALL = 64  # launches a block


@cache
def scenario() -> Scenario:
    return with_few_unknown("salvo-of-eight-2022-06-05", UNKNOWN, SETS)


@contextmanager
def small_blocks(block_work: int = SMALL) -> Iterator[None]:
    """Blocks of so many launches, on processes from the first block on."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("BLOCK_WORK", "MOST_WORK"):
            patch.setattr(experiment, name, block_work)
        for name in ("START_S", "LOADING_S"):
            patch.setattr(execution, name, 0)
        yield


def run_once(folder: Path, how: Execution, n_workers: int = 1, block_work: int = SMALL) -> Run:
    with small_blocks(block_work):
        return store(scenario(), folder, replace(how, where=n_workers))


if __name__ == "__main__":
    folder, engine, keep, n_workers = sys.argv[1:]
    assert engine in get_args(EngineName)
    assert keep in get_args(Keep)
    run = run_once(Path(folder), Execution(engine, keep), int(n_workers))  # type: ignore[arg-type]
    print(json.dumps(promised_bytes(run.path)))
