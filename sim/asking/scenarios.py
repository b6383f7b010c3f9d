"""Which scenario is meant: a path, a shipped name, a date of the catalogue; and of which arms."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, TextIO

from sim.errors import Fault, ScenarioError, SimError
from sim.model.scenario import Scenario
from sim.scenario.catalogue import Record, day_hint, find_records, load_catalogue, records_of
from sim.scenario.document import of_python, plain_texts, printable, shown, suggestion
from sim.scenario.folders import scenarios_root, shipped_folder
from sim.scenario.reader import utf8_text

SUFFIXES = (".yaml", ".yml", ".json")
SHORT_RANGE = ("SRBM", "MLRS")
Given = Scenario | Mapping[str, Any] | Path | date | str
Kind = Literal["run", "campaign"]  # one run, or launches that are each one
PIPE = "-"  # in place of a scenario's name: it comes from standard input; of a file to write: it is printed
MOST_PIPED = 128 * 1024  # as a file
CATALOGUE = "catalogue:"  # before a year, a class or all: every launch of it


def parse_sets(sets: tuple[str, ...], options: Mapping[str, str | None] | None = None) -> dict[str, str]:
    """Overrides as text by path, those that have an option of their own among them; each once.

    Raises
    ------
    SimError : one has no value, or is given twice.
    """
    found = {path: value for path, value in (options or {}).items() if value is not None}
    for text in sets:
        path, equals, value = text.partition("=")
        if not equals or not value.strip():
            raise SimError(f'--set {printable(text)}: needs PATH=VALUE — e.g. --set stages.us_evaluates.delay="4 min"')
        path = path.strip()
        if path in found:
            raise SimError(
                f"--set {printable(path)}: is given twice, {_short(found[path])} and {_short(value)} — keep one"
            )
        found[path] = value
    return found


def _short(value: str) -> str:
    return printable(value if len(value) <= 40 else f"{value[:39]}…")


def with_fields(sets: Mapping[str, Any] | None, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Other values by path, with those that are arguments of their own; None was not given.

    Raises
    ------
    SimError : a value is given both ways, or ``sets`` is no mapping by path.
    """
    given = {name: value for name, value in fields.items() if value is not None}
    sets = {} if sets is None else sets
    if not isinstance(sets, Mapping) or not all(isinstance(path, str) for path in sets):
        raise SimError(
            f"sets {shown(sets)}: needs a dictionary by path — e.g. {{'stages.us_evaluates.delay': '4 min'}}"
        )
    for name in given:
        if name in sets:
            raise SimError(f'{name} is given twice, as an argument and in sets["{name}"] — keep one')
    return {**sets, **given}


def find_scenario(name: str, sets: dict[str, str]) -> Scenario:
    """A scenario by path, by shipped name, or by a date of the catalogue under the base case."""
    from sim.scenario.loader import load_document, load_scenario, load_text  # a list needs no schema
    from sim.scenario.reader import parse_document

    if name == PIPE:
        here = Path.cwd()
        return load_document(parse_document(_piped(sys.stdin), PIPE), "stdin", here, scenarios_root(here / PIPE), sets)
    campaign, _, launch = name.rpartition(":")
    if campaign in campaign_names() or Path(campaign).suffix in SUFFIXES:
        return run_of(find_scenario(campaign, sets), launch)
    path = Path(name)
    if name in known_names() and not os.path.isfile(path):
        return load_scenario(known_names()[name], sets)
    if os.path.isdir(path) or (path.suffix in SUFFIXES and not os.path.lexists(path)):
        raise _fault(name, _instead(path))
    if path.suffix in SUFFIXES or os.path.lexists(path):
        return load_scenario(path, sets)
    catalogue = load_catalogue(shipped_folder())
    records = find_records(catalogue, name)
    if len(records) == 1:
        return load_text(base_case(records[0]), records[0].id, sets=sets)
    if records:
        which = "\n".join(f"  {record.id}  {record.time_local}  {record.missile}" for record in records)
        raise _fault(name, f"several launches that day; name one\n{which}")
    known = [*known_names(), *(record.id for record in catalogue)]
    hint = day_hint(catalogue, name) or suggestion(name[:60], known)
    hint = hint or " — sim list shows the scenarios and the catalogue"
    raise _fault(name, f"no such file, scenario or launch of the catalogue{hint}")


def run_of(campaign: Scenario, launch: str) -> Scenario:
    """The run of a campaign whose launch has a name, or an id of the catalogue.

    Raises
    ------
    SimError : it is no campaign, or has no such launch.
    """
    from sim.scenario.campaign import id_of

    if not campaign.runs:
        raise SimError(f"{campaign.name}:{printable(launch)}: {campaign.name} is no campaign — leave out the launch")
    runs = {name: run for run in campaign.runs for name in (run.launches[0].name, id_of(run))}
    if launch not in runs:
        ids = [id_of(run) for run in campaign.runs]
        hint = suggestion(launch[:60], ids) or f" — write one of {', '.join(ids)}"
        raise SimError(f"{campaign.name}:{printable(launch)}: the campaign has no such launch{hint}")
    return runs[launch]


@cache
def _piped(stream: TextIO) -> str:
    """What comes by a pipe: read once, though a scenario may be loaded several times.

    Raises
    ------
    ScenarioError : it is longer than a file may be, or no text.
    """
    try:
        data = stream.buffer.read(MOST_PIPED + 1)
    except OSError as error:
        raise _fault(PIPE, f"standard input cannot be read ({error.strerror or error})") from None
    if len(data) > MOST_PIPED:
        raise _fault(PIPE, f"is larger than {MOST_PIPED // 1024} KiB — put long lists in a CSV file")
    try:
        return utf8_text(data)
    except UnicodeDecodeError as error:
        raise _fault(PIPE, error.reason) from None


def scenario_of(
    given: Given,
    sets: Mapping[str, Any] | None = None,
    arms: Sequence[str] | str | None = None,
    kind: Kind | None = "run",
) -> Scenario:
    """A scenario however it is given: a path, a shipped name, a date, a mapping like a file, or a scenario.

    Numbers of ``sets`` and of a mapping are read as a file has them: ``4`` is ``"4"``. ``kind`` is what is asked for:
    what is run, or a campaign; None takes either.

    Raises
    ------
    ScenarioError : with every fault.
    SimError : it is nothing of the kind, or an arm is unknown.
    """
    from sim.scenario.loader import check_launched

    texts = {path: as_text(value, path) for path, value in with_fields(sets, {}).items()}
    chosen = _chosen(arms)
    if chosen is not None and (beside := {"compare", "contrasts"} & texts.keys()):
        raise SimError(f"--arms {chosen}: {min(beside)} is set as well, and says the same — keep one")
    scenario = _of_arms(lambda more: _resolved(given, {**texts, **more}), chosen)
    if kind == "campaign" and not scenario.runs:
        raise SimError(
            f"{scenario.name}: is one run, and a campaign is of launches that are each a run — write "
            "campaign: {from: 2019-05-04, until: 2019-12-31} in place of launches"
        )
    if kind == "run" or not scenario.runs:
        check_launched(scenario, str(given) if isinstance(given, str | Path) else scenario.name)
    return scenario


def _chosen(arms: Sequence[str] | str | None) -> str | None:
    if arms is None or isinstance(arms, str):
        return arms
    names = of_python(arms)
    if not isinstance(names, Sequence) or not all(isinstance(arm, str) for arm in names):
        raise SimError(f"arms {shown(arms)}: needs names, as a list or as text — e.g. ['direct', 'via_washington']")
    if not names:
        raise SimError("arms []: names none — name one or several, or leave it out for all that the scenario compares")
    return ",".join(names)


def _resolved(given: Given, sets: dict[str, str]) -> Scenario:
    from sim.scenario.loader import load_mapping, reload

    if isinstance(given, Scenario):
        return reload(given, sets, "sets") if sets else given
    if isinstance(given, Mapping):
        return load_mapping(given, "scenario", sets)
    if isinstance(given, str | Path | date):
        return find_scenario(str(given), sets)
    raise SimError(
        f"a scenario is a path, a name, a date, a mapping or a Scenario, not {type(given).__name__} — "
        "sim list shows the scenarios that are shipped"
    )


def as_text(value: Any, path: str = "") -> str:
    """A value as an override has it, which is text.

    Raises
    ------
    SimError : it is nothing that a file can have.
    """
    tree = plain_texts(value, path)
    return tree if isinstance(tree, str) else json.dumps(tree, ensure_ascii=False)


def _instead(path: Path) -> str:
    """Why a path is no scenario file, and what to give in its place."""
    if os.path.isdir(path):
        files = sorted(str(file) for suffix in SUFFIXES for file in path.glob(f"*{suffix}"))
        return f"is a folder — give a scenario file{f', such as {printable(files[0])}' if files else ''}"
    is_beside = os.path.isdir(path.parent)
    files = [str(file) for suffix in SUFFIXES for file in path.parent.glob(f"*{suffix}")] if is_beside else []
    hint = suggestion(str(path)[:60], files) or suggestion(path.stem[:60], [*known_names()])
    return f"there is no such file{hint or ' — sim list shows the scenarios that are shipped'}"


def _fault(name: str, message: str) -> ScenarioError:
    return ScenarioError((Fault(printable(name), 0, 0, "", message),))


def shipped_names() -> list[str]:
    """The names of the shipped scenarios that are run."""
    return sorted(path.stem for path in shipped_folder().glob("*.yaml"))


def campaign_names() -> list[str]:
    """The names of the shipped campaigns."""
    return sorted(path.stem for path in (shipped_folder() / "campaigns").glob("campaign-*.yaml"))


def known_names() -> dict[str, Path]:
    """The file of every shipped scenario and campaign, by name."""
    folder = shipped_folder()
    scenarios = {name: folder / f"{name}.yaml" for name in shipped_names()}
    return scenarios | {name: folder / "campaigns" / f"{name}.yaml" for name in campaign_names()}


def names_of(name: str) -> list[str]:
    """What a name stands for: `catalogue:2019` for every launch of a year (a class, or all) that the record tells of.

    Its flight must be known and, of several missiles, when each was launched.
    """
    if not name.startswith(CATALOGUE):
        return [name]
    wanted, records = _records(name)
    told = [record.id for record in records if record.is_flown and not record.lacks_times]
    if not told:
        why = "of none of its launches is on record where from, where to, how far, how high, and when each missile was"
        timed = next((record for record in records if not record.lacks_times), None)
        mend = f" — write {timed.id}, which is run without sensors" if timed else ""
        raise _fault(f"{CATALOGUE}{wanted}", f"{why} launched{mend}")
    return told


def left_out(name: str) -> str:
    """Which launches of a part of the catalogue are not run, and why; empty if none."""
    if not name.startswith(CATALOGUE):
        return ""
    wanted, records = _records(name)
    unflown = [record.id for record in records if not record.is_flown]
    untimed = [record.id for record in records if record.is_flown and record.lacks_times]
    whys = [
        f"left out, since {what} is not on record: {', '.join(ids)}"
        for what, ids in (
            ("where from, where to, how far or how high", unflown),
            ("when each of several missiles was launched", untimed),
        )
        if ids
    ]
    n = len(records) - len(unflown) - len(untimed)
    return "; ".join([f"{CATALOGUE}{printable(wanted)}: {n} of {len(records)} launches", *whys]) if whys else ""


def _records(name: str) -> tuple[str, Sequence[Record]]:
    """The part of the catalogue that a name asks for, and its launches."""
    wanted, catalogue = name.removeprefix(CATALOGUE), load_catalogue(shipped_folder())
    records = records_of(catalogue, wanted)
    if not records:
        kinds = sorted({record.kind for record in catalogue}), sorted({record.date[:4] for record in catalogue})
        known = ", ".join(["all", *kinds[1], *kinds[0]])
        raise _fault(f"{CATALOGUE}{wanted}", f"no launch of the catalogue has it — write one of {known}")
    return wanted, records


def base_case(record: Record) -> str:
    """The text of a scenario for one launch of the catalogue; desks have ranges where missiles can queue.

    Channels are those of its day; as if open where the record has no time of day.
    """
    desks = "desks" if record.is_several else "one-launch-desks"
    sight = "short-range" if record.kind in SHORT_RANGE else "large-rocket"
    radar = "sensors-2019" if record.is_flown else "assumed-radar"
    channels = "channels" if record.time_local else "channels-as-if"
    names = ("stages", desks, sight, radar, "flows", channels, "arrangements")
    parts = ", ".join(f"base-case/{name}.yaml" for name in names)
    return f'title: "{record.missile}, {record.date}"\nuse: [{parts}]\nlaunches: [{{catalogue: {record.id}}}]\n'


def load(name: str, sets: dict[str, str], arms: str | None = None, kind: Kind = "run") -> Scenario:
    """The scenario of a name, of its arms only those asked for.

    Raises
    ------
    ScenarioError : with every fault of the file.
    SimError : an arm that is asked for is unknown, or nothing is launched.
    """
    return scenario_of(name, sets, arms, kind)


def _of_arms(load: Callable[[dict[str, str]], Scenario], arms: str | None) -> Scenario:
    """The scenario, and of its arms only those asked for, with the pairs among them."""
    scenario = load({})
    if arms is None:
        return scenario
    chosen = [arm.strip() for arm in arms.split(",")]
    known = [str(name) for part in ("arms", "arrangements") for name in _section(scenario, part)]
    if not all(chosen):
        raise SimError(f'--arms "{printable(arms)}": has an empty name — write --arms A,B, of {", ".join(known)}')
    for arm in chosen:
        if arm not in known or chosen.count(arm) > 1:
            what = (
                f"is given twice: {arm}" if arm in known else f'no arm or arrangement "{arm}"{suggestion(arm, known)}'
            )
            raise SimError(f"--arms {printable(arms)}: {what}")
    pairs = [pair for pair in scenario.contrasts if {*pair} <= {*chosen, scenario.baseline}]
    contrasts = pairs or [(chosen[0], other) for other in chosen[1:]]
    return load({"compare": json.dumps(chosen), "contrasts": json.dumps(contrasts)})


def _section(scenario: Scenario, name: str) -> Mapping[str, object]:
    section = scenario.document.get(name, {})
    return section if isinstance(section, Mapping) else {}
