"""``sim explain``: every number in the text is a number of the results."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from sim.analysis.ledger import ledger
from sim.errors import StoreError
from sim.model.ranges import TYPICAL, settle
from sim.say.channels import channels_line
from sim.store.run import Run, load_run
from sim.studies.run.reverses import reverses_of
from tests.examples import examples
from tests.unit.cli.test_commands import call, refusal

FEW = ["--replications", "60", "--settings", "4", "--engine", "auto", "--workers", "1", "--quiet"]
FIXED = """
title: fixed
launches: [{name: one, deadline: {name: impact, after: 4 min}}]
stages:
  sees:  {delay: 1 min, evidence: {step: documented, value: documented, source: S}}
  calls: {delay: {exponential: {mean: 2 min}}, evidence: {step: documented, value: estimated, source: T}}
  relay: {delay: 7 min, refusal: {probability: 20 %}, evidence: assumed}
arrangements: {direct: [sees, calls], around: [sees, relay]}
compare: [direct, around]
"""
NEVER = FIXED.replace("delay: {exponential: {mean: 2 min}}", "delay: 2 min, refusal: {probability: 100 %}")
ONE = FIXED.replace("compare: [direct, around]", "compare: [around]")
UNITS_US = {"s": 1e6, "min": 60e6, "h": 3600e6}
NAMES = ["first-look", "2019-10-02-pukguksong-3", "washington-as-fallback", "salvo-of-eight-2022-06-05"]


def numbers(value: Any) -> Iterator[float]:
    """Every number of a nested result."""
    if is_dataclass(value) and not isinstance(value, type):
        value = asdict(value)
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for one in value:
            yield from numbers(one)
    elif isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        yield float(value)


def known_numbers(run: Run) -> list[float]:
    """Of the results, the break-evens, the ledger and the scenario; with what the text derives from them."""
    found = [*numbers(run.results), *numbers(reverses_of(run)), run.scenario.seed, len(run.scenario.launch_keys())]
    book = ledger(run.scenario, run.alerts.tally)
    found += [float(entry.us) for account in book.pairs for entry in account.entries]
    found += [run.scenario.horizon_us, 0.95]
    stages = [stage for arm in run.scenario.arms for stage in arm.stages.values()]
    found += [settle(stage.refusal.probability, TYPICAL) for stage in stages if stage.refusal]
    for pair in run.results.contrasts:
        found += [pair.mean.half_width, pair.n_settings_a_sooner, pair.n_settings_b_sooner]
        found.append(sum(share.n_values for share in pair.rests_on))
    return found


def is_known(token: str, unit: str, known: list[float]) -> bool:
    """Whether a number as printed is one of them, rounded as it is printed, in its unit."""
    printed, digits = float(token.replace(",", "")), len(token.partition(".")[2])
    tolerance = 0.5001 * 10.0**-digits
    of_shares = {"%": [0.01], "points": [0.01]}
    scales = [UNITS_US[unit]] if unit in UNITS_US else of_shares.get(unit, [1.0, UNITS_US["min"]])
    return any(abs(abs(one) / scale - printed) <= tolerance for one in known for scale in scales)


def claims(run: Run, text: str) -> list[tuple[str, str]]:
    """Numbers and units of the text after the case, which the file tells, without those of names, p50 and p95."""
    text = re.sub(r"^\*\*The case\.\*\* .*\n", "", text, flags=re.MULTILINE)
    names = [arm.title for arm in run.scenario.arms] + [run.scenario.title, run.digest]
    names += [stage.title for arm in run.results.arms for stage in arm.stages]
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(re.escape(name), "", text, flags=re.IGNORECASE)
    text = re.sub(r"\bp\d+\b|[<>](?=\d)", "", text)
    # a band shares its unit: "13 to 96 min"
    text = re.sub(r"([\d.,]+) to ([\d.,]+) (min|s|h|points)\b", r"\1 \3 to \2 \3", text)
    return re.findall(r"(?<![\w.])(\d[\d,]*(?:\.\d+)?)(?: (min|s|h|points|%)(?!\w))?", text)


def explained(scenario: str) -> tuple[Run, str]:
    folder = Path(call("run", scenario, *FEW).output.strip().splitlines()[-1])
    return load_run(folder), call("explain", str(folder)).output


def test_the_memo_begins_with_the_case_as_the_file_tells_it(here: Path) -> None:
    run, text = explained("both-channels")
    case = next(line for line in text.splitlines() if line.startswith("**The case.**"))
    assert " ".join(run.scenario.story.split()) in case
    assert "Steps by centre: " in case
    assert text.index(case) < text.index("**What was asked.**")


def written(here: Path, text: str) -> str:
    (here / "own.yaml").write_text(text, encoding="utf-8")
    return str(here / "own.yaml")


@pytest.mark.parametrize("scenario", examples(NAMES, [NAMES[0]]))
def test_every_number_of_a_shipped_scenario_is_one_of_the_results(here: Path, scenario: str) -> None:
    run, text = explained(scenario)
    of_the_day = channels_line(run.scenario)  # dates, of the scenario and not of the results
    assert of_the_day in text
    found, known = claims(run, text.replace(of_the_day, "")), known_numbers(run)
    assert len(found) > 30
    assert [claim for claim in found if not is_known(*claim, known)] == []
    for head in ("asked", "came out", "certain it is", "rests on", "the other way round", "cannot show"):
        assert f"{head}.**" in text
    assert ("8 launches" in text) == (scenario == "salvo-of-eight-2022-06-05")


@pytest.mark.parametrize("wrong", ["99.7 min", "77 %", "123456", "61.23 s"])
def test_a_number_that_is_none_of_the_results_would_be_found(here: Path, wrong: str) -> None:
    run, text = explained("first-look")
    known = known_numbers(run)
    assert [claim for claim in claims(run, f"{text} {wrong}") if not is_known(*claim, known)] != []


def test_without_ranges_there_is_no_band_and_nothing_is_said_of_reversing(here: Path) -> None:
    run, text = explained(written(here, FIXED))
    assert [claim for claim in claims(run, text) if not is_known(*claim, known_numbers(run))] == []
    assert "Every value is taken as written" in text
    assert "other way round" not in text
    assert "settings" not in text
    assert "A launch that only one of two ways reports has no difference" in text


def test_where_no_report_arrives_it_says_so_and_makes_no_claim_of_a_difference(here: Path) -> None:
    run, text = explained(written(here, NEVER))
    assert run.results.arm("direct").arrives.estimate == 0
    assert "no launch has a report under both" in text.lower()
    assert "certain it is" not in text
    assert "rests on.**" not in text
    assert "| direct | 0 % |" in text


def test_one_arm_alone_is_not_compared(here: Path) -> None:
    _, text = explained(written(here, ONE))
    assert "By one way: around." in text
    assert "certain it is" not in text


def test_what_is_no_run_is_refused_with_the_mend(here: Path) -> None:
    with pytest.raises(StoreError, match="is not a stored run — give its folder, its digest, or"):
        call("explain", str(here))
    assert "is not a stored run" in refusal("explain", "nowhere")
    assert "is not a stored run" in refusal("explain", "x" * 300)  # longer than a name of a file may be


def test_a_study_is_refused_as_what_it_is(here: Path) -> None:
    path = call("ledger", "first-look", "--replications", "20", "--engine", "reference", "--quiet").output.strip()
    for command in (["explain", path], ["plot", path], ["diff", path, path]):
        assert "is a study and no run; what it says is in its answer.txt" in refusal(*command)


def test_where_nothing_is_left_to_chance_no_noise_is_spoken_of(here: Path) -> None:
    """Both delays are constants, so that every replication has the same difference."""
    _, text = explained(written(here, FIXED.replace("{exponential: {mean: 2 min}}", "2 min")))
    assert "Chance in the simulation does not move the mean difference." in text
    assert "working_value" not in text
