"""How a run tells how far it is."""

from __future__ import annotations

import re
from time import sleep

import pytest

from sim.cli import progress as module
from sim.cli.progress import progress, time_text


def told(capsys: pytest.CaptureFixture[str], *, is_shown: bool) -> list[str]:
    with progress("first-look", is_shown=is_shown) as bar:
        for n in (200, 40):  # more to do may turn up on the way
            bar.extend(n)
            for _ in range(4):
                sleep(0.001)
                bar.advance(n // 4)
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err.splitlines()


def test_a_pipe_gets_plain_lines_with_rate_and_time_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "LINE_EVERY_S", 0.0)
    first, *_, last = told(capsys, is_shown=True)
    assert first.startswith("first-look: 50 of 200 replications")
    assert re.fullmatch(r"first-look: 240 of 240 replications, [\d,]+ a second, 0 s left", last)


def test_a_short_run_and_a_quiet_one_say_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(capsys, is_shown=True) == []
    monkeypatch.setattr(module, "LINE_EVERY_S", 0.0)
    assert told(capsys, is_shown=False) == []


def test_what_will_be_asked_for_later_is_counted_and_a_search_between_is_no_slowness(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By hand: 100 replications in 10 s after the first 100, 1,000 s of searching, 100 more in 10 s: 10 a second."""
    clock = [0.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: clock[-1])
    bar = module.Bar("campaign", n_about=1_000)
    bar.extend(200)
    for seconds in (30.0, 40.0):
        clock.append(seconds)
        bar.advance(100)
    assert bar.words == "200 of about 1,000 replications"
    clock.append(1_040.0)
    bar.extend(700)
    clock.append(1_050.0)
    bar.advance(100)
    assert bar.words == "300 of about 1,000 replications, 10 a second, 70 s left"
    bar.extend(300)
    assert bar.words == "300 of 1,200 replications, 10 a second, 90 s left"


def test_the_time_left_is_in_seconds_or_minutes() -> None:
    assert [time_text(seconds) for seconds in (0.4, 99, 130)] == ["0 s", "99 s", "2 min"]
