"""The scenario format, field by field; the text under a field is its documentation.

`sim schema` prints it as JSON Schema, and the tables of `scenarios/README.md` are made from it.
Every scalar arrives as text and is parsed here, so nothing is ever guessed from its looks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Annotated, Any, Literal, Self, TypeVar, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
    model_validator,
)

from sim import units
from sim.model.distributions import FAMILIES
from sim.model.evidence import StepGrade, ValueGrade
from sim.model.scenario import Design
from sim.scenario.names import MOST_ARMS, MOST_FLOWS

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,59}")
MOST_TEXT = 2_000
MOST_ENTRIES = 1_000
MOST_IN_A_LIST = 5_000
N = TypeVar("N", bound=float)


def shape_of(value: object) -> str:
    """What was given, in plain words."""
    if isinstance(value, str):
        return "text"
    return "a list" if isinstance(value, list) else "a group of entries"


def from_text(parse: Callable[[str], Any], what: str) -> BeforeValidator:
    """Parse one scalar; a list or mapping in its place is a fault."""

    def validate(value: object) -> object:
        if not isinstance(value, str):
            raise ValueError(f"needs {what}, got {shape_of(value)}")
        if not value.strip():
            raise ValueError(f"is empty — write {what}, or leave the line out")
        return parse(value)

    return BeforeValidator(validate)


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


def _design(text: str) -> str:
    if text not in get_args(Design):
        raise ValueError(f'needs one of {", ".join(get_args(Design))}, got "{text[:60]}"')
    return text


def _instant(text: str) -> int | str:
    return text if text == "impact" else units.parse_duration(text)


def _quoted(pattern: str, *examples: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": pattern, "examples": list(examples)})


def _numeric(kind: str) -> WithJsonSchema:
    return WithJsonSchema({"type": kind})


def _count(least: int, most: float) -> BeforeValidator:
    return from_text(_between(units.parse_count, least, most), "a whole number")


Name = Annotated[str, from_text(_name, "a name")]
Text = Annotated[str, from_text(_free_text, "text")]
Label = Annotated[str, from_text(_label, "a short text")]
TimeZone = Annotated[str, from_text(_time_zone, "a time zone such as Asia/Seoul")]
Duration = Annotated[
    int,
    from_text(units.parse_duration, 'a duration such as "90 s"'),
    _quoted(r"^[0-9.]+ ?(us|ms|s|min|h|d)$", "90 s", "5.5 min"),
]
Length = Annotated[
    int, from_text(units.parse_length, 'a length such as "450 km"'), _quoted(r"^[0-9.]+ ?(m|km)$", "450 km")
]
Share = Annotated[
    float, from_text(units.parse_share, 'a share such as "2 %"'), _quoted(r"^[0-9.]+ ?%?$", "2 %", "0.02")
]
Ratio = Annotated[float, from_text(_between(units.parse_number, 0, 1e6), "a number"), _numeric("number")]
_ANGLE = _quoted(r"^-?[0-9.]+ ?deg$", "38.7 deg")


def _angle(least: float, most: float) -> BeforeValidator:
    return from_text(lambda text: units.parse_angle(text, least, most), 'an angle such as "38.7 deg"')


Latitude = Annotated[float, _angle(-90, 90), _ANGLE]
Longitude = Annotated[float, _angle(-180, 360), _ANGLE]
Bearing = Annotated[float, _angle(0, 360), _ANGLE]
Elevation = Annotated[float, _angle(0, 90), _ANGLE]
Seed = Annotated[int, _count(0, 2**63), _numeric("integer")]
Count = Annotated[int, _count(1, 1e9), _numeric("integer")]
Draws = Annotated[Design, from_text(_design, "philox or sobol")]
FewCount = Annotated[int, _count(1, 1e5), _numeric("integer")]
CatalogueId = Annotated[str, from_text(_label, "a date of the catalogue such as 2019-10-02")]


class Part(BaseModel):
    """A mapping of the file: unknown fields are faults."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", defer_build=True)

    @classmethod
    def names(cls) -> dict[str, str]:
        """The attribute of each field, by its name in the file."""
        return _names(cls)

    @property
    def given(self) -> frozenset[str]:
        """The fields that were written, by their names in the file."""
        written = self.model_fields_set
        return frozenset(name for name, attribute in self.names().items() if attribute in written)


@cache
def _names(part: type[Part]) -> dict[str, str]:
    return {field.alias or attribute: attribute for attribute, field in part.model_fields.items()}


class Range(Part):
    """The plausible range of a value that is not known: of the value, not the spread of a delay."""

    low: float
    typical: float
    high: float

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if not self.low <= self.typical <= self.high:
            raise ValueError("low, typical and high must rise")
        if self.low == self.high:
            raise ValueError("low and high are equal — write the one value")
        return self


class DurationRange(Range):
    low: Duration
    typical: Duration
    high: Duration


class ShareRange(Range):
    low: Share
    typical: Share
    high: Share


class RatioRange(Range):
    low: Ratio
    typical: Ratio
    high: Ratio


class CountRange(Range):
    low: FewCount
    typical: FewCount
    high: FewCount


class LengthRange(Range):
    low: Length
    typical: Length
    high: Length


def _is_mapping(value: object) -> str:
    return "<range>" if isinstance(value, dict) else "<value>"


_One = Tag("<value>")
_Many = Tag("<range>")
_Either = Discriminator(_is_mapping)
DurationOrRange = Annotated[Annotated[Duration, _One] | Annotated[DurationRange, _Many], _Either]
ShareOrRange = Annotated[Annotated[Share, _One] | Annotated[ShareRange, _Many], _Either]
RatioOrRange = Annotated[Annotated[Ratio, _One] | Annotated[RatioRange, _Many], _Either]
CountOrRange = Annotated[Annotated[FewCount, _One] | Annotated[CountRange, _Many], _Either]
LengthOrRange = Annotated[Annotated[Length, _One] | Annotated[LengthRange, _Many], _Either]
Earliest = Annotated[int | Literal["impact"], from_text(_instant, 'impact, or a duration such as "90 s"')]


class Family(Part):
    """The numbers of a distribution, in one of the ways that people know it."""

    @model_validator(mode="after")
    def _is_known_way(self) -> Self:
        ways = FAMILIES[type(self).__name__.lower()]
        if not any(self.given == set(way) for way in ways):
            known = ", or ".join(" and ".join(way) for way in ways)
            raise ValueError(f"needs {known}; got {' and '.join(sorted(self.given)) or 'nothing'}")
        return self


class Uniform(Family):
    low: DurationOrRange | None = None
    high: DurationOrRange | None = None


class Triangular(Uniform):
    mode: DurationOrRange | None = None


class Pert(Triangular):
    pass


class Exponential(Family):
    mean: DurationOrRange | None = None
    median: DurationOrRange | None = None
    p90: DurationOrRange | None = None


class Lognormal(Family):
    median: DurationOrRange | None = None
    p90: DurationOrRange | None = None
    p90_over_median: RatioOrRange | None = None
    log_sd: RatioOrRange | None = None
    mean: DurationOrRange | None = None
    sd: DurationOrRange | None = None


class Gamma(Family):
    median: DurationOrRange | None = None
    p90: DurationOrRange | None = None
    p90_over_median: RatioOrRange | None = None
    shape: RatioOrRange | None = None
    mean: DurationOrRange | None = None
    sd: DurationOrRange | None = None


class Erlang(Family):
    shape: CountOrRange | None = None
    mean: DurationOrRange | None = None


class Weibull(Family):
    median: DurationOrRange | None = None
    p90: DurationOrRange | None = None
    p90_over_median: RatioOrRange | None = None
    mean: DurationOrRange | None = None
    sd: DurationOrRange | None = None
    shape: RatioOrRange | None = None
    scale: DurationOrRange | None = None


class Empirical(Part):
    values: list[Duration] = Field(min_length=1, max_length=MOST_IN_A_LIST)
    """The observed durations, in any order; or write `file` instead."""
    interpolation: Literal["step", "linear"]
    """step: each value as likely; linear: straight lines between them."""
    file: Label | None = None
    """A CSV file beside the scenario with one duration a line, read in place of `values`."""


class Delay(Part):
    constant: DurationOrRange | None = None
    """Always the same; `delay: 57 s` is short for it."""
    uniform: Uniform | None = None
    """low, high."""
    triangular: Triangular | None = None
    """low, mode, high."""
    pert: Pert | None = None
    """low, mode, high: a smoother triangular."""
    exponential: Exponential | None = None
    """mean, or median, or p90."""
    lognormal: Lognormal | None = None
    """median and p90, or median and p90_over_median, or median and log_sd, or mean and sd."""
    gamma: Gamma | None = None
    """median and p90, or median and p90_over_median, or mean and sd, or shape and mean."""
    erlang: Erlang | None = None
    """shape (a whole number) and mean."""
    weibull: Weibull | None = None
    """median and p90, or median and p90_over_median, or mean and sd, or shape and scale."""
    empirical: Empirical | None = None
    """Observed values."""
    min: DurationOrRange | None = None
    """Truncation from below; the parameters describe the untruncated distribution."""
    max: DurationOrRange | None = None
    """Truncation from above."""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        if isinstance(value, dict) and value and value.keys() <= Range.model_fields.keys():
            raise ValueError("needs to say of what this is the range — write constant: {low: …, typical: …, high: …}")
        return {"constant": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _is_one_family(self) -> Self:
        families = self.given - {"min", "max"}
        if len(families) != 1:
            raise ValueError(f"needs one distribution, got {' and '.join(sorted(families)) or 'none'}")
        return self


class Evidence(Part):
    step: StepGrade
    """Whether the step happens: documented (a source says so), inferred (our reading), hypothetical ("what if")."""
    value: ValueGrade
    """What the value rests on: documented (a public time for this step on this launch), estimated
    (from public times on other launches), assumed (no public time)."""
    source: Text = ""
    """Required unless the step is hypothetical and the value assumed."""
    note: Text = ""
    """Why this value, or this range."""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        if isinstance(value, str):
            if value != "assumed":
                raise ValueError(f'the only short form is "assumed", got "{value[:60]}" — give step, value and source')
            return {"step": "hypothetical", "value": "assumed"}
        return value

    @model_validator(mode="after")
    def _has_source(self) -> Self:
        if not self.source and (self.step, self.value) != ("hypothetical", "assumed"):
            raise ValueError(f"a {self.step} step with a value {self.value} needs a source")
        return self


Precedence = Literal["FLASH", "IMMEDIATE", "PRIORITY", "ROUTINE"]


class Loss(Part):
    probability: ShareOrRange
    """The share of attempts that are lost."""
    retry_after: DurationOrRange
    """What a lost attempt costs."""
    attempts: FewCount
    """After so many lost attempts the stage is refused."""
    evidence: Evidence | None = None
    """As under stages; left out, that of the stage."""


class Refusal(Part):
    probability: ShareOrRange
    """The share of launches for which the flow ends here."""
    evidence: Evidence | None = None
    """As under stages; left out, that of the stage."""


class FalseAlarms(Part):
    per_year: RatioOrRange
    """How many times a year it reports a launch that never was."""
    evidence: Evidence | None = None
    """As under stages; left out, that of the stage or sensor."""


class Stage(Part):
    delay: Delay
    """How long the step takes: a duration or a distribution."""
    evidence: Evidence
    """What the step and its delay rest on; `evidence: assumed` in short."""
    title: Label | None = None
    """Two to four words for figures; left out, the name."""
    at: Name | None = None
    """The centre where it happens; left out, that of the desk."""
    desk: Name | None = None
    """The desk that does it, shared by every launch and stage that names it."""
    precedence: Precedence = "FLASH"
    """Message precedence at the desk: FLASH before IMMEDIATE, PRIORITY and ROUTINE."""
    loss: Loss | None = None
    """Attempts that are lost and repeated."""
    refusal: Refusal | None = None
    """A chance that the stage ends the flow here."""
    earliest: Earliest = 0
    """Not before this, from the launch: impact (the end of the flight time), or a duration."""
    false_alarms: FalseAlarms | None = None
    """How often it reports what never was. It is then a source, which tells nothing when another's report is false."""

    @model_validator(mode="after")
    def _waits_or_queues(self) -> Self:
        if self.earliest and self.desk:
            raise ValueError(
                "a stage that waits for an instant has no desk — put a stage of 0 s with earliest before it"
            )
        if self.false_alarms and self.desk:
            raise ValueError("a source of false alarms has no desk — let the desk be that of the stage after it")
        return self


class Background(Part):
    interarrival: Delay
    """The time between two jobs."""
    service: Delay
    """How long a job takes."""
    precedence: Precedence = "ROUTINE"
    """Message precedence of the jobs."""
    warm_up: Duration = 0
    """How long before time 0 the jobs begin."""
    evidence: Evidence | None = None
    """As under stages; left out, that of the desk."""


class Desk(Part):
    capacity: CountOrRange
    """How many can be served at once."""
    evidence: Evidence
    """What the desk and its capacity rest on."""
    at: Name | None = None
    """The centre where it stands."""
    background: Background | None = None
    """Other work of the desk."""


class Place(Part):
    lat: Latitude
    """Degrees north, e.g. 38.7 deg."""
    lon: Longitude
    """Degrees east."""


class Sector(Part):
    start: Bearing = Field(alias="from")
    """From north, clockwise."""
    stop: Bearing = Field(alias="to")
    """Clockwise from there."""


class Sensor(Part):
    owner: Name
    """The centre that hears it: `sight: seoul` is the first of all that seoul owns."""
    field: Literal["land", "sea", "air", "space"]
    """Where it is; one in space watches the whole region and sees burning engines only."""
    delay: Delay
    """From the first moment in sight to the report: scanning, forming a track, telling."""
    evidence: Evidence
    """What the sensor, its place and its delay rest on."""
    title: Label | None = None
    """Two to four words for figures; left out, the name."""
    place: Place | None = None
    """Where it stands; none in space."""
    height: Length = 0
    """Of the antenna above the sea."""
    range: LengthOrRange | None = None
    """How far it sees what is in line of sight; left out, no limit."""
    min_elevation: Elevation = 0.0
    """The lowest it looks, above its own horizon; 0 is all that is in line of sight."""
    sector: Sector | None = None
    """Where it looks; left out, all round."""
    sees_above: Length = 0
    """The least altitude at which it sees anything: in space, that of the clouds."""
    in_sight: Duration = 0
    """How long it must have a missile in sight to see it at all."""
    out: ShareOrRange | None = None
    """The share of launches for which it is out of service or off station."""
    false_alarms: FalseAlarms | None = None
    """How often it reports what never was."""

    @model_validator(mode="after")
    def _stands_somewhere(self) -> Self:
        if self.field == "space" and (self.place or self.sector or self.range or self.min_elevation):
            raise ValueError("in space it watches the whole region: leave out place, range, min_elevation and sector")
        if self.field != "space" and self.place is None:
            raise ValueError("needs a place, e.g. place: {lat: 38.0 deg, lon: 138.4 deg}")
        return self


class Centre(Part):
    time_zone: TimeZone | None = None
    """An IANA name such as Asia/Seoul."""


class Flow(Part):
    """A stage or a combination; a name stands for itself, a list for each in turn."""

    stage: Name | None = None
    """A stage or named flow; a name alone is short for it."""
    label: Name | None = Field(default=None, alias="as")
    """Tells two uses of one stage apart: two steps are two draws."""
    in_turn: list[Flow] | None = Field(default=None, min_length=1, max_length=MOST_IN_A_LIST)
    """Each in turn; a list alone is short for it."""
    all: list[Flow] | None = Field(default=None, min_length=1, max_length=MOST_IN_A_LIST)
    """Done when the last of them is."""
    first: list[Flow] | None = Field(default=None, min_length=1, max_length=MOST_IN_A_LIST)
    """Done when the first of them is."""
    at_least: FewCount | None = None
    """Done when so many of `of` are."""
    of: list[Flow] | None = Field(default=None, min_length=1, max_length=MOST_IN_A_LIST)
    """The flows that at_least counts."""
    main: Flow | None = Field(default=None, alias="try")
    """Tried first."""
    limit: DurationOrRange | None = Field(default=None, alias="for")
    """How long it is tried; left out, until it is refused."""
    fallback: Flow | None = Field(default=None, alias="else")
    """What begins then; the first of the two counts."""
    sight: Name | None = None
    """The first of an owner's sensors to see the launch, each with its own delay."""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {"stage": value}
        return {"in_turn": value} if isinstance(value, list) else value

    @model_validator(mode="after")
    def _is_one_form(self) -> Self:
        given = self.given
        beside = {"stage": {"as"}, "try": {"for"}}
        for form in ({"stage"}, {"in_turn"}, {"all"}, {"first"}, {"at_least", "of"}, {"try", "else"}, {"sight"}):
            if form <= given <= form | beside.get(min(form - {"else"}), set()):
                break
        else:
            raise ValueError(
                f"is no flow: {', '.join(sorted(given)) or 'nothing'} — a name, a list, all, first, "
                "at_least and of, try (for) else, sight, or stage and as"
            )
        if self.at_least is not None and self.of is not None and self.at_least > len(self.of):
            raise ValueError(f"at_least {self.at_least} of only {len(self.of)}")
        return self


class Arrangement(Part):
    flow: Flow
    """From the launch to the recipient."""
    title: Label | None = None
    """For tables and figures; left out, the name."""
    route: Label = ""
    """Which way the report goes; two arms of one mode that differ in it differ in the route alone."""
    mode: Label = ""
    """How it is released; two arms of one route that differ in it differ in the mode alone."""
    recipient: Label | None = None
    """Left out, the scenario's."""


def _arrangement_shape(value: object) -> str:
    is_whole = isinstance(value, Arrangement) or (isinstance(value, dict) and "flow" in value)
    return "<arrangement>" if is_whole else "<flow>"


ArrangementOrFlow = Annotated[
    Annotated[Arrangement, Tag("<arrangement>")] | Annotated[Flow, Tag("<flow>")],
    Discriminator(_arrangement_shape),
]


class Arm(Part):
    arrangement: Name
    """The arrangement that it takes."""
    title: Label | None = None
    """For tables and figures."""
    mode: Label | None = None
    """Left out, the arrangement's."""
    set: dict[str, Any] = Field(default={}, max_length=MOST_ENTRIES)
    """Overrides in this arm's world alone: a path below stages, sensors, desks or flows, and its new value."""


class Deadline(Part):
    after: Duration | None = None
    """From the launch to the moment after which a report is late."""
    name: Label = "deadline"
    """What happens then: splash, overflight."""
    needs: Duration = 0
    """How long before it a report must be there to be in time: what people need to take shelter."""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        if value == "impact":
            return {"name": "impact"}
        if isinstance(value, dict) and "after" not in value:
            return {"name": "impact", **value}
        return {"after": value} if isinstance(value, str) else value


def _deadline_shape(value: object) -> str:
    return "<none>" if value == "none" else "<deadline>"


DeadlineOrNone = Annotated[
    Annotated[Literal["none"], Tag("<none>")] | Annotated[Deadline, Tag("<deadline>")],
    Discriminator(_deadline_shape),
]


class Launch(Part):
    name: Label | None = None
    """Required, and different, where there are several."""
    catalogue: CatalogueId | None = None
    """A launch of the catalogue, e.g. 2019-10-02; fields written beside it win."""
    at: Duration = 0
    """After the first entry's launch."""
    false_report: Name | None = None
    """Nothing was launched, and this stage or sensor reports all the same; every other source tells nothing."""
    flight_time: Duration | None = None
    """From launch to impact."""
    deadline: DeadlineOrNone | None = None
    """Left out, the scenario's."""
    count: FewCount | None = None
    """A salvo of so many, with `gap`."""
    gap: Delay | None = None
    """Between two launches of a salvo: a duration or a distribution."""
    offsets: list[Duration] | None = Field(default=None, min_length=1, max_length=MOST_IN_A_LIST)
    """Or the time of each launch of a salvo, after the entry's own."""
    missile: Label = ""
    """What was launched."""
    range: Length | None = None
    """As reported, along the ground."""
    apogee: Length | None = None
    """As reported; with the range it gives the flight time where none is written."""
    place: Place | None = None
    """Where it was launched; with azimuth, range and apogee it gives what sensors see, and when."""
    azimuth: Bearing | None = None
    """Where it flew, from north, clockwise."""
    impact_point: Place | None = None
    """Or where it came down, in place of azimuth and range."""
    date: Label = ""
    """The day, for the record."""
    source: Text = ""
    """Where the facts of the launch come from."""

    @model_validator(mode="after")
    def _was_launched(self) -> Self:
        allowed = {"name", "at", "false_report", "date", "source", *(["deadline"] if self.deadline == "none" else [])}
        if self.false_report is not None and (beside := self.given - allowed):
            raise ValueError(f"nothing was launched, so a false report has no {', '.join(sorted(beside))}")
        return self

    @model_validator(mode="after")
    def _is_one_kind(self) -> Self:
        if self.offsets is not None and (self.count is not None or self.gap is not None):
            raise ValueError("offsets stand alone: leave out count and gap")
        if (self.count or 1) > 1 and self.gap is None:
            raise ValueError("a salvo needs the gap between its launches, e.g. gap: 5 min")
        if self.gap is not None and self.count is None:
            raise ValueError("gap needs count, the number of launches")
        if self.offsets is not None and list(self.offsets) != sorted(self.offsets):
            raise ValueError("offsets must rise")
        if self.impact_point is not None and self.place is None:
            raise ValueError("impact_point needs place, where it was launched")
        return self


class Settings(Part):
    count: FewCount = 64
    """How many settings of the values that are not known, the typical one first."""
    replications: Count | None = None
    """Replications of each; left out, a hundredth of the scenario's, at least 20."""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return {"count": value} if isinstance(value, str) else value


Pair = Annotated[list[Name], Field(min_length=2, max_length=2)]


class ScenarioFile(Part):
    """A scenario: all that is needed to repeat an experiment."""

    title: Label
    """One line: what is asked."""
    launches: list[Launch] = Field(min_length=1, max_length=1_000)
    """What is launched, and when."""
    stages: dict[Name, Stage] = Field(default={}, max_length=MOST_ENTRIES)
    """Every step, by name; sensors alone need none."""
    arrangements: dict[Name, ArrangementOrFlow] = Field(max_length=MOST_ARMS)
    """Every way of sharing, by name: a flow, alone or with title, route, mode and recipient."""
    compare: list[Name] = Field(min_length=1, max_length=MOST_ARMS)
    """The arms compared: names of arrangements or of arms."""
    story: Text = ""
    """What happened, and why it is instructive."""
    use: list[Label] = Field(default=[], max_length=20)
    """Shared files of the scenarios folder; what this file defines itself replaces theirs."""
    recipient: Label = "command post, Ministry of Defense, Tokyo"
    """Whom the report must reach."""
    sensors: dict[Name, Sensor] = Field(default={}, max_length=MOST_ENTRIES)
    """What may see a launch, by name."""
    centres: dict[Name, Centre] = Field(default={}, max_length=MOST_ENTRIES)
    """Places; seoul, tokyo and us are known."""
    desks: dict[Name, Desk] = Field(default={}, max_length=MOST_ENTRIES)
    """People or equipment with a capacity."""
    flows: dict[Name, Flow] = Field(default={}, max_length=MOST_FLOWS)
    """Flows used by name; stages, flows and sensors share one set of names."""
    arms: dict[Name, Arm] = Field(default={}, max_length=MOST_ARMS)
    """Arrangements with overrides."""
    baseline: Name | None = None
    """What Tokyo hears anyway: an arrangement or arm simulated with the rest."""
    cue: Name | None = None
    """The flow by which Tokyo first hears without Seoul; a report that waits for it cannot be the first cue."""
    contrasts: list[Pair] | None = Field(default=None, max_length=MOST_ARMS * (MOST_ARMS - 1))
    """The pairs spoken of, each first minus second; left out, the first arm compared against each other."""
    deadline: DeadlineOrNone = Field(default_factory=lambda: Deadline.model_construct(name="impact"))
    """When a report stops being in time: impact, {name, after}, or none."""
    horizon: Duration = 24 * units.US_PER_HOUR
    """How long after the last launch the simulation runs."""
    replications: Count = 10_000
    """Independent repetitions at the typical setting."""
    settings: Settings = Field(default_factory=Settings.model_construct)
    """How the values that are not known are explored."""
    seed: Seed = 1
    """The source of all draws; 0 is a seed."""
    draws: Draws = "philox"
    """philox, each replication alone; sobol, in 32 randomisations of so many points."""
