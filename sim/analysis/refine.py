"""Quantiles to the last microsecond: the cells that they meet are split until each is one value.

A histogram knows in which cell a quantile lies. Where the latencies are kept, going through them
again splits those cells and no others, so that memory stays constant: cells of few values into single
values, others into so many parts. Two or three times through are enough for any number of launches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

import numpy as np

from sim.analysis.histogram import ABSENT, Histogram, cluster_weights, gathered
from sim.analysis.intervals import median_cell, quantile_cells
from sim.analysis.tally import AT_TYPICAL, EVERY, Key, Reports, Tally, by_launch, is_clustered, measured
from sim.draws.nouns import Times

QUANTILES = (0.5, 0.9, 0.95, 0.99)
DIFFERENCE_QUANTILES = (0.05, 0.5, 0.95)
MOST_PARTS = 256


def refined(tally: Tally, again: Callable[[], Iterable[Reports]]) -> Tally:
    """A tally whose quantiles are exact; ``again`` goes through the latencies that it was made of."""
    spreads = dict(tally.spreads)
    tally = replace(tally, spreads=spreads)  # so that each old histogram can go when it has a new one
    while coarse := coarse_cells(tally):
        finer: dict[Key, Histogram] = {}
        for reports in again():
            for key, part in _parts(reports, tally, coarse):
                finer[key] = finer[key] + part if key in finer else part
        for key, cells in coarse.items():
            spreads[key] = spreads[key].split(cells, finer.pop(key))
    for key, spread in tally.spreads.items():
        spreads[key] = spread.joined(met_cells(tally, key))
    return tally


def coarse_cells(tally: Tally) -> dict[Key, list[int]]:
    """The cells of more than one value that some quantile meets, by histogram."""
    found = {
        key: [cell for cell in met_cells(tally, key) if spread.width[cell] > 1] for key, spread in tally.spreads.items()
    }
    return {key: cells for key, cells in found.items() if cells}


def met_cells(tally: Tally, key: Key) -> list[int]:
    """The cells that the quantiles asked of a histogram meet: medians, and at the typical setting all of them."""
    spread = tally.spreads[key]
    if not spread.n:
        return []
    if key.setting != AT_TYPICAL or key.launch != EVERY:
        return [median_cell(spread)]
    sums, quantiles = tally.sums[key], DIFFERENCE_QUANTILES if key.against else QUANTILES
    return sorted({cell for q in quantiles for cell in quantile_cells(spread, sums, q)})


def _parts(reports: Reports, tally: Tally, coarse: Mapping[Key, list[int]]) -> Iterator[tuple[Key, Histogram]]:
    """What one block has in the coarse cells, in finer ones."""
    rows, n_launches = by_launch(reports.latency, reports.n_together), next(iter(reports.latency.values())).shape[1]
    for key, cells in coarse.items():
        if key.setting == reports.setting:
            yield key, _split(tally.spreads[key], cells, *_weighted(measured(rows, key, n_launches), key))


def _weighted(values: Times, key: Key) -> tuple[Times, Times]:
    """The values that are there, and by kind what each adds to its cell."""
    if is_clustered(key, len(values)):
        return cluster_weights(values)
    known = values[values != ABSENT]
    return known, np.ones((1, len(known)), np.int64)


def _split(spread: Histogram, cells: list[int], values: Times, weights: Times) -> Histogram:
    """The values that lie in some cells, in finer ones."""
    lows, widths, chosen = [], [], []
    for low, width, n in zip(spread.low[cells], spread.width[cells], spread.weights[0, cells], strict=True):
        inside = np.flatnonzero((values >= low) & (values < low + width))
        size = 1 if n <= MOST_PARTS else max(1, width // MOST_PARTS)
        lows.append(low + (values[inside] - low) // size * size)
        widths.append(np.full(len(inside), size))
        chosen.append(weights[:, inside])
    return gathered(np.concatenate(lows), np.concatenate(widths), np.concatenate(chosen, axis=1))
