"""Ciw: a network of nodes, one batch of launches a replication; the network is made once, a simulation each time."""

from __future__ import annotations

import math
import random

import ciw
import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.chain import GAP_S, LINE_S, LOG_SD, LOSS, N_LAUNCHES, N_STAGES, RETRY_S, desks, place_of_line


class Launches(ciw.dists.Distribution):
    """Gaps between so many arrivals, then none: Ciw copies it for each simulation, so it may count down."""

    def __init__(self, n_launches: int) -> None:
        self.n_left = n_launches

    def sample(self, t: float | None = None, ind: object = None) -> float:
        self.n_left -= 1
        return random.expovariate(1 / GAP_S) if self.n_left >= 0 else math.inf


class Line(ciw.dists.Distribution):
    """All attempts as one service of a node without limit: fewer events than a node for the retries."""

    def sample(self, t: float | None = None, ind: object = None) -> float:
        time = LINE_S
        while random.random() < LOSS:
            time += RETRY_S
        return time


def means(
    n_replications: int, seed: int, n_launches: int = N_LAUNCHES, n_stages: int = N_STAGES
) -> NDArray[np.float64]:
    """Mean latency of each replication, seconds; of each launch the first and last record only."""
    ciw.seed(seed)
    network = _network(n_launches, n_stages)
    return np.array([_replication(network, n_launches) for _ in range(n_replications)])


def _network(n_launches: int, n_stages: int) -> ciw.network.Network:
    """Direct routers: nothing is drawn to find the next node."""
    nodes = [(desk.capacity, ciw.dists.Lognormal(desk.log_mean, LOG_SD)) for desk in desks(n_stages)]
    nodes.insert(place_of_line(n_stages), (math.inf, Line()))
    routers = [ciw.routing.Direct(to=number + 1) for number in range(1, len(nodes))]
    return ciw.create_network(
        arrival_distributions=[Launches(n_launches), *[None] * (len(nodes) - 1)],
        service_distributions=[service for _, service in nodes],
        number_of_servers=[capacity for capacity, _ in nodes],
        routing=ciw.routing.NetworkRouting(routers=[*routers, ciw.routing.Leave()]),
    )


def _replication(network: ciw.network.Network, n_launches: int) -> float:
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(n_launches)
    arrived = [launch.data_records for launch in simulation.nodes[-1].all_individuals]
    return sum(records[-1].exit_date - records[0].arrival_date for records in arrived) / n_launches
