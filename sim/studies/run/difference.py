"""What changed between two runs: in their scenarios, and in their answers."""

from __future__ import annotations

from sim.analysis.results import Results
from sim.model.scenario import Scenario
from sim.say.findings import has_band, is_open, size_text
from sim.say.numbers import band_text, minutes_cell, share_text
from sim.scenario.changes import changes


def compare_runs(old: tuple[Scenario, Results], new: tuple[Scenario, Results]) -> str:
    """The changes of the scenario, then those of each arm's answer."""
    lines = ["Scenario", *(f"  {line}" for line in changes(old[0].document, new[0].document))]
    if len(lines) == 1:
        lines.append("  no difference")
    lines.append("Answers (minutes from launch, mean; share that arrives)")
    names = list(dict.fromkeys([arm.name for arm in (*old[1].arms, *new[1].arms)]))
    lines += [f"  {name}: {_change(_arm_words(old[1], name), _arm_words(new[1], name))}" for name in names]
    lines.append("Pairs (first minus second, and from lowest to highest over the ranges)")
    pairs = dict.fromkeys((pair.a, pair.b) for results in (old[1], new[1]) for pair in results.contrasts)
    changed = [f"  {a}, {b}: {_change(_pair_words(old[1], a, b), _pair_words(new[1], a, b))}" for a, b in pairs]
    return "\n".join([*lines, *changed])


def _change(before: str, after: str) -> str:
    return f"{before} unchanged" if before == after else f"{before} → {after}"


def _arm_words(results: Results, name: str) -> str:
    arm = next((arm for arm in results.arms if arm.name == name), None)
    return f"{minutes_cell(arm.mean.estimate)} ({share_text(arm.arrives.estimate)})" if arm else "absent"


def _pair_words(results: Results, a: str, b: str) -> str:
    """The difference, its band, and whether which is faster is determined."""
    pair = next((pair for pair in results.contrasts if (pair.a, pair.b) == (a, b)), None)
    if pair is None or not pair.counts.both:
        return "absent"
    band = f" ({band_text(pair.band)})" if has_band(pair) else ""
    return f"{size_text(pair)}{band}{', not determined' if is_open(pair) else ''}"
