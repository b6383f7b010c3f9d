"""Texts of a scenario that our font cannot show: the fonts that can, or what is written instead.

Only a text with unusual letters makes this look at fonts, so nobody else waits for that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, TypeVar

from sim.model.scenario import Scenario

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
        return _spelt(noun, self.spelt) if self.spelt else noun

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
        yield from ((arm.title, _plain(arm.name)), (arm.route, "route"), (arm.mode, "mode"), (arm.product, "product"))
        if arm.deadline:
            yield arm.deadline.event, "deadline"
        yield from ((stage.title, _plain(stage.name)) for stage in arm.stages.values())
    yield from ((sensor.title, _plain(sensor.name)) for sensor in scenario.sensors)


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _is_usual(text: str) -> bool:
    return all(any(low <= ord(letter) < high for low, high in USUAL) for letter in text)


def _spelt(noun: Any, spelt: Mapping[str, str]) -> Any:
    """A tree of nouns with its texts replaced; the same object where there is none."""
    if isinstance(noun, str):
        return _replaced(noun, spelt)
    if isinstance(noun, tuple | list):
        items = [_spelt(item, spelt) for item in noun]
        return noun if _is_same(items, noun) else type(noun)(items)
    if isinstance(noun, Mapping):
        values = [_spelt(value, spelt) for value in noun.values()]
        return noun if _is_same(values, [*noun.values()]) else dict(zip(noun, values, strict=True))
    if not is_dataclass(noun) or isinstance(noun, type):
        return noun
    each = {one.name: getattr(noun, one.name) for one in fields(noun) if one.init and one.name not in LEFT}
    new = {name: _spelt(value, spelt) for name, value in each.items()}
    changed = {name: value for name, value in new.items() if value is not each[name]}
    return replace(noun, **changed) if changed else noun


def _is_same(new: Sequence[object], old: Sequence[object]) -> bool:
    return all(one is other for one, other in zip(new, old, strict=True))


def _replaced(text: str, spelt: Mapping[str, str]) -> str:
    for shown, name in spelt.items():
        text = text.replace(shown, name) if shown in text else text
    return text
