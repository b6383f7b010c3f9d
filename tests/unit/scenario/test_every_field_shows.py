# ruff: noqa: E501 - what is written stands beside what is written instead
"""No field of the format is taken and used nowhere: another value changes what a user sees, digests aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import pytest

from sim.analysis.analyse import analyse
from sim.asking.oddities import oddities
from sim.asking.option import checked
from sim.asking.taken import taken
from sim.experiment.execution import Execution
from sim.experiment.run import simulate_scenario
from sim.experiment.simulator import in_memory
from sim.model.scenario import Scenario
from sim.pages.document import document
from sim.pages.markdown import markdown
from sim.scenario.fields import SECTIONS
from sim.scenario.loader import load_text
from sim.store.files import json_text
from sim.store.place import run_digest
from sim.store.run import Run
from sim.studies import study_of
from sim.studies.run.explain import explain
from sim.studies.run.page import page
from tests.examples import examples

BASE = """
title: Two ways
story: A missile flew.
use: [base-case/one-launch-desks.yaml]
launches:
  - {name: one, missile: M, date: 2019-10-02, time: 07:10, zone: Asia/Seoul, matter: DPRK missile, source: S, range: 450 km, apogee: 910 km, deadline: {name: overflight, after: 9 min, needs: 60 s},
     place: {lat: 39.2 deg, lon: 127.6 deg}, azimuth: 90 deg}
  - {name: two, at: 5 min, count: 2, gap: 1 min, flight_time: 9 min, apogee: 910 km,
     place: {lat: 39.2 deg, lon: 127.6 deg}, impact_point: {lat: 38 deg, lon: 134 deg}, date: 2019-10-02}
  - {name: salvo, at: 40 min, offsets: [0 min, 3 min], flight_time: 9 min, range: 450 km, apogee: 910 km,
     place: {lat: 39.2 deg, lon: 127.6 deg}, azimuth: 90 deg}
  - {name: ghost, at: 90 min, false_report: told}
centres: {ramstein: {zone: Europe/Berlin}}
channels:
  line: {title: Line, between: [seoul, us], open: [{from: 2019-01-01, until: 2020-01-01, because: signed, source: P}], carries: [DPRK missile], source: U,
         outages: {availability: 70 %, down: 20 min, evidence: assumed}}
  link: {from: ramstein, to: us, open: [{from: 2019-10-02 00:20}],
         outages: {dated: [{from: 2019-10-02 00:40, until: 2019-10-02 01:00}], evidence: assumed}}
sensors:
  radar: {title: Radar, owner: seoul, field: land, place: {lat: 36.8 deg, lon: 127.7 deg}, height: 300 m, range: 600 km, reach: 90 %,
          min_elevation: 1 deg, sector: {from: 10 deg, to: 100 deg}, sees_above: 1 km, in_sight: 2 s, delay: 10 s, out: 10 %,
          false_alarms: {per_year: 1, evidence: assumed}, evidence: assumed,
          outages: {up: 3 h, down: 9 min, evidence: assumed}}
  watch: {owner: seoul, field: space, sees_above: 8 km, delay: 3 min, evidence: assumed}
desks:
  us_watch: {at: us, capacity: 1, evidence: assumed,
    hours: {days: [Mon, Tue], from: 08:00, until: 17:00, holidays: [2019-10-01], on_call: 3 min, evidence: assumed},
    outages: {availability: 80 %, down: 30 min, evidence: assumed},
    background: {surge: {times: 3, from: 10 min, until: 2 h, evidence: assumed}, interarrival: {exponential: {mean: 10 min}}, service: {exponential: {mean: 4 min}}, precedence: PRIORITY,
                 warm_up: 3 h, evidence: assumed}}
flows: {late: [told, gives], early: [told]}
stages:
  told:   {title: Told, at: seoul, delay: {exponential: {mean: 2 min}}, evidence: {step: inferred, value: estimated,
           source: Yonhap, note: why}, false_alarms: {per_year: 2, evidence: assumed}}
  relays: {desk: us_watch, precedence: IMMEDIATE, delay: {lognormal: {median: 1 to 4 min, p90: 9 min}}, evidence: assumed,
           loss: {probability: 20 %, retry_after: 30 s, attempts: 3, evidence: assumed}}
  gives:  {desk: release_desk, channel: line, delay: {empirical: {values: [1, 2, 4], unit: min, interpolation: linear}}, evidence: assumed,
           refusal: {probability: 20 %, from: 2019-10-01, until: 2019-10-05, evidence: assumed}}
  waits:  {at: ramstein, channel: link, delay: 1 s, earliest: impact, evidence: assumed}
arrangements:
  warning: [told]
  direct: {title: direct, route: direct, mode: pushed, recipient: A, flow: [{sight: seoul}, {stage: gives, as: once}, waits]}
  relay: {title: by relay, route: relayed, mode: pushed, flow: {in_turn: [early, relays]}}
  many: {all: [{at_least: 1, of: [told, waits]}, {first: [{stage: told, as: b}, gives]},
               {try: relays, for: 2 min, else: {stage: waits, as: c}}]}
arms: {other: {arrangement: relay, title: another, mode: asked, set: {stages.told.delay: 5 min}}}
compare: [direct, relay, other, many]
contrasts: [[direct, relay], [direct, other], [direct, many]]
baseline: warning
cue: early
recipient: B
deadline: {after: 8 min, name: overflight, needs: 1 min}
horizon: 4 h
replications: 20
settings: {count: 2, replications: 5}
seed: 3
draws: philox
"""

CHANGES: dict[str, dict[str, tuple[str, str]]] = {  # by section and field: what is written, and what instead
    "Scenario": {
        "title": ("title: Two ways", "title: Three ways"),
        "launches": ("  - {name: ghost, at: 90 min, false_report: told}\n", ""),
        "stages": (
            "waits:  {at: ramstein, channel: link, delay: 1 s",
            "waits:  {at: ramstein, channel: link, delay: 9 s",
        ),
        "channels": ("title: Line, ", "title: Wire, "),
        "arrangements": ("{in_turn: [early, relays]}", "{in_turn: [relays]}"),
        "compare": (
            "relay, other, many]\ncontrasts: [[direct, relay], [direct, other], [direct, many]]",
            "relay, other]",
        ),
        "story": ("story: A missile flew.", "story: Nothing flew."),
        "use": ("use: [base-case/one-launch-desks.yaml]\n", "use: [base-case/desks.yaml]\n"),
        "recipient": ("\nrecipient: B\n", "\nrecipient: C\n"),
        "sensors": ("delay: 10 s, out", "delay: 20 s, out"),
        "centres": ("centres: {ramstein: {zone: Europe/Berlin}}", "centres: {ramstein: {zone: Asia/Tokyo}}"),
        "desks": ("{at: us, capacity: 1,", "{at: us, capacity: 2,"),
        "flows": ("early: [told]}", "early: [waits]}"),
        "arms": ("stages.told.delay: 5 min", "stages.told.delay: 9 min"),
        "baseline": ("baseline: warning\n", ""),
        "cue": ("cue: early\n", "cue: late\n"),
        "contrasts": ("[direct, other], ", ""),
        "deadline": ("deadline: {after: 8 min, name: overflight, needs: 1 min}", "deadline: none"),
        "horizon": ("horizon: 4 h", "horizon: 3 min"),
        "replications": ("\nreplications: 20", "\nreplications: 21"),
        "settings": ("settings: {count: 2,", "settings: {count: 3,"),
        "seed": ("seed: 3", "seed: 4"),
        "draws": ("draws: philox", "draws: sobol"),
    },
    "Launch": {
        "name": ("{name: two,", "{name: second,"),
        "catalogue": ("{name: one, ", "{name: one, catalogue: 2019-10-02, "),
        "at": ("at: 40 min", "at: 50 min"),
        "false_report": ("false_report: told", "false_report: radar"),
        "flight_time": ("gap: 1 min, flight_time: 9 min", "gap: 1 min, flight_time: 10 min"),
        "deadline": ("after: 9 min, needs: 60 s", "after: 3 min, needs: 60 s"),
        "count": ("count: 2, gap", "count: 3, gap"),
        "gap": ("gap: 1 min", "gap: 2 min"),
        "offsets": ("[0 min, 3 min]", "[0 min, 4 min]"),
        "missile": ("missile: M", "missile: N"),
        "range": ("source: S, range: 450 km", "source: S, range: 460 km"),
        "apogee": ("apogee: 910 km, deadline", "apogee: 900 km, deadline"),
        "place": (
            "{lat: 39.2 deg, lon: 127.6 deg}, azimuth: 90 deg}\n  - {name: two",
            "{lat: 40.2 deg, lon: 127.6 deg}, azimuth: 90 deg}\n  - {name: two",
        ),
        "azimuth": ("azimuth: 90 deg}\n  - {name: two", "azimuth: 80 deg}\n  - {name: two"),
        "impact_point": ("lon: 134 deg", "lon: 133 deg"),
        "date": ("missile: M, date: 2019-10-02,", "missile: M, date: 2019-10-01,"),
        "source": ("source: S", "source: T"),
        "time": ("time: 07:10", "time: 17:10"),
        "zone": ("zone: Asia/Seoul", "zone: America/New_York"),
        "matter": ("matter: DPRK missile, ", "matter: air patrol, "),
    },
    "Deadline": {
        "after": ("after: 8 min", "after: 5 min"),
        "name": ("8 min, name: overflight", "8 min, name: landing"),
        "needs": ("needs: 1 min", "needs: 2 min"),
    },
    "Stage": {
        "delay": ("delay: {exponential: {mean: 2 min}}", "delay: 2 min"),
        "evidence": (
            "delay: 1 s, earliest: impact, evidence: assumed",
            "delay: 1 s, earliest: impact, evidence: {step: inferred, value: assumed, source: Q}",
        ),
        "title": ("title: Told", "title: Heard"),
        "at": ("waits:  {at: ramstein", "waits:  {at: us"),
        "desk": ("gives:  {desk: release_desk", "gives:  {desk: us_desk"),
        "precedence": ("precedence: IMMEDIATE", "precedence: ROUTINE"),
        "loss": ("loss: {probability: 20 %, retry_after: 30 s, attempts: 3, evidence: assumed}", "title: relays"),
        "refusal": (
            ",\n           refusal: {probability: 20 %, from: 2019-10-01, until: 2019-10-05, evidence: assumed}",
            "",
        ),
        "earliest": ("earliest: impact", "earliest: 90 s"),
        "false_alarms": (", false_alarms: {per_year: 2, evidence: assumed}", ""),
    },
    "Delay": {
        **{
            name: ("delay: {exponential: {mean: 2 min}}", f"delay: {{{name}: {given}}}")
            for name, given in {
                "constant": "2 min",
                "uniform": "{low: 1 min, high: 2 min}",
                "triangular": "{low: 1 min, mode: 2 min, high: 3 min}",
                "pert": "{low: 1 min, mode: 2 min, high: 3 min}",
                "exponential": "{mean: 3 min}",
                "normal": "{mean: 2 min, sd: 1 min}",
                "lognormal": "{mean: 2 min, sd: 1 min}",
                "gamma": "{mean: 2 min, sd: 1 min}",
                "erlang": "{shape: 2, mean: 2 min}",
                "weibull": "{mean: 2 min, sd: 1 min}",
                "empirical": "{values: [1 min, 2 min], interpolation: step}",
                "usual": "2 min, at_worst: 5 min",
                "at_worst": "5 min, usual: 2 min",
            }.items()
        },
        "min": ("delay: {exponential: {mean: 2 min}}", "delay: {exponential: {mean: 2 min}, min: 1 min}"),
        "max": ("delay: {exponential: {mean: 2 min}}", "delay: {exponential: {mean: 2 min}, max: 3 min}"),
    },
    "Observed values": {
        "values": ("[1, 2, 4]", "[1, 2, 9]"),
        "interpolation": ("interpolation: linear", "interpolation: step"),
        "file": ("values: [1, 2, 4], unit: min", "file: times.csv, column: first, unit: min"),
        "column": ("values: [1, 2, 4], unit: min", "file: times.csv, column: late, unit: min"),
        "unit": ("unit: min", "unit: s"),
    },
    "Loss": {
        "probability": ("loss: {probability: 20 %", "loss: {probability: 60 %"),
        "retry_after": ("retry_after: 30 s", "retry_after: 50 s"),
        "attempts": ("attempts: 3", "attempts: 1"),
        "evidence": (
            "attempts: 3, evidence: assumed",
            "attempts: 3, evidence: {step: documented, value: interview, source: Q}",
        ),
    },
    "Refusal": {
        "probability": ("refusal: {probability: 20 %", "refusal: {probability: 60 %"),
        "evidence": (
            "until: 2019-10-05, evidence: assumed",
            "until: 2019-10-05, evidence: {step: documented, value: interview, source: Q}",
        ),
        "from": ("probability: 20 %, from: 2019-10-01", "probability: 20 %, from: 2019-10-03"),
        "until": ("until: 2019-10-05", "until: 2019-10-02"),
    },
    "False alarms": {
        "per_year": ("per_year: 2", "per_year: 3"),
        "evidence": (
            "{per_year: 2, evidence: assumed}",
            "{per_year: 2, evidence: {step: documented, value: interview, source: Q}}",
        ),
    },
    "Evidence": {
        "step": ("step: inferred", "step: documented"),
        "value": ("value: estimated", "value: interview"),
        "source": ("source: Yonhap", "source: Kyodo"),
        "note": ("note: why", "note: because"),
    },
    "Sensor": {
        "owner": ("owner: seoul, field: land", "owner: tokyo, field: land"),
        "field": (
            "field: space, sees_above: 8 km",
            "field: land, place: {lat: 37 deg, lon: 128 deg}, sees_above: 8 km",
        ),
        "delay": ("delay: 10 s, out", "delay: 11 s, out"),
        "evidence": (
            "evidence: assumed}, evidence: assumed,\n          outages",
            "evidence: assumed}, evidence: {step: documented, value: assumed, source: Q},\n          outages",
        ),
        "title": ("title: Radar", "title: Dish"),
        "place": ("{lat: 36.8 deg, lon: 127.7 deg}", "{lat: 37.8 deg, lon: 127.7 deg}"),
        "height": ("height: 300 m", "height: 3000 m"),
        "range": ("range: 600 km", "range: 300 km"),
        "reach": ("reach: 90 %", "reach: 40 %"),
        "min_elevation": ("min_elevation: 1 deg", "min_elevation: 9 deg"),
        "sector": ("sector: {from: 10 deg, to: 100 deg}, ", ""),
        "sees_above": ("sees_above: 1 km", "sees_above: 90 km"),
        "in_sight": ("in_sight: 2 s", "in_sight: 20 min"),
        "out": ("out: 10 %", "out: 60 %"),
        "outages": (",\n          outages: {up: 3 h, down: 9 min, evidence: assumed}", ""),
        "false_alarms": ("per_year: 1, evidence", "per_year: 4, evidence"),
    },
    "Place": {"lat": ("lat: 36.8 deg", "lat: 35.8 deg"), "lon": ("lon: 127.7 deg", "lon: 126.7 deg")},
    "Sector": {"from": ("from: 10 deg", "from: 40 deg"), "to": ("to: 100 deg", "to: 20 deg")},
    "Desk": {
        "capacity": ("{at: us, capacity: 1,", "{at: us, capacity: 3,"),
        "evidence": (
            "capacity: 1, evidence: assumed,",
            "capacity: 1, evidence: {step: documented, value: interview, source: Q},",
        ),
        "at": ("{at: us, capacity: 1,", "{at: tokyo, capacity: 1,"),
        "hours": (
            "    hours: {days: [Mon, Tue], from: 08:00, until: 17:00, holidays: [2019-10-01], on_call: 3 min, evidence: assumed},\n",
            "",
        ),
        "background": (
            "{surge: {times: 3, from: 10 min, until: 2 h, evidence: assumed}, interarrival: {exponential: {mean: 10 min}}, service: {exponential: {mean: 4 min}}, precedence: PRIORITY,\n                 warm_up: 3 h, evidence: assumed}",
            "{interarrival: 1 h, service: 1 s}",
        ),
        "outages": ("outages: {availability: 80 %, down: 30 min, evidence: assumed},\n", "\n"),
    },
    "Outages": {
        "availability": ("availability: 70 %", "availability: 60 %"),
        "up": ("{up: 3 h", "{up: 2 h"),
        "down": ("down: 9 min", "down: 19 min"),
        "dated": ("until: 2019-10-02 01:00}]", "until: 2019-10-02 02:00}]"),
        "evidence": (
            "{availability: 70 %, down: 20 min, evidence: assumed}",
            "{availability: 70 %, down: 20 min, evidence: {step: documented, value: interview, source: Q}}",
        ),
    },
    "Surge": {
        "times": ("times: 3", "times: 5"),
        "from": ("times: 3, from: 10 min", "times: 3, from: 20 min"),
        "until": ("until: 2 h", "until: 3 h"),
        "evidence": (
            "until: 2 h, evidence: assumed",
            "until: 2 h, evidence: {step: documented, value: interview, source: Q}",
        ),
    },
    "Background": {
        "interarrival": ("interarrival: {exponential: {mean: 10 min}}", "interarrival: 10 min"),
        "service": ("service: {exponential: {mean: 4 min}}", "service: 9 min"),
        "precedence": ("precedence: PRIORITY", "precedence: FLASH"),
        "warm_up": ("warm_up: 3 h", "warm_up: 0 h"),
        "evidence": (
            "warm_up: 3 h, evidence: assumed",
            "warm_up: 3 h, evidence: {step: documented, value: interview, source: Q}",
        ),
        "surge": ("surge: {times: 3, from: 10 min, until: 2 h, evidence: assumed}, ", ""),
    },
    "Flow": {
        "stage": ("{stage: gives, as: once}", "{stage: told, as: once}"),
        "as": ("as: once", "as: again"),
        "in_turn": ("{in_turn: [early, relays]}", "{in_turn: [told]}"),
        "all": ("{all: [", "{first: ["),
        "first": ("{first: [{stage: told, as: b}, gives]}", "{first: [{stage: told, as: b}]}"),
        "at_least": ("{at_least: 1,", "{at_least: 2,"),
        "of": ("of: [told, waits]", "of: [waits]"),
        "try": ("{try: relays", "{try: {stage: gives, as: d}"),
        "for": ("for: 2 min", "for: 1 s"),
        "else": ("else: {stage: waits, as: c}", "else: {stage: relays, as: c}"),
        "sight": ("{sight: seoul}, ", ""),
    },
    "Arrangement": {
        "flow": ("flow: {in_turn: [early, relays]}", "flow: relays"),
        "title": ("title: by relay", "title: by wire"),
        "route": ("route: relayed", "route: direct"),
        "mode": ("{title: by relay, route: relayed, mode: pushed", "{title: by relay, route: relayed, mode: asked"),
        "recipient": ("recipient: A", "recipient: D"),
        "deadline": ("title: by relay,", "title: by relay, deadline: {name: due, after: 30 min},"),
    },
    "Arm": {
        "arrangement": ("{arrangement: relay,", "{arrangement: many,"),
        "title": ("title: another", "title: some other"),
        "mode": ("mode: asked", "mode: told"),
        "set": ("set: {stages.told.delay: 5 min}", "set: {}"),
    },
    "Centre": {"zone": ("zone: Europe/Berlin", "zone: Asia/Tokyo")},
    "Channel": {
        "title": ("title: Line", "title: Wire"),
        "open": ("[{from: 2019-10-02 00:20}]", "[]"),
        "carries": ("carries: [DPRK missile]", "carries: [air patrol]"),
        "source": ("source: U", "source: V"),
        "outages": (",\n         outages: {availability: 70 %, down: 20 min, evidence: assumed}", ""),
    },
    "Period of a channel": {
        "from": ("{from: 2019-01-01,", "{from: 2019-11-01,"),
        "until": ("until: 2020-01-01", "until: 2019-09-01"),
        "because": ("because: signed", "because: agreed"),
        "source": ("source: P", "source: R"),
    },
    "Hours of a desk": {
        "days": ("days: [Mon, Tue]", "days: [Tue, Wed]"),
        "from": ("from: 08:00", "from: 09:00"),
        "until": ("until: 17:00", "until: 19:00"),
        "holidays": ("holidays: [2019-10-01], ", ""),
        "on_call": ("on_call: 3 min, ", ""),
        "evidence": (
            "on_call: 3 min, evidence: assumed",
            "on_call: 3 min, evidence: {step: inferred, value: interview, source: Q}",
        ),
    },
    "Settings": {
        "count": ("settings: {count: 2,", "settings: {count: 4,"),
        "replications": ("replications: 5", "replications: 6"),
    },
}


TRIED_ELSEWHERE = {  # since each asks for other fields as well: with campaigns, events, products, webs, what closes
    "Scenario": {"campaign", "web"},
    "Launch": {"event", "note"},
    "Stage": {"channel"},
    "Channel": {"between", "from", "to"},
    "Arrangement": {"product"},
    "Flow": {"reports_to", "hops"},
    "Web": {"centres", "links"},
    "Centre of a web": {"identify", "release", "handle"},
    "Link of a web": {"line", "between", "from", "to", "of"},
}


def test_every_field_of_the_format_is_changed_here() -> None:
    known = {title: {*part.names()} for title, part in SECTIONS.items() if title != "Days of a campaign"}
    for title, fields in TRIED_ELSEWHERE.items():
        known[title] -= fields
    known = {title: fields for title, fields in known.items() if fields}
    assert known == {title: {*fields} for title, fields in CHANGES.items()}


STUDIES: tuple[tuple[str, dict[str, str]], ...] = (
    ("sight", {"launch": "one"}),
    ("confirm", {}),
    ("map", {"launch": "one"}),
    ("ledger", {}),
)


def views(scenario: Scenario) -> Iterator[str]:
    """What a user sees of a scenario, the cheapest first."""
    yield "\n".join((*oddities(scenario), *taken(scenario)))
    alerts = simulate_scenario(scenario)
    run = Run(Path(run_digest(scenario)), scenario, alerts, analyse(scenario, alerts.tally), {})
    yield json_text(document(page(run)))
    yield markdown(page(run))
    yield explain(run)
    for name, asked in STUDIES:
        study = study_of(name)
        plan = study.plan(scenario, **checked(study.options, asked))
        yield markdown(study.page(plan, study.find(plan, in_memory(Execution()))))


@cache
def seen(text: str, number: int) -> str:
    return _undigested(next(islice(views(load_text(text, "t")), number, None)))


def _undigested(said: str) -> str:
    """Without digests, which change with every letter of a file."""
    return re.sub(r"\b[0-9a-f]{8}\b", "", said)


FIELDS = [(title, name) for title, fields in CHANGES.items() for name in fields]
SOME = [[one for one in FIELDS if one[0] == title][-1] for title in CHANGES]


@pytest.mark.parametrize(("section", "field"), examples(FIELDS, SOME))
def test_another_value_of_a_field_changes_what_a_user_sees(section: str, field: str, tmp_path: Path) -> None:
    (tmp_path / "times.csv").write_text("first,late\n3,4\n5,6\n", encoding="utf-8")
    old, new = CHANGES[section][field]
    assert BASE.count(old) == 1
    changed = views(load_text(BASE.replace(old, new), "t", tmp_path))
    assert any(seen(BASE, number) != _undigested(said) for number, said in enumerate(changed))
