"""How far a run is: on a terminal a bar, in a pipe a plain line now and then; always with rate and time left."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sim.experiment.run import Job, jobs_of
from sim.model.scenario import Scenario

if TYPE_CHECKING:
    from rich.progress import Task

LINE_EVERY_S = 15.0


@contextmanager
def progress(scenario: Scenario, *, is_shown: bool) -> Iterator[Callable[[Job], None]]:
    """Gives what is to be called with every job that is done."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[words]}"))
    is_bar = is_shown and console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=not is_bar) as bars:
        bars.add_task(scenario.name, total=sum(map(n_replications, jobs_of(scenario))), words="")
        (task,) = bars.tasks
        last = time.monotonic()

        def watch(job: Job) -> None:
            nonlocal last
            bars.update(task.id, advance=n_replications(job))
            bars.update(task.id, words=words(task))
            if is_shown and not is_bar and time.monotonic() - last >= LINE_EVERY_S:
                last = time.monotonic()
                console.print(f"{scenario.name}: {words(task)}", soft_wrap=True, highlight=False)

        yield watch


def n_replications(job: Job) -> int:
    """The replications of a job, over its settings."""
    return len(job.settings) * (job.stop - job.start)


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
