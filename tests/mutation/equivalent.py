"""Mutants that no test can notice, since what comes out is the same, by the reason why."""

from __future__ import annotations

EQUIVALENT: dict[str, tuple[str, ...]] = {
    "of servers, events or rows that are alike another one is taken": (
        "analysis.outcomes._of_launches: n = times[0].size → n = times[-1].size",
        "analysis.box._Known._of: ity not in self._values and self._outcomes is not N"
        " → ity not in self._values or self._outcomes is not N",
        "draws.quantiles._of_family: in TOGETHER else values[0] for values in named]"
        " → in TOGETHER else values[-1] for values in named]",
        "draws.quantiles.quantile: les((distribution,), u)[0] → les((distribution,), u)[-1]",
        "kernels.columns.earliest_free: if free[server] < free[best]: → if free[server] <= free[best]:",
        "kernels.events.push: vents[CODE, place - 1] < code): → vents[CODE, place - 1] <= code):",
    ),
    "any number but zero is the flag, and any place the first": (
        "kernels.events.report: [HAS_FALLBACK, outer] = 1 → [HAS_FALLBACK, outer] = 2",
        "kernels.events.run_events: :], lines[:] = (FAR, 0, 0, NONE) → :], lines[:] = (FAR, 0, 1, NONE)",
    ),
    "only time is saved by not going that way": (
        "analysis.curves.share_with: if len(events) == 1: → if len(events) == 0:",
        "analysis.refine._split: size = 1 if n <= MOST_PARTS else max(1,  → size = 1 if n < MOST_PARTS else max(1, ",
        "analysis.tally._sums: is_one = (deadlines == deadlines[0]).all() → is_one = (deadlines != deadlines[0]).all()",
        "draws.compiled.family_of: return (kernel.WEIBULL, (shape, scale, 0.0)) → return None",
        "kernels.columns.soonest: 1] + node, len(times) - 1) → 1] + node, len(times) - 2)",
        "kernels.events.in_order: if times[i] < times[i - 1]: → if times[i] <= times[i - 1]:",
        "kernels.events.push: if ends[1] == events.shape[ → if not ends[1] == events.shape[",
        "analysis.box.search: break → continue",
        "draws.table._entry_times: ry.gap and entry.count > 1: → ry.gap and entry.count >= 1:",
        "kernels.draws.to_quantiles: if p[3] != 0.0 or p[4] != 1.0: → if p[3] != 1.0 or p[4] != 1.0:",
        "kernels.events.replicate: _jobs = len(arrivals) > 0 → _jobs = len(arrivals) > -1",
        "kernels.events.replicate: n_pending += 1 → n_pending += 2",
        "kernels.events.replicate: s_jobs = len(arrivals) > 0 → s_jobs = len(arrivals) >= 0",
    ),
    "every entry is written over": (
        "analysis.branch.delivering: on = np.zeros(paths.state.shape[::-1 → on = np.ones(paths.state.shape[::-1",
        "draws.designs.directions_of: found = np.zeros((n_dimensions, n_bits) → found = np.ones((n_dimensions, n_bits)",
    ),
    "more is made than is used": (
        "draws.designs.sobol: rt // n_points, (stop - 1) // n_points) → rt // n_points, (stop - 0) // n_points)",
        "kernels.draws.time_rows: kipped + out.shape[1] + 3) // 4 → kipped + out.shape[1] + 4) // 4",
        "draws.compiled.family_of: WEIBULL, (shape, scale, 0.0)) → WEIBULL, (shape, scale, 1.0))",
        "draws.compiled.family_of: XPONENTIAL, (mean, 0.0, 0.0)) → XPONENTIAL, (mean, 0.0, 1.0))",
        "draws.designs.sobol: tart // n_points, (stop - 1) // n_points) → tart // n_points, (stop + 1) // n_points)",
    ),
    "lengths are equal, whether that is checked or not": (
        "analysis.box._values: p(ranges, point, strict=True) if place) → p(ranges, point, strict=False) if place)",
        "draws.quantiles._of_family:  distributions), strict=True) →  distributions), strict=False)",
        "draws.table.Block.times: , distributions, strict=True) if meaning not in sel"
        " → , distributions, strict=False) if meaning not in sel",
    ),
    "NumPy takes any negative length for the one that is not told": (
        "draws.quantiles._of_family: shape = (-1, *[1] * u.ndim) → shape = (-2, *[1] * u.ndim)",
    ),
    "it is never reached": ("draws.quantiles._share_below: assert_never(distribution) → pass",),
}
