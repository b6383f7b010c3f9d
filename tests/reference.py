"""Write results/reference anew: ``python -m tests.reference`` (``make reference``).

Where a number differs from the one that is committed, it is asked why (``--because``), and nothing is written unless
that is said.

For each shipped scenario: the summary, the table, the figures and the data that they draw, of a run as shipped;
for three of them each study: what the terminal says, the sheet and the figure. And the model beside the public record.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from click.testing import CliRunner

from sim.asking.scenarios import shipped_names
from sim.cli import cli
from sim.experiment.bands import find_bands
from sim.experiment.execution import Means
from sim.experiment.processes import usable_cpus
from sim.experiment.work import find_work
from sim.scenario.loader import load_scenario, shipped_folder
from sim.store.run import ANSWER, SUMMARY, Extras, run_stored
from sim.studies.run.files import view_of, write_files
from sim.studies.run.reverses import plain_reverses
from tests.changes import check
from tests.drawn import figures_text

REFERENCE = Path(__file__).parent.parent / "results" / "reference"
FIGURES_DATA = "figures.json"
KEPT = (SUMMARY, "table.md", "summary.csv")
EVALUATES = "stages.us_evaluates.delay.lognormal.median=30 s:1 h:25:log"
TRANSLATES = "stages.translation.delay.lognormal.median=15 s:10 min:25:log"
RECORD_FIGURES = ("flights.png", "contacts.png", "notices.png", "coverage.png", "holding.png", "sight.png")
RECORD_KEPT = ("answer.txt", "record.csv", "record.json", *RECORD_FIGURES)
STUDIES = (
    ("breakeven", "first-look"),
    ("breakeven", "2019-10-02-pukguksong-3"),
    ("breakeven", "salvo-of-eight-2022-06-05"),
    ("ledger", "first-look"),
    ("ledger", "2019-10-02-pukguksong-3"),
    ("ledger", "washington-as-fallback"),
    ("sight", "2019-10-02-pukguksong-3"),
    ("map", "2019-10-02-pukguksong-3"),
    ("confirm", "confirmation"),
    ("sweep", "first-look", "--vary", EVALUATES),
    ("sweep", "2019-10-02-pukguksong-3", "--vary", EVALUATES, "--vary", TRANSLATES),
    ("sweep", "salvo-of-eight-2022-06-05", "--vary", "desks.us_desk.capacity=1|2|3"),
    ("sensitivity", "first-look"),
    ("sensitivity", "2019-10-02-pukguksong-3"),
    ("sensitivity", "salvo-of-eight-2022-06-05"),
    ("discover", "first-look"),
    ("discover", "2019-10-02-pukguksong-3", "--when", "direct in time and via_washington not"),
    ("discover", "salvo-of-eight-2022-06-05"),
    ("hours", "night-in-washington"),
    ("campaign", "campaign-2019"),
    ("web", "a-thicker-web"),
    ("web", "bangkok-instead-of-tokyo"),
    ("redundancy", "both-channels-under-outage"),
    ("flights", "campaign-2016-2019"),
)


def write_reference(name: str, folder: Path = REFERENCE) -> Path:
    """Run one shipped scenario and keep what people read."""
    target = folder / name
    with TemporaryDirectory() as temporary:
        scenario = load_scenario(shipped_folder() / f"{name}.yaml")
        execution = Means(usable_cpus()).settled(scenario)
        extras = Extras(dress=write_files, reverses=plain_reverses, bands=find_bands, work=find_work)
        run = run_stored(scenario, Path(temporary), execution, extras)
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for path in [*(run.path / kept for kept in KEPT), *run.path.glob("*.png")]:
            shutil.copy(path, target)
        drawn = figures_text(view_of(run.scenario, run.alerts.tally, run.results))
        (target / FIGURES_DATA).write_text(drawn, encoding="utf-8")
    return target


def write_study(kind: str, name: str, *options: str, folder: Path = REFERENCE) -> Path:
    """Make one study and keep what people read."""
    target = folder / name / kind
    with TemporaryDirectory() as temporary:
        workers = [] if kind == "sight" else ["--workers", "1"]
        arguments = [kind, name, *options, "--out", temporary, *workers, "--quiet"]
        CliRunner().invoke(cli, arguments, catch_exceptions=False)
        (made,) = Path(temporary).glob(f"*/{kind}-*")
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for path in (made / ANSWER, made / f"{kind}.csv", made / f"{kind}.png"):
            shutil.copy(path, target)
    return target


def write_record(folder: Path = REFERENCE) -> Path:
    """Hold the model against the public record and keep text, sheet, JSON and figures."""
    target = folder / "record"
    with TemporaryDirectory() as temporary:
        CliRunner().invoke(cli, ["record", "--out", temporary], catch_exceptions=False)
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for path in next((Path(temporary) / "record").iterdir()).iterdir():
            if path.name in RECORD_KEPT:
                shutil.copy(path, target)
    return target


def write_claims(folder: Path = REFERENCE) -> Path:
    """Ask all that the claims ask, and keep text, Markdown and figures."""
    target = folder / "claims"
    with TemporaryDirectory() as temporary:
        CliRunner().invoke(cli, ["claims", "--out", temporary, "--workers", "1"], catch_exceptions=False)
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        (made,) = (Path(temporary) / "claims").iterdir()
        for path in (made / ANSWER, made / "claims.md", *made.glob("*.png")):
            shutil.copy(path, target)
    return target


def write_all(folder: Path) -> None:
    """Make every answer in a folder."""
    for name in shipped_names():
        print(write_reference(name, folder).relative_to(folder))
    for kind, name, *options in STUDIES:
        print(write_study(kind, name, *options, folder=folder).relative_to(folder))
    for write in (write_record, write_claims):
        print(write(folder).relative_to(folder))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--because", default="", help="why answers changed, if any did")
    because = parser.parse_args().because
    with TemporaryDirectory() as temporary:
        write_all(made := Path(temporary))
        check(REFERENCE, made, because, REFERENCE / "changes.md")
        for one in made.iterdir():
            shutil.rmtree(REFERENCE / one.name, ignore_errors=True)
            shutil.copytree(one, REFERENCE / one.name)


if __name__ == "__main__":
    main()
