"""The dated facts beside the catalogue of launches."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from sim.errors import ScenarioError, SimError
from sim.scenario.catalogue import find_records, load_catalogue, names_of
from sim.scenario.facts import load_facts
from sim.scenario.folders import shipped_folder

KNOWN = names_of(load_catalogue(shipped_folder()))
FACTS = load_facts(shipped_folder(), KNOWN)
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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A scenarios folder with the shipped catalogue."""
    found = tmp_path / "scenarios"
    shutil.copytree(shipped_folder() / "catalogue", found / "catalogue")
    return found


@pytest.mark.parametrize(
    ("name", "row", "words"),
    [
        ("alerts", "2022-11-18,ships,x,-3,,s,", "after_min: needs minutes after the launch, a number from 0 to 1,440"),
        ("alerts", "2022-11-18,ships,x,3 min,,s,", 'after_min: needs minutes after the launch, .* got "3 min"'),
        ("alerts", "2022-11-18,ships,x,nan,,s,", 'after_min: needs minutes .* got "nan"'),
        ("alerts", "2022-11-18,ships,x,,,s,", "after_min: needs minutes .* got nothing"),
        ("alerts", "2022-11-19,ships,x,3,,s,", 'launch: no launch "2022-11-19" in the catalogue — did you mean "2022-'),
        ("alerts", "2022-11-18,ship,x,3,,s,", 'to: needs one of .* got "ship" — did you mean "ships"'),
        ("alerts", "2022-11-18,ships,x,3,no,s,", 'is_anchor: needs "yes", or nothing, got "no"'),
        ("alerts", "2022-11-18,ships,,3,,s,", "what: is empty, and every row needs it"),
        ("alerts", "2022-11-18,ships,x,3,,,", "source: is empty"),
        ("alerts", "2022-11-18,ships,x,3,,s,a,b", "has more cells than there are columns — write a cell with a comma"),
        ("eras", "public,2019-13-01,x,s,", 'from: needs a day such as 2019-01-01, got "2019-13-01"'),
        ("eras", "public,2019-01-01,x,s,", "from: is the day, 2019-01-01, on which another era of public begins"),
        (
            "contacts",
            "2012-04-13,ship,contact,-9,second,x,s,",
            "after_s: needs seconds after the launch, a number",
        ),
        ("contacts", "12 Apr 2012,ship,contact,9,second,x,s,", "launch: needs a day such as 2019-01-01"),
        ("tracked", "2019-09-23,2019-05-04,tokyo,tracked,,s,", "to: lies before 2019-09-23, where it begins"),
        ("tracked", "2019-05-04,2019-09-23,tokyo,missed at least,two,s,", "number: needs how many launches"),
        (
            "tracked",
            "2019-05-04,2019-09-23,tokyo,most missed at or below,low,s,",
            "number: needs a height",
        ),
        ("tracked", "2019-05-04,2019-09-23,tokyo,missed a,,s,", "number: is empty"),
        ("tracked", "2019-05-04,2019-09-23,osaka,tracked,,s,", 'who: needs one of seoul, tokyo, got "osaka"'),
        ("rules", "2012-04-13,x.yaml,a,perhaps,x,s,", "happened: needs one of alert, no alert, nothing, got"),
        ("exchanges", "2019-01-01,2019-02-01,gsomia,,-1,,,,s,", "exchanges: needs how many exchanges, a whole number"),
        ("exchanges", "2019-01-01,2019-02-01,gsomia,,1,,some,,s,", "tests: needs how many nuclear tests, or nothing"),
    ],
)
def test_a_fault_is_told_at_its_line_with_what_to_write(folder: Path, name: str, row: str, words: str) -> None:
    path = folder / "catalogue" / f"{name}.csv"
    lines = [*path.read_text(encoding="utf-8").splitlines(), row]
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load_facts(folder, KNOWN)
    assert re.match(rf"{re.escape(str(path))}:{len(lines)}  {words}.*\n1 fault", str(caught.value))


def test_all_faults_of_a_sheet_are_told(folder: Path) -> None:
    path = folder / "catalogue" / "tracked.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",missed a", ",perhaps missed a"), encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"tracked\.csv:4  claim: needs one of .*perhaps missed") as caught:
        load_facts(folder, KNOWN)
    assert [fault.line for fault in caught.value.faults] == [4, 6, 7]


def test_a_sheet_or_a_column_that_is_missing_is_told_with_its_mend(folder: Path) -> None:
    path = folder / "catalogue" / "alerts.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("after_min", "minutes"), encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"alerts\.csv:1  has no column after_min — add it"):
        load_facts(folder, KNOWN)
    path.unlink()
    with pytest.raises(ScenarioError, match=r"alerts\.csv  there is no such file — restore the one that was shipped"):
        load_facts(folder, KNOWN)


def test_what_is_no_csv_is_refused_by_name(folder: Path) -> None:
    """A cell longer than the 128 KiB that Python reads."""
    (folder / "catalogue" / "eras.csv").write_text(f"to,from\npublic,{'x' * 140_000}\n", encoding="utf-8")
    with pytest.raises(SimError, match=r"eras\.csv: is no list of facts .* — restore"):
        load_facts(folder, KNOWN)
