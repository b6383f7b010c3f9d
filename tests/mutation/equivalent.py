"""Mutants that no test can notice, since what comes out is the same, by the reason why."""

from __future__ import annotations

EQUIVALENT: dict[str, tuple[str, ...]] = {
    "of servers or events that are alike another one is taken": (
        "kernels.columns.earliest_free: if free[server] < free[best]: → if free[server] <= free[best]:",
        "kernels.events.push: vents[CODE, place - 1] < code): → vents[CODE, place - 1] <= code):",
    ),
    "any number but zero is the flag": (
        "kernels.events.report: [HAS_FALLBACK, outer] = 1 → [HAS_FALLBACK, outer] = 2",
    ),
    "a replication goes on to the horizon when nothing of a launch is pending any more": (
        "kernels.events.replicate: n_pending += 1 → n_pending += 2",
    ),
    "every entry is written over": (
        "analysis.branch.delivering: on = np.zeros(paths.state.shape[::-1 → on = np.ones(paths.state.shape[::-1",
        "draws.designs.directions_of: found = np.zeros((n_dimensions, n_bits) → found = np.ones((n_dimensions, n_bits)",
    ),
    "the first of one is the last": (
        "draws.quantiles.quantile: les((distribution,), u)[0] → les((distribution,), u)[-1]",
    ),
    "NumPy takes any negative length for the one that is not told": (
        "draws.quantiles._of_family: shape = (-1, *[1] * u.ndim) → shape = (-2, *[1] * u.ndim)",
    ),
    "what is used of it is the same: more is made than is used, or lengths are equal anyway": (
        "draws.designs.sobol: tart // n_points, (stop - 1) // n_points) → tart // n_points, (stop + 1) // n_points)",
        "draws.quantiles._of_family:  distributions), strict=True) →  distributions), strict=False)",
    ),
}
