"""``--precision``: as many replications as one number of the first pair takes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.analysis.measures import Measure
from sim.errors import SimError
from sim.model.scenario import Scenario
from sim.units import parse_duration, parse_share
from sim.version import __version__

if TYPE_CHECKING:
    from sim.asking.order import Order
    from sim.studies.run.precision import Precision, Reached
    from sim.studies.run.rounds import Execute

MOST = 1_000_000


@dataclass(frozen=True)
class Sized:
    """A scenario with as many replications as it needs; what to say of that, and what to note."""

    scenario: Scenario
    said: str = ""
    noted: Mapping[str, Any] = field(default_factory=dict)
    is_enough: bool = True


def asked_precision(
    text: str | None, of: str | None, at_most: int | None, *, has_replications: bool
) -> Precision | None:
    """What the options ask for; None for as many replications as the scenario says."""
    from sim.studies.run.precision import Precision

    if text is None:
        if of is not None or at_most is not None:
            raise SimError(f"{'--for' if of else '--at-most'} goes with --precision — e.g. --precision 1%")
        return None
    if has_replications:
        raise SimError("--precision finds how many replications it takes and --replications says it — give one of them")
    is_share = text.strip().endswith("%")
    try:
        if of == Measure.IN_TIME and not is_share:
            raise ValueError('is of a share of launches here — write points, e.g. "1 %"')
        size = parse_share(text) if is_share else parse_duration(text)
        if size == 0:
            raise ValueError("is never reached — write a larger one")
    except ValueError as error:
        raise SimError(f'--precision "{text}" {error}') from None
    measure = Measure(of or Measure.MEAN)
    return Precision(measure, size, is_share and not measure.is_share, at_most or MOST)


def sized(
    scenario: Scenario, precision: Precision, order: Order, execute: Execute, reload: Callable[[int], Scenario]
) -> Sized:
    """The scenario with the replications that it takes; ``reload`` gives it with so many."""
    from sim.store.place import run_digest
    from sim.studies.run.rounds import replications_for

    asked = {"asked": asdict(precision), "of_scenario": run_digest(scenario)}
    before = None if order.is_again else _noted_before(order.out / scenario.name, asked)
    noted = before or {**asked, **_noted(scenario, precision, replications_for(scenario, precision, execute))}
    return Sized(reload(noted["replications"]), noted["said"], {"precision": noted}, noted["is_enough"])


def _noted_before(folder: Path, asked: Mapping[str, Any]) -> dict[str, Any] | None:
    """What a stored run of this version has noted of the same question."""
    from sim.store.place import PROVENANCE

    for path in sorted(folder.glob(f"*/{PROVENANCE}")):
        with suppress(OSError, ValueError):
            noted = json.loads(path.read_text(encoding="utf-8"))
            old: dict[str, Any] = noted.get("precision", {})
            if noted.get("alertpath") == __version__ and asked.items() <= old.items():
                return old
    return None


def _noted(scenario: Scenario, precision: Precision, reached: Reached) -> dict[str, Any]:
    from sim.studies.run.precision import RULE, reached_words

    return {
        "rule": RULE,
        "rounds": reached.n_rounds,
        "replications": reached.n,
        "is_enough": reached.is_enough,
        "said": reached_words(scenario, precision, reached),
    }
