"""Which tests call a function, and whether they notice a fault in it: each is tried in a process of its own.

A plugin of pytest. Once the tests are collected, and before any is run, the process is copied for every test, to see
what it calls and how long it takes, and then for every mutant: there the function has the code of the mutant, wherever
it was imported to, and the tests that call it run until one fails. What takes far too long is noticed as well.
"""

from __future__ import annotations

import gc
import os
import pickle
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest

from tests.mutation.alterations import Mutant, Place

MOST_OF_TEST_S, MOST_OF_MUTANT_S = 9, 14  # processor time: of a test that is used, and of the tests of one mutant
MOST_BYTES = 4 << 30  # of memory, beyond which a fault is noticed too
SPARE_S = 1  # beyond twice what a test takes without a fault


@dataclass(eq=False)  # pytest wants to find it in a set
class Campaign:
    """What becomes of mutants: those that no test notices, in the order given."""

    mutants: Sequence[Mutant]
    survivors: list[Mutant] = field(default_factory=list)
    has_failed: bool = False

    def pytest_configure(self) -> None:
        """A fault that is found need not be made small."""
        from hypothesis import Phase, settings  # only now, since pytest rewrites its assertions

        settings.register_profile("mutation", phases=(Phase.explicit, Phase.generate))
        settings.load_profile("mutation")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.has_failed |= report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In place of running the tests once."""
        files = {str(mutant.path) for mutant in self.mutants}
        callers = self._callers(session.items, files)
        functions = _functions(files)
        gc.freeze()
        for number, mutant in enumerate(self.mutants, 1):
            tests = callers[mutant.place]
            if not tests or self._is_unnoticed(mutant, functions[mutant.place], tests):
                self.survivors.append(mutant)
                print(f"{number} of {len(self.mutants)}: {mutant.name}", file=sys.__stderr__, flush=True)
        return True

    def _callers(self, tests: Sequence[pytest.Item], files: set[str]) -> dict[Place, list[tuple[float, pytest.Item]]]:
        """By function the tests that call it, of every kind of test a quick one first, and how long each takes."""
        callers = defaultdict(list)
        for test in tests:
            found = copied(partial(self._watched, test, files))
            if found is None:
                print(f"left out, as it takes too long: {test.nodeid}", file=sys.__stderr__, flush=True)
                continue
            took_s, called, has_failed = found
            if has_failed:
                pytest.exit(f"{test.nodeid} fails without a fault", pytest.ExitCode.TESTS_FAILED)
            for place in called:
                callers[place].append((took_s, test))
        return defaultdict(list, {place: _in_turn(found) for place, found in callers.items()})

    def _watched(self, test: pytest.Item, files: set[str]) -> tuple[float, set[Place], bool]:
        called: set[CodeType] = set()

        def note(frame: FrameType, event: str, _: Any) -> None:
            called.add(frame.f_code)

        sys.settrace(note)
        self._run(test, MOST_OF_TEST_S)
        sys.settrace(None)
        places = {(one.co_filename, one.co_qualname, one.co_firstlineno) for one in called}
        return time.process_time(), {place for place in places if place[0] in files}, self.has_failed

    def _is_unnoticed(self, mutant: Mutant, function: FunctionType, tests: list[tuple[float, pytest.Item]]) -> bool:
        def run() -> bool:
            function.__code__ = mutant.code
            for took_s, test in tests:
                self._run(test, 2 * took_s + SPARE_S)
                if self.has_failed:
                    return False
            return True

        return copied(run) is True

    def _run(self, test: pytest.Item, most_s: float) -> None:
        """Run a test; the process ends if it takes longer."""
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time() + most_s) + 1, resource.RLIM_INFINITY))
        test.ihook.pytest_runtest_protocol(item=test, nextitem=None)


def copied(work: Callable[[], Any]) -> Any:
    """What work gives in a copy of this process; None if a signal ends it, as when it takes too long."""
    sys.stdout.flush()
    reader, writer = os.pipe()
    child = os.fork()
    if child:
        os.close(writer)
        with os.fdopen(reader, "rb") as answer:
            found = answer.read()
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status) and not found:
            raise RuntimeError("work in a copy of the process ended with an exception")
        return pickle.loads(found) if found else None
    try:
        resource.setrlimit(resource.RLIMIT_DATA, (MOST_BYTES, MOST_BYTES))
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        os.write(writer, pickle.dumps(work()))
    finally:
        os._exit(0)


def _functions(files: set[str]) -> dict[Place, FunctionType]:
    found = {}
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename in files:
            found[one.__code__.co_filename, one.__code__.co_qualname, one.__code__.co_firstlineno] = one
    return found


def _in_turn(tests: list[tuple[float, pytest.Item]]) -> list[tuple[float, pytest.Item]]:
    """The quickest of every test function, then the second of each, while there is time."""
    kinds: dict[str, int] = defaultdict(int)
    ranked = []
    for number, (took_s, test) in enumerate(sorted(tests, key=lambda one: one[0])):
        kind = test.nodeid.split("[")[0]
        ranked.append((kinds[kind], number, took_s, test))
        kinds[kind] += 1
    chosen, left_s = [], float(MOST_OF_MUTANT_S)
    for _, _, took_s, test in sorted(ranked, key=lambda one: one[:2]):
        if took_s <= left_s:
            chosen.append((took_s, test))
            left_s -= took_s
    return chosen
