"""Work and desks of several arms, alike ones together, and what figures say of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sim.analysis.burden import Burden, CentreWork, DeskLoad
from sim.model.scenario import Arm, Scenario
from sim.say.names import desk_name
from sim.say.numbers import capital, list_text, minutes_text, share_text
from sim.studies.run.burden import centre_words, queue_text, work_words

Burdens = Sequence[tuple[Arm, Burden]]
Load = TypeVar("Load", CentreWork, DeskLoad)
MOST_ROWS = 12  # of a figure


@dataclass(frozen=True)
class Alike(Generic[Load]):
    """Arms of which the same is said: what they ask of a centre, or of a desk, is that of the first of them."""

    arms: tuple[Arm, ...]
    load: Load
    said: str

    @property
    def titles(self) -> str:
        """Who they are."""
        return list_text([arm.title for arm in self.arms])


def legible(
    scenario: Scenario, burdens: Burdens, grouped: Callable[[Burdens], Mapping[str, Sequence[object]]]
) -> Burdens:
    """All of them; where those would be too many rows, those of the first pair."""
    is_many = sum(map(len, grouped(burdens).values())) > MOST_ROWS
    return of_pair(scenario, burdens) if is_many else burdens


def of_pair(scenario: Scenario, burdens: Burdens) -> Burdens:
    """Those of the first pair, in its order; all where there is none, or one of it has no path."""
    known = {arm.name: (arm, found) for arm, found in burdens}
    pair = [known[name] for names in scenario.contrasts[:1] for name in names if name in known]
    return pair if len(pair) == 2 else burdens


def by_centre(burdens: Burdens) -> dict[str, list[Alike[CentreWork]]]:
    """The work at every centre, in order of first use."""
    return _alike([(arm, one.centre, one) for arm, found in burdens for one in found.centres], work_words)


def by_desk(burdens: Burdens) -> dict[str, list[Alike[DeskLoad]]]:
    """How every desk stood, in order of first use."""
    return _alike([(arm, one.desk, one) for arm, found in burdens for one in found.desks], load_words)


def _alike(every: Sequence[tuple[Arm, str, Load]], words: Callable[[Load], str]) -> dict[str, list[Alike[Load]]]:
    found: dict[str, dict[str, list[tuple[Arm, Load]]]] = {}
    for arm, name, load in every:
        found.setdefault(name, {}).setdefault(words(load), []).append((arm, load))
    return {
        name: [Alike(tuple(arm for arm, _ in alike), alike[0][1], said) for said, alike in rows.items()]
        for name, rows in found.items()
    }


def load_words(load: DeskLoad) -> str:
    """How long work waits for a desk, and how many wait at most."""
    queue = queue_text(load.longest, load.most)
    return f"{share_text(load.utilisation)}, wait {minutes_text(load.wait_us)} min, queue {queue}"


def work_title(scenario: Scenario, burdens: Burdens) -> str:
    """Where the first pair differs most; where none is compared, where most work is."""
    pair = of_pair(scenario, burdens)
    if not scenario.contrasts or {arm.name for arm, _ in pair} != {*scenario.contrasts[0]}:
        return _most(scenario, burdens)
    (a, of_a), (b, of_b) = (
        (arm.title, {one.centre: one.work.estimate for one in found.centres}) for arm, found in pair
    )
    apart = {centre: of_a.get(centre, 0.0) - of_b.get(centre, 0.0) for centre in (*of_a, *of_b)}
    centre, us = max(apart.items(), key=lambda one: abs(one[1]))
    if not us:
        return f"{capital(a)} and {b} take the same work everywhere"
    change = f"{minutes_text(us)} min {'more' if us > 0 else 'less'} work"
    return f"At working values {a} takes {change} a {scenario.happening} {centre_words(centre)} than {b}"


def _most(scenario: Scenario, burdens: Burdens) -> str:
    every = [(arm, one) for arm, found in burdens for one in found.centres]
    arm, most = max(every, key=lambda one: one[1].work.estimate)
    size = minutes_text(most.work.estimate)
    return f"Most work a {scenario.happening} is {size} min {centre_words(most.centre)}, {arm.title}"


def desks_title(burdens: Burdens) -> str:
    """For which desk work waits longest."""
    every = [(arm, one) for arm, found in burdens for one in found.desks if one.most]
    arm, most = max(every, key=lambda one: one[1].wait_us)
    return f"Work waits longest for {desk_name(most.desk)}: {minutes_text(most.wait_us)} min on average, {arm.title}"
