"""Which sensors see a launch, from when to when, and how high is it then?

In come the sensors of a scenario and one launch whose flight is on record; out goes, for every sensor, when it first
and last has the missile in sight. Geometry alone (`sim.flight`): nothing is simulated. Maps, runs and the public
record ask the same of `sighting`. To add a kind of sensor: `sim.model.sensor` and `sim.flight.sight`.
"""
