"""A copy of this process that works beside it: what it gives, and how it ends. Only a process of one thread has one."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from sim.errors import SimError
from sim.experiment.beside import HERE, beside
from sim.experiment.processes import may_copy

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is a copy of another")
BEGIN = """
import os, sys, time
from sim.errors import PoolError
from sim.experiment.beside import beside
from sim.experiment.pools import cluster

"""


def told(script: str, code: int = 0) -> list[str]:
    """What a script prints, line by line; its errors as well."""
    done = subprocess.run([sys.executable, "-c", BEGIN + script], capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    return (done.stdout + done.stderr).splitlines()


def test_another_process_does_it_at_once_while_this_one_goes_on() -> None:
    script = """
with beside(()) as other:
    begun, pid = time.monotonic(), other.begin(os.getpid)()
    slept = other.begin(time.sleep, 0.5)
    time.sleep(0.5)
    slept()
    print(pid != os.getpid(), time.monotonic() - begun < 0.95)
"""
    assert told(script) == ["True True"]


def test_an_error_is_that_of_the_function_and_says_where_it_was_raised() -> None:
    script = """
with beside(()) as other:
    asked = other.begin(cluster, "nowhere")
    try:
        asked()
    except PoolError as error:
        print(str(error)[:18], "in cluster" in error.__notes__[0])
    print(other.begin(abs, -2)())
"""
    assert told(script) == ["--cluster nowhere: True", "2"]


def test_modules_are_imported_there_at_once_or_after_the_first_thing_while_nothing_is_asked_and_not_here() -> None:
    script = """
names = "{'colorsys', 'cmd'} & {*__import__('sys').modules}"
with beside(("cmd",), ("colorsys",)) as other:
    time.sleep(0.3)
    print(other.begin(eval, names)())
    time.sleep(0.3)
    print(sorted(other.begin(eval, names)()), eval(names))
"""
    assert told(script)[-2:] == ["{'cmd'}", "['cmd', 'colorsys'] set()"]


def test_one_that_is_ended_from_outside_is_told_in_words() -> None:
    script = """
with beside(()) as other:
    other.begin(os._exit, 9)()
"""
    assert "a worker process was ended from outside" in told(script, 1)[-1]


def test_a_result_that_does_not_travel_is_told_as_an_error() -> None:
    script = """
with beside(()) as other:
    try:
        other.begin(eval, "lambda: 1")()
    except Exception as error:
        print("pickle" in str(error))
    print(other.begin(abs, -2)())
"""
    assert told(script) == ["True", "2"]


def test_one_thing_is_begun_after_the_result_of_the_one_before() -> None:
    script = """
with beside(()) as other:
    other.begin(abs, -2)
    other.begin(abs, -3)
"""
    assert told(script, 1)[-1] == "RuntimeError: the result of what was begun before has not been taken"


def test_where_the_system_has_no_room_for_another_process_this_one_does_it() -> None:
    script = """
def refuse():
    raise BlockingIOError(11, "Resource temporarily unavailable")

os.fork = refuse
with beside(()) as other:
    print(other.begin(os.getpid)() == os.getpid())
"""
    assert told(script) == ["True"]


@pytest.mark.parametrize("end", ["os.kill(os.getpid(), 9)", "raise KeyboardInterrupt"])
def test_it_ends_with_this_process_whatever_it_is_at(end: str) -> None:
    begun = time.monotonic()
    (pid, *_) = told(
        f"""
with beside(()) as other:
    print(other.begin(os.getpid)(), flush=True)
    other.begin(time.sleep, 60)
    {end}
""",
        -9 if "kill" in end else -2,
    )
    while Path("/proc", pid).exists():
        assert time.monotonic() - begun < 30
        time.sleep(0.05)


def test_where_another_thread_may_hold_a_lock_this_process_does_it_when_asked() -> None:
    done: list[int] = []
    waits = threading.Event()
    other_thread = threading.Thread(target=waits.wait)
    other_thread.start()
    try:
        assert not may_copy()
        with beside(("sim.experiment.run",)) as other:
            asked = other.begin(done.append, 1)
            assert other is HERE
            assert not done
            asked()
    finally:
        waits.set()
        other_thread.join()
    assert done == [1]


def test_one_that_is_not_wanted_is_not_there() -> None:
    with beside((), is_wanted=False) as other:
        assert other.begin(os.getpid)() == os.getpid()
        with pytest.raises(SimError, match="no"):
            other.begin(_refuse)()


def _refuse() -> None:
    raise SimError("no")
