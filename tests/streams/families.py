"""A distribution of every family, and of those that may be cut a cut one: to be listed is to be tested.

Microseconds; beside each what SciPy calls it, where it has a density.
"""

from __future__ import annotations

from scipy import stats

from sim.model.distributions import (
    Constant,
    Distribution,
    Empirical,
    Exponential,
    Gamma,
    Lognormal,
    Normal,
    Pert,
    Plain,
    Triangular,
    Truncated,
    Uniform,
    Weibull,
)

SECOND = 1_000_000.0

SPREAD: dict[str, tuple[Plain, stats.rv_continuous]] = {
    "uniform": (Uniform(2 * SECOND, 5 * SECOND), stats.uniform(2 * SECOND, 3 * SECOND)),
    "triangular": (Triangular(SECOND, 2 * SECOND, 7 * SECOND), stats.triang(1 / 6, SECOND, 6 * SECOND)),
    "triangular, rising": (Triangular(SECOND, 7 * SECOND, 7 * SECOND), stats.triang(1, SECOND, 6 * SECOND)),
    "pert": (Pert(SECOND, 2 * SECOND, 7 * SECOND), stats.beta(5 / 3, 13 / 3, SECOND, 6 * SECOND)),
    "exponential": (Exponential(3 * SECOND), stats.expon(scale=3 * SECOND)),
    "normal": (Normal(4 * SECOND, SECOND / 2), stats.norm(4 * SECOND, SECOND / 2)),
    "lognormal": (Lognormal(8 * SECOND, 0.7), stats.lognorm(0.7, scale=8 * SECOND)),
    "gamma": (Gamma(2.5, 4 * SECOND), stats.gamma(2.5, scale=4 * SECOND)),
    "erlang": (Gamma(3, 2 * SECOND), stats.gamma(3, scale=2 * SECOND)),
    "weibull": (Weibull(1.7, 9 * SECOND), stats.weibull_min(1.7, scale=9 * SECOND)),
    "weibull, falling": (Weibull(0.6, 9 * SECOND), stats.weibull_min(0.6, scale=9 * SECOND)),
    "empirical, straight lines": (
        Empirical((SECOND, 2 * SECOND, 4 * SECOND, 7 * SECOND), is_linear=True),
        stats.rv_histogram(([1, 1, 1], [SECOND, 2 * SECOND, 4 * SECOND, 7 * SECOND]), density=False),
    ),
}
CUTS = {"cut from below": (3 * SECOND, float("inf")), "cut from above": (0.0, 4 * SECOND), "cut": (2.5e6, 4.5e6)}
DISTRIBUTIONS: dict[str, Distribution] = {
    "constant": Constant(5 * SECOND),
    "constant, cut above itself": Truncated(Constant(2 * SECOND), 5 * SECOND, float("inf")),
    "lognormal, one value": Lognormal(8 * SECOND, 0),
    "triangular, one value": Triangular(4.0, 4.0, 4.0),
    "empirical, steps": Empirical((SECOND, 2 * SECOND, 2 * SECOND, 7 * SECOND), is_linear=False),
    "empirical, steps, cut": Truncated(Empirical((SECOND, 3 * SECOND, 7 * SECOND), is_linear=False), 2e6, 8e6),
    **{name: plain for name, (plain, _) in SPREAD.items()},
    **{f"{name}, {cut}": Truncated(plain, *CUTS[cut]) for name, (plain, _) in SPREAD.items() for cut in CUTS},
    "lognormal, cut far below": Truncated(Lognormal(8 * SECOND, 0.25), SECOND, float("inf")),
    "normal, cut at zero": Truncated(Normal(SECOND, 2 * SECOND), 0.0, float("inf")),
    "exponential, cut far above": Truncated(Exponential(SECOND), 60 * SECOND, 70 * SECOND),
    "exponential, of ages": Exponential(1e14),
}
