"""``sim discover`` from the command line, and what its figure draws."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from sim.say.measures import names
from sim.scenario.loader import load_scenario, shipped_folder
from sim.studies.discover import figure as figure
from sim.studies.discover.boxes import Box, Discovery, Limit
from sim.studies.discover.condition import parse_condition
from sim.studies.discover.find import Found
from sim.studies.discover.say import title as title_of
from tests.unit.cli.test_commands import call, refusal

# Asked for without an import, which takes longer than all other files together have to be collected.
pytestmark = pytest.mark.skipif(not find_spec("ema_workbench"), reason="needs the extra alertpath[study]")

FEW = ["--settings", "300", "--replications", "10", "--engine", "reference", "--workers", "1"]
FIXED = ["--set", "stages.us_evaluates.delay=1 min"]


def test_it_names_the_region_and_the_regret(here: Path) -> None:
    text = " ".join(call("discover", "first-look", *FEW).output.split())
    assert "It holds mostly where the median of US evaluates is above" in text
    assert "the arm that falls least behind at worst is direct" in text
    (folder,) = (here / "results" / "first-look").iterdir()
    names = {path.name for path in folder.iterdir()}
    assert {"discover.json", "discover.csv", "discover.png", "captions.md"} <= names
    assert "nothing was run" in call("discover", "first-look", *FEW).output


@pytest.mark.slow
def test_engines_agree_on_a_condition(here: Path) -> None:
    when = ["--when", "direct faster than via_washington by 5 min", "--json"]
    first = call("discover", "first-look", *when, *FEW).stdout
    assert call("discover", "first-look", *when, *FEW[:4], "--engine", "columns", "--again").stdout == first
    plain = json.loads(first)
    assert 0 < plain["n_of_interest"] < plain["n_settings"] == 300
    assert 0 < plain["box"]["coverage"] <= 1
    assert {regret["arm"] for regret in plain["regrets"]["mean"]} == {"direct", "via_washington"}


def test_what_never_holds_is_said_without_a_region(here: Path) -> None:
    text = call("discover", "first-look", "--when", "direct within 1 s and via_washington within 1 s", *FEW).output
    assert "holds in 0 of 300 settings." in text
    (folder,) = (here / "results" / "first-look").iterdir()
    assert not (folder / "discover.png").exists()


def test_too_few_settings_are_said_to_be_too_few_and_not_to_have_no_region(here: Path) -> None:
    """At 50 settings via Washington is faster in fewer than 20."""
    text = " ".join(call("discover", "first-look", "--settings", "50", *FEW[2:]).output.split())
    assert "to look for a region needs 20 in which it holds and 20 in which it does not: more --settings." in text
    assert "stands out" not in text


def test_an_axis_of_whole_numbers_names_each_once() -> None:
    few = {"desks.us_relay.capacity": "{low: 1, typical: 1, high: 3}"}
    scenario = load_scenario(shipped_folder() / "first-look.yaml", few)
    ranges = scenario.ranges()
    servers = next(one for one in scenario.ranges() if one.path == "desks.us_relay.capacity")
    box = Box((Limit(servers, 0.5, 1.0, 0.0),), 40, 36, 0.9, 0.9)
    positions, holds = np.random.default_rng(1).random((9, len(ranges))), np.arange(9) > 4
    found = Found(ranges, positions, holds, Discovery(9, 4, (box,), box), {})
    _, cloud = figure.draw("title", scenario, found, "said", "run").axes
    assert sorted(tick.get_text() for tick in cloud.get_xticklabels()) == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--when", "direkt in time"], 'unknown arm "direkt" — the arms are direct, via_washington'),
        (["--arms", "direct"], "faster needs two — name them: --arms A,B"),
        (["--when", "direct in time", "--set", "deadline=none"], "has no deadline to be in time for"),
        (
            [*FIXED, "--when", "direct within 10 min"],
            "one value of the arms of the condition is a range",
        ),
    ],
)
def test_bad_input_is_told_with_the_mend(here: Path, arguments: list[str], words: str) -> None:
    assert words in refusal("discover", "first-look", *FEW, *arguments)
    assert not (here / "results").exists()


def test_the_figure_draws_what_the_box_leaves_of_each_range() -> None:
    scenario = load_scenario(shipped_folder() / "first-look.yaml", {})
    ranges = scenario.ranges()
    limits = (Limit(ranges[1], 0.5, 1.0, 0.0), Limit(ranges[0], 0.0, 0.75, 0.0))
    box = Box(limits, 40, 36, 0.9, 0.9)
    positions = np.random.default_rng(1).random((100, 2))
    holds = (positions[:, 1] > 0.5) & (positions[:, 0] < 0.75)
    condition = parse_condition("direct faster than via_washington", ["direct", "via_washington"])
    found = Discovery(100, int(holds.sum()), (box,), box)
    said = title_of(scenario, condition, box, names(scenario))
    drawn = figure.draw(said, scenario, Found(tuple(ranges), positions, holds, found, {}), "said", "run")
    bars, cloud = drawn.axes
    ends = [(bar.get_x(), bar.get_width()) for bar in bars.patches if bar.get_facecolor()[2] > bar.get_facecolor()[0]]
    assert ends == [(0.5, 0.5), (0.0, 0.75)]
    no, yes = (points.get_offsets() for points in cloud.collections)
    assert (len(no), len(yes)) == (int((~holds).sum()), int(holds.sum()))
    (outline,) = cloud.patches
    assert outline.get_bbox().extents.tolist() == [0.5, 0.0, 1.0, 0.75]
    title = drawn.get_suptitle().replace("\n", " ").replace("\N{NO-BREAK SPACE}", " ")
    assert title.startswith("Direct faster than via Washington: mostly where US evaluates is above")
