"""What stands around the results of claims: their labels, and what a reader should know of them all."""

from __future__ import annotations

import shlex

from sim.studies.claims.ask import Asked
from sim.studies.claims.find import Trial

QUESTION = "What of an argument can be tried here, what comes out, and what cannot be shown?"
CAVEAT = (
    "Claims are in our own words. A comparison under stated assumptions, not a reconstruction of any day; no latency "
    "of a relay is public, direct or via Washington. It takes no side."
)
NOT_TRIED = "Nothing of this can be tried here."
EXCHANGES = (
    "Exchanges on record beside how often requests and refusals of the model let a report pass. A count says nothing "
    "of how fast an exchange was, nor of what it was worth."
)


def claim_sentence(trial: Trial) -> str:
    """The claim."""
    return f"Claim: {trial.claim.claim}"


def experiment_sentence(trial: Trial) -> str:
    """What is done, with the command that does it."""
    if not trial.asks:
        return NOT_TRIED
    return f"Experiment: {trial.claim.experiment}"


def result_sentence(finding: str) -> str:
    """What came out."""
    return f"Result: {finding}"


def otherwise_sentence(words: str) -> str:
    """What would turn it."""
    return f"Otherwise: {words}"


def cannot_sentence(trial: Trial) -> str:
    """What no experiment here shows."""
    return f"What it cannot show: {trial.claim.cannot_show}"


def repeat_note(asked: Asked, repeat: str) -> str:
    """The command that gives an answer alone, and what a reader needs to repeat it."""
    question = asked.question
    words = ["sim", asked.study.name, *([question.scenario] if question.scenario else [])]
    words += ["--arms", ",".join(question.arms)] if question.arms else []
    for path, value in question.sets.items():
        words += ["--set", f"{path}={value}"]
    for name, given in asked.options.items():
        for value in given if isinstance(given, tuple) else (given,):
            words += [f"--{name}", value]
    return f"{shlex.join(words)}: {repeat}."


def short(trial: Trial, title: str) -> str:
    """A claim and its result in a sentence."""
    return f"{trial.claim.title}: {title}." if title else f"{trial.claim.title}: {NOT_TRIED}"
