"""Bands are looked for as soon as a scenario is known, once, whoever asks for them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.analysis.box import plain
from sim.asking.scenarios import find_scenario
from sim.experiment import bands, engines
from sim.experiment.bands import find_bands
from sim.experiment.beside import HERE, Beside
from sim.store.place import PROVENANCE, run_path
from sim.studies.run.ahead import Ahead
from tests.stored import small_scenario


class Noted(Beside):
    """This process, which notes what is begun and what is asked for."""

    def __init__(self) -> None:
        self.noted: list[str] = []

    def begin(self, function: Callable[..., object], /, *args: object, **_: object) -> Callable[[], object]:  # type: ignore[override]
        seed = args[0].seed  # type: ignore[attr-defined]
        self.noted.append(f"begin {seed}")

        def asked() -> object:
            self.noted.append(f"ask {seed}")
            return function(*args)

        return asked


def test_they_are_begun_once_and_those_that_nobody_wanted_are_done_before_others() -> None:
    one, two = (small_scenario(seed=str(seed)) for seed in (1, 2))
    other = Noted()
    ahead = Ahead(other, "auto", 1)
    ahead.begin(one)
    ahead.begin(one)
    assert plain(ahead.bands(two, "columns")) == plain(find_bands(two, "columns"))
    assert other.noted == ["begin 1", "ask 1", "begin 2", "ask 2"]
    assert plain(ahead.bands(two, "columns")) == plain(find_bands(two, "columns"))
    assert other.noted[4:] == ["begin 2", "ask 2"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is a copy of another")
def test_of_several_runs_the_first_that_is_not_there_is_begun_before_all_else(tmp_path: Path) -> None:
    script = """
import sys
from sim.studies.run.ahead import Ahead

def told(self, scenario):
    print(scenario.name, "ahead" if "sim.experiment.run" not in sys.modules else "in its turn")
    raise SystemExit

Ahead.begin = told
sys.argv = ["sim", "run", *sys.argv[1:], "--out", ".", "--quiet", "--workers", "2"]
from sim.__main__ import main
main()
"""

    def begun(*names: str) -> str:
        command = [sys.executable, "-c", script, *names]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    assert begun("first-look", "first-cue") == "first-look ahead\n"
    there = run_path(tmp_path, find_scenario("first-look", {}))
    there.mkdir(parents=True)
    (there / PROVENANCE).write_text("{}", encoding="utf-8")
    assert begun("first-look", "first-cue") == "first-cue ahead\n"
    assert begun("first-look") == "first-look in its turn\n"
    assert begun("first-look", "--again") == "first-look ahead\n"


def test_where_the_engine_is_still_to_be_compiled_they_are_found_when_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario, found = small_scenario(), list[object]()
    monkeypatch.setattr(engines, "must_compile", lambda *_: True)
    monkeypatch.setattr(bands, "find_bands", lambda *asked: found.append(asked) or {})
    assert Ahead(HERE, "auto", 1).bands(scenario, "compiled") == {}
    assert found == [(scenario, "compiled")]
