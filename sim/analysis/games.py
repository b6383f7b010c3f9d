"""What each player of a cooperative game is worth: alone, taken away, and by Shapley.

A coalition is a number whose bit i says whether player i is in it, so that every game is an array over coalitions.

Shapley, A Value for n-Person Games, Contributions to the Theory of Games II (1953).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import factorial

import numpy as np
from numpy.typing import NDArray

from sim.analysis.outcomes import Floats

MOST_EXACT = 12  # players: so many have 4,096 coalitions
Orders = NDArray[np.intp]


def grand(n_players: int) -> int:
    """The coalition of all."""
    return (1 << n_players) - 1


def alone(worth: Mapping[int, Floats], player: int) -> Floats:
    """What a player adds to nobody."""
    return worth[1 << player] - worth[0]


def last(worth: Mapping[int, Floats], player: int, n_players: int) -> Floats:
    """What is lost without a player."""
    everybody = grand(n_players)
    return worth[everybody] - worth[everybody ^ 1 << player]


def shapley(worth: Mapping[int, Floats], n_players: int) -> Floats:
    """The Shapley value of every player: what it adds, over all orders in which they may come.

    Parameters
    ----------
    worth : of all 2**n_players coalitions, arrays of one shape.

    Returns
    -------
    float64 (player, …); they add up to the worth of all less that of none.
    """
    every = np.stack([worth[coalition] for coalition in range(1 << n_players)])
    coalitions = np.arange(1 << n_players)
    sizes = np.bitwise_count(coalitions)
    ways = factorial(n_players)
    weights = np.array([factorial(size) * factorial(n_players - 1 - size) / ways for size in range(n_players)])
    found = np.empty((n_players, *every.shape[1:]))
    for player in range(n_players):
        without = coalitions[coalitions >> player & 1 == 0]
        added = every[without | 1 << player] - every[without]
        found[player] = np.tensordot(weights[sizes[without]], added, axes=1)
    return found


def asked_by(orders: Orders) -> list[int]:
    """The coalitions that some orders go through, each once, those of one player and of all but one among them."""
    n_players = orders.shape[1]
    everybody = grand(n_players)
    found = {0: None, everybody: None}
    for player in range(n_players):
        found.update({1 << player: None, everybody ^ 1 << player: None})
    for order in orders:
        found.update(dict.fromkeys(_steps(order)))
    return list(found)


def added_by(worth: Mapping[int, Floats], orders: Orders) -> Floats:
    """What every player adds as it comes, float64 (order, player, …); the mean over orders is a Shapley value."""
    n_orders, n_players = orders.shape
    found = np.empty((n_orders, n_players, *worth[0].shape))
    for at, order in enumerate(orders):
        for player, before, after in zip(order, [0, *_steps(order)], _steps(order), strict=False):
            found[at, player] = worth[after] - worth[before]
    return found


def _steps(order: Sequence[int] | Orders) -> list[int]:
    """The coalitions that an order makes, from its first player to all."""
    found, coalition = [], 0
    for player in order:
        coalition |= 1 << int(player)
        found.append(coalition)
    return found
