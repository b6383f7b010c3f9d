"""A small scenario in which Seoul and Tokyo look at a launch, for the tests of sight and of the map."""

from __future__ import annotations

from sim.model.scenario import Scenario
from sim.scenario.loader import load_text

TEXT = """
title: two sides look
launches:
  - {name: lofted, place: {lat: 39.2 deg, lon: 127.5 deg}, azimuth: 90 deg, range: 450 km, apogee: 910 km,
     flight_time: 17 min}
  - {name: low, place: {lat: 39.2 deg, lon: 127.5 deg}, azimuth: 90 deg, range: 450 km, apogee: 30 km, at: 1 h}
  - {name: dark, at: 2 h, flight_time: 9 min, range: 450 km}
  - {name: absurd, place: {lat: 39.2 deg, lon: 127.5 deg}, azimuth: 90 deg, range: 9000 km, apogee: 50 km, at: 3 h,
     flight_time: 9 min}
sensors:
  eye: {title: the eye, owner: us, field: space, sees_above: 8 km, delay: 30 s, evidence: assumed}
  ship: {title: a ship, owner: tokyo, field: sea, place: {lat: 39.0 deg, lon: 133.0 deg}, out: 50 %, delay: 9 s,
         evidence: assumed}
  sado:
    {title: Sado, owner: tokyo, field: land, place: {lat: 38.0 deg, lon: 138.4 deg}, height: 1000 m, delay: 20 s,
     evidence: assumed, range: {low: 500 km, typical: 1500 km, high: 2000 km}}
  pine: {title: a pine, owner: seoul, field: land, place: {lat: 37.3 deg, lon: 127.0 deg}, height: 300 m, delay: 9 s,
         range: 600 km, evidence: {step: documented, value: estimated, source: S}}
  gone: {title: gone, owner: seoul, field: land, place: {lat: 39.0 deg, lon: 127.4 deg}, out: 100 %, delay: 1 s,
         evidence: assumed}
stages:
  releases:  {at: seoul, delay: 8 min, evidence: assumed}
  telephone: {at: seoul, delay: 2 min, evidence: assumed}
  translate: {at: tokyo, delay: 3 min, evidence: assumed}
  evaluate:  {at: us, delay: 6 min, evidence: assumed}
  pass_on:   {at: us, delay: 1 min, evidence: assumed}
  watches:   {delay: 1 min, evidence: assumed}
arrangements:
  direct:         {route: direct, flow: [watches, releases, telephone, translate]}
  via_washington: {route: via Washington, flow: [watches, releases, evaluate, pass_on]}
compare: [direct, via_washington]
replications: 8
settings: 1
"""


def looking(**sets: str) -> Scenario:
    """The scenario with other values, as text by path."""
    return load_text(TEXT, "looking", sets={path.replace("__", "."): value for path, value in sets.items()})
