"""What changed between two runs: in their scenarios, in the versions that made them, and in their answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.analysis.results import Results
from sim.experiment.versions import ALWAYS, series, versions_for
from sim.say.findings import has_band, is_open, size_text
from sim.say.numbers import band_text, list_text, minutes_cell, share_text
from sim.scenario.changes import changes
from sim.store.run import Run

IDLE = {
    "scipy": "these scenarios take nothing from",
    "simpy": "keeps the clock of an engine that gives the same bytes",
    "numba": "compiles an engine that gives the same bytes",
    "matplotlib": "draws figures",
    "pyarrow": "writes what was found",
}


def compare_runs(old: Run, new: Run) -> str:
    """The changes of the scenario, of versions, then those of each arm's answer."""
    lines = ["Scenario", *(f"  {line}" for line in changes(old.scenario.document, new.scenario.document))]
    if len(lines) == 1:
        lines.append("  no difference")
    lines += _versions(old, new)
    before, after = old.results, new.results
    lines.append("Answers (minutes from launch, mean; share that arrives)")
    names = list(dict.fromkeys([arm.name for arm in (*before.arms, *after.arms)]))
    lines += [f"  {name}: {_change(_arm_words(before, name), _arm_words(after, name))}" for name in names]
    lines.append("Pairs (first minus second, and from lowest to highest over the ranges)")
    pairs = dict.fromkeys((pair.a, pair.b) for results in (before, after) for pair in results.contrasts)
    changed = [f"  {a}, {b}: {_change(*(_pair_words(run, a, b) for run in (old, new)))}" for a, b in pairs]
    return "\n".join([*lines, *changed])


def _versions(old: Run, new: Run) -> list[str]:
    """Each version that differs, and whether answers may differ for it; nothing where none does."""
    before, after = (_noted(run.provenance) for run in (old, new))
    found = [name for name in dict.fromkeys([*before, *after]) if before.get(name) != after.get(name)]
    if not found:
        return []
    counting = _counting(old, new)
    may = [name for name in found if name in counting]
    lines = [
        _version(name, before.get(name, "none"), after.get(name, "none"), is_idle=name not in may) for name in found
    ]
    if may:
        lines.append(f"  answers may differ for {list_text(may)} alone, even where the scenarios are the same")
    else:
        lines.append("  no answer can differ for them")
    return ["Versions", *lines]


def _version(name: str, before: str, after: str, *, is_idle: bool) -> str:
    why = f", which {IDLE[name]}: no number differs for it" if is_idle and name in IDLE else ""
    return f"  {name}: {before} → {after}{why}"


def _noted(provenance: Mapping[str, Any]) -> dict[str, str]:
    """Versions by name, as far as they were noted, of Python the part that counts."""
    found = {name: str(provenance[name]) for name in ("alertpath", "code", "python") if name in provenance}
    found |= {name: str(version) for name, version in provenance.get("libraries", {}).items()}
    return {name: series(version) if name == "python" else version for name, version in found.items()}


def _counting(old: Run, new: Run) -> tuple[str, ...]:
    """What numbers come from, in either run."""
    is_by_scipy = any("scipy" in versions_for(run.scenario) for run in (old, new))
    return (*ALWAYS, "scipy") if is_by_scipy else ALWAYS


def _change(before: str, after: str) -> str:
    return f"{before} unchanged" if before == after else f"{before} → {after}"


def _arm_words(results: Results, name: str) -> str:
    arm = next((arm for arm in results.arms if arm.name == name), None)
    return f"{minutes_cell(arm.mean.estimate)} ({share_text(arm.arrives.estimate)})" if arm else "absent"


def _pair_words(run: Run, a: str, b: str) -> str:
    """The difference, its band, and whether which is faster is determined."""
    pair = next((pair for pair in run.results.contrasts if (pair.a, pair.b) == (a, b)), None)
    if pair is None or not pair.counts.both:
        return "absent"
    band = f" ({band_text(pair.band)})" if has_band(pair) else ""
    return f"{size_text(run.scenario, pair)}{band}{', not determined' if is_open(pair) else ''}"
