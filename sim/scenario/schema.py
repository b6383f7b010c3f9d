"""The scenario format, field by field; the text under a field is its documentation.

`sim schema` prints it as JSON Schema, and the tables of `scenarios/README.md` are made from it.
Every scalar arrives as text and is parsed here, so nothing is ever guessed from its looks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, TypeVar

from sim import units
from sim.model.distributions import FAMILIES
from sim.model.evidence import STEP_GRADES, VALUE_GRADES
from sim.scenario.document import Tree
from sim.scenario.names import MOST_ARMS, MOST_FLOWS
from sim.scenario.parts import Either, Kind, ListOf, Part, Scalar, Section, Untouched, default, needed, one_of, optional

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,59}")
MOST_TEXT = 2_000
MOST_ENTRIES = 1_000
MOST_IN_A_LIST = 5_000
T = TypeVar("T")
N = TypeVar("N", bound=float)


def _name(text: str) -> str:
    if not NAME.fullmatch(text):
        raise ValueError(f'is not a name: "{text[:60]}" — letters, digits, _ and -, a letter first, at most 60')
    return text


def _free_text(text: str) -> str:
    if len(text) > MOST_TEXT or not all(c.isprintable() or c == "\n" for c in text):
        raise ValueError(f"must be printable text of at most {MOST_TEXT} characters")
    return text.strip()


def _label(text: str) -> str:
    if len(text) > 100 or not text.isprintable():
        raise ValueError("must be one printable line of at most 100 characters")
    return text


def _time_zone(text: str) -> str:
    from zoneinfo import ZoneInfo  # few files name a zone

    try:
        return ZoneInfo(text).key
    except (KeyError, ValueError, OSError):
        raise ValueError(f'is not a time zone: "{text[:60]}" — e.g. Asia/Seoul') from None


def _between(parse: Callable[[str], N], least: float, most: float) -> Callable[[str], N]:
    def validate(text: str) -> N:
        value = parse(text)
        if not least <= value <= most:
            raise ValueError(f"must lie between {least:g} and {most:,.0f}, got {text.strip()}")
        return value

    return validate


def _quoted(pattern: str, *examples: str) -> dict[str, object]:
    return {"type": "string", "pattern": pattern, "examples": list(examples)}


def _count(least: int, most: float) -> Scalar[int]:
    return Scalar(_between(units.parse_count, least, most), "a whole number", {"type": "integer"})


STRING = {"type": "string"}
NAMED = Scalar(_name, "a name", STRING)
TEXT = Scalar(_free_text, "text", STRING)
LABEL = Scalar(_label, "a short text", STRING)
CATALOGUE_ID = Scalar(_label, "a date of the catalogue such as 2019-10-02", STRING)
PATH = Scalar(str, "a path", STRING)
TIME_ZONE = Scalar(_time_zone, "a time zone such as Asia/Seoul", STRING)
DURATION = Scalar(
    units.parse_duration, 'a duration such as "90 s"', _quoted(r"^[0-9.]+ ?(us|ms|s|min|h|d)$", "90 s", "5.5 min")
)
LENGTH = Scalar(units.parse_length, 'a length such as "450 km"', _quoted(r"^[0-9.]+ ?(m|km)$", "450 km"))
SHARE = Scalar(units.parse_share, 'a share such as "2 %"', _quoted(r"^[0-9.]+ ?%?$", "2 %", "0.02"))
RATIO = Scalar(_between(units.parse_number, 0, 1e6), "a number", {"type": "number"})
SEED, COUNT, FEW, FEW_OR_NONE = _count(0, 2**63), _count(1, 1e9), _count(1, 1e5), _count(0, 1e5)
PRECEDENCE = one_of("FLASH", "IMMEDIATE", "PRIORITY", "ROUTINE")
NONE: Scalar[Literal["none"]] = one_of("none")


class Range(Part):
    """The plausible range of a value that is not known: of the value, not the spread of a delay."""

    low: float
    typical: float
    high: float

    def check(self) -> None:
        if not self.low <= self.typical <= self.high:
            raise ValueError("low, typical and high must rise")
        if self.low == self.high:
            raise ValueError("low and high are equal — write the one value")


class DurationRange(Range):
    low, typical, high = needed(DURATION), needed(DURATION), needed(DURATION)


class ShareRange(Range):
    low, typical, high = needed(SHARE), needed(SHARE), needed(SHARE)


class RatioRange(Range):
    low, typical, high = needed(RATIO), needed(RATIO), needed(RATIO)


class CountRange(Range):
    low, typical, high = needed(FEW), needed(FEW), needed(FEW)


def _or_range(scalar: Kind[float], part: type[Range]) -> Kind[float | Range]:
    return Either(lambda value: part if isinstance(value, dict) else scalar, (scalar, part))


DURATION_OR_RANGE = _or_range(DURATION, DurationRange)
SHARE_OR_RANGE = _or_range(SHARE, ShareRange)
RATIO_OR_RANGE = _or_range(RATIO, RatioRange)
FEW_OR_RANGE = _or_range(FEW, CountRange)


class Family(Part):
    """The numbers of a distribution, in one of the ways that people know it."""

    def check(self) -> None:
        ways = FAMILIES[type(self).__name__.lower()]
        if not any(self.given == set(way) for way in ways):
            known = ", or ".join(" and ".join(way) for way in ways)
            raise ValueError(f"needs {known}; got {' and '.join(sorted(self.given)) or 'nothing'}")


class Uniform(Family):
    low = optional(DURATION_OR_RANGE)
    high = optional(DURATION_OR_RANGE)


class Triangular(Uniform):
    mode = optional(DURATION_OR_RANGE)


class Pert(Triangular):
    pass


class Exponential(Family):
    mean = optional(DURATION_OR_RANGE)
    median = optional(DURATION_OR_RANGE)
    p90 = optional(DURATION_OR_RANGE)


class Lognormal(Family):
    median = optional(DURATION_OR_RANGE)
    p90 = optional(DURATION_OR_RANGE)
    p90_over_median = optional(RATIO_OR_RANGE)
    log_sd = optional(RATIO_OR_RANGE)
    mean = optional(DURATION_OR_RANGE)
    sd = optional(DURATION_OR_RANGE)


class Gamma(Family):
    median = optional(DURATION_OR_RANGE)
    p90 = optional(DURATION_OR_RANGE)
    p90_over_median = optional(RATIO_OR_RANGE)
    shape = optional(RATIO_OR_RANGE)
    mean = optional(DURATION_OR_RANGE)
    sd = optional(DURATION_OR_RANGE)


class Erlang(Family):
    shape = optional(FEW_OR_RANGE)
    mean = optional(DURATION_OR_RANGE)


class Weibull(Family):
    median = optional(DURATION_OR_RANGE)
    p90 = optional(DURATION_OR_RANGE)
    p90_over_median = optional(RATIO_OR_RANGE)
    mean = optional(DURATION_OR_RANGE)
    sd = optional(DURATION_OR_RANGE)
    shape = optional(RATIO_OR_RANGE)
    scale = optional(DURATION_OR_RANGE)


class Empirical(Part):
    values = needed(ListOf(DURATION, MOST_IN_A_LIST))
    """The observed durations, in any order; or write `file` instead."""
    interpolation = needed(one_of("step", "linear"))
    """step: each value as likely; linear: straight lines between them."""
    file = optional(LABEL)
    """A CSV file beside the scenario with one duration a line, read in place of `values`."""


class Delay(Part):
    constant = optional(DURATION_OR_RANGE)
    """Always the same; `delay: 57 s` is short for it."""
    uniform = optional(Uniform)
    """low, high."""
    triangular = optional(Triangular)
    """low, mode, high."""
    pert = optional(Pert)
    """low, mode, high: a smoother triangular."""
    exponential = optional(Exponential)
    """mean, or median, or p90."""
    lognormal = optional(Lognormal)
    """median and p90, or median and p90_over_median, or median and log_sd, or mean and sd."""
    gamma = optional(Gamma)
    """median and p90, or median and p90_over_median, or mean and sd, or shape and mean."""
    erlang = optional(Erlang)
    """shape (a whole number) and mean."""
    weibull = optional(Weibull)
    """median and p90, or median and p90_over_median, or mean and sd, or shape and scale."""
    empirical = optional(Empirical)
    """Observed values."""
    min = optional(DURATION_OR_RANGE)
    """Truncation from below; the parameters describe the untruncated distribution."""
    max = optional(DURATION_OR_RANGE)
    """Truncation from above."""

    @classmethod
    def written_out(cls, value: Tree) -> Tree:
        return {"constant": value} if isinstance(value, str) else value

    def check(self) -> None:
        families = self.given - {"min", "max"}
        if len(families) != 1:
            raise ValueError(f"needs one distribution, got {' and '.join(sorted(families)) or 'none'}")


class Evidence(Part):
    step = needed(one_of(*STEP_GRADES))
    """Whether the step happens: documented (a source says so), inferred (our reading), hypothetical ("what if")."""
    value = needed(one_of(*VALUE_GRADES))
    """What the value rests on: documented (a public time for this step on this launch), estimated
    (from public times on other launches), assumed (no public time)."""
    source = default(TEXT, "")
    """Required unless the step is hypothetical and the value assumed."""
    note = default(TEXT, "")
    """Why this value, or this range."""

    @classmethod
    def written_out(cls, value: Tree) -> Tree:
        if isinstance(value, str):
            if value != "assumed":
                raise ValueError(f'the only short form is "assumed", got "{value[:60]}" — give step, value and source')
            return {"step": "hypothetical", "value": "assumed"}
        return value

    def check(self) -> None:
        if not self.source and (self.step, self.value) != ("hypothetical", "assumed"):
            raise ValueError(f"a {self.step} step with a value {self.value} needs a source")


class Loss(Part):
    probability = needed(SHARE_OR_RANGE)
    """The share of attempts that are lost."""
    retry_after = needed(DURATION_OR_RANGE)
    """What a lost attempt costs."""
    attempts = needed(FEW)
    """After so many lost attempts the stage is refused."""
    evidence = optional(Evidence)
    """As under stages; left out, that of the stage."""


class Refusal(Part):
    probability = needed(SHARE_OR_RANGE)
    """The share of launches for which the flow ends here."""
    evidence = optional(Evidence)
    """As under stages; left out, that of the stage."""


class Stage(Part):
    delay = needed(Delay)
    """How long the step takes: a duration or a distribution."""
    evidence = needed(Evidence)
    """What the step and its delay rest on; `evidence: assumed` in short."""
    title = optional(LABEL)
    """Two to four words for figures; left out, the name."""
    at = optional(NAMED)
    """The centre where it happens; left out, that of the desk."""
    desk = optional(NAMED)
    """The desk that does it, shared by every launch and stage that names it."""
    precedence = default(PRECEDENCE, "FLASH")
    """Message precedence at the desk: FLASH before IMMEDIATE, PRIORITY and ROUTINE."""
    loss = optional(Loss)
    """Attempts that are lost and repeated."""
    refusal = optional(Refusal)
    """A chance that the stage ends the flow here."""


class Background(Part):
    interarrival = needed(Delay)
    """The time between two jobs."""
    service = needed(Delay)
    """How long a job takes."""
    precedence = default(PRECEDENCE, "ROUTINE")
    """Message precedence of the jobs."""
    warm_up = default(DURATION, 0)
    """How long before time 0 the jobs begin."""
    evidence = optional(Evidence)
    """As under stages; left out, that of the desk."""


class Desk(Part):
    capacity = needed(FEW_OR_RANGE)
    """How many can be served at once."""
    evidence = needed(Evidence)
    """What the desk and its capacity rest on."""
    at = optional(NAMED)
    """The centre where it stands."""
    background = optional(Background)
    """Other work of the desk."""


class Centre(Part):
    time_zone = optional(TIME_ZONE)
    """An IANA name such as Asia/Seoul."""


def _flows() -> ListOf[Flow]:
    return ListOf(Flow, MOST_IN_A_LIST)


class Flow(Part):
    """A stage or a combination; a name stands for itself, a list for each in turn."""

    stage = optional(NAMED)
    """A stage or named flow; a name alone is short for it."""
    label = optional(NAMED, name="as")
    """Tells two uses of one stage apart: two steps are two draws."""
    in_turn: list[Flow] | None = optional(_flows)
    """Each in turn; a list alone is short for it."""
    all: list[Flow] | None = optional(_flows)
    """Done when the last of them is."""
    first: list[Flow] | None = optional(_flows)
    """Done when the first of them is."""
    at_least = optional(FEW)
    """Done when so many of `of` are."""
    of: list[Flow] | None = optional(_flows)
    """The flows that at_least counts."""
    main: Flow | None = optional(lambda: Flow, name="try")
    """Tried first."""
    limit = optional(DURATION_OR_RANGE, name="for")
    """How long it is tried; left out, until it is refused."""
    fallback: Flow | None = optional(lambda: Flow, name="else")
    """What begins then; the first of the two counts."""

    @classmethod
    def written_out(cls, value: Tree) -> Tree:
        if isinstance(value, str):
            return {"stage": value}
        return {"in_turn": value} if isinstance(value, list) else value

    def check(self) -> None:
        given = self.given
        beside = {"stage": {"as"}, "try": {"for"}}
        for form in ({"stage"}, {"in_turn"}, {"all"}, {"first"}, {"at_least", "of"}, {"try", "else"}):
            if form <= given <= form | beside.get(min(form - {"else"}), set()):
                break
        else:
            raise ValueError(
                f"is no flow: {', '.join(sorted(given)) or 'nothing'} — a name, a list, all, first, "
                "at_least and of, try (for) else, or stage and as"
            )
        if self.at_least is not None and self.of is not None and self.at_least > len(self.of):
            raise ValueError(f"at_least {self.at_least} of only {len(self.of)}")


class Arrangement(Part):
    flow = needed(Flow)
    """From the launch to the recipient."""
    title = optional(LABEL)
    """For tables and figures; left out, the name."""
    route = default(LABEL, "")
    """Which way the report goes; two arms of one mode that differ in it differ in the route alone."""
    mode = default(LABEL, "")
    """How it is released; two arms of one route that differ in it differ in the mode alone."""
    recipient = optional(LABEL)
    """Left out, the scenario's."""


def _arrangement_or_flow(value: Tree) -> Kind[Arrangement | Flow]:
    return Arrangement if isinstance(value, dict) and "flow" in value else Flow


ARRANGEMENT_OR_FLOW: Either[Arrangement | Flow] = Either(_arrangement_or_flow, (Arrangement, Flow))


class Arm(Part):
    arrangement = needed(NAMED)
    """The arrangement that it takes."""
    title = optional(LABEL)
    """For tables and figures."""
    mode = optional(LABEL)
    """Left out, the arrangement's."""
    set = default(Section(PATH, Untouched(), MOST_ENTRIES), {})
    """Overrides in this arm's world alone: a path below stages, desks or flows, and its new value."""


class Deadline(Part):
    after = optional(DURATION)
    """From the launch to the moment after which a report is late."""
    name = default(LABEL, "deadline")
    """What happens then: splash, overflight."""

    @classmethod
    def written_out(cls, value: Tree) -> Tree:
        if value == "impact":
            return {"name": "impact"}
        return {"after": value} if isinstance(value, str) else value


def _deadline_or_none(value: Tree) -> Kind[Deadline | Literal["none"]]:
    return NONE if value == "none" else Deadline


DEADLINE_OR_NONE: Either[Deadline | Literal["none"]] = Either(_deadline_or_none, (NONE, Deadline))


class Launch(Part):
    name = optional(LABEL)
    """Required, and different, where there are several."""
    catalogue = optional(CATALOGUE_ID)
    """A launch of the catalogue, e.g. 2019-10-02; fields written beside it win."""
    at = default(DURATION, 0)
    """After the first entry's launch."""
    flight_time = optional(DURATION)
    """From launch to impact."""
    deadline = optional(DEADLINE_OR_NONE)
    """Left out, the scenario's."""
    count = optional(FEW)
    """A salvo of so many, with `gap`."""
    gap = optional(Delay)
    """Between two launches of a salvo: a duration or a distribution."""
    offsets = optional(ListOf(DURATION, MOST_IN_A_LIST))
    """Or the time of each launch of a salvo, after the entry's own."""
    missile = default(LABEL, "")
    """What was launched."""
    range = optional(LENGTH)
    """As reported."""
    apogee = optional(LENGTH)
    """As reported."""
    date = default(LABEL, "")
    """The day, for the record."""
    source = default(TEXT, "")
    """Where the facts of the launch come from."""

    def check(self) -> None:
        if self.offsets is not None and (self.count is not None or self.gap is not None):
            raise ValueError("offsets stand alone: leave out count and gap")
        if (self.count or 1) > 1 and self.gap is None:
            raise ValueError("a salvo needs the gap between its launches, e.g. gap: 5 min")
        if self.gap is not None and self.count is None:
            raise ValueError("gap needs count, the number of launches")
        if self.offsets is not None and list(self.offsets) != sorted(self.offsets):
            raise ValueError("offsets must rise")


class Settings(Part):
    count = default(FEW_OR_NONE, 64)
    """How many settings of the values that are not known, the typical one first."""
    replications = optional(COUNT)
    """Replications of each; left out, a hundredth of the scenario's, at least 20."""

    @classmethod
    def written_out(cls, value: Tree) -> Tree:
        return {"count": value} if isinstance(value, str) else value


class ScenarioFile(Part):
    """A scenario: all that is needed to repeat an experiment."""

    title = needed(LABEL)
    """One line: what is asked."""
    launches = needed(ListOf(Launch, 1_000))
    """What is launched, and when."""
    stages = needed(Section(NAMED, Stage, MOST_ENTRIES))
    """Every step, by name."""
    arrangements = needed(Section(NAMED, ARRANGEMENT_OR_FLOW, MOST_ARMS))
    """Every way of sharing, by name: a flow, alone or with title, route, mode and recipient."""
    compare = needed(ListOf(NAMED, MOST_ARMS))
    """The arms compared: names of arrangements or of arms."""
    story = default(TEXT, "")
    """What happened, and why it is instructive."""
    use = optional(ListOf(LABEL, 20, least=0))
    """Shared files of the scenarios folder; what this file defines itself replaces theirs."""
    recipient = default(LABEL, "command post, Ministry of Defense, Tokyo")
    """Whom the report must reach."""
    centres = default(Section(NAMED, Centre, MOST_ENTRIES), {})
    """Places; seoul, tokyo and us are known."""
    desks = default(Section(NAMED, Desk, MOST_ENTRIES), {})
    """People or equipment with a capacity."""
    flows = default(Section(NAMED, Flow, MOST_FLOWS), {})
    """Flows used by name; stages and flows share one set of names."""
    arms = default(Section(NAMED, Arm, MOST_ARMS), {})
    """Arrangements with overrides."""
    baseline = optional(NAMED)
    """What Tokyo hears anyway: an arrangement or arm simulated with the rest."""
    cue = optional(NAMED)
    """The flow by which Tokyo first hears without Seoul; a report that waits for it cannot be the first cue."""
    contrasts = optional(ListOf(ListOf(NAMED, 2, least=2), MOST_ARMS * (MOST_ARMS - 1), least=0))
    """The pairs spoken of, each first minus second; left out, the first arm compared against each other."""
    deadline = default(DEADLINE_OR_NONE, Deadline(name="impact"))
    """When a report stops being in time: impact, {name, after}, or none."""
    horizon = default(DURATION, 24 * units.US_PER_HOUR)
    """How long after the last launch the simulation runs."""
    replications = default(COUNT, 10_000)
    """Independent repetitions at the typical setting."""
    settings = default(Settings, Settings())
    """How the values that are not known are explored."""
    seed = default(SEED, 1)
    """The source of all draws; 0 is a seed."""
