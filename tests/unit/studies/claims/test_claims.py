"""Claims: every fault of a file with its line and mend, and a page that says nothing that its studies do not say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import sim
from sim.api import Answer
from sim.cli import cli
from sim.errors import ScenarioError
from sim.scenario.claims import load_claim, load_claims
from sim.scenario.folders import shipped_claims
from sim.studies.claims.find import exchanges_of
from sim.studies.claims.find import plan as plan_of

SCENARIO = """
title: by hand
launches: [{name: one, flight_time: 10 min}]
stages:
  calls:  {at: seoul, delay: 5 min, evidence: assumed}
  relays: {at: us, delay: {constant: {low: 2 min, typical: 8 min, high: 12 min}}, evidence: assumed}
arrangements: {direct: [calls], relay: [relays]}
compare: [direct, relay]
replications: 20
settings: 3
"""
CLAIM = """
title: Speed
number: 1
claim: The call is faster.
experiment: Both, side by side.
ask:
  study: sweep
  scenario: SCENARIO
  options: {vary: "stages.relays.delay.constant=2 min:12 min:6"}
otherwise: {study: breakeven, scenario: SCENARIO}
cannot_show: Whether anybody listens.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "by-hand.yaml").write_text(SCENARIO, encoding="utf-8")
    return tmp_path


def written(folder: Path, text: str = CLAIM, name: str = "speed") -> str:
    path = folder / f"{name}.yaml"
    path.write_text(text.lstrip().replace("SCENARIO", str(folder / "by-hand.yaml")), encoding="utf-8")
    return str(path)


def answer(folder: Path, text: str = CLAIM) -> Answer:
    return sim.claims(claims=[written(folder, text)], replications=20, engine="columns")


FAULTS = {
    "a list": (
        CLAIM,
        "- a\n",
        r"speed.yaml:1:1  must be a mapping of fields — start from scenarios/claims/threat.yaml",
    ),
    "a scenario": (CLAIM, SCENARIO.lstrip(), r"speed.yaml:1:1  is a scenario, and no claim"),
    "no title": ("title: Speed\n", "", r'speed.yaml:1:1  needs "title"'),
    "no claim": ("claim: The call is faster.\n", "", r'needs "claim"'),
    "no limits": ("cannot_show: Whether anybody listens.\n", "", r'needs "cannot_show"'),
    "unknown field": ("number: 1", "number: 1\nverdict: true", r'speed.yaml:3:1  .*unknown field "verdict"'),
    "number": ("number: 1", "number: first", r"speed.yaml:2:9  number: "),
    "nothing asked": (
        re.search(r"ask:\n(  .*\n)+", CLAIM)[0],  # type: ignore[index]
        "",
        r"speed.yaml:4:1  experiment: is said of no question — add ask",
    ),
    "no experiment": ("experiment: Both, side by side.\n", "", r'speed.yaml:5:3  ask: needs "experiment" beside it'),
    "no break-even": (
        "otherwise: {study: breakeven, scenario: SCENARIO}\n",
        "",
        r'speed.yaml:6:3  ask: needs "otherwise" beside it',
    ),
    "days": (
        "cannot_show:",
        "exchanges: {from: 2019-11-29, until: 2019-08-23}\ncannot_show:",
        r"2019-11-29 is after 2019-08-23 — write the earlier day first",
    ),
    "why none beside words": (
        "otherwise: {study: breakeven, scenario: SCENARIO}\n",
        "otherwise: Nothing.\nwhy_none: It cannot.\n",
        r"speed.yaml:\d+:1  why_none: stands beside a question that looks for a break-even",
    ),
    "a text for a question": ("ask:\n", "ask: sweep\nnote:\n", r"needs a group of entries|unknown field"),
    "study": ("study: sweep", "study: swep", r'speed.yaml:6:3  ask: no study "swep" — did you mean "sweep"\?'),
    "itself": ("study: sweep", "study: claims", r'ask: no study "claims"'),
    "no scenario": ("  scenario: SCENARIO\n", "", r"ask: sweep is asked of a scenario — add scenario: first-look"),
    "scenario": ("  scenario: SCENARIO\n", "  scenario: first-lok\n", r'ask: first-lok  .*did you mean "first-look"'),
    "option": ("{vary:", "{varry:", r'ask: sweep has no option "varry" — did you mean "vary"\?'),
    "option's value": ("{vary:", "{for: speed, vary:", r"ask: --for speed: there is no such choice"),
    "option twice": ("{vary:", "{for: [mean, p50], vary:", r"ask: --for is given 2 times — keep one"),
    "arms": ("  scenario: SCENARIO\n", "  scenario: SCENARIO\n  arms: [direct, relais]\n", r'ask: --arms .*"relais"'),
    "set": ("  scenario: SCENARIO\n", "  scenario: SCENARIO\n  set: {stages.calls.dely: 1 min}\n", r"ask: .*dely"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_a_file_has_its_line_and_its_mend(fault: str, folder: Path) -> None:
    old, new, said = FAULTS[fault]
    assert old in CLAIM
    with pytest.raises(ScenarioError) as error:
        sim.claims(claims=[written(folder, CLAIM.replace(old, new, 1))])
    assert re.search(said, str(error.value)), str(error.value)
    assert str(error.value).endswith("nothing was run")


def test_a_figure_that_there_is_none_of_is_told_at_the_question(folder: Path) -> None:
    with pytest.raises(ScenarioError, match=r'speed.yaml:6:3  ask: sweep has no figure "map" here — it has: sweep'):
        answer(folder, CLAIM.replace("ask:\n", "ask:\n  figure: map\n"))


def test_every_fault_of_all_files_is_in_one_report(folder: Path) -> None:
    files = [
        written(folder, CLAIM.replace("study: sweep", "study: swep"), "one"),
        written(folder, CLAIM.replace("number: 1", "number: 2").replace("study: breakeven", "study: evenbreak"), "two"),
    ]
    with pytest.raises(ScenarioError) as error:
        sim.claims(claims=files)
    assert len(error.value.faults) == 2


def test_two_claims_of_one_number_or_one_name_are_refused(folder: Path) -> None:
    one, other = written(folder), written(folder, name="other")
    with pytest.raises(ScenarioError, match=r"number 1 is that of .* too — write another"):
        load_claims((one, other))
    with pytest.raises(ScenarioError, match="is given twice"):
        load_claims((one, one))


def test_an_unknown_claim_is_answered_with_those_there_are(folder: Path) -> None:
    with pytest.raises(ScenarioError, match='no such claim — did you mean "threat"'):
        load_claims(("thread",))


def test_a_result_is_what_its_study_says_and_what_turns_it_is_what_the_other_says(folder: Path) -> None:
    """No finding is written twice: the page of a claim has the words of the studies, asked alone."""
    found = answer(folder)
    path = str(folder / "by-hand.yaml")
    vary = "stages.relays.delay.constant=2 min:12 min:6"
    alone = sim.sweep(path, vary=[vary], replications=20, engine="columns")
    turned = sim.breakeven(path, replications=20, engine="columns")
    text = str(found)
    drawing = alone.page.drawing()
    assert drawing is not None
    said = " ".join(text.split())
    assert f"Result: {drawing.finding}" in said
    assert f"Otherwise: {turned.headline}" in said
    assert found.headline == f"Speed: {drawing.title}."
    assert "Claim: The call is faster." in said
    assert "What it cannot show: Whether anybody listens." in said
    (claim,) = found.page.data["claims"]
    assert [one["digest"] for one in claim["answers"]] == [alone.page.digest, turned.page.digest]
    assert "--replications 20" in said  # the command that repeats it, as it was asked


def test_the_figure_is_the_one_of_the_study_under_the_name_of_the_claim(folder: Path, tmp_path: Path) -> None:
    found = answer(folder)
    names = {path.name for path in found.save(tmp_path / "out")}
    assert {"claims.md", "claims.json", "claims.csv", "speed.png", "captions.md", "page.json"} == names
    text = (tmp_path / "out" / "claims.md").read_text(encoding="utf-8")
    assert text.count("speed.png") == 1
    assert text.index("speed.png") > text.index("## Speed")
    assert found.figure("speed").axes


def test_a_claim_of_which_nothing_can_be_tried_says_so(folder: Path) -> None:
    text = "title: Trust\nnumber: 1\nclaim: Trust matters.\ncannot_show: All of it.\n"
    found = answer(folder, text)
    assert found.headline == "Trust: Nothing of this can be tried here."
    assert "What it cannot show: All of it." in str(found)
    assert not found.page.drawings


def test_a_second_question_adds_its_headline_under_its_own_title(folder: Path) -> None:
    text = CLAIM.replace("ask:\n  study", "ask:\n- study").replace("otherwise: {", "- {", 1) + "otherwise: a guess\n"
    text = text.replace("number: 1", "number: 1", 1)
    turned = sim.breakeven(str(folder / "by-hand.yaml"), replications=20, engine="columns")
    assert f"by hand: {turned.headline}" in " ".join(str(answer(folder, text)).split())


def test_what_two_claims_ask_alike_is_asked_once(folder: Path) -> None:
    files = (written(folder), written(folder, CLAIM.replace("number: 1", "number: 2"), "again"))
    assert len(plan_of(claims=files).questions) == 2


def test_exchanges_on_record_stand_beside_what_the_model_lets_pass() -> None:
    """By the record: four exchanges from the notice to the day after the lapse would have been, on five launch days."""
    (row,) = exchanges_of(("2019-08-23", "2019-11-29"))
    assert row.recorded == "4"
    assert row.modelled.endswith("(of 5)")
    assert exchanges_of(None) == ()


def test_the_shipped_claims_are_sound_and_say_what_they_cannot_show() -> None:
    claims = [load_claim(path) for path in shipped_claims().values()]
    assert sorted(claim.name for claim in claims) == ["burden", "relations", "thailand", "threat", "use"]
    assert sorted(claim.number for claim in claims) == [1, 2, 3, 4, 5]
    assert all(claim.asks and claim.otherwise and claim.cannot_show for claim in claims)


def test_the_command_line_says_what_it_costs_and_runs_one_claim(folder: Path, here: Path) -> None:
    path = written(folder)
    planned = CliRunner().invoke(cli, ["claims", path, "--plan"], catch_exceptions=False)
    assert planned.exit_code == 0
    assert "1 claim, 2 questions, about 1 s on one core" in planned.stderr
    done = CliRunner().invoke(cli, ["claims", path, "--replications", "20"], catch_exceptions=False)
    assert done.exit_code == 0
    assert done.stdout.startswith("An argument, claim by claim")
    assert Path(done.stdout.split()[-5]).exists() or "speed.png" in done.stdout


def test_a_curve_says_how_far_it_goes_over_what_is_not_known_beside_it(folder: Path) -> None:
    """By hand: a call of 4 to 6 min against a relay of 2 to 12 min: from 8 min faster to 4 min slower."""
    text = SCENARIO.replace("delay: 5 min", "delay: {constant: {low: 4 min, typical: 5 min, high: 6 min}}")
    (folder / "by-hand.yaml").write_text(text, encoding="utf-8")
    vary = ["stages.relays.delay.constant=2 min:12 min:3"]
    found = sim.sweep(str(folder / "by-hand.yaml"), vary=vary, settings=40, engine="columns")
    drawing = found.page.drawing()
    assert drawing is not None
    n, faster, slower = re.findall(
        r"Over (\d+) settings .* from ([\d.]+) min faster to ([\d.]+) min slower", drawing.finding
    )[0]
    assert (n, float(faster), float(slower)) == ("40", pytest.approx(8, abs=0.2), pytest.approx(4, abs=0.2))
    assert f"{-found.found.low.min() / 60e6:.1f}" == faster
