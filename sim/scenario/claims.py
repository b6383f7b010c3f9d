"""A claims file in, a `Claim` out: every fault in one report, or none.

What a question means, whether there is such a study, arm or option, is told by who asks it; here is its place.
"""

from __future__ import annotations

import os
from pathlib import Path

from sim.errors import Fault, ScenarioError
from sim.model.claim import Claim, Question
from sim.scenario.document import Document, TreePath, printable, suggestion
from sim.scenario.folders import shipped_claims
from sim.scenario.reader import check_kind, read_document
from sim.scenario.schema import claims as schema
from sim.scenario.validate import validated

NO_EXPERIMENT = "is said of no question — add ask: {study: campaign, scenario: campaign-2019}, or leave it out"
NO_QUESTION = "stands beside a question that looks for a break-even — say it in otherwise, or ask one there"


def load_claims(names: tuple[str, ...] = ()) -> tuple[Claim, ...]:
    """The claims of some names or files, all that are shipped if none is given, in the order of their numbers.

    Raises
    ------
    ScenarioError : with every fault of all the files.
    """
    known = shipped_claims()
    faults: list[Fault] = []
    found = []
    for name in names or tuple(known):
        try:
            found.append(load_claim(known.get(name) or _file(name, known)))
        except ScenarioError as error:
            faults += error.faults
    faults += _doubles(found)
    if faults:
        raise ScenarioError(tuple(sorted(set(faults))))
    return tuple(sorted(found, key=lambda claim: (claim.number, claim.name)))


def _file(name: str, known: dict[str, Path]) -> Path:
    path = Path(name)
    if not os.path.isfile(path):  # also where its name is longer than one may be
        hint = suggestion(name[:60], [*known]) or f" — write one of {', '.join(known)}, or a file"
        raise ScenarioError((Fault(printable(name), 0, 0, "", f"no such claim{hint}"),))
    return path


def _doubles(claims: list[Claim]) -> list[Fault]:
    """Claims that have the name or the number of another."""
    faults, names, numbers = [], dict[str, str](), dict[int, str]()
    for claim in claims:
        here = claim.place
        if claim.name in names:
            faults.append(Fault(here.file, 0, 0, "", f"is given twice, as {names[claim.name]} too — give it once"))
        elif claim.number in numbers:
            message = f"number {claim.number} is that of {numbers[claim.number]} too — write another"
            faults.append(Fault(here.file, here.line, here.column, "number", message))
        names.setdefault(claim.name, here.file)
        numbers.setdefault(claim.number, here.file)
    return faults


def load_claim(path: Path) -> Claim:
    """The claim of a file.

    Raises
    ------
    ScenarioError : with every fault of the file, its place, and what to do.
    """
    check_kind(path, str(path))
    document = read_document(path, str(path))
    if not isinstance(document.tree, dict):
        document.fault((), "must be a mapping of fields — start from scenarios/claims/threat.yaml")
        document.raise_faults()
    if "arrangements" in document.tree:
        document.fault((), "is a scenario, and no claim — start from scenarios/claims/threat.yaml, whose ask names one")
        document.raise_faults()
    file = validated(schema.ClaimFile, document.tree, document)
    if file is not None:
        _check(document, file)
    if file is None or document.faults:
        raise ScenarioError(tuple(sorted(set(document.faults))))
    return Claim(
        name=path.stem,
        title=file.title,
        number=file.number,
        claim=file.claim,
        experiment=file.experiment,
        asks=tuple(_question(document, ("ask", number), given) for number, given in enumerate(file.ask)),
        otherwise=_turned(document, file.otherwise),
        why_none=file.why_none,
        cannot_show=file.cannot_show,
        exchanges=(file.exchanges.from_, file.exchanges.until) if file.exchanges else None,
        place=_place(document, ("number",)),
    )


def _check(document: Document, file: schema.ClaimFile) -> None:
    """What fields say together."""
    if file.experiment and not file.ask:
        document.fault(("experiment",), NO_EXPERIMENT, at_key=True)
    if file.ask:
        for name in ("experiment", "otherwise"):
            if not getattr(file, name):
                document.fault(("ask",), f'needs "{name}" beside it: what is done, and what would turn the answer')
    if file.why_none and not isinstance(file.otherwise, schema.Question):
        document.fault(("why_none",), NO_QUESTION, at_key=True)
    if file.exchanges and file.exchanges.from_ > file.exchanges.until:
        given = f"{file.exchanges.from_} is after {file.exchanges.until}"
        document.fault(("exchanges", "from"), f"{given} — write the earlier day first")


def _turned(document: Document, given: schema.Question | str) -> Question | str:
    return given if isinstance(given, str) else _question(document, ("otherwise",), given)


def _question(document: Document, path: TreePath, given: schema.Question) -> Question:
    return Question(
        study=given.study,
        scenario=given.scenario,
        arms=tuple(given.arms),
        sets=dict(given.set),
        options={name: texts[0] if len(texts) == 1 else tuple(texts) for name, texts in given.options.items()},
        figure=given.figure,
        place=_place(document, path),
    )


def _place(document: Document, path: TreePath) -> Fault:
    mark = document.mark(path, at_key=True)
    return Fault(mark.file, mark.line, mark.column, str(path[0]), "")
