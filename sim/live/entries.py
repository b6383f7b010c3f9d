"""Texts of the file that may be moved: deadlines and times of the launches, and how often."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sim.model.launch import Deadline
from sim.model.names import in_words
from sim.model.scenario import Scenario
from sim.say.numbers import capital
from sim.units import duration_text, parse_duration

WHEN = ("date", "time")
IMPACT = "impact"  # which follows from the flight
FOR_ALL = " (a change is for all)"


@dataclass(frozen=True)
class Entry:
    """A text of the file."""

    path: str
    name: str
    text: str


def entries(scenario: Scenario) -> Iterator[Entry]:
    """Every one that an answer depends on."""
    yield from _of_file(scenario)
    yield from _of_arrangements(scenario)
    launches: Any = scenario.document.get("launches", [])
    for number, launch in enumerate(launches):
        whose = scenario.happening if len(launches) == 1 else str(launch.get("name", launch.get("event", "")))
        path = f"launches[{number}]"
        yield from (Entry(f"{path}.{one}", capital(f"{whose}: {one}"), launch[one]) for one in WHEN if one in launch)
        if "flight_time" in launch:
            yield Entry(f"{path}.flight_time", capital(f"{whose}: flight time"), _said(launch["flight_time"]))
        if "deadline" in launch:
            own = scenario.launches[number].deadline
            yield from _deadline(scenario, f"{path}.deadline", launch["deadline"], whose, own)
    yield Entry("replications", "Replications", str(scenario.replications))
    yield Entry("seed", "Seed", str(scenario.seed))


def _of_file(scenario: Scenario) -> Iterator[Entry]:
    """The deadline of all launches that have none of their own, where some arm has none either."""
    written: Any = scenario.document.get("launches", [])
    pairs = zip(scenario.launches, written, strict=True)
    found = {launch.deadline for launch, one in pairs if launch.deadline and "deadline" not in one}
    if not found or all(arm.deadline for arm in scenario.arms):
        return
    first, *others = sorted(found, key=lambda one: one.after_us)
    (entry,) = _deadline(scenario, "deadline", scenario.document.get("deadline"), "", first)
    if others:
        texts = " and ".join(duration_text(one.after_us) for one in (first, *others))
        entry = Entry(entry.path, entry.name + FOR_ALL, texts)
    yield entry


def _of_arrangements(scenario: Scenario) -> Iterator[Entry]:
    """The deadlines of the arrangements that have one of their own, of the arms compared."""
    arms, arrangements = (_section(scenario, name) for name in ("arms", "arrangements"))
    taken = {arms.get(arm.name, {}).get("arrangement", arm.name): arm.deadline for arm in scenario.arms}
    for name, own in taken.items():
        if own:
            written = arrangements[name]
            whose = str(written.get("title") or in_words(name))
            yield from _deadline(scenario, f"arrangements.{name}.deadline", written["deadline"], whose, own)


def _deadline(scenario: Scenario, path: str, written: Any, whose: str, found: Deadline | None) -> Iterator[Entry]:
    """A deadline, at its time where the file has one or names what happens; else in place of what the flight gives."""
    if found is None:
        return
    is_timed = isinstance(written, Mapping) and ("after" in written or found.event != IMPACT)
    event, us = (found.event, found.event_us) if is_timed else (found.name, found.after_us)
    name = capital(f"{whose}: {event}, after {scenario.happening}".removeprefix(": "))
    yield Entry(f"{path}.after" if is_timed else path, name, duration_text(us))


def _said(text: str) -> str:
    """A time as people say it, where that is exact."""
    us = parse_duration(text)
    said = duration_text(us)
    return said if parse_duration(said) == us else text


def _section(scenario: Scenario, name: str) -> Mapping[str, Any]:
    section = scenario.document.get(name, {})
    return section if isinstance(section, Mapping) else {}
