"""``sim record`` from the command line."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from sim.studies.record.rows import KINDS
from tests.unit.cli.test_commands import call, refusal

ROOT = Path(__file__).resolve().parents[4]
MANUAL = "results/README.md"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    out = tmp_path_factory.mktemp("out")
    result = call("record", "--out", str(out))
    assert result.exit_code == 0
    (folder,) = (out / "record").iterdir()
    return folder, result.stdout


def test_it_says_what_agrees_what_does_not_and_what_cannot_be_decided(made: tuple[Path, str]) -> None:
    folder, said = made
    assert all(title in said for title in KINDS.values())
    assert "not a reconstruction of any day" in said
    for word in ("agrees", "disagrees", "undecided", "fitted", "held out", "given"):
        assert word in said
    assert "may not conclude how long a relay takes, direct or via Washington" in " ".join(said.split())
    assert "validat" not in said.lower()
    assert said.startswith((folder / "answer.txt").read_text(encoding="utf-8"))


def test_sheet_json_and_text_hold_the_same_rows(made: tuple[Path, str]) -> None:
    folder, _ = made
    rows = list(csv.DictReader((folder / "record.csv").read_text(encoding="utf-8").splitlines()))
    found = json.loads((folder / "record.json").read_text(encoding="utf-8"))
    assert [row["what"] for row in rows] == [row["what"] for row in found["rows"]]
    for verdict, n in found["counts"]["all"].items():
        assert sum(row["verdict"] == verdict for row in rows) == n
    assert all(row["source"] for row in rows)
    assert {row["kind"] for row in rows} == {*KINDS}


def test_every_notice_that_an_era_predicts_has_a_line_before_those_that_were_fitted(made: tuple[Path, str]) -> None:
    """As figure and JSON have them: those that were not set on the base case alone."""
    folder, said = made
    told = json.loads((folder / "record.json").read_text(encoding="utf-8"))["forecasts"]
    by_era = [one for one in told if one["set_on"] != "base case"]
    of_era = said.partition("each era by the one before\n")[2].partition("\nWhen Tokyo told whom, where")[0]
    lines = [line for line in of_era.splitlines() if ", set on " in line]
    assert [line[:10] for line in lines] == [one["launch"] for one in by_era]
    assert all(f"set on {one['set_on']}" in line for one, line in zip(by_era, lines, strict=True))
    assert [line.split()[-1] for line in lines].count("disagrees") == 1  # 3 Nov 2022, 11 min
    assert said.rindex("set on 20") < said.index("US warning, by Yomiuri ")


def test_there_is_a_figure_for_each_kind_that_is_numbers(made: tuple[Path, str]) -> None:
    folder, _ = made
    names = {path.name for path in folder.iterdir() if path.suffix == ".png"}
    assert names == {"flights.png", "contacts.png", "notices.png", "coverage.png", "holding.png", "sight.png"}


def test_the_two_days_of_a_rule_come_out_as_they_did(made: tuple[Path, str]) -> None:
    """Japan Times, 2009: one source, a false alarm made public. Nikkei, 2012: two required, no confirmed alert."""
    folder, _ = made
    rows = json.loads((folder / "record.json").read_text(encoding="utf-8"))["rows"]
    rules = [(row["launch"], row["what"], row["modelled"], row["verdict"]) for row in rows if row["kind"] == "rules"]
    assert rules == [
        ("2009-04-04", "one source", "alert in 100 % of cases", "agrees"),
        ("2012-04-13", "two sources", "alert in 0 % of cases", "agrees"),
    ]


def test_no_fact_of_the_record_is_counted_twice(made: tuple[Path, str]) -> None:
    """A fact is who said or saw what of which launch or days; two missiles or parties of one day are two."""
    folder, _ = made
    rows = json.loads((folder / "record.json").read_text(encoding="utf-8"))["rows"]
    facts = [(row["kind"], row["launch"], row["what"], row["recorded"]) for row in rows]
    assert len(set(facts)) == len(facts)
    of_days = [(row["kind"], row["launch"]) for row in rows if row["kind"] in ("rules", "exchanges")]
    assert len(set(of_days)) == len(of_days)
    assert not any(row["use"] == "held out" for row in rows if row["kind"] == "contacts")


def test_the_readme_counts_the_record_as_it_is_and_the_manual_quotes_it(made: tuple[Path, str]) -> None:
    """In its own words, with the numbers of the first sentences of the answer; the manual has them as they are."""
    said = " ".join(made[1].split("\n\n")[1].split())
    told, quoted = (" ".join((ROOT / name).read_text(encoding="utf-8").split()) for name in ("README.md", MANUAL))
    (flights,) = re.findall(r"Held out, (\d+ of \d+) flight times agree", said)
    ((notices, share),) = re.findall(
        r"(\d+ of \d+) notices come within the 90 % interval predicted, where (\S+ %)", said
    )
    ((decided, held_out),) = re.findall(r"of the (\d+) held out that can be, (\d+) agree", said)
    assert f"{held_out} of the {decided} rows agree that were not used to fit the model and can be decided" in told
    assert f"{flights} flight times" in told
    assert f"{notices} notices in Tokyo, where {share} should" in told
    assert said in quoted


def test_a_folder_that_cannot_be_made_is_said(made: tuple[Path, str]) -> None:
    """Below a file there is no folder."""
    folder, _ = made
    said = refusal("record", "--out", str(folder / "answer.txt" / "below"))
    place, _, why = said.partition(": ")
    assert Path(place).parent == folder / "answer.txt" / "below" / "record"
    assert why == "cannot be made (Not a directory) — choose another folder with --out"
