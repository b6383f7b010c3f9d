"""Every row of the comparison, what was predicted of each notice, and what a count of missed launches hangs on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.asking.study import Plan
from sim.experiment.engines import cost_words
from sim.experiment.simulator import Simulator
from sim.model.scenario import Scenario
from sim.scenario.catalogue import Record, load_catalogue, names_of
from sim.scenario.facts import Facts, load_facts
from sim.scenario.folders import shipped_folder
from sim.scenario.loader import load_text
from sim.store.files import digest
from sim.store.place import run_digest
from sim.studies.record.compare import N_RULES, alerted
from sim.studies.record.contacts import contact_rows
from sim.studies.record.eras import after_the_link, era_forecasts
from sim.studies.record.exchanges import BASE_CASE, exchange_rows
from sim.studies.record.flights import flight_rows
from sim.studies.record.forecast import Forecast
from sim.studies.record.holding import Holding, holding
from sim.studies.record.named import MISSED, check_named, check_places, rule_scenarios
from sim.studies.record.notices import CHAIN, chains, forecasts, notice_rows
from sim.studies.record.rows import Row
from sim.studies.record.rules import rule_rows
from sim.studies.record.tracked import InSight, launches_in_sight, tracking_rows
from sim.studies.record.watch import WATCH, on_land, watch

NAME = "record"  # of the scenario that it watches with, and so of the folder of its results


@dataclass(frozen=True, kw_only=True)
class RecordPlan(Plan):
    """What is on record, and the scenarios that it is held against.

    chain : from the US warning to whoever is told in Tokyo.
    rules : of the days on which a rule decided, by the name of their file.
    exchanged : whose requests and refusals are held against how often reports were exchanged.
    """

    launches: tuple[Record, ...]
    facts: Facts
    chain: Scenario
    rules: Mapping[str, Scenario]
    exchanged: Scenario


@dataclass(frozen=True)
class Compared:
    """Every row, and what stands behind two kinds of them.

    forecasts : what the base case predicts of the notices that it was not set on.
    by_era : what each era predicts of the next.
    n_notices, n_after_link : how many there are, and of launches since the machine link is active.
    launches : who has which launch in sight, in the days of a count of missed ones, which is `n_missed`.
    land, all : on what that count hangs, with Tokyo's radars on land, and with its ships.
    """

    rows: tuple[Row, ...]
    forecasts: tuple[Forecast, ...]
    by_era: tuple[Forecast, ...]
    n_notices: int
    n_after_link: int
    launches: tuple[InSight, ...]
    n_missed: int
    land: Holding
    all: Holding


def plan() -> RecordPlan:
    """The record as it is shipped; its facts are a part of what is asked, so that other facts are another answer."""
    folder = shipped_folder()
    launches = load_catalogue(folder)
    check_places(launches, folder)
    facts = load_facts(folder, names_of(launches))
    chain, exchanged = load_text(CHAIN, "chain", folder), load_text(BASE_CASE, "exchanged", folder)
    rules = rule_scenarios(facts, folder)
    check_named(facts, folder, rules, exchanged)
    n_launches = len(rules) * N_RULES
    what = f"{N_RULES} replications of {len(rules)} days of a rule"
    return RecordPlan(
        study="record",
        scenario=load_text(WATCH, NAME, folder),
        asked={
            "record": digest(repr((launches, facts)).encode())[:16],
            "chain": run_digest(chain),
            "exchanged": run_digest(exchanged),
            "rules": {name: run_digest(scenario) for name, scenario in rules.items()},
        },
        cost=cost_words(chain, what, 1, n_launches),
        n_launches=n_launches,
        n_settings=1,
        launches=launches,
        facts=facts,
        chain=chain,
        rules=rules,
        exchanged=exchanged,
    )


def find(plan: RecordPlan, simulator: Simulator) -> Compared:
    """All rows, kind by kind; simulated are the days on which a rule decided."""
    facts, watched = plan.facts, watch(plan.scenario, plan.launches)
    missed = next(claim for claim in facts.claims if claim.claim == MISSED)
    told, tokyo, days = chains(plan.chain), watched.sensors["tokyo"], (missed.start, missed.stop)
    rows = (
        *flight_rows(watched.records),
        *tracking_rows(watched, facts.claims),
        *contact_rows(watched, facts.contacts),
        *notice_rows(facts.notices, told),
        *rule_rows(facts.rulings, alerted(plan.rules, simulator)),
        *exchange_rows(facts.uses, plan.exchanged, plan.launches),
    )
    return Compared(
        rows=rows,
        forecasts=forecasts(facts.notices, told),
        by_era=era_forecasts(facts.notices, facts.eras, told),
        n_notices=len(facts.notices),
        n_after_link=after_the_link(facts.notices),
        launches=launches_in_sight(watched, *days),
        n_missed=int(missed.number),
        land=holding(watched, on_land(tokyo), *days),
        all=holding(watched, tokyo, *days),
    )
