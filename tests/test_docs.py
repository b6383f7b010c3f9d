"""What the documentation shows is run."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli import cli
from sim.cli import commands as every_command
from sim.model.flow import steps
from sim.model.load import utilisation
from sim.model.scope import has_no_path
from sim.say.hours import staffed_notes
from sim.say.outages import outage_notes
from sim.scenario.catalogue import COLUMNS, NEEDED
from sim.scenario.claims import load_claims
from sim.scenario.loader import load_text
from sim.studies.claims.find import plan as plan_of
from sim.studies.sight.find import first_sights
from tests.docs import MANUAL, ROOT, with_tables
from tests.examples import examples
from tests.reference import REFERENCE

README = ROOT / "README.md"
PAGES = (README, MANUAL, ROOT / "results" / "README.md")


def commands() -> list[str]:
    blocks = [block for page in PAGES for block in re.findall(r"```console\n(.*?)```", page.read_text(), re.S)]
    return list(dict.fromkeys(line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")))


# Their own tests ask them from the command line every time, and each takes seconds.
ASKED_ELSEWHERE = ("record", "claims", "discover", "redundancy", "hours", "web", "sensitivity", "confirm", "map")
FIRST = {shlex.split(command)[1]: command for command in reversed(commands())}  # of each kind


@pytest.mark.parametrize(
    "command", examples(commands(), [one for kind, one in FIRST.items() if kind not in ASKED_ELSEWHERE])
)
def test_every_command_of_the_documentation_runs(command: str, here: Path) -> None:
    (own,) = re.findall(r"```yaml\n(.*?)```", README.read_text(encoding="utf-8"), re.S)
    Path("mine.yaml").write_text(own, encoding="utf-8")
    arguments = shlex.split(command)[1:]
    if arguments[0] == "run":
        arguments += ["--replications", "40", "--workers", "1"]
        arguments += [] if "--settings" in arguments else ["--settings", "3"]
    if arguments[0] in ("campaign", "flights"):
        arguments += ["--set", "settings=1"]
    result = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    assert result.output


@pytest.mark.slow
def test_the_answer_that_the_readme_shows_is_the_one_printed(here: Path) -> None:
    (shown,) = re.findall(r"```text\n(.*?)```", README.read_text(encoding="utf-8"), re.S)
    result = CliRunner().invoke(cli, ["run", "first-look", "--workers", "1"], catch_exceptions=False)
    assert result.stdout.strip() == shown.strip()


def test_the_readme_quotes_the_reference_results() -> None:
    """What it says of 2 October 2019 stands in that table, and the answer it shows is that of its reference."""
    text = " ".join(README.read_text(encoding="utf-8").split())
    trust = text.partition("For 2 October 2019")[2].partition("**Tokyo must hear")[0]
    table = (REFERENCE / "2019-10-02-pukguksong-3" / "table.md").read_text(encoding="utf-8")
    quoted = re.findall(r"[\d.]+ min (?:faster|slower)|± [\d.]+ min", trust)
    assert len(quoted) == 16
    assert not [words for words in quoted if words not in table]
    (shown,) = re.findall(r"```text\n(.*?)```", README.read_text(encoding="utf-8"), re.S)
    (paragraph,) = re.findall(r"\n\n(What is known .*?)\n\n", shown, re.S)
    assert " ".join(paragraph.split()) in (REFERENCE / "first-look" / "table.md").read_text(encoding="utf-8")


def test_the_readme_has_every_command_in_its_table() -> None:
    text = README.read_text(encoding="utf-8")
    assert re.findall(r"^\| `sim ([a-z]+)", text, re.M) == [*every_command()]


def test_the_python_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    (code,) = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.S)
    exec(compile(code, "README.md", "exec"), {})
    said = capsys.readouterr().out
    assert said.count("At working values direct is") == 3


def test_the_whole_scenarios_of_the_manual_are_sound() -> None:
    texts = re.findall(r"```yaml\n(.*?)```", MANUAL.read_text(encoding="utf-8"), re.S)
    found = [text for text in texts if "title:" in text and "claim:" not in text]
    sensors, desks, closed, *others = (load_text(text, "manual") for text in found)
    web, down = sorted(others, key=lambda one: "relay" in one.arms[0].channels)
    assert utilisation(desks.arm("via_washington").desks["us_desk"]) == 0.625
    assert set(first_sights(sensors, sensors.launches[0])) == {"seoul", "tokyo"}
    assert [has_no_path(closed, arm) for arm in closed.arms] == [True, False, False]
    assert "relay is up 95 % of the time (80 % to 99.8 % across its range)" in outage_notes(down)[1]
    (note,) = staffed_notes(closed)
    assert "Tue 17:34 there, outside these hours" in note
    assert "hub_releases as seoul-triple-hub" in [step.name for step in steps(web.arms[0].flow)]


def test_the_claim_of_the_manual_can_be_asked(tmp_path: Path) -> None:
    texts = re.findall(r"```yaml\n(.*?)```", MANUAL.read_text(encoding="utf-8"), re.S)
    (text,) = (text for text in texts if "claim:" in text)
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    assert [one.study.name for one in plan_of(claims=[str(tmp_path / "mine.yaml")]).questions.values()] == [
        "sweep",
        "breakeven",
    ]


def test_the_readme_has_a_sentence_for_each_claim_in_their_order() -> None:
    told = README.read_text(encoding="utf-8").partition("## The argument, claim by claim")[2].partition("\n## ")[0]
    assert re.findall(r"^- ([A-Z]\w+): \S", told, re.M) == [claim.title for claim in load_claims()]


@pytest.mark.slow
def test_the_readme_says_of_the_claims_what_sim_claims_says(here: Path) -> None:
    result = CliRunner().invoke(cli, ["claims", "--json"], catch_exceptions=False)
    said = json.loads(result.stdout)
    told = " ".join(README.read_text(encoding="utf-8").split())
    for sentence in (said["headline"], *said["sentences"][: len(load_claims()) - 1]):
        assert f"- {sentence}" in told


def test_the_field_tables_are_those_of_the_schema() -> None:
    text = MANUAL.read_text(encoding="utf-8")
    assert with_tables(text) == text


def test_the_manual_lists_the_columns_of_a_catalogue_and_those_that_are_needed() -> None:
    table = MANUAL.read_text(encoding="utf-8").partition("<!-- columns -->")[2].partition("\nHow far it flew")[0]
    rows = re.findall(r"^\| (`.*?) \|(.*)\|$", table, re.M)
    assert [name for cell, _ in rows for name in re.findall(r"`(\w+)`", cell)] == [*COLUMNS]
    assert [cell.strip("`") for cell, said in rows if said.endswith("**Needed.** ")] == [*NEEDED]


def test_every_link_of_the_documentation_leads_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
