"""Why reports do not arrive: refused, lost, never in sight, or cut by the horizon."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sim.analysis.results import Results
from sim.draws.sights import seen_by
from sim.model.flow import needed_steps, steps
from sim.model.launch import Flight
from sim.model.ranges import TYPICAL, settle
from sim.model.scenario import Arm, Scenario
from sim.model.scope import Bar, bars, closing, has_no_path
from sim.model.sensor import Sensor
from sim.model.stage import Loss, Refusal, Stage
from sim.say.channels import bar_words
from sim.say.hours import median_us, shut_words
from sim.say.numbers import capital, list_text, share_text
from sim.say.outages import owner_words
from sim.units import duration_text


def missing_sentence(scenario: Scenario, results: Results) -> str:
    """Why reports do not arrive: that none does at all, that the horizon cuts some, and what may end the others."""
    pathless = {arm.name for arm in scenario.arms if has_no_path(scenario, arm)}  # said elsewhere, and nothing else is
    arms = [arm for arm in results.arms if arm.name != scenario.baseline] or [*results.arms]
    horizon = f"the horizon, {duration_text(scenario.horizon_us)} after the last {scenario.happening}"
    missing = [arm for arm in results.arms if arm.arrives.estimate < 1 and arm.name not in pathless]
    unseen = {arm.name: unseen_titles(scenario, scenario.arm(arm.name)) for arm in missing}
    late = [scenario.arm(arm.name) for arm in missing if not unseen[arm.name]]
    cut = [arm for arm in late if not can_end_early(scenario, arm)]
    at_least = "at least " if len(cut) < len(missing) else ""
    where = f"in any {scenario.happening}"
    none = f"no report arrives {where}" if missing and all(arm.arrives.estimate == 0 for arm in arms) else ""
    cut_text = f"{horizon}, cuts {scenario.happenings} {at_least}under {_cut_words(scenario, cut)}" if cut else ""
    lacking = [arm.name for arm in arms if arm.arrives.estimate < 1 and arm.name not in pathless]
    blind = dict.fromkeys(title for name in lacking for title in unseen[name])
    ended = ended_words(scenario, [scenario.arm(name) for name in lacking], [*blind])
    return " ".join(f"{capital(text)}." for text in filter(None, ["; ".join(filter(None, [none, cut_text])), ended]))


def _cut_words(scenario: Scenario, arms: Sequence[Arm]) -> str:
    """Which arms, and the desks of theirs at which nobody is when the horizon comes."""
    end, titles = _end_of_runs(scenario), list_text([arm.title for arm in arms])
    shut = shut_words(arms, end) if end else ""
    return f"{titles}, with nobody there ({shut})" if shut else titles


def ended_words(scenario: Scenario, arms: Sequence[Arm], blind: list[str]) -> str:
    """What may end a report on its way under some arms, by name; ``blind`` are sensors that never see some launch."""
    every = {step.stage: arm.stages[step.stage] for arm in arms for step in steps(arm.flow)}
    needed = {step.stage for arm in arms for step in needed_steps(arm.flow)}
    refused = [refusal_words(stage) for name, stage in every.items() if _may_refuse(scenario, stage) and name in needed]
    lost = [stage.title for name, stage in every.items() if _happens(stage.loss) and name in needed]
    used = [(arm, arm.stages[step.stage]) for arm in arms for step in steps(arm.flow)]
    closed = {(stage.name, bar_words(bar)): None for arm, stage in used if (bar := _closing(scenario, arm, stage))}
    shut = dict.fromkeys(words for name, words in closed if name in needed)
    ending = {name for name, _ in closed} | {name for name, stage in every.items() if _ends(scenario, stage)}
    others = [stage.title for name, stage in every.items() if name in ending and name not in needed]
    said = [f"the launch was never in sight of {list_text(blind)}"] if blind else []
    said += [f"a step was refused or left out ({'; '.join(refused)})"] if refused else []
    said += [f"a channel was closed when the step that uses it was ready ({'; '.join(shut)})"] if shut else []
    down = dict.fromkeys(owner_words(arm, path) for arm in arms for path in _ending_outages(arm))
    said += [f"what it needs was down ({list_text([*down])})"] if down else []
    said += [f"it was lost too often ({list_text(lost)})"] if lost else []
    said += [f"nothing came that it waits for ({list_text(others)})"] if others else []
    return f"where a report does not arrive, {' or '.join(said)}" if said else ""


def refusal_words(stage: Stage) -> str:
    """A step and how often it is refused or left out at working values."""
    share = settle(stage.refusal.probability, TYPICAL) if stage.refusal else 0.0
    return f"{stage.title}: {share_text(share)}"


def unseen_titles(scenario: Scenario, arm: Arm) -> list[str]:
    """The sensors that keep a report from an arm, at working values: it needs each, or has no other that sees."""
    sensors = [stage for step in steps(arm.flow) if (stage := arm.stages[step.stage]).sensor]
    needed = {step.stage for step in needed_steps(arm.flow)}
    found: list[str] = []
    for flight in (entry.flight for entry in scenario.real.launches if entry.flight):
        blind = [stage for stage in sensors if stage.sensor and _is_blind(stage.sensor, flight)]
        found += [stage.title for stage in blind if len(blind) == len(sensors) or stage.name in needed]
    return [*dict.fromkeys(found)]


def _is_blind(sensor: Sensor, flight: Flight) -> bool:
    return seen_by(sensor, flight, TYPICAL) is None


def can_end_early(scenario: Scenario, arm: Arm) -> bool:
    """Whether a report can be refused or lost on its way, so that the horizon need not be what ends it."""
    stages = [arm.stages[step.stage] for step in steps(arm.flow)]
    is_barred = any(bars(scenario, arm, entry) for entry in scenario.real.launches)
    return (
        is_barred
        or bool(_ending_outages(arm))
        or any(_ends(scenario, stage) or _closing(scenario, arm, stage) for stage in stages)
    )


def _ending_outages(arm: Arm) -> list[str]:
    """What of an arm is down at times, so that a report may end there: channels and sensors, by path; desks wait."""
    return [path for path in arm.outages() if not path.startswith("desks.")]


def _closing(scenario: Scenario, arm: Arm, stage: Stage) -> Bar | None:
    return closing(scenario, arm, stage, _end_of_runs(scenario))


def _end_of_runs(scenario: Scenario) -> datetime | None:
    """When the horizon comes by the clock, gaps that are drawn at their working medians; None if no clock has it."""
    last_us = max(
        one.at_us + max(one.offsets_us, default=0) + (one.count - 1) * (median_us(one.gap) if one.gap else 0)
        for one in scenario.launches
    )
    try:
        return scenario.clock_at(round(last_us) + scenario.horizon_us)
    except OverflowError:  # after the year 9999
        return None


def _ends(scenario: Scenario, stage: Stage) -> bool:
    return _may_refuse(scenario, stage) or _happens(stage.loss)


def _may_refuse(scenario: Scenario, stage: Stage) -> bool:
    """Whether a stage may refuse some launch, by its chance and its dates."""
    refusal = stage.refusal
    return _happens(refusal) and any(refusal and scenario.may_refuse(refusal, one) for one in scenario.real.launches)


def _happens(ending: Refusal | Loss | None) -> bool:
    return ending is not None and settle(ending.probability, TYPICAL) > 0
