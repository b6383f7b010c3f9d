"""One example of each kind is run every time; the others are slow tests, which `make test` leaves out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy

SHIPPED = ("first-look", "2019-10-02-pukguksong-3", "salvo-of-eight-2022-06-05")  # one launch, sensors, queues
FEW = 25  # random worlds or files
FIXED = settings(derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))


def examples(every: Iterable[Any], chosen: Sequence[Any]) -> list[Any]:
    """Values or rows of a parameter, of which all but the chosen are slow."""
    rows = list(every)
    assert all(one in rows for one in chosen), "an example is none of its kind"
    return [one if one in chosen else slow(one) for one in rows]


def slow(one: Any) -> Any:
    """A value or a row of a parameter, left out by `make test`."""
    return pytest.param(*(one if isinstance(one, tuple) else (one,)), marks=pytest.mark.slow)


def few_or(n_many: int) -> pytest.MarkDecorator:
    """A test of ``n_drawn`` random worlds or files: few of them every time, many among the slow tests."""
    return pytest.mark.parametrize("n_drawn", examples((FEW, n_many), (FEW,)))


def hold(check: Callable[..., None], n_drawn: int, *drawn: SearchStrategy[Any]) -> None:
    """Run a check on as many examples as asked for, the same each time."""
    settings(FIXED, max_examples=n_drawn)(given(*drawn)(check))()


def of_many(n_many: int, *drawn: SearchStrategy[Any]) -> Callable[[Callable[..., None]], Callable[[int], None]]:
    """A test that is one check of each random value: of few every time, of many among the slow tests."""

    def test_of(check: Callable[..., None]) -> Callable[[int], None]:
        def test(n_drawn: int) -> None:
            hold(check, n_drawn, *drawn)

        test.__name__, test.__doc__, test.__module__ = check.__name__, check.__doc__, check.__module__
        marked: Callable[[int], None] = few_or(n_many)(test)
        return marked

    return test_of
