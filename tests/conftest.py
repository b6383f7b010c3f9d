"""What tests of several kinds share."""

import pytest

from tests.engines import ENGINES


@pytest.fixture(params=ENGINES.values(), ids=ENGINES.keys())
def engine(request):
    """Each engine in turn."""
    return request.param
