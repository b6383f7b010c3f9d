"""What a count of missed launches hangs on: how long a track takes, and how far radars reach."""

from __future__ import annotations

import numpy as np
import pytest

from sim.draws.sights import seen_by
from sim.model.ranges import Exactly
from sim.scenario.catalogue import Record, load_catalogue
from sim.scenario.folders import shipped_folder
from sim.scenario.loader import load_text
from sim.studies.record.holding import LONGEST_S, REACHES, Holding, holding
from sim.studies.record.say import holding_sentence, holding_title
from sim.studies.record.watch import WATCH, on_land, watch

WATCHED = watch(load_text(WATCH, "watch"), load_catalogue(shipped_folder()))
SUMMER = ("2019-05-04", "2019-09-23")
TEXTS = dict.fromkeys(Record.__dataclass_fields__, "")


@pytest.fixture(scope="module")
def land() -> Holding:
    return holding(WATCHED, on_land(WATCHED.sensors["tokyo"]), *SUMMER)


def record(number: int) -> Record:
    return Record(**{**TEXTS, "id": f"{number}", "missile": "KN-23" if number else "KN-24", "statements": ()})


MADE = Holding(
    (record(0), record(1)),
    np.array([[0.0, 50.5]] + [[0.0, 50.5]] * 7 + [[0.0, 0.0]] * (len(REACHES) - 8)),
)


def test_a_launch_is_missed_if_no_stretch_is_as_long_as_a_track_takes() -> None:
    """One is never in sight; the other 50.5 s, down to 65 % of the range: missed from 51 s, or from 60 % down."""
    assert MADE.n_missed.shape == (len(REACHES), LONGEST_S + 1)
    assert MADE.n_missed[0, [0, 50, 51]].tolist() == [1, 1, 2]
    assert MADE.n_missed[:, 0].tolist() == [1] * 8 + [2] * (len(REACHES) - 8)
    assert (MADE.least_s(1), MADE.least_s(2), MADE.least_s(3)) == (0, 51, None)
    assert (MADE.most_reach(1), MADE.most_reach(2), MADE.most_reach(3)) == (1.0, 0.6, None)
    assert MADE.only(lambda one: one.missile == "KN-23").most_reach(1) == 0.6


def test_more_are_missed_the_longer_a_track_takes_and_the_less_far_radars_reach(land: Holding) -> None:
    assert (np.diff(land.n_missed, axis=1) >= 0).all()
    assert (np.diff(land.n_missed, axis=0) >= 0).all()


def test_a_minute_of_track_makes_at_least_two_true_where_geometry_alone_does_not(land: Holding) -> None:
    """31 July 2019, 30 km high, is in sight from land for 51 s; 2 August, 25 km high, never; as before a KN-23 is not
    missed until radars reach 55 % of their range."""
    assert len(land.launches) == 9
    assert [int(n) for n in land.n_missed[0, [0, 50, 51, 60]]] == [1, 1, 2, 2]
    assert (land.least_s(2), land.most_reach(2)) == (51, 0.6)
    stretches = dict(zip((one.id for one in land.launches), land.stretch_s[0].tolist(), strict=True))
    assert stretches["2019-08-02"] == 0
    assert stretches["2019-07-31"] == pytest.approx(50.6, abs=0.5)
    assert land.only(lambda one: "KN-23" in one.missile).most_reach(1) == 0.55


def test_it_is_what_the_ranges_of_the_sensors_give(land: Holding) -> None:
    """A launch held for 51 s is seen by no radar on land in the setting in which each takes 55 s."""
    flight = WATCHED.flights["2019-07-31"][0]
    for second, n_seen in ((45, 1), (55, 0)):
        seen = 0
        for stage in on_land(WATCHED.sensors["tokyo"]):
            assert stage.sensor
            setting = {f"sensors.{stage.name}.in_sight": Exactly(second * 1_000_000)}
            seen += seen_by(stage.sensor, flight, setting) is not None
        assert seen == n_seen


def test_the_sentence_says_what_makes_it_true_and_that_nothing_is_chosen(land: Holding) -> None:
    said = holding_sentence(land, MADE, 2)
    assert "miss 1 of 9; at least 2 are missed if a track takes 51 s" in said
    assert "no farther than 60 % of a radar's range; a KN-23 is among them from 55 % down" in said
    assert said.endswith("Neither value is public, and the base case works with geometry alone.")
    assert "takes longer than was asked for, or less than was asked for" in holding_sentence(land, MADE, 3)
    assert holding_title(land, 2).startswith("Tokyo's radars on land miss 2 of 9 launches if a track takes 51 s")
