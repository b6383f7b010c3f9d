"""The Earth of the flight layer: a sphere that neither turns nor has air, for what flies over it."""

from __future__ import annotations

RADIUS_M = 6_371_008.8  # mean radius: Moritz, Geodetic Reference System 1980, Journal of Geodesy 74 (2000)
GM_M3_S2 = 3.986004418e14  # of WGS 84: NIMA Technical Report 8350.2 (2000)
GRAVITY_M_S2 = GM_M3_S2 / RADIUS_M**2
