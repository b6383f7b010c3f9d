"""What tests of several kinds share."""

from pathlib import Path

import pytest

from tests.engines import ENGINES
from tests.examples import examples


@pytest.fixture(params=examples(ENGINES, ["columns"]))
def engine(request):
    """Each engine in turn: by columns every time, since `same_path` holds the others to it."""
    return ENGINES[request.param]


@pytest.fixture
def drawn_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def here(drawn_here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, where a run draws one figure of six, since they take nine tenths of a small run."""
    from sim.studies.run import files

    monkeypatch.setattr(files, "FIGURES", {"latency": files.FIGURES["latency"]})
    return drawn_here
