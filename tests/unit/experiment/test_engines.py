"""Which engine runs, and what is said where it cannot be had or is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from sim.errors import EngineError, SimError
from sim.experiment import engines
from sim.experiment.engines import chosen, cost_words, engine_of, must_compile, study_s
from sim.experiment.pools import in_order, pool
from sim.experiment.versions import has_variates_by_scipy, versions_for
from sim.model.flow import steps
from sim.scenario.loader import load_scenario, load_text, shipped_folder

SHORT = load_scenario(shipped_folder() / "first-look.yaml", {"replications": "100", "settings": "1"})
LONG = load_scenario(shipped_folder() / "first-look.yaml", {"replications": "1000000000", "settings": "1"})


def test_auto_takes_columns_unless_compiling_is_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 10⁹ replications of seven stages compiled loops save 350 s, on 2,000 workers less than loading takes."""
    monkeypatch.setattr(engines, "can_compile", lambda: True)
    for is_warm in (True, False):
        monkeypatch.setattr(engines, "is_warm", lambda _, is_warm=is_warm: is_warm)
        assert chosen("auto", SHORT, 1) == "columns"
        assert chosen("auto", LONG, 1) == "compiled"
        assert chosen("auto", LONG, 2_000) == "columns"


def test_compiled_code_that_is_there_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """On 40 workers they save 9 s, more than loading and less than compiling."""
    monkeypatch.setattr(engines, "can_compile", lambda: True)
    monkeypatch.setattr(engines, "is_warm", lambda _: True)
    assert (chosen("auto", LONG, 40), must_compile("compiled", LONG)) == ("compiled", False)
    monkeypatch.setattr(engines, "is_warm", lambda _: False)
    assert (chosen("auto", LONG, 40), must_compile("compiled", LONG)) == ("columns", True)


FEEDBACK = """
title: a desk twice
deadline: none
launches: [{name: one}]
desks: {d: {capacity: 1, evidence: assumed}}
stages: {a: {desk: d, delay: 5 s, evidence: assumed}}
arrangements: {x: [a, {stage: a, as: again}]}
compare: [x]
replications: 200000
"""


def test_what_has_no_columns_is_compiled_sooner(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work that comes back to its desk takes the reference engine 12 s, the loops of events 0.04 s."""
    monkeypatch.setattr(engines, "can_compile", lambda: True)
    monkeypatch.setattr(engines, "is_warm", lambda _: True)
    back = load_text(FEEDBACK, "back")
    there = load_text(FEEDBACK.replace("{stage: a, as: again}", "a").replace("[a, a]", "[a]"), "there")
    assert (chosen("auto", back, 1), chosen("auto", there, 1)) == ("compiled", "columns")


def test_what_is_asked_for_is_what_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    assert chosen("reference", LONG, 1) == "reference"
    assert chosen("columns", LONG, 1) == "columns"
    assert chosen("compiled", SHORT, 1) == "compiled"
    with pytest.raises(SimError, match='engine "fast": there is none of this name'):
        chosen("fast", SHORT, 1)  # type: ignore[arg-type]
    monkeypatch.setattr(engines, "can_compile", lambda: False)
    with pytest.raises(SimError, match=r"cannot be imported — pip install 'alertpath\[fast\]'"):
        chosen("compiled", SHORT, 1)
    with pytest.raises(SimError, match=r"cannot be imported — pip install 'alertpath\[fast\]'"):
        engine_of("compiled")


def command(before: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line after some lines of Python, without figures."""
    code = (
        f"import sys\n{before}\n{WITHOUT_FIGURES}\nsys.argv = ['sim', *{arguments!r}]\nfrom sim.cli import main\nmain()"
    )
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


RUN = ("run", "first-look", "--replications", "60", "--settings", "3", "--workers", "1", "--quiet")
WITHOUT_FIGURES = "from sim.studies.run import files; files.FIGURES = {}"
WITHOUT_NUMBA = "sys.modules['numba'] = None"
ALL_IS_LONG = "from sim.experiment import engines; engines.LOADING_S, engines.COMPILING_S = 0, 0"
SELDOM = ("numba", "llvmlite", "scipy.stats", "dask", "distributed", "pandas", "SALib")
WITHOUT_SELDOM = f"sys.modules.update(dict.fromkeys({SELDOM!r}))"


def test_without_the_compiler_a_long_run_says_once_that_it_is_missed(tmp_path: Path) -> None:
    out = ("--out", str(tmp_path))
    result = command(f"{WITHOUT_NUMBA}; {ALL_IS_LONG}", *RUN, "washington-as-fallback", *out)
    assert result.returncode == 0
    assert result.stderr.count("pip install 'alertpath[fast]'") == len(result.stderr.splitlines()) == 1
    assert json.loads((Path(result.stdout.splitlines()[0]) / "provenance.json").read_text())["engine"] == "columns"
    assert command(f"{WITHOUT_NUMBA}; {ALL_IS_LONG}", *RUN, *out).stderr == ""  # nothing is run
    assert command(WITHOUT_NUMBA, *RUN, "--settings", "1", "--again", *out).stderr == ""  # a short run


@pytest.mark.slow
def test_an_ordinary_run_needs_nothing_that_is_slow_to_import(tmp_path: Path) -> None:
    """It says nothing of what is missing, and its bytes are those of compiled loops."""
    ordinary = ("run", "first-look", "--workers", "1", "--quiet", "--out")
    bare = command(WITHOUT_SELDOM, *ordinary, str(tmp_path / "bare"))
    assert (bare.returncode, bare.stderr) == (0, "")
    looped = command("", *ordinary, str(tmp_path / "looped"), "--engine", "compiled")
    told = [json.loads((Path(said.stdout.splitlines()[0]) / "provenance.json").read_text()) for said in (bare, looped)]
    assert [one["engine"] for one in told] == ["columns", "compiled"]
    assert told[0]["files"] == told[1]["files"]


AT_THE_ANSWER = """
import click
echo = click.echo
def said(*text, **how):
    echo(*text, **how)
    echo(f"loaded: {sorted({*NOT_BEFORE} & {*sys.modules})}", err=True)
click.echo = said
"""
NOT_BEFORE = ("numba", "llvmlite", "scipy", "pyarrow", "matplotlib", "rich", "pandas", "platformdirs")


def test_an_ordinary_run_is_answered_before_what_writes_and_draws_it_is_loaded(tmp_path: Path) -> None:
    before = f"NOT_BEFORE = {NOT_BEFORE!r}\n{AT_THE_ANSWER}"
    result = command(before, *RUN[:-1], "--out", str(tmp_path))
    assert result.returncode == 0
    assert result.stderr.splitlines()[0] == "loaded: []"
    assert "direct is" in result.stdout


def test_without_the_compiler_its_engine_is_refused_with_the_mend(tmp_path: Path) -> None:
    result = command(WITHOUT_NUMBA, *RUN, "--engine", "compiled", "--out", str(tmp_path))
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == f"{engines.NO_COMPILER}\n"
    assert list(tmp_path.iterdir()) == []


def test_an_engine_that_is_wrong_is_our_fault_and_nothing_of_its_run_is_kept(tmp_path: Path) -> None:
    wrong = "from sim.experiment import simulate; simulate.first_difference = lambda *_: 'replication 3, launch 1'"
    result = command(wrong, *RUN, "--engine", "compiled", "--out", str(tmp_path))
    assert (result.returncode, result.stdout) == (1, "")
    assert "a fault of the program" in result.stderr
    assert "arm direct, replication 3, launch 1" in result.stderr
    assert "Please report this message with the scenario." in result.stderr
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def fail(message: str) -> None:
    raise EngineError(message)


def test_an_engine_that_is_wrong_elsewhere_is_told_here() -> None:
    with pytest.raises(EngineError, match="arm x"), pool(2) as workers:
        list(in_order(workers, fail, ["arm x"]))


@pytest.mark.parametrize(
    ("delay", "is_by_scipy"),
    [("{gamma: {mean: 60 s, sd: 20 s}}", True), ("{pert: {low: 1 s, mode: 2 s, high: 9 s}}", True), ("60 s", False)],
)
def test_the_version_of_scipy_counts_where_it_makes_variates(delay: str, is_by_scipy: bool) -> None:
    scenario = load_scenario(shipped_folder() / "first-look.yaml", {"stages.seoul_sees.delay": delay})
    assert has_variates_by_scipy(scenario) is is_by_scipy
    assert ("scipy" in versions_for(scenario)) is is_by_scipy


def test_a_plan_counts_what_is_around_simulating() -> None:
    """Measured, processor time of the whole command: 4 s of one launch's few arms, 13 s of a web of 18,452 steps in
    1,246 coalitions, each of which is made ready; of both the plan is within a factor of two."""
    first = load_scenario(shipped_folder() / "first-look.yaml")
    assert cost_words(first, "some", 1, 100) == "some, about 3 s on one core"
    (arm,) = (one for one in first.arms if one.name == "direct")
    n = sum(1 for _ in steps(arm.flow))
    many = replace(first, arms=(arm,) * (18_452 // n))
    assert 9 < study_s(many, 1, 1000, "columns") < 18
