"""Student's t, held against SciPy."""

from __future__ import annotations

import pytest
from scipy import special

from sim.analysis import student
from sim.analysis.student import MANY, student_quantile

DEGREES = [*range(1, 131), 199, 320, 640, 999, MANY, 1001, 9_999, 99_999, 10**6, 10**8]


@pytest.mark.parametrize("p", [0.5, 0.9, 0.95, 0.975, 0.995])
def test_the_quantile_is_that_of_scipy(p: float) -> None:
    ours = [student_quantile(n, p) for n in DEGREES]
    assert ours == pytest.approx(special.stdtrit(DEGREES, p), rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("n", [1, 2, 3, 10, 101, MANY - 1])
def test_newtons_method_takes_few_steps(n: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """It doubles the digits a step: from 1 of them to 16 in four, and some before and after; as far out as 0.9995."""
    angles: list[float] = []
    share = student._share_between
    monkeypatch.setattr(student, "_share_between", lambda angle, n: angles.append(angle) or share(angle, n))
    for p in (0.6, 0.975, 0.9995):
        angles.clear()
        student_quantile.__wrapped__(n, p)
        assert 1 <= len(angles) <= 9
        assert angles == sorted(angles)  # from below


@pytest.mark.parametrize("p", [0.9, 0.975])
def test_both_ways_meet_where_one_takes_over_from_the_other(p: float) -> None:
    """The quantile falls smoothly: so do its steps, by some thousandth each, from 998 to 1,001 degrees of freedom."""
    below, across, above = (student_quantile(n, p) - student_quantile(n + 1, p) for n in (MANY - 2, MANY - 1, MANY))
    assert across == pytest.approx((below + above) / 2, rel=1e-5)
