"""What may be moved on the page: every range, arms, channels, and times of the launch."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sim.live.entries import Entry, entries
from sim.model.names import in_words
from sim.model.scenario import Scenario, arm_ranges
from sim.say.numbers import capital
from sim.say.values import Value, values_of
from sim.scenario.document import find, parse_path
from sim.units import QuantityKind, exact_text, parse_quantity, seconds, split_range

N_STOPS = 121  # of a slider: a step is a twentieth of what the eye tells apart, and Page Up a tenth of the way
DECADE = 10.0
Behind = Literal["one", "both", "others"]
BEHIND: Mapping[Behind, str] = {  # of the pair that is spoken of first, or of the only arms
    "one": "Values that are not known, behind one of the first two arms",
    "both": "Values that are not known, behind both",
    "others": "Values that are not known, behind other arms",
}
PERIODS = {"as dated": "", "never": "[]", "always": "[{}]"}  # when a channel is open, as the format has it


@dataclass(frozen=True)
class Place:
    """Where a slider is: its value as it was written, the stop that is nearest, whether that is taken as known."""

    text: str
    at: int
    is_known: bool


@dataclass(frozen=True)
class Slider:
    """A value that is not known.

    path : where its working value is changed; ``known_path``, where the range gives way to one value.
    stops : the values at which it stops, as the file has them; ``typical``, the number of that of the file.
    behind : of the pair that is spoken of first, on what it rests: a key of `BEHIND`.
    """

    path: str
    known_path: str
    kind: QuantityKind
    name: str
    grade: str
    stops: tuple[str, ...]
    typical: int
    behind: Behind

    def place(self, sets: Mapping[str, str]) -> Place | None:
        """Where a change puts it; None where it leaves it alone."""
        for path in (self.path, self.known_path):
            if path in sets:
                return self._at(sets[path], is_known=path == self.known_path)
        return None

    def _at(self, text: str, *, is_known: bool) -> Place:
        try:
            number = parse_quantity(self.kind, text)
        except ValueError:  # a range in place of a value
            return Place(text, self.typical, is_known)
        stops = [parse_quantity(self.kind, stop) for stop in self.stops]
        return Place(text, min(range(len(stops)), key=lambda at: abs(stops[at] - number)), is_known)


@dataclass(frozen=True)
class Choice:
    """One of some texts by name; the first is that of the file."""

    path: str
    name: str
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Switch:
    """An arm that is compared or not."""

    arm: str
    title: str
    is_on: bool


@dataclass(frozen=True)
class Controls:
    """All that may be moved."""

    sliders: tuple[Slider, ...]
    choices: tuple[Choice, ...]
    entries: tuple[Entry, ...]
    switches: tuple[Switch, ...]

    @property
    def paths(self) -> frozenset[str]:
        """Where the page may change something."""
        of_sliders = {path for one in self.sliders for path in (one.path, one.known_path)}
        return frozenset(of_sliders | {one.path for one in self.choices} | {one.path for one in self.entries})

    @property
    def arms(self) -> tuple[str, ...]:
        """The names of all arms."""
        return tuple(switch.arm for switch in self.switches)

    @property
    def groups(self) -> dict[str, list[tuple[int, Slider]]]:
        """The sliders with their numbers, under what they are behind; none that is empty."""
        each = {
            title: [pair for pair in enumerate(self.sliders) if pair[1].behind == key] for key, title in BEHIND.items()
        }
        return {title: found for title, found in each.items() if found}

    def places(self, sets: Mapping[str, str]) -> dict[int, Place]:
        """Where a change puts sliders, by number."""
        found = {number: slider.place(sets) for number, slider in enumerate(self.sliders)}
        return {number: place for number, place in found.items() if place}


def controls_of(scenario: Scenario) -> Controls:
    """What may be moved of a scenario."""
    return Controls(
        tuple(_sliders(scenario)), tuple(_choices(scenario)), tuple(entries(scenario)), tuple(_switches(scenario))
    )


def _sliders(scenario: Scenario) -> Iterator[Slider]:
    """Those that move the first pair apart come first; none for what an arm sets for itself."""
    pair = [scenario.arm(name) for name in (*scenario.contrasts[:1], tuple(arm.name for arm in scenario.arms))[0]]
    n_behind = Counter(one.path for arm in pair for one in arm_ranges(arm))

    def behind(value: Value) -> Behind:
        if not n_behind[value.path]:
            return "others"
        return "both" if n_behind[value.path] == len(pair) > 1 else "one"

    found = [slider for value in values_of(scenario) if (slider := _slider(scenario, value, behind(value)))]
    yield from sorted(found, key=lambda slider: [*BEHIND].index(slider.behind))


def _slider(scenario: Scenario, value: Value, behind: Behind) -> Slider | None:
    path = _path_in_file(scenario, value)
    if path is None:
        return None
    stops = stops_of(value)
    return Slider(
        path=f"{path}.typical",
        known_path=path,
        kind=value.kind,
        name=capital(value.name),
        grade=value.grade,
        stops=stops,
        typical=stops.index(_written(value, _working(value))),
        behind=behind,
    )


def _path_in_file(scenario: Scenario, value: Value) -> str | None:
    """Where the file itself has this range, which an arm may have set for itself; None where it has it nowhere."""
    try:
        written = find(scenario.document, parse_path(value.path))
        is_parted = isinstance(written, Mapping) and "constant" in written
        found = written["constant"] if is_parted else written
        texts = (found["low"], found["high"]) if isinstance(found, Mapping) else split_range(found) or ()
        ends = tuple(parse_quantity(value.kind, text) for text in texts)
    except (KeyError, IndexError, TypeError, ValueError):
        return None
    is_own = ends == (value.range.low, value.range.high)
    return (f"{value.path}.constant" if is_parted else value.path) if is_own else None


def stops_of(value: Value) -> tuple[str, ...]:
    """The values at which a slider stops, as the file has them: of few digits, but for the ends and the typical one.

    Evenly spaced, in the logarithm where the range spans a decade.
    """
    ends = (value.range.low, _working(value), value.range.high)
    rounded = (parse_quantity(value.kind, value.text(at)) for at in _spaced(value))
    inside = {at for at in rounded if value.range.low < at < value.range.high}
    numbers = sorted({*inside, *ends})
    return tuple(dict.fromkeys(_written(value, at) for at in numbers))


def _working(value: Value) -> float:
    """The working value; where the file leaves it to the program, as people say it."""
    said = parse_quantity(value.kind, value.text(value.range.typical))
    return said if value.range.is_middle and value.range.low < said < value.range.high else value.range.typical


def _written(value: Value, number: float) -> str:
    """A value as a file has it: as people say it, or in seconds, where that is exact."""
    said = [value.text(number), *([f"{seconds(number):.12g} s"] if value.kind == "time" else [])]
    return next((text for text in said if parse_quantity(value.kind, text) == number), exact_text(value.kind, number))


def _spaced(value: Value) -> Iterator[float]:
    low, high = value.range.low, value.range.high
    is_log = low > 0 and high >= DECADE * low
    for number in range(1, N_STOPS - 1):
        share = number / (N_STOPS - 1)
        at = low * math.exp(share * math.log(high / low)) if is_log else low + share * (high - low)
        yield round(at) if value.range.is_whole else at


def _choices(scenario: Scenario) -> Iterator[Choice]:
    """When each channel that some arm uses is open: as dated, never or always."""
    used = dict.fromkeys(name for arm in scenario.arms for name in arm.used_channels())
    for name in used:
        written = _section(scenario, "channels").get(name, {})
        if isinstance(written, Mapping) and "open" in written:
            title = next(arm.channels[name].title for arm in scenario.arms if name in arm.channels)
            yield Choice(f"channels.{name}.open", f"{title}: open", PERIODS)


def _switches(scenario: Scenario) -> Iterator[Switch]:
    """The arms that are compared, and the other arms and arrangements of the file."""
    compared = {arm.name: arm.title for arm in scenario.compared}
    yield from (Switch(name, title, is_on=True) for name, title in compared.items())
    for part in ("arrangements", "arms"):
        for name, written in _section(scenario, part).items():
            if name not in (*compared, scenario.baseline):
                title = written.get("title") if isinstance(written, Mapping) else None
                yield Switch(name, str(title or in_words(name)), is_on=False)


def _section(scenario: Scenario, name: str) -> Mapping[str, Any]:
    section = scenario.document.get(name, {})
    return section if isinstance(section, Mapping) else {}
