"""What a run says in plain words, all computed: what is not determined is said first.

`sentences` is the short form, for the terminal and the head of a table; `further_sentences` is what a
table for a memo says beyond it. Noise, counts of settings and of launches stand in the table of pairs.
"""

from __future__ import annotations

import math

from sim.analysis.results import ArmResult, Contrast, ContrastKind, Results
from sim.model.scenario import Scenario
from sim.model.scope import has_no_path
from sim.say.channels import no_difference_words, no_path_sentence
from sim.say.deadlines import deadline_after, deadline_name
from sim.say.measures import FEW_PAIRS, is_told_apart
from sim.say.missing import missing_sentence
from sim.say.numbers import (
    band_text,
    capital,
    list_text,
    noise_words,
    points_text,
    share_text,
    sooner_text,
)
from sim.say.products import by_product, named
from sim.say.whose import where

NOT_SETTLED = "what is known does not settle which is faster"
NOT_A_PROBABILITY = "A count of settings is not a probability."
AT_ENDS = "Lowest and highest take all values at an end of their ranges at once; few drawn settings come near."
SHARE_THAT_COUNTS = 0.01


def sentences(scenario: Scenario, results: Results) -> tuple[str, ...]:
    """The findings, product by product."""
    parts = by_product(scenario, results)
    return tuple(said for part in parts for said in named(part[0], _sentences(*part[1:])))


def _sentences(scenario: Scenario, results: Results) -> tuple[str, ...]:
    """A paragraph for each kind of pair, whose report is never the first cue, and what never comes.

    Where the first pair has no path on a side, that comes first.
    """
    kinds = dict.fromkeys(pair.kind for pair in results.contrasts)
    no_path = no_path_sentence(scenario)
    said = [
        *(_paragraph(scenario, results, kind) for kind in kinds),
        adds_sentence(scenario, results),
        first_cue_sentence(scenario, results),
        missing_sentence(scenario, results),
    ]
    is_first = all(is_pathless(scenario, pair) for pair in results.contrasts[:1])
    return tuple(filter(None, [no_path, *said] if is_first else [said[0], no_path, *said[1:]]))


def is_pathless(scenario: Scenario, pair: Contrast) -> bool:
    """Whether channels leave one of a pair no way, so that nothing can be said of the two but that."""
    return any(has_no_path(scenario, scenario.arm(name)) for name in (pair.a, pair.b))


def further_sentences(scenario: Scenario, results: Results) -> tuple[str, ...]:
    """What depends on who is in time and who is ahead."""
    found: list[str] = []
    for product, part, of_part in by_product(scenario, results):
        found += named(product, [*filter(None, [in_time_sentence(part, of_part), ahead_sentence(part, of_part)])])
    return tuple(found)


def _paragraph(scenario: Scenario, results: Results, kind: ContrastKind) -> str:
    """The pairs of one kind; the first pair of all explains what its numbers are, the first of a kind names them."""
    first = next((pair for pair in results.contrasts if has_band(pair)), None)
    said, before = [], None
    for pair in (pair for pair in results.contrasts if pair.kind == kind and not is_pathless(scenario, pair)):
        if before is not None and has_band(before) and has_band(pair):
            said.append(_next_sentence(scenario, before, pair))
        else:
            said.append(pair_sentence(scenario, results, pair, is_first=pair is first))
        before = pair
    return " ".join([*said, *([mode_and_route_sentence(results)] if kind == "mode" else [])]).strip()


def pair_sentence(scenario: Scenario, results: Results, pair: Contrast, *, is_first: bool) -> str:
    """One pair: which is faster, by how much, within what band; of the very first also who is in time."""
    opening = _opening(scenario, pair)
    a, b = titles(scenario, pair)
    if not pair.counts.both:
        none = no_difference_words(scenario, pair.a, pair.b)
        return _sentence(f"{opening}{none}, so they have no difference")
    in_time = [in_time_verdict(scenario, results, pair)] if pair is results.contrasts[0] else []
    if not has_band(pair):
        return " ".join([_sentence(f"{opening}{_reserved(results, pair, claim(scenario, pair))}"), *in_time]).strip()
    over = "across the ranges of the values that are not known" if is_first else "across the ranges"
    average = ", on average," if is_first and not is_noise(pair) else ""
    said = f"{claim(scenario, pair)}{_median(scenario, pair)}"
    numbers = f"at working values{average} {said}; {over}, from {band_text(pair.band)}"
    if is_open(pair):
        settled = f"{NOT_SETTLED}, {a} or {b}" if is_first else NOT_SETTLED
        return " ".join([_sentence(f"{opening}{settled}"), _sentence(numbers), *in_time]).strip()
    return " ".join([_sentence(f"{opening}{numbers}"), *in_time]).strip()


def _median(scenario: Scenario, pair: Contrast) -> str:
    """What half of the launches see, where that is on the other side than the mean."""
    median, mean = pair.quantiles[1], pair.mean
    is_turned = (median.low > 0 and mean.high < 0) or (median.high < 0 and mean.low > 0)
    return f", though {sooner_text(median.estimate)} in the median {scenario.happening}" if is_turned else ""


def in_time_verdict(scenario: Scenario, results: Results, pair: Contrast) -> str:
    """How many launches each of two arms reports by the deadline, and how far that goes over the ranges."""
    of_a, of_b = (results.arm(name).in_time for name in (pair.a, pair.b))
    if pair.in_time is None or of_a is None or of_b is None:
        return ""
    a, b = titles(scenario, pair)
    share_a, share_b = share_text(of_a.estimate), share_text(of_b.estimate)
    shares = f"{a} reports {share_a} of {scenario.happenings} in time and {b} {share_b}"
    if pair.in_time.estimate == 0 and share_a == share_b:
        shares = f"both report {share_a} of {scenario.happenings} in time"
    level = "on average they are level, but " if is_noise(pair) and is_told_apart(pair.in_time) else ""
    by = f"by {deadline_name(scenario)} ({deadline_after(scenario)})"
    band = pair.in_time_band
    if band is None or band.low == band.high:
        return _sentence(f"{level}{by} {shares}")
    return _sentence(f"{level}{by} {shares}; across the ranges {a} reports {points_text(band)} than {b}")


def _next_sentence(scenario: Scenario, before: Contrast, pair: Contrast) -> str:
    """A further pair of a kind, without what the one before has said."""
    is_parallel = _is_parallel(scenario, before, pair)
    label, opening = _label(scenario, pair), _opening(scenario, pair)
    if is_parallel or label == _label(scenario, before):
        opening = f"{label}: " if is_parallel else ""
    size, band = size_text(scenario, pair) if is_parallel else claim(scenario, pair), band_text(pair.band)
    return _sentence(f"{opening}{NOT_SETTLED} ({size}; {band})" if is_open(pair) else f"{opening}{size} ({band})")


def _reserved(results: Results, pair: Contrast, said: str) -> str:
    """A claim that stands without a band, with what it rests on instead."""
    if _is_equal(pair):
        return said
    if not results.n_ranges:
        return f"with every value taken as written, {said}"
    if results.n_settings < 2:
        return f"at working values, the only ones run, {said}"
    if math.isnan(pair.band.low):
        return f"at working values {said}"
    return f"at working values {said}; no value that is written as a range moves it"


def _is_parallel(scenario: Scenario, before: Contrast, pair: Contrast) -> bool:
    """Whether, after the pair before, the label alone says which two arms these are."""
    if pair.kind not in ("route", "mode") or _label(scenario, before) == _label(scenario, pair):
        return False
    arms = [scenario.arm(name) for name in (before.a, before.b, pair.a, pair.b)]
    sides = [arm.route if pair.kind == "route" else arm.mode for arm in arms]
    alike = [other for arm in arms[2:] for other in scenario.arms if (other.route, other.mode) == (arm.route, arm.mode)]
    return sides[:2] == sides[2:] and len(alike) == 2


def has_band(pair: Contrast) -> bool:
    """Whether what is not known moves the difference."""
    return pair.counts.both > 0 and pair.band.low < pair.band.high


def is_open(pair: Contrast) -> bool:
    """Whether the ranges have room for either side, each beyond noise."""
    band = pair.band
    return has_band(pair) and band.low + band.low_noise < 0 < band.high - band.high_noise


def is_noise(pair: Contrast) -> bool:
    return pair.mean.low <= 0 <= pair.mean.high


def _is_equal(pair: Contrast) -> bool:
    return pair.mean.low == pair.mean.estimate == pair.mean.high == 0


def claim(scenario: Scenario, pair: Contrast) -> str:
    """Which is faster at working values, and by how much."""
    a, b = titles(scenario, pair)
    if _is_equal(pair):
        said = f"{a} and {b} arrive at the same time"
    elif is_noise(pair):
        said = f"{a} and {b} do not differ beyond noise"
    else:
        noise = noise_words(pair.mean.half_width, pair.mean.estimate)
        said = f"{a} is {sooner_text(pair.mean.estimate)} than {b}{noise}"
    return f"{said}{_of_few(scenario, pair)}"


def size_text(scenario: Scenario, pair: Contrast) -> str:
    """The same without the names."""
    if _is_equal(pair):
        said = "at the same time"
    elif is_noise(pair):
        said = "no difference beyond noise"
    else:
        said = f"{sooner_text(pair.mean.estimate)}{noise_words(pair.mean.half_width, pair.mean.estimate)}"
    return f"{said}{_of_few(scenario, pair)}"


def _of_few(scenario: Scenario, pair: Contrast) -> str:
    """Of how few launches a difference is, where most have not both reports; empty elsewhere.

    Where it is none and one arm arrives more often than the other, how often either does.
    """
    counts = pair.counts
    n = counts.both + counts.only_a + counts.only_b + counts.neither
    if is_noise(pair) and abs(counts.only_a - counts.only_b) >= SHARE_THAT_COUNTS * n:
        a, b = titles(scenario, pair)
        of_a, of_b = (share_text((counts.both + only) / n) for only in (counts.only_a, counts.only_b))
        return f" in {scenario.happenings} that both report ({a} reports {of_a}, {b} {of_b})"
    share = counts.both / n
    return f", in the {share_text(share)} of {scenario.happenings} that both report" if share < FEW_PAIRS else ""


def titles(scenario: Scenario, pair: Contrast) -> tuple[str, str]:
    return scenario.arm(pair.a).title, scenario.arm(pair.b).title


def _label(scenario: Scenario, pair: Contrast) -> str:
    """What the two arms of a pair have in common, or how they are mixed."""
    a, b = scenario.arm(pair.a), scenario.arm(pair.b)
    return {"route": a.mode, "mode": a.route, "mixed": f"{a.mode}; against {b.mode}", "other": ""}[pair.kind]


def _opening(scenario: Scenario, pair: Contrast) -> str:
    if pair.kind == "other":
        return ""
    words = {"route": "route alone", "mode": "mode alone", "mixed": "route and mode mixed"}[pair.kind]
    return f"{words} ({_label(scenario, pair)}): "


def _sentence(text: str) -> str:
    return f"{capital(text)}."


def mode_and_route_sentence(results: Results) -> str:
    """Which of the two matters more, where every pair of one kind exceeds every pair of the other beyond noise."""
    sizes = {
        kind: [pair.mean for pair in results.contrasts if pair.kind == kind and pair.counts.both]
        for kind in ("route", "mode")
    }
    for larger, smaller in (("mode", "route"), ("route", "mode")):
        least = min((abs(mean.estimate) - mean.half_width for mean in sizes[larger]), default=-math.inf)
        most = max((abs(mean.estimate) + mean.half_width for mean in sizes[smaller]), default=math.inf)
        if least > most:
            return f"At working values the {larger} outweighs the {smaller}."
    return ""


def first_cue_sentence(scenario: Scenario, results: Results) -> str:
    """Whose report cannot be the first that its recipient hears, though it has a path."""
    place = where(scenario)
    with_path = (arm for arm in results.arms if not has_no_path(scenario, scenario.arm(arm.name)))
    asked = [arm.title for arm in with_path if arm.is_never_first]
    if not asked:
        return ""
    if len(asked) == 1:
        return _sentence(f"{asked[0]} comes only after {place} has heard, so it is never {place}'s first cue")
    none = "neither" if len(asked) == 2 else "none"
    return _sentence(f"{list_text(asked)} come only after {place} has heard, so {none} is ever {place}'s first cue")


def adds_sentence(scenario: Scenario, results: Results) -> str:
    """In how many launches an arm that holds the other of a pair within itself adds nothing to it.

    Nothing is said of an arm that adds to each, nor where neither ever reports.
    """
    found = [pair for pair in results.contrasts if pair.adds and pair.a_sooner.estimate < 1 and _reports(pair)]
    if not found:
        return ""
    said = []
    for number, pair in enumerate(found):
        title, other = titles(scenario, pair)
        nothing = 1 - pair.a_sooner.estimate
        before = found[number - 1] if number else None
        to = "" if before and before.b == pair.b else f" to {other}"
        said.append(
            f"{title} adds nothing{to} in {share_text(nothing)} of {scenario.happenings}"
            if not before
            else f"{title} nothing{to} in {share_text(nothing)}"
        )
    where = "at working values" if results.n_ranges else "with every value taken as written"
    return _sentence(f"{where} {list_text(said)}")


def _reports(pair: Contrast) -> bool:
    return pair.counts.both + pair.counts.only_a + pair.counts.only_b > 0


def in_time_sentence(scenario: Scenario, results: Results) -> str:
    """Between which two arms it changes most who is there by the deadline."""
    shares = {
        pair: (pair.in_time_only_a.estimate, pair.in_time_only_b.estimate)
        for pair in results.contrasts
        if pair.in_time_only_a and pair.in_time_only_b and not is_pathless(scenario, pair)
    }
    if not shares:
        return ""
    by, most = f"by {deadline_name(scenario)}", max(shares, key=lambda pair: max(shares[pair]))
    if max(shares[most]) < SHARE_THAT_COUNTS:
        return f"At working values no pair differs in who is in time {by} in 1 % of {scenario.happenings} or more."
    (a, b), (only_a, only_b) = titles(scenario, most), map(share_text, shares[most])
    others = "; no pair differs more" if len(shares) > 1 else ""
    of = f"{only_a} of {scenario.happenings}"
    return f"At working values only {a} is in time {by} in {of}, and only {b} in {only_b}{others}."


def ahead_sentence(scenario: Scenario, results: Results) -> str:
    """How often a report that can be the first cue is."""
    if scenario.baseline is None:
        return ""
    with_path = [arm for arm in results.arms if not has_no_path(scenario, scenario.arm(arm.name))]
    shares = [_ahead(arm) for arm in with_path if arm.ahead is not None and not arm.is_never_first]
    title = scenario.arm(scenario.baseline).title
    whose = f"{capital(scenario.happenings)} whose report comes before {title}, or where that never comes"
    return f"{whose}: {list_text(shares)}." if shares else ""


def _ahead(arm: ArmResult) -> str:
    return f"{arm.title} {share_text(arm.ahead.estimate)}" if arm.ahead else ""


def has_unpaired(results: Results) -> bool:
    """Whether some launch has a report under one arm of a pair alone, and so no difference."""
    return any(pair.counts.only_a + pair.counts.only_b for pair in results.contrasts)


def headline(scenario: Scenario, results: Results) -> str:
    """The first contrast in one line, for the title of a figure."""
    if not results.contrasts:
        return scenario.title
    first = results.contrasts[0]
    a, b = titles(scenario, first)
    if is_open(first):
        return f"What is known does not settle whether {a} or {b} is faster"
    if not first.counts.both:
        return capital(no_difference_words(scenario, first.a, first.b))
    return capital(f"{'at working values ' if has_band(first) else ''}{claim(scenario, first)}")
