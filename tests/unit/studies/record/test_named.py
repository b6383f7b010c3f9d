"""What the facts name of scenarios is there, or is told with the sheet, the row and what to write."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sim.errors import ScenarioError, SimError
from sim.scenario.catalogue import load_catalogue, names_of
from sim.scenario.facts import Facts, load_facts
from sim.scenario.folders import shipped_folder
from sim.scenario.loader import load_text
from sim.studies.record.exchanges import BASE_CASE
from sim.studies.record.named import check_named, check_places, rule_scenarios

FOLDER = shipped_folder()
LAUNCHES = load_catalogue(FOLDER)
FACTS = load_facts(FOLDER, names_of(LAUNCHES))
RULES = rule_scenarios(FACTS, FOLDER)
EXCHANGED = load_text(BASE_CASE, "exchanged")


def refused(facts: Facts) -> str:
    with pytest.raises(SimError) as caught:
        check_named(facts, FOLDER, RULES, EXCHANGED)
    return str(caught.value)


def test_those_of_the_shipped_facts_are_there() -> None:
    check_named(FACTS, FOLDER, RULES, EXCHANGED)
    assert [*RULES] == ["catalogue/2009-04-04-false-alarm.yaml", "2012-04-13-double-check.yaml"]


def test_a_scenario_that_is_not_there_is_told() -> None:
    facts = replace(FACTS, rulings=(replace(FACTS.rulings[0], scenario="none.yaml"),))
    with pytest.raises(SimError) as caught:
        rule_scenarios(facts, FOLDER)
    assert str(caught.value) == (
        f'{FOLDER / "catalogue" / "rules.csv"}: 2009-04-04 names a scenario "none.yaml", and there is no such file — '
        "write one that is there"
    )


def test_an_arm_that_is_not_there_is_told() -> None:
    ruling, use = replace(FACTS.rulings[0], arm="no_source"), replace(FACTS.uses[0], arm="via_mars")
    assert refused(replace(FACTS, rulings=(ruling,))) == (
        f'{FOLDER / "catalogue" / "rules.csv"}: 2009-04-04 names an arm "no_source", and there is none — did you mean '
        '"one_source"?'
    )
    assert refused(replace(FACTS, uses=(use,))).startswith(
        f'{FOLDER / "catalogue" / "exchanges.csv"}: 2014-12-29 names an arm "via_mars", and there is none — known: '
    )
    rival = replace(FACTS.uses[0], rival="via_mars")
    assert refused(replace(FACTS, uses=(rival,))) == refused(replace(FACTS, uses=(use,)))


def test_a_claim_of_how_many_were_missed_is_needed() -> None:
    assert Path(refused(replace(FACTS, claims=())).partition(": ")[0]) == FOLDER / "catalogue" / "tracked.csv"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"lat": "about 39"}, '  lat: needs degrees from -90 to 90, or nothing, got "about 39"'),
        ({"lon": "227"}, "  lon: needs degrees from -180 to 180"),
        ({"azimuth_deg": "nan"}, "  azimuth_deg: needs degrees from 0 to 360"),
        ({"date": "2 Oct 2019"}, "  date: needs a day such as 2019-01-01"),
    ],
)
def test_a_launch_from_no_place_is_told_at_its_line(fields: dict[str, str], words: str) -> None:
    wrong = replace(LAUNCHES[3], **fields)
    with pytest.raises(ScenarioError) as caught:
        check_places([LAUNCHES[2], wrong], FOLDER)
    assert str(caught.value).startswith(f"{FOLDER / 'catalogue' / 'launches.csv'}:{wrong.line}{words}")
    check_places(LAUNCHES, FOLDER)
