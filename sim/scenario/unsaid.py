"""What people ask of the format that it cannot say, by the words that they write for it."""

from __future__ import annotations

from collections.abc import Mapping

_NOT_INTERRUPTED = "nobody is interrupted: the more urgent is served next, and waits for the work in hand"
_HOURS = (
    'who is there when is said by hours: {from: "08:00", until: "17:00", evidence: assumed} of a desk, in the zone of '
    "its centre; fewer by night are another arm: set: {desks.NAME.capacity: 1}"
)
_ZONE = "a zone is that of a centre, centres: {us: {zone: America/Chicago}}, or of a launch, beside its time"
_INDEPENDENT = "delays are drawn independently — a value that moves both is a range, which settings vary for all alike"
_NORMAL = "a normal is written {normal: {mean: 5 min, sd: 1 min}}, and is always truncated at zero"
_NO_ROUTING = (
    "there are no branches by chance — write {try: a, else: b}, and begin a with a stage of 0 s that has a refusal"
)
_NO_CANCEL = "what has begun is not called off — a report that comes later is not counted"
_OUTAGES = (
    "how often something fails is said by outages: {availability: 95 %, down: 2 h, evidence: assumed} of a channel, a "
    "sensor or a desk, or by up and down"
)

UNSAID: Mapping[str, str] = {
    **dict.fromkeys(("preempt", "preemption", "preemptive", "pre_empt", "interrupt", "interrupts"), _NOT_INTERRUPTED),
    **dict.fromkeys(("shift", "shifts", "hours", "schedule", "calendar", "roster", "staffed"), _HOURS),
    **dict.fromkeys(("mtbf", "mttr", "failure", "failures", "breakdown", "breakdowns", "downtime", "outage"), _OUTAGES),
    **dict.fromkeys(("time_zone", "timezone", "tz"), _ZONE),
    **dict.fromkeys(("correlation", "correlated_with", "correlate", "copula", "linked_to", "depends_on"), _INDEPENDENT),
    **dict.fromkeys(("gauss", "gaussian", "norm", "truncnorm", "truncated_normal"), _NORMAL),
    **dict.fromkeys(("branch", "branches", "routing", "choice", "probabilities", "gateway"), _NO_ROUTING),
    **dict.fromkeys(("cancel", "cancels", "renege", "reneging", "balk", "patience"), _NO_CANCEL),
}
