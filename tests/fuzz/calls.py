"""Calls of the Python interface with arguments that fit and that do not: each has an answer or a `SimError`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from inspect import signature
from pathlib import Path
from random import Random
from typing import Any

import sim
from sim import api
from sim.errors import SimError
from sim.scenario.reader import parse_document
from tests.fuzz.files import SMALL, again, edited
from tests.fuzz.lines import LONG, SMALL_VALUES
from tests.fuzz.lines import VALUES as WORDS
from tests.fuzz.pieces import VALUES

ODD = (
    *(None, True, -1, 0, 1.5, float("nan"), 2**70, 1e300, b"x", [], {}, ["x"], {"a": 1}),
    *(object, Path("."), date.min),
)
SOUND = parse_document(SMALL.decode(), "small").tree


@dataclass(frozen=True)
class Call:
    """A function by name, its scenario if any, and its options."""

    function: str
    scenario: tuple[Any, ...]
    options: dict[str, Any]


def given(random: Random) -> Call:
    function = random.choice([name for name in api.__all__ if name[0].islower() and name not in LONG])
    scenario = random.choice((SOUND, SOUND, edited(random), "first-look", _odd(random)))
    names = [name for name, one in signature(getattr(sim, function)).parameters.items() if one.kind is one.KEYWORD_ONLY]
    options = {name: _value(random, name) for name in random.sample(names, random.randint(0, min(2, len(names))))}
    wrong = random.choice((f"{random.choice(names or ['x'])}s", "scenario", "set"))
    options |= {wrong: _odd(random)} if random.random() < 0.7 else {}
    few = {"replications": 2, "settings": 1, "workers": 1}
    options |= {name: number for name, number in few.items() if name in names and name not in options}
    return Call(function, (scenario,) * random.choices((1, 0, 2), (18, 1, 1))[0], options)


def _odd(random: Random) -> Any:
    return random.choice((random.choice(ODD), random.choice(VALUES)))


def _value(random: Random, name: str) -> Any:
    return random.choice((*SMALL_VALUES.get(f"--{name}", WORDS), _odd(random)))


def check(call: Call) -> bool:
    """Make it; whether it was answered."""
    try:
        answer = getattr(sim, call.function)(*call.scenario, **call.options)
    except SimError:
        return False
    if call.function == "check":
        assert again(answer.document, answer.name) == answer
    return True
