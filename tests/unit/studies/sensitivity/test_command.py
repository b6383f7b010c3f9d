"""``sim sensitivity`` from the command line, and what its figure draws."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sim.analysis.intervals import Interval
from sim.analysis.measures import Measure
from sim.pages.texts import WIDTH
from sim.scenario.loader import load_scenario, shipped_folder
from sim.studies.sensitivity import figure as figure
from sim.studies.sensitivity.indices import Finding, Index, Indices, Sensitivity, Swing
from sim.studies.sensitivity.say import title as title_of
from sim.units import minutes
from tests.unit.cli.test_commands import call, refusal

pytest.importorskip("SALib", reason="needs the extra alertpath[study]")

FEW = ["--points", "16", "--replications", "20", "--engine", "columns", "--workers", "1"]
FIXED = [f"stages.{stage}.delay=1 min" for stage in ("seoul_releases", "us_evaluates")]


def test_it_says_first_what_matters_most(here: Path) -> None:
    text = call("sensitivity", "first-look", *FEW).output
    assert "What moves the difference most is the median of US evaluates" in " ".join(text.split())
    assert "noise of the simulation makes" in " ".join(text.split())
    (folder,) = (here / "results" / "first-look").iterdir()
    names = {path.name for path in folder.iterdir()}
    assert {"sensitivity.json", "sensitivity.csv", "sensitivity.png", "captions.md"} <= names
    assert "nothing was run" in call("sensitivity", "first-look", *FEW).output


def test_the_measure_that_was_asked_for_comes_first(here: Path) -> None:
    plain = json.loads(call("sensitivity", "first-look", "--for", "p95", "--json", *FEW).stdout)
    assert [found["measure"] for found in plain["measures"]] == ["p95", "mean", "in-time"]
    assert plain["measures"][0]["settings"] == 16 * (len(plain["measures"][0]["values"]) + 2)


@pytest.mark.slow
def test_engines_agree(here: Path) -> None:
    asked = ("sensitivity", "first-look", "--json", "--again", *FEW[:-4])
    assert call(*asked, "--engine", "columns").stdout == call(*asked, "--engine", "reference").stdout


def test_what_moves_another_measure_alone_has_a_row_and_no_line_is_wide(here: Path) -> None:
    """Seoul's release is the same under both arms: it moves who is in time, never the difference of the means."""
    text = call("sensitivity", "first-look", *FEW).stdout
    (row,) = [line for line in text.splitlines() if line.startswith("Seoul releases: median ") and "±" in line]
    _, alone, in_all, _, in_time = re.split(r" {2,}", row)
    assert (alone, in_all) == ("0 % ± 0", "0 % ± 0")
    assert int(in_time.split()[0]) > 1
    assert "Hardly moved" not in text
    assert max(map(len, text.splitlines()[:-1])) <= WIDTH


def test_where_no_launch_has_both_reports_nothing_is_said_to_move(here: Path) -> None:
    refused = "{delay: 30 s, evidence: assumed, refusal: {probability: 100 %}}"
    text = call("sensitivity", "first-look", "--set", f"stages.us_to_tokyo={refused}", *FEW).output
    assert "At working values no launch has a report under both direct and via Washington.\n" in text
    assert "the same in all settings" not in text
    unknown = refused.replace("100 %", "{low: 0 %, typical: 50 %, high: 100 %}")
    text = call("sensitivity", "first-look", "--set", f"stages.us_to_tokyo={unknown}", *FEW).output
    assert "At an end of US to Tokyo: refusal no launch has both reports" in " ".join(text.split())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--points", "24"], "balanced at powers of two — give 32"),
        (["--arms", "direct"], "a sensitivity needs two — name them: --arms A,B"),
        (["--for", "in-time", "--set", "deadline=none"], "has no deadline — give it one, or ask for mean, p50 or p95"),
        ([part for fixed in FIXED for part in ("--set", fixed)], "no value that is a range, so nothing to vary"),
    ],
)
def test_bad_input_is_told_with_the_mend(here: Path, arguments: list[str], words: str) -> None:
    assert words in refusal("sensitivity", "first-look", *FEW, *arguments)
    assert not (here / "results").exists()


def test_too_many_settings_are_refused_before_anything_runs(here: Path) -> None:
    many = ["--points", "65536"]
    assert "are more than 500,000 — give fewer points" in refusal("sensitivity", "2019-10-02-pukguksong-3", *many)


def test_the_figure_draws_bars_from_the_working_value_and_names_what_matters() -> None:
    scenario = load_scenario(shipped_folder() / "first-look.yaml", {})
    ranges, minute = scenario.ranges(), 60e6

    def at(value: float) -> Interval:
        return Interval(value * minute, (value - 0.1) * minute, (value + 0.1) * minute)

    swings = (Swing(at(-5), at(-6)), Swing(at(1), at(-70)))
    assert len(ranges) == len(swings)
    shares = tuple(Index(value, 0.05, value) for value in (0.1, 0.9))
    main = Finding(Measure.MEAN, at(-5.5), swings, Indices(shares, shares, minute, 0.02, 96, 0))
    every = Sensitivity("direct", "via_washington", 20, 10_000, ranges, (main,))
    drawn = figure.draw(title_of(scenario, every), scenario, every, "run")
    left, right = drawn.axes
    bars = sorted((bar.get_x(), bar.get_x() + bar.get_width()) for bar in left.patches)
    assert [end for _, end in bars] == pytest.approx([-70, -6, -5, 1])
    assert {start for start, _ in bars} == {minutes(-5.5 * minute)}
    assert "US evaluates" in left.texts[0].get_text()
    dots = [line.get_xdata()[0] for line in right.lines if line.get_marker() == "o"]
    assert dots == pytest.approx([90, 90, 10, 10])
    drawn.draw_without_rendering()
    legend = left.get_legend()
    assert legend is not None
    sides = [text.get_window_extent() for text in left.texts if text.get_text().strip("◂ ▸").endswith("faster")]
    assert len(sides) == 2
    assert all(side.y1 <= legend.get_window_extent().y0 + 1 for side in sides)  # pixels
    title = drawn.get_suptitle().replace("\n", " ")
    assert "The median of US evaluates matters most: 90 % of the variance; one alone turns which is faster" in (
        title.replace("\N{NO-BREAK SPACE}", " ")
    )
