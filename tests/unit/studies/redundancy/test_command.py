"""``sim redundancy`` from the command line, and outages in the words of other commands."""

from __future__ import annotations

import json
from pathlib import Path

from tests.unit.cli.test_commands import call, refusal
from tests.unit.studies.redundancy.two_lines import TEXT

FEW = ["--engine", "columns", "--workers", "1"]
ON = "channels.relay.outages.availability"


def written(here: Path) -> str:
    (here / "mine.yaml").write_text(TEXT.replace("20000", "200"), encoding="utf-8")
    return "mine.yaml"


def test_the_answer_is_kept_and_engines_agree(here: Path) -> None:
    mine = written(here)
    first = call("redundancy", mine, "--json", *FEW).stdout
    (folder,) = (here / "results" / "mine").iterdir()
    names = {path.name for path in folder.iterdir()}
    assert {"redundancy.json", "redundancy.csv", "redundancy.png", "redundancy.md", "answer.txt"} <= names
    assert call("redundancy", mine, "--json", "--again", "--engine", "reference", "--workers", "1").stdout == first
    plain = json.loads(first)
    assert (plain["hub"], plain["with"], plain["without"]) == ("channels.relay", "both", "via_us")
    assert [row["up_share"] for row in plain["shares"]][:2] == [0.0, 0.5]


def test_without_outages_one_line_says_so(here: Path) -> None:
    assert "goes down by chance — give one to a channel" in refusal("redundancy", "first-look")


def test_a_run_says_how_often_it_is_up_and_what_may_keep_a_report(here: Path) -> None:
    mine = written(here)
    text = " ".join(call("run", mine, *FEW).output.split())
    assert "relay is up 90 % of the time and down 2 h at a time on average (ASSUMED)" in text
    assert "what it needs was down (relay)" in text
    (folder,) = (here / "results" / "mine").iterdir()
    assert "Relay is up 90 % of the time" in call("explain", str(folder)).output
    table = (folder / "table.md").read_text(encoding="utf-8")
    assert "| outages of channels.relay | hypothetical | ASSUMED | none |" in table


def test_a_share_of_time_is_asked_about_between_bounds(here: Path) -> None:
    options = ["--on", f"{ON}=50 %:99 %", "--for", "in-time", "--json", *FEW]
    plain = json.loads(call("breakeven", written(here), *options).stdout)
    assert plain["values"][0]["name"] == "relay: availability"


def test_a_part_of_the_ledger_rests_on_the_outages(here: Path) -> None:
    plain = json.loads(call("ledger", written(here), "--json", *FEW).stdout)
    assert "channels.relay.outages" in json.dumps(plain)
