"""Games solved by hand, the axioms that single the Shapley value out, and orders in place of all coalitions."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import numpy as np
import pytest

from sim.analysis.games import added_by, alone, asked_by, last, shapley

Worth = dict[int, np.typing.NDArray[np.float64]]


def game(n_players: int, worth: Callable[[set[int]], float]) -> Worth:
    """The worth of every coalition, as an array of one number."""
    players = range(n_players)
    coalitions = range(1 << n_players)
    return {one: np.array([worth({player for player in players if one >> player & 1})]) for one in coalitions}


def gloves(there: set[int]) -> float:
    """One left glove and two right ones: a pair is worth one."""
    return float(0 in there and bool(there & {1, 2}))


def majority(there: set[int]) -> float:
    return float(len(there) >= 2)


def weighted(there: set[int]) -> float:
    """Votes of 50, 49 and 1; 51 decide."""
    return float(sum({0: 50, 1: 49, 2: 1}[player] for player in there) >= 51)


# By hand, over the six orders: the left glove makes the pair in 4 (whenever it does not come first), each right one in
# 1 (directly after the left one, before the other). In a majority of three the second to come decides. Of 50, 49 and 1
# the first decides whenever it does not come first, each of the others directly after it.
@pytest.mark.parametrize(
    ("worth", "values"),
    [(gloves, (4 / 6, 1 / 6, 1 / 6)), (majority, (2 / 6, 2 / 6, 2 / 6)), (weighted, (4 / 6, 1 / 6, 1 / 6))],
)
def test_a_small_game_has_the_values_that_a_hand_finds(
    worth: Callable[[set[int]], float], values: tuple[float, ...]
) -> None:
    np.testing.assert_allclose(shapley(game(3, worth), 3)[:, 0], values, rtol=1e-15)


def test_alone_and_last_are_the_two_ends() -> None:
    worth = game(3, gloves)
    assert [alone(worth, player)[0] for player in range(3)] == [0, 0, 0]
    assert [last(worth, player, 3)[0] for player in range(3)] == [1, 0, 0]  # without the left glove there is no pair


def test_alone_a_player_adds_to_nobody_and_last_to_all_the_others() -> None:
    """Nobody is worth 5, the players 1, 10 and 100, and all together 1,000 more."""
    worth = game(3, lambda there: 5 + sum((1, 10, 100)[one] for one in there) + 1000 * (len(there) == 3))
    assert [alone(worth, player)[0] for player in range(3)] == [1, 10, 100]
    assert [last(worth, player, 3)[0] for player in range(3)] == [1001, 1010, 1100]


def random_game(n_players: int, seed: int) -> Worth:
    drawn = np.random.default_rng(seed).normal(size=(1 << n_players, 3, 2))
    return dict(enumerate(drawn))


@pytest.mark.parametrize("n_players", [1, 2, 5, 9])
def test_values_add_up_to_what_all_bring(n_players: int) -> None:
    worth = random_game(n_players, n_players)
    together = worth[(1 << n_players) - 1] - worth[0]
    np.testing.assert_allclose(shapley(worth, n_players).sum(axis=0), together, rtol=1e-12)


def test_who_adds_nothing_is_worth_nothing_and_who_adds_the_same_is_worth_the_same() -> None:
    worth = game(4, lambda there: 3.0 * (1 in there) + 5.0 * bool(there & {2, 3}))  # 0 adds nothing, 2 and 3 are alike
    np.testing.assert_allclose(shapley(worth, 4)[:, 0], [0, 3, 2.5, 2.5], atol=1e-15)


def test_the_value_is_the_mean_over_all_orders() -> None:
    worth = random_game(4, 3)
    orders = np.array([*permutations(range(4))])
    np.testing.assert_allclose(added_by(worth, orders).mean(axis=0), shapley(worth, 4), rtol=1e-12)


def test_in_every_order_what_players_add_adds_up() -> None:
    worth, orders = random_game(5, 8), np.array([[4, 2, 0, 1, 3], [0, 1, 2, 3, 4]])
    added = added_by({one: worth[one] for one in asked_by(orders)}, orders)
    np.testing.assert_allclose(added.sum(axis=1), np.stack([worth[31] - worth[0]] * 2), rtol=1e-12)


def test_orders_ask_for_their_coalitions_and_for_each_player_alone_and_last() -> None:
    asked = asked_by(np.array([[2, 0, 1]]))
    # 2, then 2 and 0, then all; nobody; each alone; all but each
    assert sorted(asked) == sorted({0b100, 0b101, 0b111, 0, 0b001, 0b010, 0b110, 0b011})
    assert len(asked) == len(set(asked))
