"""One simulated launch told event by event under every arm; no clock times, no log of any day."""

from __future__ import annotations

from collections.abc import Mapping

from sim.analysis.branch import delivering
from sim.engines.contract import NEVER, Paths, State
from sim.model.scenario import Arm, Scenario
from sim.say.channels import no_path_words
from sim.units import US_PER_MINUTE, US_PER_SECOND

_WORDS = {State.NEVER: "open at the horizon", State.DONE: "done", State.REFUSED: "refused"}


def clock(us: int) -> str:
    """Minutes and seconds from the launch."""
    sign, us = ("-", -us) if us < 0 else ("", us)
    return f"{sign}{us // US_PER_MINUTE}:{us % US_PER_MINUTE / US_PER_SECOND:04.1f}"


def trace(scenario: Scenario, paths: Mapping[str, Paths], replication: int, launch: int) -> str:
    """The stages of one launch under each arm, in order of their ends."""
    name, (entry, _) = scenario.launch_names()[launch], scenario.launch_keys()[launch]
    what = scenario.happening if entry.false_report is None else "false report"
    lines = [
        f"One simulated {what} ({name}, replication {replication}, seed {scenario.seed}); min:s from the {what}.",
        "* lies on the delivering branch. Not a log of any day.",
    ]
    for arm in scenario.arms:
        outcome = no_path_words(scenario, arm) or _outcome(paths[arm.name], launch)
        lines += ["", f"{arm.title}: {outcome}", *_arm_lines(arm, paths[arm.name], launch)]
    return "\n".join(lines)


def _outcome(paths: Paths, launch: int) -> str:
    latency = int(paths.latency[0, launch])
    return "no report arrives" if latency == NEVER else f"report after {clock(latency)}"


def _arm_lines(arm: Arm, paths: Paths, launch: int) -> list[str]:
    on = delivering(paths)[0, launch]
    zero = int(paths.launch[0, launch])
    found = []
    for node, step in paths.network.stages:
        queued, started, ended = (int(x[0, launch, node]) for x in (paths.queued, paths.started, paths.ended))
        if queued == NEVER:
            continue
        waits = f", waited {clock(started - queued)}" if started > queued else ""
        desk = f" at {arm.stages[step.stage].desk}" if arm.stages[step.stage].desk else ""
        state = State(int(paths.state[0, launch, node]))
        end = clock(ended - zero) if ended != NEVER else "…"
        word = "" if state is State.DONE else f"  {_WORDS[state]}"
        line = f"  {'*' if on[node] else ' '} {clock(queued - zero):>8} → {end:>8}  {step.name}{desk}{waits}{word}"
        found.append((queued, node, line))
    return [line for _, _, line in sorted(found)]
