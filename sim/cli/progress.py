"""How far a run is: on a terminal a bar, in a pipe a plain line now and then; always with rate and time left."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, Task

LINE_EVERY_S = 15.0


class Bar:
    """How much is done of how much, in replications."""

    def __init__(self, bars: Progress, name: str, show: Callable[[str], None] | None) -> None:
        """``show`` prints a line, where there is no bar to be seen."""
        self._bars, self._task, self._show = bars, bars.add_task(name, total=0, words=""), show
        self._last = time.monotonic()

    def extend(self, n: int) -> None:
        """There is more to do."""
        self._bars.update(self._task, total=(self._bars.tasks[0].total or 0) + n)

    def advance(self, n: int) -> None:
        """More is done."""
        (task,) = self._bars.tasks
        self._bars.update(self._task, advance=n)
        self._bars.update(self._task, words=words(task))
        if self._show and time.monotonic() - self._last >= LINE_EVERY_S:
            self._last = time.monotonic()
            self._show(f"{task.description}: {words(task)}")


@contextmanager
def progress(name: str, *, is_shown: bool) -> Iterator[Bar]:
    """A bar on a terminal, now and then a line elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[words]}"))
    is_bar = is_shown and console.is_terminal
    show = partial(console.print, soft_wrap=True, highlight=False) if is_shown and not is_bar else None
    with Progress(*columns, console=console, transient=True, disable=not is_bar) as bars:
        yield Bar(bars, name, show)


def words(task: Task) -> str:
    """How much is done, how fast, and how long it still takes."""
    done = f"{task.completed:,.0f} of {task.total or 0:,.0f} replications"
    speed = task.finished_speed or task.speed
    if not speed:
        return done
    left = (task.remaining or 0) / speed
    return f"{done}, {speed:,.0f} a second, {time_text(left)} left"


def time_text(seconds: float) -> str:
    """A time to wait for, to the second or the minute."""
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"
