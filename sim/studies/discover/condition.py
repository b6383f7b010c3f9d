"""A condition on a setting, as people write it: ``direct in time and via_washington not``.

Conditions are joined by ``and`` and ``or``, of which ``and`` binds closer; ``not`` before one turns it round, and an
arm with ``not`` behind it turns round what was said last, of that arm::

    A faster than B [by 5 min]     the mean paired difference in alert latency; also: slower than, sooner, later
    A in time [in 90 %]            the share of launches reported in time is at least so much; 50 % if not said
    A within 10 min                the mean alert latency is at most that
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.analysis.measures import Measure
from sim.analysis.outcomes import Outcomes, Quantity
from sim.errors import SimError
from sim.units import parse_duration, parse_share

Bools = NDArray[np.bool_]
FORMS = "A faster than B [by 5 min], A slower than B, A in time [in 90 %], A within 10 min; joined by and, or, not"
Sign = Literal["faster", "slower"]
SIGNS: dict[str, Sign] = {"faster": "faster", "sooner": "faster", "slower": "slower", "later": "slower"}
MOST_LETTERS = 1_000
ENOUGH = 0.5  # of launches: in time


@dataclass(frozen=True)
class Claim:
    """One thing said of an arm.

    amount : of time, microseconds, or of launches, a share.
    """

    kind: Sign | Literal["in time", "within"]
    arm: str
    against: str
    amount: float
    is_negated: bool = False

    def holds(self, found: Outcomes) -> Bools:
        """In which settings it does, (setting,); nothing holds of what is not known."""
        said = self._said(found)
        return ~said if self.is_negated else said

    def _said(self, found: Outcomes) -> Bools:
        if self.kind == "in time":
            return np.asarray(found.values[Quantity(Measure.IN_TIME, self.arm)][0] >= self.amount)
        if self.kind == "within":
            return np.asarray(found.values[Quantity(Measure.MEAN, self.arm)][0] <= self.amount)
        difference = found.difference(Measure.MEAN, self.arm, self.against)[0]
        apart = difference if self.kind == "slower" else -difference
        return np.asarray(apart >= self.amount if self.amount else apart > 0)


@dataclass(frozen=True)
class Condition:
    """Any of some claims that hold together; the text as it was given."""

    text: str
    alternatives: tuple[tuple[Claim, ...], ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        return tuple(claim for together in self.alternatives for claim in together)

    @property
    def arms(self) -> tuple[str, ...]:
        """Every arm of which something is said."""
        named = (name for claim in self.claims for name in (claim.arm, claim.against) if name)
        return tuple(dict.fromkeys(named))

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every pair whose difference is needed."""
        return tuple(dict.fromkeys((claim.arm, claim.against) for claim in self.claims if claim.against))

    @property
    def needs_deadline(self) -> bool:
        return any(claim.kind == "in time" for claim in self.claims)

    def holds(self, found: Outcomes) -> Bools:
        """In which settings it does, (setting,)."""
        together = [np.all([claim.holds(found) for claim in claims], axis=0) for claims in self.alternatives]
        return np.asarray(np.any(together, axis=0))


def parse_condition(text: str, arms: Sequence[str]) -> Condition:
    """Read a condition on some arms.

    Raises
    ------
    SimError : what cannot be read, and what can.
    """
    if len(text) > MOST_LETTERS:
        raise SimError(f"--when: {len(text):,} letters are more than {MOST_LETTERS:,}")
    alternatives: list[tuple[Claim, ...]] = []
    before: Claim | None = None
    for alternative in _split(text.split(), "or"):
        together = []
        for words in _split(alternative, "and"):
            before = _claim(words, before, arms)
            together.append(before)
        alternatives.append(tuple(together))
    return Condition(" ".join(text.split()), tuple(alternatives))


def _split(words: Sequence[str], at: str) -> Iterator[list[str]]:
    part: list[str] = []
    for word in words:
        if word == at:
            yield part
            part = []
        else:
            part.append(word)
    yield part


def _claim(words: list[str], before: Claim | None, arms: Sequence[str]) -> Claim:
    match words:
        case []:
            raise SimError(f"--when: a condition is missing beside and, or — write {FORMS}")
        case ["not", *rest]:
            found = _claim(rest, before, arms)
            return replace(found, is_negated=not found.is_negated)
        case [arm, "not"] if before is not None:
            return replace(before, arm=_arm(arm, arms), is_negated=not before.is_negated)
        case [arm, sign, "than", against, *rest] if sign in SIGNS:
            a, b = _arm(arm, arms), _arm(against, arms)
            if a == b:
                raise SimError(f"--when: {a} is compared with itself — name two arms of {', '.join(arms)}")
            return Claim(SIGNS[sign], a, b, _by(rest))
        case [arm, "in", "time"]:
            return Claim("in time", _arm(arm, arms), "", ENOUGH)
        case [arm, "in", "time", "in", *rest] if rest:
            return Claim("in time", _arm(arm, arms), "", _amount(rest, is_share=True))
        case [arm, "within", *rest] if rest:
            return Claim("within", _arm(arm, arms), "", _amount(rest))
    raise SimError(f'--when: cannot read "{" ".join(words)}" — write {FORMS}')


def _by(words: list[str]) -> float:
    match words:
        case []:
            return 0.0
        case ["by", *rest] if rest:
            return _amount(rest)
    raise SimError(f'--when: cannot read "{" ".join(words)}" behind the second arm — write by 5 min')


def _amount(words: list[str], *, is_share: bool = False) -> float:
    text = " ".join(words)
    try:
        return parse_share(text) if is_share else parse_duration(text)
    except ValueError as error:
        raise SimError(f"--when: {error}") from None


def _arm(name: str, arms: Sequence[str]) -> str:
    if name not in arms:
        raise SimError(f'--when: unknown arm "{name}" — the arms are {", ".join(arms)}')
    return name
