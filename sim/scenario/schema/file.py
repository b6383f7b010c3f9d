"""The file as a whole."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from sim import units
from sim.scenario.names import MOST_ARMS, MOST_FLOWS
from sim.scenario.schema.calendar import Channel
from sim.scenario.schema.flows import Arm, ArrangementOrFlow, Flow
from sim.scenario.schema.launches import Campaign, Deadline, DeadlineOrNone, Launch
from sim.scenario.schema.part import MOST_ENTRIES, Part
from sim.scenario.schema.sensors import Centre, Sensor
from sim.scenario.schema.stages import Desk, Stage
from sim.scenario.schema.texts import Count, Draws, Duration, FewCount, Label, Name, Seed, Text
from sim.scenario.schema.webs import Web


class Settings(Part):
    count: FewCount = 64
    """How many settings of the values that are not known, the typical one first."""
    replications: Count | None = None
    """Replications of each; left out, a hundredth of the scenario's, at least 20."""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return {"count": value} if isinstance(value, str) else value


Pair = Annotated[list[Name], Field(min_length=2, max_length=2)]


class ScenarioFile(Part):
    """A scenario: all that is needed to repeat an experiment."""

    title: Label
    """One line: what is asked."""
    launches: list[Launch] = Field(default=[], min_length=1, max_length=1_000)
    """What is launched, and when: these, or a campaign."""
    campaign: Campaign | None = None
    """Or launches of which each is a run of its own, `{from: 2019-05-04, until: 2019-12-31}` or a list of them."""
    stages: dict[Name, Stage] = Field(default={}, max_length=MOST_ENTRIES)
    """Every step, by name; sensors alone need none."""
    arrangements: dict[Name, ArrangementOrFlow] = Field(max_length=MOST_ARMS)
    """Every way of sharing, by name: a flow, alone or with title, route, mode and recipient."""
    compare: list[Name] = Field(min_length=1, max_length=MOST_ARMS)
    """The arms compared: names of arrangements or of arms."""
    story: Text = ""
    """What happened, and why it is instructive."""
    use: list[Label] = Field(default=[], max_length=20)
    """Shared files of the scenarios folder; what this file defines itself replaces theirs."""
    recipient: Label = "command post, Ministry of Defense, Tokyo"
    """Whom the report must reach."""
    sensors: dict[Name, Sensor] = Field(default={}, max_length=MOST_ENTRIES)
    """What may see a launch, by name."""
    centres: dict[Name, Centre] = Field(default={}, max_length=MOST_ENTRIES)
    """Further places by name, `{ramstein: {zone: Europe/Berlin}}`; seoul, tokyo and us are known."""
    channels: dict[Name, Channel] = Field(default={}, max_length=MOST_ENTRIES)
    """What stages use that may be closed: agreements, lines, links."""
    desks: dict[Name, Desk] = Field(default={}, max_length=MOST_ENTRIES)
    """People or equipment with a capacity."""
    flows: dict[Name, Flow] = Field(default={}, max_length=MOST_FLOWS)
    """Flows used by name; stages, flows and sensors share one set of names."""
    web: Web | None = None
    """Centres and links, from which a flow that `reports_to` one of them is written out."""
    arms: dict[Name, Arm] = Field(default={}, max_length=MOST_ARMS)
    """Arrangements with overrides."""
    baseline: Name | None = None
    """What Tokyo hears anyway: an arrangement or arm simulated with the rest."""
    cue: Name | None = None
    """The flow by which Tokyo first hears without Seoul; a report that waits for it cannot be the first cue."""
    contrasts: list[Pair] | None = Field(default=None, max_length=MOST_ARMS * (MOST_ARMS - 1))
    """The pairs spoken of, each first minus second; left out, the first arm compared against each other."""
    deadline: DeadlineOrNone = Field(default_factory=lambda: Deadline.model_construct(name="impact"))
    """When a report stops being in time: impact, {name, after}, or none."""
    horizon: Duration = 24 * units.US_PER_HOUR
    """How long after the last launch the simulation runs."""
    replications: Count = 10_000
    """Independent repetitions at the typical setting."""
    settings: Settings = Field(default_factory=Settings.model_construct)
    """How the values that are not known are explored."""
    seed: Seed = 1
    """The source of all draws; 0 is a seed."""
    draws: Draws = "philox"
    """philox, each replication alone; sobol, in 32 randomisations of so many points."""

    def alone(self) -> list[Self]:
        """Every launch of a campaign as a file of its own; of any other that file."""
        if self.campaign is None:
            return [self]
        listed = self.campaign if isinstance(self.campaign, list) else []
        return [self.model_copy(update={"launches": [launch], "campaign": None}) for launch in listed]
