"""From checked fields to the nouns of the model. What only values can show is checked here."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from sim.model.calendar import Channel
from sim.model.delay import Delay, Given, constant
from sim.model.distributions import Empirical, require
from sim.model.evidence import Evidence
from sim.model.families import FAMILIES
from sim.model.flow import Flow, Join, Sequence, Step, Try
from sim.model.names import in_words
from sim.model.ranges import Number, Range, extremes, middle
from sim.model.scenario import Arm, Settings
from sim.model.sensor import Place, Sensor
from sim.model.stage import Desk, FalseAlarms, Loss, Precedence, Refusal, Stage
from sim.scenario import calendar, channels, deadlines, schema
from sim.scenario.background import background
from sim.scenario.document import TreePath, path_text
from sim.scenario.names import KNOWN_CENTRES
from sim.scenario.outages import outages
from sim.scenario.titles import title_of
from sim.units import duration_text

Blame = Callable[[TreePath, str], None]
LONGEST_HORIZON_US = 31 * 24 * 3_600_000_000
MOST_LAUNCHES = 200_000


def place(given: schema.Place) -> Place:
    return Place(given.lat, given.lon)


def _term(text: str) -> tuple[str, str]:
    """A name and what it means, where the text goes on after a colon to say so."""
    name, _, meaning = text.partition(": ")
    return name.strip(), meaning.strip()


class Builder:
    """Builds nouns from the fields of one document; faults of values go to `blame`."""

    def __init__(self, file: schema.ScenarioFile, blame: Blame, base: Builder | None = None) -> None:
        """`base` built the file without overrides: what they leave alone is taken from it."""
        self.file = file
        self.blame = blame
        self.channels: dict[str, Channel] = {}
        self.desks: dict[str, Desk] = {}
        self.stages: dict[str, Stage] = {}
        for name, channel in file.channels.items():
            is_old = base is not None and channel is base.file.channels.get(name)
            self.channels[name] = base.channels[name] if base and is_old else channels.channel(self, name, channel)
        for name, desk in file.desks.items():
            is_old = base is not None and desk is base.file.desks.get(name)
            self.desks[name] = base.desks[name] if base and is_old else self.desk(name, desk)
        for name, stage in file.stages.items():
            is_old = base is not None and stage is base.file.stages.get(name) and self._stands_as_in(base, stage)
            self.stages[name] = base.stages[name] if base and is_old else self.stage(name, stage)
        for name, sensor in file.sensors.items():
            is_old = base is not None and sensor is base.file.sensors.get(name)
            self.stages[name] = base.stages[name] if base and is_old else self.sensor(name, sensor)

    def _stands_as_in(self, base: Builder, stage: schema.Stage) -> bool:
        """Whether it has the desk and the channel that it had."""
        has_desk = self.file.desks.get(stage.desk or "") is base.file.desks.get(stage.desk or "")
        return has_desk and self.file.channels.get(stage.channel or "") is base.file.channels.get(stage.channel or "")

    def number(self, given: Any, path: TreePath, *, is_whole: bool) -> Number:
        if isinstance(given, schema.Range):
            low, high = given.low, given.high
            typical = middle(low, high, is_whole=is_whole) if given.typical is None else given.typical
            return Range(path_text(path), low, typical, high, is_whole, is_middle=given.typical is None)
        return int(given) if is_whole else float(given)

    def delay(self, given: schema.Delay, path: TreePath) -> Delay:
        try:
            return self._delay(given, path)
        except (ValueError, OverflowError, ZeroDivisionError) as error:
            self.blame(path, str(error))
            return constant(0)

    def _delay(self, given: schema.Delay, path: TreePath) -> Delay:
        bounds = {
            end: None if getattr(given, end) is None else self.number(getattr(given, end), (*path, end), is_whole=True)
            for end in ("min", "max")
        }
        delay = Delay(self._shape(given, path), bounds["min"], bounds["max"])
        delay.check()
        return delay

    def _shape(self, given: schema.Delay, path: TreePath) -> Given | Empirical:
        if given.usual is not None and given.at_worst is not None:
            return self._told(given.usual, given.at_worst, path)
        family = next(name for name in given.given if name not in ("min", "max"))
        fields = getattr(given, family)
        return self._empirical(fields) if family == "empirical" else self._given(family, fields, path)

    def _told(self, usual: Any, at_worst: Any, path: TreePath) -> Given:
        """As people tell it: a lognormal by what is usual, its median, and what is at worst, its 95 % quantile."""
        median, p95 = (
            self.number(given, (*path, name), is_whole=True)
            for name, given in (("usual", usual), ("at_worst", at_worst))
        )
        require(min(extremes(median)) > 0, "usual must be above zero")
        longest, least = max(extremes(median)), min(extremes(p95))
        require(
            longest <= least,
            f"at_worst must not be below usual, got {duration_text(least)} below {duration_text(longest)}",
        )
        return Given("lognormal", (("median", median), ("p95", p95)))

    def _empirical(self, fields: schema.Empirical) -> Empirical:
        return Empirical(tuple(sorted(fields.values)), fields.interpolation == "linear")

    def _given(self, family: str, fields: Any, path: TreePath) -> Given:
        if family == "constant":
            return Given(family, (("value", self.number(fields, path, is_whole=True)),))
        ways = FAMILIES[family]
        way = next(way for way in ways if set(way) == fields.given)
        whole = {"p90_over_median": False, "log_sd": False, "shape": family == "erlang"}
        numbers = tuple(
            (name, self.number(getattr(fields, name), (*path, family, name), is_whole=whole.get(name, True)))
            for name in way
        )
        return Given(family, numbers)

    def evidence(self, given: schema.Evidence | None, default: Evidence | None = None) -> Evidence:
        if given is None:
            return default or Evidence()
        return Evidence(given.step, given.value, given.source, given.note)

    def stage(self, name: str, given: schema.Stage) -> Stage:
        path: TreePath = ("stages", name)
        evidence = self.evidence(given.evidence)
        desk = self.file.desks.get(given.desk) if given.desk else None
        at = given.at or (desk.at if desk else None)
        if desk and desk.at and given.at and desk.at != given.at:
            self.blame((*path, "at"), f'is "{given.at}", but its desk stands at "{desk.at}" — leave one out')
        channels.check_ends(self, (*path, "channel"), given.channel, at)
        return Stage(
            name=name,
            title=given.title or in_words(name),
            at=at,
            delay=self.delay(given.delay, (*path, "delay")),
            desk=given.desk,
            precedence=Precedence[given.precedence],
            loss=self._loss(given.loss, (*path, "loss"), evidence),
            refusal=self._refusal(given.refusal, (*path, "refusal"), at, evidence),
            evidence=evidence,
            earliest=given.earliest,
            false_alarms=self._false_alarms(given.false_alarms, path, evidence),
            channel=given.channel,
        )

    def sensor(self, name: str, given: schema.Sensor) -> Stage:
        """A sensor as a stage: that it sees the launch."""
        path: TreePath = ("sensors", name)
        evidence = self.evidence(given.evidence)
        sector = given.sector
        out = None if given.out is None else self.number(given.out, (*path, "out"), is_whole=False)
        return Stage(
            name=name,
            title=given.title or in_words(name),
            at=given.owner,
            delay=self.delay(given.delay, (*path, "delay")),
            desk=None,
            precedence=Precedence.FLASH,
            loss=None,
            refusal=None if out is None else Refusal(out, evidence),
            evidence=evidence,
            sensor=Sensor(
                name=name,
                owner=given.owner,
                field=given.field,
                place=None if given.place is None else place(given.place),
                height_m=given.height,
                range_m=None if given.range is None else self.number(given.range, (*path, "range"), is_whole=True),
                min_elevation_deg=given.min_elevation,
                sector_deg=None if sector is None else (sector.start, sector.stop),
                sees_above_m=given.sees_above,
                in_sight_us=self.number(given.in_sight, (*path, "in_sight"), is_whole=True),
                reach=self.number(given.reach, (*path, "reach"), is_whole=False),
                outages=outages(self, (*path, "outages"), given.outages, given.owner),
            ),
            false_alarms=self._false_alarms(given.false_alarms, path, evidence),
        )

    def _loss(self, given: schema.Loss | None, path: TreePath, default: Evidence) -> Loss | None:
        if given is None:
            return None
        return Loss(
            probability=self.number(given.probability, (*path, "probability"), is_whole=False),
            retry_after=self.number(given.retry_after, (*path, "retry_after"), is_whole=True),
            attempts=given.attempts,
            evidence=self.evidence(given.evidence, default),
        )

    def _refusal(self, given: schema.Refusal | None, path: TreePath, at: str | None, base: Evidence) -> Refusal | None:
        if given is None:
            return None
        probability = self.number(given.probability, (*path, "probability"), is_whole=False)
        return Refusal(probability, self.evidence(given.evidence, base), calendar.refusal(self, path, given, at))

    def _false_alarms(self, given: schema.FalseAlarms | None, path: TreePath, default: Evidence) -> FalseAlarms | None:
        if given is None:
            return None
        per_year = self.number(given.per_year, (*path, "false_alarms", "per_year"), is_whole=False)
        return FalseAlarms(per_year, self.evidence(given.evidence, default))

    def desk(self, name: str, given: schema.Desk) -> Desk:
        path: TreePath = ("desks", name)
        evidence = self.evidence(given.evidence)
        capacity = self.number(given.capacity, (*path, "capacity"), is_whole=True)
        hours = None if given.hours is None else calendar.hours(self, (*path, "hours"), given)
        return Desk(
            name=name,
            at=given.at,
            capacity=capacity,
            background=background(self, (*path, "background"), given.background, evidence),
            evidence=evidence,
            hours=hours,
            outages=outages(self, (*path, "outages"), given.outages, given.at),
        )

    @cached_property
    def span_us(self) -> int:
        """From time 0 to the horizon, gaps that are drawn aside."""
        last = max((calendar.after_first(self.file, launch) for launch in self.file.launches), default=0)
        return last + self.file.horizon

    def flow(self, given: schema.Flow, path: TreePath, name: str = "") -> Flow:
        if given.stage is not None:
            named = self.file.flows.get(given.stage)
            if named is not None:
                return self.flow(named, ("flows", given.stage), given.stage)
            return Step(given.stage, given.label or "")
        if given.main is not None and given.fallback is not None:
            limit = None if given.limit is None else self.number(given.limit, (*path, "for"), is_whole=True)
            main, fallback = self.flow(given.main, (*path, "try")), self.flow(given.fallback, (*path, "else"))
            return Try(main, limit, fallback, name)
        if given.in_turn is not None:
            return Sequence(self._flows(given.in_turn, path), name)
        if given.all is not None:
            return Join(self._flows(given.all, (*path, "all")), len(given.all), "all", name)
        if given.first is not None:
            return Join(self._flows(given.first, (*path, "first")), 1, "first", name, given.reports_to or "")
        return Join(self._flows(given.of or [], (*path, "of")), given.at_least or 1, "at_least", name)

    def _flows(self, given: list[schema.Flow], path: TreePath) -> tuple[Flow, ...]:
        return tuple(self.flow(flow, (*path, index)) for index, flow in enumerate(given))

    def arm(self, name: str, arm: schema.Arm | None) -> Arm:
        """The arm of this name, in the world of this document."""
        taken = arm.arrangement if arm else name
        given = self.file.arrangements[taken]
        if isinstance(given, schema.Flow):
            given = schema.Arrangement.model_construct(flow=given)
            path: TreePath = ("arrangements", taken)
        else:
            path = ("arrangements", taken, "flow")
        route, of_route = _term(given.route)
        mode, of_mode = _term((arm.mode if arm else None) or given.mode)
        return Arm(
            name=name,
            title=title_of(self.file, name),
            route=route,
            mode=mode,
            recipient=given.recipient or self.file.recipient,
            flow=self.flow(given.flow, path, taken),
            stages=self.stages,
            desks=self.desks,
            channels=self.channels,
            product=given.product,
            deadline=deadlines.of_arrangement(self, ("arrangements", taken, "deadline"), given.deadline),
            terms={name: meaning for name, meaning in ((route, of_route), (mode, of_mode)) if meaning},
        )

    def centres(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys([*KNOWN_CENTRES, *self.file.centres]))

    def settings(self) -> Settings:
        given = self.file.settings
        default = min(self.file.replications, max(20, self.file.replications // 100))
        return Settings(given.count, given.replications or default)

    def check_size(self) -> None:
        """Sizes that no machine could hold, refused before anything is drawn."""
        n_launches = sum(len(entry.offsets or ()) or entry.count or 1 for entry in self.file.launches)
        if n_launches > MOST_LAUNCHES:
            self.blame(("launches",), f"{n_launches:,} launches are more than {MOST_LAUNCHES:,}")
        if self.file.horizon > LONGEST_HORIZON_US:
            self.blame(("horizon",), "must be at most 31 days")
