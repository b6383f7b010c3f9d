"""What tests of several kinds share."""

from datetime import date
from hashlib import blake2b
from pathlib import Path
from time import monotonic

import pytest
from hypothesis import settings

from sim.pages.texts import WIDTH
from tests.engines import ENGINES
from tests.examples import examples

BEGUN = monotonic()
UNPRINTED = {"png": b"\x89PNG\r\n", "svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>', "pdf": b"%PDF-1.4"}

settings.register_profile("untimed", deadline=None)  # how long one example takes is the machine's affair
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    text = "begin no test later than this after the start, and say which were left; other files come first every day"
    parser.addoption("--budget", type=float, metavar="SECONDS", help=text)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Files in another order every day, so that a budget leaves out other tests each time."""
    if config.getoption("--budget"):
        day = str(date.today()).encode()
        items.sort(key=lambda item: blake2b(day + str(item.path.relative_to(config.rootpath)).encode()).digest())


def pytest_runtest_setup(item: pytest.Item) -> None:
    budget = item.config.getoption("--budget")
    if budget and monotonic() - BEGUN > budget:
        pytest.skip("no time left of the budget")


@pytest.fixture(params=examples(ENGINES, ["columns"]))
def engine(request):
    """Each engine in turn: by columns every time, since `same_path` holds the others to it."""
    return ENGINES[request.param]


@pytest.fixture
def drawn_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, in a terminal as wide as text without one is; workers of pytest would say 80."""
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def printed_here(drawn_here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, where a run draws one figure of six, since they take nine tenths of a small run."""
    from sim.studies.run import files

    monkeypatch.setattr(files, "FIGURES", {"latency": files.FIGURES["latency"]})
    return drawn_here


@pytest.fixture
def here(printed_here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, where figures are built and not printed: who looks at what is in their files stands in the others."""
    from sim.plots import render

    monkeypatch.setattr(render, "rendered", lambda figure, suffix: UNPRINTED[suffix])
    return printed_here
