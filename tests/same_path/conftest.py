"""Every hand-written case runs on each execution of the rules; to be listed is to be tested."""

import pytest

from sim.engines.reference import simulate
from tests.oracle import solve

EXECUTIONS = {"reference": simulate, "equations": solve}


@pytest.fixture(params=EXECUTIONS.values(), ids=EXECUTIONS.keys())
def run(request):
    """A world's sample path in one of the executions."""
    return lambda world: request.param(world.network, world.draws)
