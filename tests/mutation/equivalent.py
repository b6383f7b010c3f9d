"""Mutants that no test can notice, since what comes out is the same, by the reason why."""

from __future__ import annotations

EQUIVALENT: dict[str, tuple[str, ...]] = {
    "of servers, events or rows that are alike, or where there is one alone, another one is taken": (
        "analysis.outcomes._of_launches: n, deadlines = (times[0].size, due[arm]) → n, deadlines = (times[-1].size, due[arm])",  # noqa: E501
        "analysis.outcomes._quantities: um(axis=(1, 2)) / times[0].size) → um(axis=(1, 2)) / times[-1].size)",
        "draws.outages._standing: rms(source, (('', 0),))[0] for source in sources) → rms(source, (('', 0),))[-1] for source in sources)",  # noqa: E501
        "draws.quantiles._of_family: in TOGETHER else values[0] for values in named] → in TOGETHER else values[-1] for values in named]",  # noqa: E501
        "draws.quantiles.quantile: les((distribution,), u)[0] → les((distribution,), u)[-1]",
        "draws.streams.words: number),), start, stop)[0] → number),), start, stop)[-1]",
        "draws.streams.uniforms: number),), start, stop)[0] → number),), start, stop)[-1]",
        "kernels.desks.earliest_free: if until[server] < until[best]: → if until[server] <= until[best]:",
        "kernels.desks.exchange: [r], high[r] = (a if a < b else b, b if a < b el → [r], high[r] = (a if a <= b else b, b if a < b el",  # noqa: E501
        "kernels.desks.exchange: f a < b else b, b if a < b else a) → f a < b else b, b if a <= b else a)",
        "kernels.desks.serve_desk: way = (drawn.shut[desk, 0], drawn.away[desk, 0]) → way = (drawn.shut[desk, -1], drawn.away[desk, 0])",  # noqa: E501
        "kernels.desks.serve_desk: k, 0], drawn.away[desk, 0]) → k, 0], drawn.away[desk, -1])",
        "kernels.events.push:  events[CODE, earlier] < code): →  events[CODE, earlier] <= code):",
    ),
    "any number but zero is the flag, and any place the first": (
        "kernels.events.replicate: s[HAS_FALLBACK, work] = 1 → s[HAS_FALLBACK, work] = 2",
        "kernels.events.report: [HAS_FALLBACK, outer] = 1 → [HAS_FALLBACK, outer] = 2",
    ),
    "only time is saved by not going that way": (
        "analysis.box._Known._of: ity not in self._values and self._outcomes is not N → ity not in self._values or self._outcomes is not N",  # noqa: E501
        "analysis.box.search: break → continue",
        "analysis.curves.share_with: if len(events) == 1: → if len(events) == 0:",
        "analysis.refine._split: size = 1 if n <= MOST_PARTS else max(1,  → size = 1 if n < MOST_PARTS else max(1, ",
        "analysis.tally._sums: if (deadlines == deadlines[0]).all(): → if (deadlines != deadlines[0]).all():",
        "draws.compiled.family_of: return (kernel.EXPONENTIAL, (mean, 0.0, 0.0)) → return None",
        "draws.compiled.family_of: return (kernel.LOGNORMAL, (median, log_sd, 0.0)) → return None",
        "draws.compiled.family_of: return (kernel.NORMAL, (mean, sd, 0.0)) → return None",
        "draws.compiled.family_of: return (kernel.TRIANGULAR, (low, mode, high)) → return None",
        "draws.compiled.family_of: return (kernel.UNIFORM, (low, high, 0.0)) → return None",
        "draws.compiled.family_of: return (kernel.WEIBULL, (shape, scale, 0.0)) → return None",
        "draws.compiled.compiled_times: if all((isinstance(truncation( → if any((isinstance(truncation(",
        "draws.quantiles.quantiles: runcation(distribution)[0], isinstance(distributi → runcation(distribution)[-1], isinstance(distributi",  # noqa: E501
        "draws.table._entry_times: ry.gap and entry.count > 1: → ry.gap and entry.count >= 1:",
        "draws.table._entry_times: y.gap and entry.count > 1: → y.gap and entry.count > 0:",
        "draws.sights.while_up: continue → break",
        "kernels.columns.end_with: if 1 < rank < n: → if 0 < rank < n:",
        "kernels.columns.end_with: if 1 < rank < n: → if 1 <= rank < n:",
        "kernels.columns.end_with: if 1 < rank < n: → if 1 < rank <= n:",
        "kernels.columns.start: E or closed.shape[2] == 0: → E or closed.shape[2] == -1:",
        "kernels.columns.wait_to_see: , waits = (len(launch), False) → , waits = (len(launch), True)",
        "kernels.columns.start: == NONE or closed.shape[2] == 0: → == NONE or closed.shape[3] == 0:",
        "kernels.desks.sort_rows: while d > 0: → while d >= 0:",
        "kernels.desks.sort_rows: while d > 0: → while d > -1:",
        "kernels.desks.sort_rows: = (q - p if q != p else 0, p) → = (q - p if q != p else -1, p)",
        "kernels.desks.serve_desk: if n_jobs > 0 or not is_even: → if n_jobs >= 0 or not is_even:",
        "kernels.desks.serve_desk: if n_jobs > 0 or not is_even: → if n_jobs > -1 or not is_even:",
        "kernels.draws.to_quantiles: if share != 0.0 or span != 1.0: → if share != 1.0 or span != 1.0:",
        "kernels.draws.to_quantiles: share != 0.0 or span != 1.0: → share != 0.0 or span != 2.0:",
        "kernels.draws.uniform_rows: while at < n: → while at <= n:",
        "kernels.events.is_shut: if now < opening < FAR and (not posts[HAS_ → if now < opening <= FAR and (not posts[HAS_",  # noqa: E501
        "kernels.events.push: if ends[1] == events.shape[ → if not ends[1] == events.shape[",
        "kernels.events.push: if ends[1] == events.shape[1]: → if ends[1] != events.shape[1]:",
        "kernels.events.replicate: while n_launched < n_launches or n_pending → while n_launched <= n_launches or n_pending",  # noqa: E501
        "kernels.periods.opened: , at] <= time and time < periods[number, END, at → , at] <= time and time <= periods[number, END, at",  # noqa: E501
        "kernels.events.replicate: and posts[FREE, desk] > 0 and is_idle(desk, lines → and posts[FREE, desk] > 1 and is_idle(desk, lines",  # noqa: E501
        "kernels.events.replicate: hours = (len(arrivals) > 0, given.shut.shape[2]  → hours = (len(arrivals) >= 0, given.shut.shape[2] ",  # noqa: E501
        "kernels.events.replicate: ours = (len(arrivals) > 0, given.shut.shape[2] +  → ours = (len(arrivals) > -1, given.shut.shape[2] + ",  # noqa: E501
        "kernels.events.replicate:  + given.away.shape[2] > 0) →  + given.away.shape[2] >= 0)",
        "kernels.events.replicate: + given.away.shape[2] > 0) → + given.away.shape[2] > -1)",
        "kernels.events.serve: als = (given.shut.shape[2] + given.away.shape[2]  → als = (given.shut.shape[3] + given.away.shape[2] ",  # noqa: E501
        "kernels.events.serve: als = (given.shut.shape[2] + given.away.shape[2]  → als = (given.shut.shape[1] + given.away.shape[2] ",  # noqa: E501
        "kernels.events.serve: e[2] + given.away.shape[2] > 0, given.arrivals[r] → e[2] + given.away.shape[3] > 0, given.arrivals[r]",  # noqa: E501
        "kernels.events.serve: e[2] + given.away.shape[2] > 0, given.arrivals[r] → e[2] + given.away.shape[1] > 0, given.arrivals[r]",  # noqa: E501
        "kernels.events.serve:  + given.away.shape[2] > 0, given.arrivals[r]) →  + given.away.shape[2] >= 0, given.arrivals[r])",  # noqa: E501
        "kernels.events.serve: + given.away.shape[2] > 0, given.arrivals[r]) → + given.away.shape[2] > -1, given.arrivals[r])",  # noqa: E501
        "kernels.events.replicate: ) > 0, given.shut.shape[2] + given.away.shape[2]  → ) > 0, given.shut.shape[3] + given.away.shape[2] ",  # noqa: E501
        "kernels.events.replicate: ) > 0, given.shut.shape[2] + given.away.shape[2]  → ) > 0, given.shut.shape[1] + given.away.shape[2] ",  # noqa: E501
        "kernels.events.replicate: e[2] + given.away.shape[2] > 0) → e[2] + given.away.shape[3] > 0)",
        "kernels.events.replicate: e[2] + given.away.shape[2] > 0) → e[2] + given.away.shape[1] > 0)",
        "kernels.events.replicate: n_pending += 1 → n_pending += 2",
        "kernels.events.replicate: (not (ends[0] < ends[1] and events[TIME, ends[0]] = → (not (ends[0] < ends[1] or events[TIME, ends[0]] =",  # noqa: E501
        "kernels.events.replicate: is_settled = top == 0 and (not (ends[0] < end → is_settled = top == -1 and (not (ends[0] < end",  # noqa: E501
        "kernels.events.replicate: n_pending -= 1 → n_pending -= 0",
        "kernels.events.replicate: n_pending -= 1 → pass",
        "kernels.events.replicate: n_pending -= 1 → n_pending += 1",
        "kernels.events.replicate: _launches or n_pending > 0: → _launches or n_pending >= 0:",
        "kernels.events.replicate: launches or n_pending > 0: → launches or n_pending > -1:",
        "kernels.events.replicate:  n_pending, n_called = (0, 0, 0) →  n_pending, n_called = (1, 0, 0)",
    ),
    "every entry is written over, or what it is does not matter": (
        "analysis.outcomes._sections: ange(n + 1)] if n else [0] → ange(n + 1)] if n else [1]",
        "analysis.branch.delivering: on = np.zeros(paths.state.shape[::-1 → on = np.ones(paths.state.shape[::-1",
        "draws.designs.directions_of: found = np.zeros((n_dimensions, n_bits) → found = np.ones((n_dimensions, n_bits)",
        "draws.outages._standing:  len(u)), np.bool_), np.zeros((len(settings), len(u) →  len(u)), np.bool_), np.ones((len(settings), len(u)",  # noqa: E501
    ),
    "more is made than is used": (
        "draws.compiled.family_of: WEIBULL, (shape, scale, 0.0)) → WEIBULL, (shape, scale, 1.0))",
        "draws.compiled.family_of: XPONENTIAL, (mean, 0.0, 0.0)) → XPONENTIAL, (mean, 0.0, 1.0))",
        "draws.compiled.family_of: el.UNIFORM, (low, high, 0.0)) → el.UNIFORM, (low, high, 1.0))",
        "draws.compiled.family_of: nel.EXPONENTIAL, (mean, 0.0, 0.0)) → nel.EXPONENTIAL, (mean, 1.0, 0.0))",
        "draws.compiled.family_of: rnel.NORMAL, (mean, sd, 0.0)) → rnel.NORMAL, (mean, sd, 1.0))",
        "draws.compiled.family_of: ORMAL, (median, log_sd, 0.0)) → ORMAL, (median, log_sd, 1.0))",
        "draws.designs.sobol: rt // n_points, (stop - 1) // n_points) → rt // n_points, (stop - 0) // n_points)",
        "draws.designs.sobol: tart // n_points, (stop - 1) // n_points) → tart // n_points, (stop + 1) // n_points)",
    ),
    "NumPy takes any negative length for the one that is not told": (
        "draws.quantiles._of_family: shape = (-1, *[1] * u.ndim) → shape = (-2, *[1] * u.ndim)",
    ),
    "between the two lies no number that comes": (
        "analysis.measures.Measure.favours_first: return difference * self.better > 0 → return difference / self.better > 0",  # noqa: E501
        "draws.outages._standing: is_up[place] = u < available → is_up[place] = u <= available",
        "kernels.draws.to_quantiles: u[i] = rising if u[i] < split else falling → u[i] = rising if u[i] <= split else falling",  # noqa: E501
        "model.distributions._weibull_shape: excess(high) <= target <= log_excess(low): → excess(high) <= target < log_excess(low):",  # noqa: E501
        "model.distributions._weibull_shape: f not log_excess(high) <= target <= log_excess(lo → f not log_excess(high) < target <= log_excess(lo",  # noqa: E501
        "analysis.box._Known._gains: r &= ~(noise(apart)[0] <= 0) → r &= ~(noise(apart)[0] < 0)",
        "analysis.student._share_between:  + (sine * total if n > 1 else 0.0)) →  + (sine * total if n > 2 else 0.0))",
    ),
    "it is never reached": ("draws.quantiles._share_below: assert_never(distribution) → pass",),
}
