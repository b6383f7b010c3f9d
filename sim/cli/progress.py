"""How far a run is: on a terminal a bar, in a pipe a plain line now and then; always with rate and time left."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

LINE_EVERY_S = 15.0
BAR_AFTER_S = 0.5  # what is over before needs no bar, and nobody waits for what draws one


@dataclass
class Bar:
    """How much is done of how much, in replications; ``show`` is told when it is more.

    n_about : how much it will be in all, about, where more is asked for later; 0 where nobody knows.
    first : when the first part was done, before which a compiler may have been at work, and how much that was; put off
        by the time in which nothing was left to do. last : when the last one was.
    """

    name: str
    show: Callable[[Bar], None] = lambda _: None
    n_about: int = 0
    asked: int = 0
    done: int = 0
    began: float = field(default_factory=time.monotonic)
    first: tuple[float, int] | None = None
    last: float = 0.0

    @property
    def total(self) -> int:
        """How much there is to do, as far as that is known."""
        return max(self.asked, self.n_about)

    def extend(self, n: int) -> None:
        """There is more to do."""
        if self.first and self.done == self.asked:
            since, n_first = self.first
            self.first = since + time.monotonic() - self.last, n_first
        self.asked += n

    def advance(self, n: int) -> None:
        """More is done."""
        self.done += n
        self.last = time.monotonic()
        self.first = self.first or (self.last, self.done)
        self.show(self)

    @property
    def words(self) -> str:
        """How much is done, how fast, and how long it still takes, unless most of it comes later, at another speed."""
        since, n_first = self.first or (self.began, 0)
        speed = (self.done - n_first) / max(time.monotonic() - since, 1e-9)
        about = "about " if self.asked < self.total else ""
        done = f"{self.done:,} of {about}{self.total:,} replications"
        if not speed or self.asked < self.total / 2:
            return done
        return f"{done}, {speed:,.0f} a second, {time_text((self.total - self.done) / speed)} left"


@contextmanager
def progress(name: str, *, is_shown: bool, n_about: int = 0) -> Iterator[Bar]:
    """A bar on a terminal, now and then a line elsewhere."""
    with ExitStack() as stack:
        show = (_drawn(stack) if sys.stderr.isatty() else _told()) if is_shown else (lambda _: None)
        yield Bar(name, show, n_about)


def _told() -> Callable[[Bar], None]:
    """Plain lines."""
    last = time.monotonic()

    def show(bar: Bar) -> None:
        nonlocal last
        if time.monotonic() - last >= LINE_EVERY_S:
            last = time.monotonic()
            print(f"{bar.name}: {bar.words}", file=sys.stderr)

    return show


def _drawn(stack: ExitStack) -> Callable[[Bar], None]:
    """A bar until the stack is left."""
    update: Callable[[Bar], None] | None = None

    def show(bar: Bar) -> None:
        nonlocal update
        if update is None and time.monotonic() - bar.began >= BAR_AFTER_S:
            update = _rich(stack, bar)
        if update is not None:
            update(bar)

    return show


def _rich(stack: ExitStack, bar: Bar) -> Callable[[Bar], None]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[words]}"))
    # drawn when there is more to show, by no thread of its own: of a process with threads there can be no copies
    bars = stack.enter_context(Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False))
    task = bars.add_task(bar.name, total=bar.total, words=bar.words)
    return lambda bar: bars.update(task, total=bar.total, completed=bar.done, words=bar.words, refresh=True)


def time_text(seconds: float) -> str:
    """A time to wait for, to the second or the minute."""
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"
