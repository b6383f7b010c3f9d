"""What a path of a scenario is called: the stage, sensor or desk it belongs to, by its title, and what of that."""

from __future__ import annotations

from collections.abc import Sequence

from sim.model.names import in_words
from sim.model.scenario import Scenario
from sim.scenario.document import parse_path

CENTRES = ("median", "mean", "delay", "constant", "usual delay")  # where a delay lies: its name need not be said
TOLD = {"usual": "usual delay", "at worst": "delay at worst", "out": "absence"}

OUTAGES = {"up": "time up", "down": "time down"}


def name(scenario: Scenario, path: str) -> str:
    """In a sentence: the median of Tokyo asks."""
    return said(*owner_and_what(scenario, path))


def said(owner: str, what: str) -> str:
    """What of whom, in a sentence."""
    return f"the {what} of {owner}" if what else owner


def short_name(scenario: Scenario, path: str) -> str:
    """On an axis: Tokyo asks."""
    return short(*owner_and_what(scenario, path))


def short(owner: str, what: str) -> str:
    """The owner alone where that is enough."""
    return f"{owner}: {what}" if what and what not in CENTRES else owner


def owner_and_what(scenario: Scenario, path: str) -> tuple[str, str]:
    """Whose a value is and what it is of that, such as ``Tokyo asks`` and ``median``; the path where nobody has it."""
    section, *rest = parse_path(path)
    if section == "arms" and len(rest) == 3 and rest[1] == "set":
        owner, what = owner_and_what(scenario, str(rest[2]))
        return f"{owner} in {title_of(scenario, str(rest[0]))}", what
    if section in ("stages", "sensors", "desks", "channels") and rest:
        return _title(scenario, section, str(rest[0])), _what(rest[1:])
    if section in ("flows", "arrangements") and len(rest) == 1:
        return in_words(str(rest[0])), ""
    if section in ("flows", "arrangements") and rest[-1] == "for":
        return in_words(str(rest[0])), "time limit"
    if section == "launches" and rest[1:2] == ["gap"]:
        return "gap between launches", _what(rest[2:] or ["delay"])
    return path, ""


def _title(scenario: Scenario, section: str, entry: str) -> str:
    """As the file titles a stage, sensor or channel, in the first arm that has it."""
    kinds = {"stages": "stages", "sensors": "stages", "channels": "channels"}
    entries = [getattr(arm, kinds[section]).get(entry) for arm in scenario.arms] if section in kinds else []
    return next((one.title for one in entries if one), in_words(entry))


def _what(parts: Sequence[object]) -> str:
    *above, leaf = parts or [""]
    if leaf == "probability" and above:
        leaf = above.pop()
    what = str(leaf).replace("_", " ")
    what = TOLD.get(what, what)
    if above[:1] == ["hours"]:
        return f"on-call {what}" if len(above) > 1 else "on-call delay"
    if above[:1] == ["outages"]:
        return f"{what} of its time {above[1]}" if len(above) > 1 else OUTAGES.get(what, what)
    if above == ["background", "surge"]:
        return "size of its surge"
    return f"background {above[1]} {what}" if above[:1] == ["background"] and len(above) > 1 else what


def desk_name(name: str) -> str:
    """A desk in a sentence, which has a name alone: the US desk; what follows in brackets is kept."""
    entry, bracket, rest = name.partition(" (")
    words = in_words(entry).split(" ")
    return " ".join(["the", *words, *(["desk"] if words[-1] != "desk" else [])]) + bracket + rest


def title_of(scenario: Scenario, arm: str) -> str:
    """The title of an arm, or its name where it is not compared."""
    return next((one.title for one in scenario.arms if one.name == arm), arm)
