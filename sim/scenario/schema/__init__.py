"""The scenario format, field by field; the text under a field is its documentation.

In come the texts of a document, out a frozen `ScenarioFile`, or pydantic's errors. A file a subject: `texts` (scalars),
`part` and `ranges` (what they stand in), `delays`, `evidence`, `calendar`, `stages`, `sensors`, `flows`, `webs`,
`launches`, `file`.
`sim schema` prints it as JSON Schema, and the tables of `scenarios/README.md` are made from it.
A new field: its type and the text under it, in the class of its subject; a new class is named here as well.
"""

from sim.scenario.schema.calendar import Channel, Hours, Outages, Period
from sim.scenario.schema.delays import (
    Delay,
    Empirical,
    Erlang,
    Exponential,
    Family,
    Gamma,
    Lognormal,
    Normal,
    Pert,
    Triangular,
    Uniform,
    Weibull,
)
from sim.scenario.schema.evidence import Evidence
from sim.scenario.schema.file import ScenarioFile, Settings
from sim.scenario.schema.flows import Arm, Arrangement, Flow
from sim.scenario.schema.launches import Days, Deadline, Launch
from sim.scenario.schema.part import Part
from sim.scenario.schema.ranges import CountRange, DurationRange, LengthRange, Range, RatioRange, ShareRange
from sim.scenario.schema.sensors import Centre, Place, Sector, Sensor
from sim.scenario.schema.stages import Background, Desk, FalseAlarms, Loss, Refusal, Stage, Surge
from sim.scenario.schema.texts import shape_of
from sim.scenario.schema.webs import Web, WebCentre, WebLink

__all__ = [
    "Arm",
    "Arrangement",
    "Background",
    "Centre",
    "Channel",
    "CountRange",
    "Days",
    "Deadline",
    "Delay",
    "Desk",
    "DurationRange",
    "Empirical",
    "Erlang",
    "Evidence",
    "Exponential",
    "FalseAlarms",
    "Family",
    "Flow",
    "Gamma",
    "Hours",
    "Launch",
    "LengthRange",
    "Lognormal",
    "Loss",
    "Normal",
    "Outages",
    "Part",
    "Period",
    "Pert",
    "Place",
    "Range",
    "RatioRange",
    "Refusal",
    "ScenarioFile",
    "Sector",
    "Sensor",
    "Settings",
    "ShareRange",
    "Stage",
    "Surge",
    "Triangular",
    "Uniform",
    "Web",
    "WebCentre",
    "WebLink",
    "Weibull",
    "shape_of",
]
