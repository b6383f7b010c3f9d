"""Which tests get to a statement, and whether they notice a fault in it: each is tried in a process of its own.

A plugin of pytest. Once the tests are collected, and before any is run, the process is copied for every test, to see
which lines it gets to and how long it takes, and then for every mutant: there the function has the code of the mutant,
wherever it was imported to, and the tests that get to the fault run until one fails. What takes far too long is noticed
as well.
"""

from __future__ import annotations

import gc
import os
import pickle
import resource
import sys
import time
import traceback
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest

from tests.mutation.alterations import Mutant, Place

MOST_OF_TEST_S, MOST_OF_MUTANT_S = 9, 8  # processor time: of a test that is watched, and of the tests of one mutant
MOST_BYTES = 4 << 30  # of memory, beyond which a fault is noticed too
SPARE_S = 1  # beyond what a test takes while it is watched, about twice what it takes


@dataclass(frozen=True)
class Watched:
    """A test by its number, how long it takes while it is watched, and which lines of each file it gets to."""

    number: int
    name: str
    took_s: float
    lines: dict[str, set[int]]

    def gets_to(self, mutant: Mutant) -> bool:
        return not self.lines.get(str(mutant.path), set()).isdisjoint(mutant.lines)


@dataclass(eq=False)  # pytest wants to find it in a set
class Campaign:
    """What becomes of mutants, of which some processes each try some: those that no test notices."""

    mutants: Sequence[Mutant]
    n_processes: int = 1
    survivors: list[Mutant] = field(default_factory=list)
    has_failed: bool = False
    tests: Sequence[pytest.Item] = ()
    watched: Sequence[Watched] = ()
    functions: dict[Place, FunctionType] = field(default_factory=dict)

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
        self.tests = session.items
        self.watched = self._shared(partial(self._watched_some, files), len(self.tests))
        self.functions = _functions(files)
        gc.freeze()
        numbers = self._shared(self._unnoticed, len(self.mutants))
        self.survivors += [self.mutants[number] for number in numbers]
        return True

    def _shared(self, work: Callable[[range], list[Any]], n: int) -> list[Any]:
        """What work gives for so many numbers, which processes share."""
        begun = [begin(partial(work, range(k, n, self.n_processes)), is_quiet=False) for k in range(self.n_processes)]
        found = [end(one) for one in begun]
        if any(one is None for one in found):
            pytest.exit("a process was ended from outside", pytest.ExitCode.INTERNAL_ERROR)
        return [one for some in found for one in some]

    def _unnoticed(self, numbers: range) -> list[int]:
        """The mutants of these numbers that no test notices."""
        found = []
        for number in numbers:
            mutant = self.mutants[number]
            tests = _in_turn([one for one in self.watched if one.gets_to(mutant)])
            if not tests or self._is_unnoticed(mutant, self.functions[mutant.place], tests):
                found.append(number)
                print(f"{number + 1} of {len(self.mutants)}: {mutant.name}", file=sys.__stderr__, flush=True)
        return found

    def _watched_some(self, files: set[str], numbers: range) -> list[Watched]:
        """Of the tests of these numbers those that do not take too long."""
        every = []
        for number in numbers:
            found = end(begin(partial(self._watched, self.tests[number], files)))
            if found is None:
                print(f"left out, as it takes too long: {self.tests[number].nodeid}", file=sys.__stderr__, flush=True)
                continue
            took_s, lines, has_failed = found
            if has_failed:
                raise RuntimeError(f"{self.tests[number].nodeid} fails without a fault")
            every.append(Watched(number, self.tests[number].nodeid, took_s, lines))
        return every

    def _watched(self, test: pytest.Item, files: set[str]) -> tuple[float, dict[str, set[int]], bool]:
        """How long a test takes, which lines of each file it gets to, and whether it fails."""
        lines: dict[CodeType, set[int]] = defaultdict(set)
        n_lines: dict[CodeType, int] = {}

        def enter(frame: FrameType, event: str, _: Any) -> Callable[..., Any] | None:
            code = frame.f_code
            if code.co_filename not in files:
                return None
            if code not in n_lines:
                n_lines[code] = len({line for _, _, line in code.co_lines() if line} - {code.co_firstlineno})
            return note if len(lines[code]) < n_lines[code] else None

        def note(frame: FrameType, event: str, _: Any) -> Callable[..., Any]:
            lines[frame.f_code].add(frame.f_lineno)
            return note

        sys.settrace(enter)
        self._run(test, MOST_OF_TEST_S)
        sys.settrace(None)
        of_files: dict[str, set[int]] = defaultdict(set)
        for code, some in lines.items():
            of_files[code.co_filename] |= {*some, code.co_firstlineno}
        return time.process_time(), dict(of_files), self.has_failed

    def _is_unnoticed(self, mutant: Mutant, function: FunctionType, tests: Sequence[Watched]) -> bool:
        def run() -> bool:
            function.__code__ = mutant.code
            for one in tests:
                self._run(self.tests[one.number], one.took_s + SPARE_S)
                if self.has_failed:
                    return False
            return True

        return end(begin(run)) is True

    def _run(self, test: pytest.Item, most_s: float) -> None:
        """Run a test; the process ends if it takes longer."""
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time() + most_s) + 1, resource.RLIM_INFINITY))
        test.ihook.pytest_runtest_protocol(item=test, nextitem=None)


def begin(work: Callable[[], Any], *, is_quiet: bool = True) -> tuple[int, int]:
    """Let a copy of this process do some work: its number, and where its answer will be read."""
    sys.stdout.flush()
    reader, writer = os.pipe()
    child = os.fork()
    if child:
        os.close(writer)
        return child, reader
    try:
        resource.setrlimit(resource.RLIMIT_DATA, (MOST_BYTES, MOST_BYTES))
        if is_quiet:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(1, 2)
        answer = pickle.dumps(work())
        with os.fdopen(writer, "wb") as to:
            to.write(answer)
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
    finally:
        os._exit(0)


def end(begun: tuple[int, int]) -> Any:
    """What the work of a copy gives; None if a signal ended it, as when it takes too long."""
    child, reader = begun
    with os.fdopen(reader, "rb") as answer:
        found = answer.read()
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and not found:
        raise RuntimeError("work in a copy of the process ended with an exception")
    return pickle.loads(found) if found else None


def _functions(files: set[str]) -> dict[Place, FunctionType]:
    found = {}
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename in files:
            found[one.__code__.co_filename, one.__code__.co_qualname, one.__code__.co_firstlineno] = one
    return found


def _in_turn(tests: Sequence[Watched]) -> list[Watched]:
    """The quickest of every test function, then the second of each, while there is time."""
    kinds: dict[str, int] = defaultdict(int)
    ranked = []
    for one in sorted(tests, key=lambda one: one.took_s):
        kind = one.name.split("[")[0]
        ranked.append((kinds[kind], one))
        kinds[kind] += 1
    chosen, left_s = [], float(MOST_OF_MUTANT_S)
    for _, one in sorted(ranked, key=lambda pair: pair[0]):
        if one.took_s <= left_s:
            chosen.append(one)
            left_s -= one.took_s
    return chosen
