"""How a run tells how far it is."""

from __future__ import annotations

import re

import pytest

from sim.cli import progress as module
from sim.cli.common import find_scenario
from sim.cli.progress import progress, time_text
from sim.experiment.run import jobs_of

SCENARIO = find_scenario("first-look", {"replications": "200", "settings": "{count: 3, replications: 20}"})


def told(capsys: pytest.CaptureFixture[str], *, is_shown: bool) -> list[str]:
    with progress(SCENARIO, is_shown=is_shown) as watch:
        for job in jobs_of(SCENARIO):
            watch(job)
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err.splitlines()


def test_a_pipe_gets_plain_lines_with_rate_and_time_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """200 replications of the typical setting and 20 of each of the other two."""
    monkeypatch.setattr(module, "LINE_EVERY_S", 0.0)
    first, *_, last = told(capsys, is_shown=True)
    assert first.startswith("first-look: 200 of 240 replications")
    assert re.fullmatch(r"first-look: 240 of 240 replications, [\d,]+ a second, 0 s left", last)


def test_a_short_run_and_a_quiet_one_say_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(capsys, is_shown=True) == []
    monkeypatch.setattr(module, "LINE_EVERY_S", 0.0)
    assert told(capsys, is_shown=False) == []


def test_the_time_left_is_in_seconds_or_minutes() -> None:
    assert [time_text(seconds) for seconds in (0.4, 99, 130)] == ["0 s", "99 s", "2 min"]
