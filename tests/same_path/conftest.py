"""Every hand-written case runs on each execution of the rules; to be listed is to be tested."""

from functools import partial

import pytest

from tests.engines import ENGINES, paths_of
from tests.oracle import solve

EXECUTIONS = {"equations": solve, **{name: partial(paths_of, engine) for name, engine in ENGINES.items()}}


@pytest.fixture(params=EXECUTIONS.values(), ids=EXECUTIONS.keys())
def run(request):
    """A world's sample path in one of the executions."""
    return lambda world: request.param(world.network, world.draws)
