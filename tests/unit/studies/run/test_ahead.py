"""Bands are looked for as soon as a scenario is known, once, whoever asks for them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sim.analysis.box import plain
from sim.experiment import engines
from sim.experiment.bands import find_bands
from sim.experiment.beside import HERE, Beside
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


def test_where_the_engine_is_still_to_be_compiled_they_are_found_when_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = small_scenario()
    monkeypatch.setattr(engines, "must_compile", lambda _: True)
    assert plain(Ahead(HERE, "auto", 1).bands(scenario, "columns")) == plain(find_bands(scenario, "columns"))
