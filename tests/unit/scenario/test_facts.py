"""The dated facts beside the catalogue of launches."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from sim.errors import SimError
from sim.scenario.catalogue import find_records, load_catalogue
from sim.scenario.facts import load_facts
from sim.scenario.folders import shipped_folder

FACTS = load_facts(shipped_folder())
EVERY = (*FACTS.contacts, *FACTS.claims, *FACTS.notices, *FACTS.eras, *FACTS.rulings)
WEAK = ("5ch", "2ch", "blog", "kaikai", "wiki", "hatena", "goo.ne.jp", "seesaa")  # forums and copies


@pytest.mark.parametrize("fact", EVERY, ids=lambda fact: f"{type(fact).__name__}")
def test_every_fact_has_a_source_with_its_address_and_none_is_a_forum(fact) -> None:
    addresses = re.findall(r"<(https?://[^>\s]+)>", fact.source)
    assert addresses
    assert not [address for address in addresses if any(weak in address for weak in WEAK)]


def test_seoul_s_contacts_are_the_six_of_the_base_case() -> None:
    """scenarios/base-case/large-rocket.yaml: 15, 50, 54, 60, 62 and 67 s, of five launches."""
    contacts = [one for one in FACTS.contacts if one.event == "contact"]
    assert sorted(one.after_s for one in contacts) == [15, 50, 54, 60, 62, 67]
    assert len({one.launch for one in contacts}) == 5


def test_every_launch_but_those_of_2009_is_in_the_catalogue() -> None:
    catalogue = load_catalogue(shipped_folder())
    named = {one.launch for one in (*FACTS.contacts, *FACTS.notices, *FACTS.rulings)}
    assert {name for name in named if not find_records(catalogue, name)} == {"2009-04-04", "2009-04-05"}


def test_a_list_that_is_none_is_refused_by_name(tmp_path: Path) -> None:
    folder = tmp_path / "scenarios"
    shutil.copytree(shipped_folder() / "catalogue", folder / "catalogue")
    path = folder / "catalogue" / "tracked.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("missed a,", "perhaps missed,"), encoding="utf-8")
    with pytest.raises(SimError, match=r"tracked\.csv: is no list of facts .*perhaps missed.* — restore"):
        load_facts(folder)
