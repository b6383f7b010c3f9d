"""From checked fields to the nouns of the model. What only values can show is checked here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from sim.model.delay import Delay, Given, constant
from sim.model.distributions import FAMILIES, Empirical, Truncated, require, support
from sim.model.evidence import Evidence
from sim.model.flow import Flow, Join, Sequence, Step, Try, steps
from sim.model.launch import Deadline, Flight, LaunchEntry
from sim.model.ranges import Number, Range, extremes
from sim.model.scenario import Arm, Settings
from sim.model.sensor import Place, Sensor
from sim.model.stage import Background, Centre, Desk, FalseAlarms, Loss, Precedence, Refusal, Stage
from sim.scenario import schema
from sim.scenario.document import TreePath, path_text
from sim.scenario.names import KNOWN_CENTRES
from sim.units import duration_text, to_the_millisecond

Blame = Callable[[TreePath, str], None]
TIME_ZONES = {"seoul": "Asia/Seoul", "tokyo": "Asia/Tokyo"}  # no source places the US desk
LONGEST_HORIZON_US = 31 * 24 * 3_600_000_000
MOST_LAUNCHES = 200_000
MOST_JOBS = 1_000_000
FLIGHT = ("place", "azimuth", "range", "apogee")  # what sensors need to know of a launch


def place(given: schema.Place) -> Place:
    return Place(given.lat, given.lon)


def _flight_lacks(launch: schema.Launch) -> tuple[str, ...]:
    """The fields that are missing to know where a launch flies."""
    known = {name for name in FLIGHT if getattr(launch, name) is not None}
    known |= {"azimuth", "range"} if launch.impact_point else set()
    return tuple(name for name in FLIGHT if name not in known)


class Way(NamedTuple):
    """In which direction a launch flies and how far, as written or as its point of impact tells."""

    azimuth_deg: float | None
    range_m: float | None


def _way(launch: schema.Launch) -> Way:
    if launch.place is None or launch.impact_point is None:
        return Way(launch.azimuth, launch.range)
    from sim.flight.geodesy import azimuth_and_range  # few files name the point

    azimuth_deg, range_m = azimuth_and_range(place(launch.place), place(launch.impact_point))
    return Way(azimuth_deg, range_m if launch.range is None else launch.range)


def _flight(launch: schema.Launch, way: Way) -> Flight | None:
    if launch.place is None or way.azimuth_deg is None or way.range_m is None or launch.apogee is None:
        return None
    return Flight(place(launch.place), way.azimuth_deg, way.range_m, launch.apogee)


class Builder:
    """Builds nouns from the fields of one document; faults of values go to `blame`."""

    def __init__(self, file: schema.ScenarioFile, blame: Blame, base: Builder | None = None) -> None:
        """`base` built the file without overrides: what they leave alone is taken from it."""
        self.file = file
        self.blame = blame
        self.desks: dict[str, Desk] = {}
        self.stages: dict[str, Stage] = {}
        for name, desk in file.desks.items():
            is_old = base is not None and desk is base.file.desks.get(name)
            self.desks[name] = base.desks[name] if base and is_old else self.desk(name, desk)
        for name, stage in file.stages.items():
            is_old = base is not None and stage is base.file.stages.get(name) and self._has_desk_of(base, stage)
            self.stages[name] = base.stages[name] if base and is_old else self.stage(name, stage)
        for name, sensor in file.sensors.items():
            is_old = base is not None and sensor is base.file.sensors.get(name)
            self.stages[name] = base.stages[name] if base and is_old else self.sensor(name, sensor)

    def _has_desk_of(self, base: Builder, stage: schema.Stage) -> bool:
        return self.file.desks.get(stage.desk or "") is base.file.desks.get(stage.desk or "")

    def number(self, given: Any, path: TreePath, *, is_whole: bool) -> Number:
        if isinstance(given, schema.Range):
            low, typical, high = (getattr(given, end) for end in ("low", "typical", "high"))
            return Range(path_text(path), low, typical, high, is_whole)
        return int(given) if is_whole else float(given)

    def delay(self, given: schema.Delay, path: TreePath) -> Delay:
        try:
            return self._delay(given, path)
        except (ValueError, OverflowError, ZeroDivisionError) as error:
            self.blame(path, str(error))
            return constant(0)

    def _delay(self, given: schema.Delay, path: TreePath) -> Delay:
        family = next(name for name in given.given if name not in ("min", "max"))
        fields = getattr(given, family)
        bounds = {
            end: None if getattr(given, end) is None else self.number(getattr(given, end), (*path, end), is_whole=True)
            for end in ("min", "max")
        }
        for low in extremes(bounds["min"] or 0):
            require(bounds["max"] is None or low < min(extremes(bounds["max"])), "min must be below max")
        shape = self._empirical(fields) if family == "empirical" else self._given(family, fields, path)
        delay = Delay(shape, bounds["min"], bounds["max"])
        if isinstance(delay.typical, Truncated):
            low, high = support(delay.typical.base)
            require(
                delay.typical.low < high and low < delay.typical.high,
                f"nothing lies between min and max: it runs from {duration_text(low)} to {duration_text(high)}",
            )
        return delay

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
        given = Given(family, numbers)
        given.check()
        return given

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
        return Stage(
            name,
            given.title or name.replace("_", " "),
            at,
            self.delay(given.delay, (*path, "delay")),
            given.desk,
            Precedence[given.precedence],
            self._loss(given.loss, (*path, "loss"), evidence),
            self._refusal(given.refusal, (*path, "refusal"), evidence),
            evidence,
            given.earliest,
            false_alarms=self._false_alarms(given.false_alarms, path, evidence),
        )

    def sensor(self, name: str, given: schema.Sensor) -> Stage:
        """A sensor as a stage: that it sees the launch."""
        path: TreePath = ("sensors", name)
        evidence = self.evidence(given.evidence)
        sector = given.sector
        out = None if given.out is None else self.number(given.out, (*path, "out"), is_whole=False)
        return Stage(
            name,
            given.title or name.replace("_", " "),
            given.owner,
            self.delay(given.delay, (*path, "delay")),
            None,
            Precedence.FLASH,
            None,
            None if out is None else Refusal(out, evidence),
            evidence,
            sensor=Sensor(
                name,
                given.owner,
                given.field,
                None if given.place is None else place(given.place),
                given.height,
                None if given.range is None else self.number(given.range, (*path, "range"), is_whole=True),
                given.min_elevation,
                None if sector is None else (sector.start, sector.stop),
                given.sees_above,
                given.in_sight,
            ),
            false_alarms=self._false_alarms(given.false_alarms, path, evidence),
        )

    def _loss(self, given: schema.Loss | None, path: TreePath, default: Evidence) -> Loss | None:
        if given is None:
            return None
        return Loss(
            self.number(given.probability, (*path, "probability"), is_whole=False),
            self.number(given.retry_after, (*path, "retry_after"), is_whole=True),
            given.attempts,
            self.evidence(given.evidence, default),
        )

    def _refusal(self, given: schema.Refusal | None, path: TreePath, default: Evidence) -> Refusal | None:
        if given is None:
            return None
        probability = self.number(given.probability, (*path, "probability"), is_whole=False)
        return Refusal(probability, self.evidence(given.evidence, default))

    def _false_alarms(self, given: schema.FalseAlarms | None, path: TreePath, default: Evidence) -> FalseAlarms | None:
        if given is None:
            return None
        per_year = self.number(given.per_year, (*path, "false_alarms", "per_year"), is_whole=False)
        return FalseAlarms(per_year, self.evidence(given.evidence, default))

    def desk(self, name: str, given: schema.Desk) -> Desk:
        path: TreePath = ("desks", name)
        evidence = self.evidence(given.evidence)
        capacity = self.number(given.capacity, (*path, "capacity"), is_whole=True)
        return Desk(name, given.at, capacity, self._background(given, path, evidence), evidence)

    def _background(self, desk: schema.Desk, path: TreePath, evidence: Evidence) -> Background | None:
        given = desk.background
        if given is None:
            return None
        background = Background(
            self.delay(given.interarrival, (*path, "background", "interarrival")),
            self.delay(given.service, (*path, "background", "service")),
            Precedence[given.precedence],
            given.warm_up,
            self.evidence(given.evidence, evidence),
        )
        means = [value for number in background.interarrival.numbers() for value in extremes(number)]
        if isinstance(background.interarrival.shape, Empirical):
            means = [background.interarrival.shape.mean]
        last = max((launch.at for launch in self.file.launches), default=0)
        if max(means) * MOST_JOBS < given.warm_up + last + self.file.horizon:
            self.blame((*path, "background", "interarrival"), "makes more than a million jobs — lengthen it")
        return background

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
            return Join(self._flows(given.first, (*path, "first")), 1, "first", name)
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
        plain = name.replace("_", " ").replace("washington", "Washington")
        return Arm(
            name,
            (arm.title if arm else None) or given.title or plain,
            given.route,
            (arm.mode if arm else None) or given.mode,
            given.recipient or self.file.recipient,
            self.flow(given.flow, path, taken),
            self.stages,
            self.desks,
        )

    def launch(self, index: int, given: schema.Launch) -> LaunchEntry:
        path: TreePath = ("launches", index)
        if index == 0 and given.at:
            self.blame((*path, "at"), "the first launch is time 0 — leave `at` out, or write it first")
        way = _way(given)
        flight_time = self._flight_time(given, way, path)
        return LaunchEntry(
            given.name or "launch",
            given.at,
            len(given.offsets) if given.offsets else given.count or 1,
            self.delay(given.gap, (*path, "gap")) if given.gap else None,
            tuple(given.offsets or ()),
            self._deadline(given, path, flight_time),
            given.missile,
            given.date,
            None if way.range_m is None else round(way.range_m),
            given.apogee,
            given.source,
            flight_time,
            _flight(given, way),
            _flight_lacks(given),
            given.false_report,
        )

    def _flight_time(self, given: schema.Launch, way: Way, path: TreePath) -> int | None:
        """As written; else from range and apogee, to the millisecond: no further do machines agree."""
        if given.flight_time is not None or way.range_m is None or given.apogee is None:
            return given.flight_time
        return self._computed_time(given, way, path)

    def _computed_time(self, given: schema.Launch, way: Way, path: TreePath) -> int | None:
        """From range and apogee; None, with the fault noted, where no missile flies so."""
        from sim.flight.trajectory import trajectory  # few files leave the time out

        if way.range_m is None or given.apogee is None:
            return None
        try:
            return to_the_millisecond(trajectory(way.range_m, given.apogee).flight_time_s)
        except ValueError as error:
            said = str(error)
            if given.flight_time is not None:  # so what is asked for is where it flies
                said = f"{said.partition(' — ')[0]} — sensors cannot look for it: check range and apogee"
            self.blame(path, said)
            return None

    def check_sights(self, arm: Arm) -> None:
        """What an arm's sensors and its steps after impact need to know of every launch."""
        used = [arm.stages[step.stage] for step in steps(arm.flow)]
        real = ((index, launch) for index, launch in enumerate(self.file.launches) if launch.false_report is None)
        for index, launch in real:
            lacks = _flight_lacks(launch)
            if any(stage.sensor for stage in used):
                if lacks:
                    self.blame(("launches", index), f"sensors look for it, so it needs {', '.join(lacks)} as well")
                elif launch.flight_time is not None:  # else its flight was computed already
                    self._computed_time(launch, _way(launch), ("launches", index))
            is_timed = launch.flight_time is not None or not {"range", "apogee"} & set(lacks)
            if not is_timed and any(stage.earliest == "impact" for stage in used):
                message = "a stage waits for impact, so it needs flight_time, or range and apogee"
                self.blame(("launches", index), message)

    def _deadline(self, launch: schema.Launch, path: TreePath, flight_time: int | None) -> Deadline | None:
        given = launch.deadline if launch.deadline is not None else self.file.deadline
        if given == "none" or launch.false_report is not None:
            return None
        after = given.after if given.after is not None else flight_time
        if after is None:
            message = (
                "has no flight time, so no deadline — add flight_time: 10 min, or its range and apogee, "
                "or for all launches a line deadline: {name: splash, after: 10 min} (deadline: none asks nothing)"
            )
            self.blame(path, message)
            return None
        if given.needs and given.needs >= after:
            where = path if launch.deadline is not None else ()
            needs, event = duration_text(given.needs), duration_text(after)
            self.blame((*where, "deadline", "needs"), f"must be less than the time to {given.name}, {needs} of {event}")
        return Deadline(given.name, after - given.needs, given.needs)

    def centres(self) -> dict[str, Centre]:
        known = {name: Centre(name, TIME_ZONES.get(name)) for name in KNOWN_CENTRES}
        return known | {name: Centre(name, c.time_zone) for name, c in self.file.centres.items()}

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
