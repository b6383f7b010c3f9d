"""From what is reported of a launch to when each sensor sees it: place, range and apogee are all that is given.

Why: Seoul looks over a low horizon and Tokyo over a high one, so who sees a launch, and when, is geometry
before it is anybody's delay. These are pure functions; they know no scenario and draw nothing. SI units.
A check of a scenario asks for trajectories alone, and loads no NumPy for that.

::

    range, apogee ─► trajectory ─┐
                                 ├─► track ─┐
    place, azimuth ──────────────┘          ├─► sight: first and last, or never
                                  sensor ───┘

    trajectory.py   boost, then free or level flight; when burnout, apogee and impact are
    boost.py        from rest to burnout
    ellipse.py      free flight: the Kepler ellipse of this range and apogee
    level.py        low flight, held up by air
    earth.py        its radius and gravity
    geodesy.py      places, ways, directions on the ellipsoid WGS 84
    track.py        a trajectory from a place in a direction, second by second
    look.py         distance, direction and elevation from an antenna; the horizon
    sight.py        from when to when a sensor sees a track
    reach.py        how far short it falls of one that it never sees
    roots.py        where a function changes its sign
    together.py     where many do, and where they are largest, in arrays

The model. A missile gains speed from rest at one mean acceleration, vertical at first, until it is on the
ellipse of its range and apogee with the speed of that point; from there it flies free. At burnout it has come
0.4 times burnout speed times burn time: what a rocket of constant thrust does that burns 0.7 of its mass
(without gravity); flight times cannot tell it. A flight that would stay below 100 km and yet be faster over the
ground than 1,360 m/s is *flat*: it climbs to its apogee, goes on at that height, at that speed, and falls. That
rule is sharp: at 1,000 km of range an apogee of 99 km gives 13 minutes and one of 101 km, in free flight, 6.

How well it does (tests/theory/test_flight_record.py has every launch). The acceleration, 26 m/s², is fitted to half
of the twelve free flights whose time is on record, the speed over the ground, 1,360 m/s, to one of two flat ones.
Beyond what clocks and rounded figures leave open it misses no time of the fitted half by 3 % but one, which contradicts
its own party's apogee, and of the half held out those of two failures and of a launch of which the parties contradict
each other. The sound flights of the other half would give 18 m/s², which adds a minute to an hour's flight. A second
parameter, of the path while it burns or of an acceleration that grows with speed, gains nothing there; nor does one
of solid fuel within the fitted half. An Earth that turns gains nothing in either, since all flights go east and the
acceleration takes it up (33 m/s² then). Three that crossed Japan do so when the record says.

What is left out, and what it costs (tests/theory/test_flight_costs.py has the arithmetic):

- The turning Earth. Over 400 to 4,600 km eastwards flight times come out 0.5 to 3 % short, and half way a
  missile is up to 75 km beside its place, one lofted to 6,000 km up to 140 km.
- Drag of the falling warhead: 0.5 to 8 s for steep falls, 2 to 30 s for shallow ones, the slender least.
- Air that thins with height: 4/3 of the Earth's radius bends rays as air near the ground does. The lowest
  ray is taken too low by 0.4 km at 400 km from the antenna, 5 km at 820 km, 60 km at 2,000 km; what
  climbs at 1 km/s is seen 5 s early at 820 km.
- Hills around an antenna, the size of the target, the power of the radar: range, elevation and sector stand for them.

To add another way to fly: 1 a coast with `at` and `fall_s`, its clock zero at the apogee, beside `level.py`;
2 when it applies, in `trajectory.trajectory`; 3 its limits in tests/unit/flight/. To add another rule of
seeing: one row of `sight._rules`, negative where it hides the missile.
"""
