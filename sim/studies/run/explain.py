"""A stored run as half a page of plain words for a memo: every number after the case is one of the results."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import starmap

from sim.analysis.intervals import LEVEL
from sim.analysis.ledger import Entry, pair_account
from sim.analysis.results import Contrast, Results
from sim.model.flow import steps
from sim.model.scenario import Scenario
from sim.pages.page import CAVEAT
from sim.pages.tables import markdown_table
from sim.say.findings import NOT_A_PROBABILITY, has_band, has_unpaired, sentences
from sim.say.hours import staffed_notes
from sim.say.markup import untagged
from sim.say.numbers import band_text, capital, grade_text, minutes_text
from sim.say.outages import outage_notes
from sim.say.products import by_product
from sim.say.repeat import run_words
from sim.say.rests import rests_on_title, rests_on_words
from sim.say.whose import SENDERS, recipients, report_words, where
from sim.store.run import Run
from sim.studies.breakeven.say import reverses_text
from sim.studies.run import burden
from sim.studies.run.page import NO_FINDING, channels_notes
from sim.studies.run.reverses import reverses_of
from sim.studies.run.tables import arms, unit_text

MOST_PARTS = 3
MOST_LAUNCHES = 5  # of which the record is told
WORKING_VALUES = (
    "Where no public source gives a value, the file has a range and in it a working value; a setting is one choice of "
    "all such values."
)
QUANTILES = "By p50 half of the reports that arrive are there, by p95 all but one in twenty."
NOT_PUBLIC = (
    "No public source gives how long a relay through the United States (TISA) or an exchange between Seoul and Tokyo "
    "(GSOMIA) takes; at most its steps are documented. It is not a reconstruction of any day. It says when {report} "
    "reaches the recipient, not what is decided there."
)
WASHINGTON = "“Via Washington” names the route: no source places the US desk in that city."


def explain(run: Run) -> str:
    """What was asked, what came out, how certain, what it rests on, what would reverse it, what it cannot show."""
    parts = (
        ("The case", _case(run.scenario)),
        ("What was asked", _asked(run.scenario)),
        ("What came out", _came_out(run)),
        ("How certain it is", _certain(run)),
        ("Whose time it takes", _burden(run)),
        ("What it rests on", _rests_on(run)),
        ("When it would be the other way round", _reverses(run)),
        ("What it cannot show", cannot_show(run.scenario)),
    )
    told = [(head, said) for head, said in parts if said]
    paragraphs = [f"**{head}.** {said}" for head, said in told]
    after = next(number for number, (head, _) in enumerate(told, 1) if head == "What came out")
    paragraphs.insert(after, "\n\n".join(starmap(_table, by_product(run.scenario, run.results))))
    end = f"*{run_words(run.scenario, run.results, run.digest)}.*"
    return untagged("\n\n".join([f"# {run.scenario.title}", f"*{CAVEAT}*", *paragraphs, end])) + "\n"


def _case(scenario: Scenario) -> str:
    """What happened, as the file tells it, and what is on record of its launches; where its steps are taken."""
    facts = {entry.name: [entry.missile, entry.date, entry.source] for entry in scenario.launches}
    told = [f"{name}: {', '.join(filter(None, known))}." for name, known in facts.items() if any(known)]
    more = (
        [f"So much is on record of {len(told) - MOST_LAUNCHES} further launches."] if len(told) > MOST_LAUNCHES else []
    )
    return " ".join(" ".join([scenario.story, *told[:MOST_LAUNCHES], *more, places(scenario)]).split())


def places(scenario: Scenario) -> str:
    """At which centre each step is taken, as far as the file says it."""
    taken: dict[str, dict[str, None]] = {}
    for arm in scenario.arms:
        for stage in (arm.stages[step.stage] for step in steps(arm.flow)):
            taken.setdefault(stage.at or "", {})[stage.title] = None
    said = [f"{at}: {', '.join(titles)}" for at, titles in taken.items() if at]
    return f"Steps by centre: {'; '.join(said)}." if said else ""


def _table(product: str, scenario: Scenario, results: Results) -> str:
    """The arms of a product, named where there are several, and what the numbers are."""
    units, head = capital(unit_text(scenario, results)), f"**{capital(product)}**\n\n" if product else ""
    return f"{head}{markdown_table(arms(scenario, results).cells)}\n\n*{units}. {QUANTILES}*"


def _asked(scenario: Scenario) -> str:
    """The question, the ways that are compared, and how."""
    names = [arm.title for arm in scenario.compared]
    n = len(scenario.real.launch_keys())
    one = "an event" if scenario.happening == "event" else "a missile launch"
    of = f"of {n} {scenario.happenings}" if n > 1 else f"of {one}"
    said = [f"How soon does {report_words(scenario)} {of} reach the recipient ({recipients(scenario)})?"]
    each = "Each is simulated with the same draws, so that chance does not set them apart."
    said.append(
        f"Compared are these ways: {'; '.join(names)}. {each}" if len(names) > 1 else f"By one way: {names[0]}."
    )
    if scenario.baseline is not None:
        said.append(f"Beside them stands {scenario.arm(scenario.baseline).title}, {_without(where(scenario))}.")
    if n_false := len(scenario.launch_keys()) - n:
        said.append(
            f"There {_is_or_are(n_false)} of what was never launched, counted as false alerts and nowhere else."
        )
    if scenario.ranges():
        said.append(WORKING_VALUES)
    return " ".join(said)


def _without(place: str) -> str:
    """What the baseline is: that one side hears without the other."""
    return f"by which {place} hears without {SENDERS[place]}" if place in SENDERS else "which needs neither"


def _is_or_are(n_false: int) -> str:
    return "is also a report" if n_false == 1 else f"are also {n_false} reports"


def _came_out(run: Run) -> str:
    return " ".join(sentences(run.scenario, run.results)) or NO_FINDING


def _first(run: Run) -> Contrast | None:
    """The first pair, if some launch has a report under both of its arms."""
    first = next(iter(run.results.contrasts), None)
    return first if first and first.counts.both else None


def _burden(run: Run) -> str:
    """The work of the arms of the first pair by centre; of all arms where there is no pair."""
    pair = next(iter(run.results.contrasts), None)
    arms = run.results.arms if pair is None else [run.results.arm(name) for name in (pair.a, pair.b)]
    return burden.sentence(run.scenario, arms)


def _certain(run: Run) -> str:
    """Noise, which more replications narrow, and the band, which they do not."""
    pair, n = _first(run), run.results.n_replications
    if pair is None:
        return ""
    a, b = (run.scenario.arm(name).title for name in (pair.a, pair.b))
    half = pair.mean.half_width
    said = [f"This is about {a} against {b}."]
    where = " at working values" if run.results.n_ranges else ""
    if half == 0:
        said.append(f"Chance in the simulation does not move the mean difference{where}.")
    elif math.isfinite(half):
        said.append(
            f"Chance in the simulation leaves the mean difference{where} uncertain by "
            f"± {minutes_text(half)} min ({100 * LEVEL:.0f} % level, {n:,} replications); more of them narrow that."
        )
    if has_unpaired(run.results):
        one = "An event" if run.scenario.happening == "event" else "A launch"
        such = f"such {run.scenario.happenings} are counted apart"
        said.append(f"{one} that only one of two ways reports has no difference: {such}.")
    return " ".join([*said, *_band(run, pair)])


def _band(run: Run, pair: Contrast) -> Iterator[str]:
    results = run.results
    if not results.n_ranges:
        yield "Every value is taken as written; nothing here says how wrong they may be."
    elif results.n_settings < 2:
        yield "Values that are not known were left at their working values, so nothing is said of what they could do."
    elif not has_band(pair):
        yield "No value that is written as a range moves the difference."
    else:
        a, b = (run.scenario.arm(name).title for name in (pair.a, pair.b))
        yield (
            "What nobody outside knows is another matter, and replications do not narrow it: across the ranges of "
            f"those values the mean difference goes from {band_text(pair.band)}, the lowest and highest found. Of "
            f"{results.n_settings} settings drawn within them, {a} is faster in {pair.n_settings_a_sooner}, {b} in "
            f"{pair.n_settings_b_sooner}. "
            f"{NOT_A_PROBABILITY}"
        )


def _rests_on(run: Run) -> str:
    """The channels of the day, the shares of the ledger, and its largest parts."""
    return " ".join([*(f"{line}." for line in channels_notes(run.scenario)), *_shares(run)])


def _shares(run: Run) -> Iterator[str]:
    pair = _first(run)
    if pair is None:
        return
    hours = [f"{capital(note)}." for note in (*staffed_notes(run.scenario), *outage_notes(run.scenario))]
    if not pair.rests_on:
        yield f"{rests_on_title(run.scenario, pair)}."
        yield from hours
        return
    said = f"{rests_on_title(run.scenario, pair)}: {rests_on_words(run.scenario, pair)}."
    account = pair_account(run.scenario, pair.a, pair.b, run.alerts.tally)
    moving = sorted((entry for entry in account.entries if entry.us), key=lambda entry: -abs(entry.us))
    a = run.scenario.arm(pair.a).title
    parts = "; ".join(_part(entry) for entry in moving[:MOST_PARTS])
    yield (
        f"{said} The parts that move {a} most, on average: {parts}. Documented means a public time for this "
        f"{run.scenario.happening}, estimated a time derived from other {run.scenario.happenings}, interview a time "
        "told by somebody who knows the work, assumed no public time at all."
    )
    yield from hours


def _part(entry: Entry) -> str:
    side = "faster" if entry.us < 0 else "slower"
    return f"{entry.title}, {minutes_text(float(entry.us))} min {side} ({grade_text(entry.value)})"


def _reverses(run: Run) -> str:
    """What would turn the first comparison, where the run has found that out."""
    reverses = reverses_of(run)
    if reverses is None:
        return ""
    few = f"found with {reverses.n_replications:,} replications a value, one value at a time"
    return f"{capital(reverses_text(run.scenario, reverses))} ({few})."


def cannot_show(scenario: Scenario) -> str:
    """What no answer of a scenario says, however it comes out."""
    has_washington = any("washington" in arm.title.lower() for arm in scenario.arms)
    place = where(scenario)
    asker = place if place in SENDERS else "whoever asks"
    never_known = f"Where reports are asked for, asking presupposes that {asker} has heard already."
    not_public = NOT_PUBLIC.format(report=report_words(scenario))
    return " ".join([not_public, never_known, *([WASHINGTON] if has_washington else [])])
