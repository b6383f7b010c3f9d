"""A campaign: launches of which each is a run of its own, from days of the catalogue or from a list.

Whatever it is written as, it becomes a list of whole launches, so that the document of a campaign repeats it, and
that of a launch is the same with this launch alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from sim.model.scenario import Scenario
from sim.scenario.catalogue import Record, find_records, load_catalogue
from sim.scenario.document import Document, Tree, TreePath

ITEM = "campaign"
UNTIMED = (
    "{0} has no time of day on record, so nothing tells what was open — add without: [{0}], or write a list of "
    "launches, this one as {{catalogue: {0}, time: 07:10}}"
)


def expand_campaign(document: Document, root: Path) -> None:
    """Make launches of what a campaign names; `sim.scenario.recorded` gives them what is on record."""
    if ITEM not in document.tree:
        if "launches" not in document.tree:
            document.fault((), 'needs "launches"')
        return
    if "launches" in document.tree:
        document.fault((ITEM,), "stands in place of launches — leave one of the two out", at_key=True)
    given = document.tree[ITEM]
    catalogue = load_catalogue(root) if isinstance(given, Mapping) or str in map(type, given) else ()
    if isinstance(given, Mapping):
        records = _of_days(document, given, catalogue)
        if records:
            mark = document.mark((ITEM,))
            document.tree[ITEM] = [_launch(document, record, given.get("gap")) for record in records]
            document.values.update({(ITEM, index): mark for index in range(len(records))})
    elif isinstance(given, list):
        for index, item in enumerate(given):
            if isinstance(item, str):
                given[index] = _named(document, item, catalogue)
    for path, launch in document.launched():
        if "false_report" in launch:
            document.fault((*path, "false_report"), "a campaign is of launches — run it by itself, under launches")


def blame_launch(document: Document, number: int) -> Callable[[TreePath, str], None]:
    """How faults of a launch that is built as the only one are noted: at its place in the campaign."""

    def blame(path: TreePath, message: str) -> None:
        document.fault((ITEM, number, *path[2:]) if path[:1] == ("launches",) else path, message)

    return blame


def document_alone(document: Mapping[str, object], number: int) -> dict[str, object]:
    """The document of a campaign with one of its launches, as a run has it."""
    listed = document[ITEM]
    launch = listed[number] if isinstance(listed, list) else listed
    return {**{("launches" if key == ITEM else key): value for key, value in document.items()}, "launches": [launch]}


def id_of(run: Scenario) -> str:
    """What a run of a campaign is called: by its launch, one of the catalogue by the id that begins its name."""
    launch = run.launches[0]
    first, _, _ = launch.name.partition(" ")
    return first if launch.date and first.startswith(launch.date) else launch.name


def _of_days(document: Document, given: Mapping[str, Tree], catalogue: Sequence[Record]) -> list[Record]:
    """The records of some days, in order of time; none, with the fault noted, where there are none to be run."""
    first, last, without = given.get("from"), given.get("until"), given.get("without", [])
    if not isinstance(first, str) or not isinstance(last, str) or not isinstance(without, list):
        return []  # told by the schema
    if first > last:
        document.fault((ITEM, "from"), f"{first[:20]} is after the last day, {last[:20]} — write the earlier day first")
        return []
    found = [record for record in catalogue if first <= record.date <= last]
    for index, name in enumerate(without):
        if name not in [record.id for record in found]:
            hint = document.suggestion(str(name), [record.id for record in found])
            document.fault((ITEM, "without", index), f'"{str(name)[:60]}" is no launch of these days{hint}')
    kept = [record for record in found if record.id not in without]
    if not kept:
        days = f"{catalogue[0].date} to {catalogue[-1].date}" if catalogue else "no day"
        document.fault((ITEM,), f"no launch of the catalogue is of these days — it has launches of {days}")
    for record in kept:
        if not record.time_local:
            document.fault((ITEM,), UNTIMED.format(record.id))
    return kept


def _named(document: Document, name: str, catalogue: Sequence[Record]) -> dict[str, Tree]:
    """The launch of an id; one that is unknown is left to whoever expands launches of the catalogue."""
    records = find_records(tuple(catalogue), name)
    return _launch(document, records[0], None) if len(records) == 1 else {"catalogue": name, "name": name}


def _launch(document: Document, record: Record, gap: Tree) -> dict[str, Tree]:
    """The launch of a record, with what is taken where it is silent, and a note that says so."""
    launch: dict[str, Tree] = {"catalogue": record.id}
    notes = [*_salvo(launch, record, gap), *_deadline(launch, record, document.tree.get("deadline"))]
    return {**launch, "note": "; ".join(notes)} if notes else launch


def _salvo(launch: dict[str, Tree], record: Record, gap: Tree) -> Iterator[str]:
    if not record.lacks_times:
        return
    if gap is None:
        launch["count"] = "1"
        yield f"the first of {record.n_missiles} missiles stands for all, since their single times are not on record"
    else:
        launch |= {"count": record.n_missiles, "gap": gap}
        yield f"the gap between its {record.n_missiles} missiles is assumed, since their single times are not on record"


def _deadline(launch: dict[str, Tree], record: Record, deadline: Tree) -> Iterator[str]:
    """A launch of which nobody knows how long it flew is asked nothing of time, unless the file has one for all."""
    is_timed = record.flight_time_s is not None or record.is_timed
    has_own = deadline == "none" or (isinstance(deadline, str) and deadline != "impact")
    has_own = has_own or (isinstance(deadline, Mapping) and "after" in deadline)
    if not is_timed and not has_own:
        launch["deadline"] = "none"
        yield "no deadline, since neither its flight time nor its apogee is on record"
