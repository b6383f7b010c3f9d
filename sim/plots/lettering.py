"""Texts of a scenario that our font cannot show: the fonts that can, or what is written instead.

Only a text with unusual letters makes this look at fonts, so nobody else waits for that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from sim.model.names import in_words
from sim.model.scenario import Scenario
from sim.model.trees import put

USUAL = ((0x20, 0x530), (0x2000, 0x2200))  # Latin, Greek and Cyrillic; marks and arrows: our font has them
LEFT = ("document", "asked")  # what digests are of
MEND = "install a font that has them, such as Noto Sans CJK (fonts-noto-cjk)"

Noun = TypeVar("Noun")


@dataclass(frozen=True)
class Lettering:
    """How figures write the texts of scenarios.

    fonts : families behind ours, for letters that ours has not.
    spelt : by text that no font here can show, what stands in its place: its name in the file.
    """

    fonts: tuple[str, ...] = ()
    spelt: Mapping[str, str] = field(default_factory=dict)

    def of(self, noun: Noun) -> Noun:
        """The same noun with every text in it as figures show it; what digests are of stays."""
        if not self.spelt:
            return noun
        spelt: Noun = put(noun, lambda part: _replaced(part, self.spelt) if isinstance(part, str) else part, LEFT)
        return spelt

    def said(self, anew: str) -> str:
        """What a user is told, and with which command figures are made anew; nothing where every text is shown."""
        if not self.spelt:
            return ""
        text, name = min(self.spelt.items(), key=lambda item: len(item[0]))
        return (
            f'figures: no font here has the letters of "{text}", so they say "{name}", and for every such text its '
            f"name in the file — {MEND}, then {anew} makes them anew"
        )


AS_OURS = Lettering()


def lettering(scenarios: Sequence[Scenario]) -> Lettering:
    """How the texts of scenarios are written in figures on this machine."""
    unusual = {text: name for one in scenarios for text, name in _named(one) if not _is_usual(text)}
    if not unusual:
        return AS_OURS
    from sim.plots.fonts import behind, lacking

    missing = lacking("".join(unusual))
    fonts = behind(missing)
    unseen = {*lacking("".join(missing), fonts)}
    longest_first = sorted(unusual.items(), key=lambda item: -len(item[0]))
    return Lettering(fonts, {text: name for text, name in longest_first if unseen & {*text}})


def _named(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Every text of a scenario that a figure may show, with what it is called in plain letters."""
    name = scenario.name if _is_usual(scenario.name) else "scenario"
    yield from ((scenario.name, name), (scenario.title, name))
    for number, entry in enumerate(scenario.launches, 1):
        yield from ((entry.name, f"launch {number}"), (entry.missile, f"launch {number}"))
        if entry.deadline:
            yield entry.deadline.event, "deadline"
    for arm in scenario.arms:
        yield from ((arm.title, in_words(arm.name)), (arm.route, "route"), (arm.mode, "mode"), (arm.product, "product"))
        if arm.deadline:
            yield arm.deadline.event, "deadline"
        yield from ((stage.title, in_words(stage.name)) for stage in arm.stages.values())
        yield from ((channel.title, in_words(name)) for name, channel in arm.channels.items())
    yield from ((sensor.title, in_words(sensor.name)) for sensor in scenario.sensors)


def _is_usual(text: str) -> bool:
    return all(any(low <= ord(letter) < high for low, high in USUAL) for letter in text)


def _replaced(text: str, spelt: Mapping[str, str]) -> str:
    for shown, name in spelt.items():
        text = text.replace(shown, name) if shown in text else text
    return text
