"""The points that a report of a simulation should have, filled from the scenario and how its answers came about.

Points and numbers follow STRESS-DES: Monks, Currie, Onggo, Robinson, Kunc and Taylor, Strengthening the reporting of
empirical simulation studies: introducing the STRESS guidelines, Journal of Simulation 13(1), 2019. The words are ours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sim.model.flow import steps
from sim.model.scenario import Arm, Scenario
from sim.model.stage import Stage
from sim.reporting.parts import Part
from sim.say.numbers import capital, list_text
from sim.say.values import assumed_words, values_of
from sim.say.whose import recipients, report_words, where
from sim.studies.run.explain import places
from sim.units import count_text, duration_text

SOURCE = "https://doi.org/10.1080/17477778.2018.1442155"
LOGIC = (
    "A way of sharing is a flow of stages: one after another, several at once of which all or some are needed, or one "
    "and, if it is refused or late, another. A stage takes a random time, may be lost and tried again, may be refused, "
    "may need a desk, and may use a channel, which is open or closed."
)
DRAWS = "A random number is a function of seed, stage, purpose, launch and replication"
PHILOX = f"{DRAWS}, by Philox 4x64-10; ways that are compared use the same numbers, so differences are paired."
SOBOL = f"{DRAWS}, by scrambled Sobol points; ways that are compared use the same numbers, so differences are paired."
SOURCES = (
    "Those that are named stand under Sources; a value that names none rests on none. No public source tells how long "
    "either way takes."
)
EVENTS = (
    "From event to event: at one instant all ends are settled, then limits that are due, then desks serve. The engines "
    "of the program give the same numbers to the last bit."
)


@dataclass(frozen=True)
class Point:
    """A point of the checklist: its number and name, what is told, and what a person must still tell; empty if none."""

    number: str
    name: str
    said: str
    is_open: str = ""


def checklist(parts: Sequence[Part]) -> tuple[Point, ...]:
    """Every point, of answers to questions about one scenario."""
    scenario = parts[0].scenario
    every = scenario.runs or (scenario,)
    return (
        *_objectives(parts, scenario),
        *_logic(every),
        *_components(every),
        *_data(every),
        *_experiments(parts, every),
        *_software(parts),
    )


def _objectives(parts: Sequence[Part], scenario: Scenario) -> Iterator[Point]:
    one = (scenario.runs or (scenario,))[0]
    ways = list_text([arm.title for arm in one.arms])
    told = f"To compare how soon {report_words(one)} reaches {where(one)}: {ways}."
    yield Point("1.1", "Purpose", told, "who asks, and which decision it is for")
    outputs = "when a report arrives, whether it does, whether it is in time, and how far two ways are apart"
    yield Point("1.2", "Outputs", f"For every launch and way: {outputs}; as the tables say.")
    yield Point("1.3", "Experiments", "; ".join(part.page.question or part.page.title for part in parts) + ".")


def _logic(every: Sequence[Scenario]) -> Iterator[Point]:
    one, arms = every[0], _arms(every)
    diagram = places(one) or "No stage says at which centre it is."
    yield Point("2.1", "Overview", diagram, "a drawing of the flows, where words do not do")
    yield Point("2.2", "Logic of the model", LOGIC)
    ways = "; ".join(f"{arm.title}: {count_text(len(_used([arm])), 'stage')}" for arm in arms)
    yield Point("2.3", "Logic of what is compared", f"{ways}. Their flows stand in the scenario as run.")
    sensors = " When a sensor sees a launch follows from where it stands and a ballistic flight." if one.sensors else ""
    yield Point("2.4", "Algorithms", f"{EVENTS}{sensors}")


def _components(every: Sequence[Scenario]) -> Iterator[Point]:
    one, arms = every[0], _arms(every)
    n = sum(len(scenario.real.launch_keys()) for scenario in every)
    n_false = sum(len(scenario.launch_keys()) for scenario in every) - n
    false = f" and {count_text(n_false, 'report')} of what never was" if n_false else ""
    yield Point("2.5.1", "Entities", f"Reports of {count_text(n, one.happening, one.happenings)}{false}.")
    stages = _used(arms)
    yield Point("2.5.2", "Activities", f"{count_text(len(stages), 'stage')}, listed with what each rests on.")
    desks = {name: arm.desks[name] for arm in arms for name in arm.used_desks()}
    named = list_text(sorted(desks)) if desks else "none"
    yield Point("2.5.3", "Resources", f"Desks, each a pool of equal servers: {named}.")
    queue = "More urgent work first, then who came first; no limit to a queue, and nothing begun is broken off."
    yield Point("2.5.4", "Queues", queue if desks else "None: no stage needs a desk.")
    end = f"A report begins with its {one.happening} and ends at the recipient ({recipients(one)}), or is refused."
    yield Point("2.5.5", "Entry and exit", end)


def _data(every: Sequence[Scenario]) -> Iterator[Point]:
    yield Point("3.1", "Sources", SOURCES)
    yield Point("3.2", "Preparation", "Times, flights and delays are those of the scenario; the program fits nothing.")
    values = {value.path: value for scenario in every for value in values_of(scenario)}
    ranges = f"; for {count_text(len(values), 'value')} that nobody knows a working value and a range" if values else ""
    yield Point("3.3", "Values", f"All in the scenario as run{ranges}.")
    stages = _used(_arms(every))
    grades = Counter(stage.evidence.value for stage in stages.values())
    told = list_text([f"{n} {grade}" for grade, n in sorted(grades.items())])
    of_ranges = f"; of ranges, {assumed_words([value.grade for value in values.values()])}" if values else ""
    yield Point("3.4", "Assumptions", f"Delays of stages: {told}{of_ranges}.", "whether a reader may grant them")


def _experiments(parts: Sequence[Part], every: Sequence[Scenario]) -> Iterator[Point]:
    one = every[0]
    yield Point("4.1", "Start", "Desks begin empty; other work of a desk begins as long before as its warm-up says.")
    limit = duration_text(one.horizon_us)
    yield Point("4.2", "Length", f"Until nothing of a {one.happening} is pending, at most {limit} after time 0.")
    told = "; ".join(dict.fromkeys(part.page.repeat for part in parts))
    yield Point("4.3", "Estimation", f"{told}.")


def _software(parts: Sequence[Part]) -> Iterator[Point]:
    noted, scenario = parts[0].provenance, parts[0].scenario
    libraries = ", ".join(f"{name} {version}" for name, version in noted.get("libraries", {}).items())
    python = f"alertpath {noted.get('alertpath', 'of a version not told')}, Python {noted.get('python', 'not told')}"
    yield Point("5.1", "Software", f"{python}; {libraries}.")
    yield Point("5.2", "Random numbers", PHILOX if scenario.draws == "philox" else SOBOL)
    yield Point("5.3", "Execution", f"Engine: {noted.get('engine', 'not told')}; it changes no result.")
    where = str(noted.get("where", "not told"))
    yield Point("5.4", "Machine", f"{capital(where)}; it changes no result.", "processor, memory, and how long it took")
    free = "The program is free software (Apache-2.0); the scenario as run stands above and repeats it."
    yield Point("6.1", "Where to get it", free, "where the files of the results can be had")


def _arms(every: Sequence[Scenario]) -> list[Arm]:
    return list({arm.name: arm for scenario in every for arm in scenario.arms}.values())


def _used(arms: Sequence[Arm]) -> dict[str, Stage]:
    """The stages that the flows of arms have, by name."""
    return {step.stage: arm.stages[step.stage] for arm in arms for step in steps(arm.flow)}
