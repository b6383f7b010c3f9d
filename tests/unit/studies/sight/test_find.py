"""Who sees a launch, against `sim.flight`, and what is said of it."""

from __future__ import annotations

import pytest

from sim.errors import SimError
from sim.flight.sight import Sight
from sim.studies.sight.find import FIXED, Sighting, sighting
from sim.studies.sight.say import height_words, sentence, time_words, title
from tests.looking import looking
from tests.sensors import sight


def seen_by(found: Sighting, name: str, range_m: float | None) -> Sight | None:
    (sensor,) = (seen.sensor for seen in found.sensors if seen.sensor.name == name)
    return sight(sensor, found.track, range_m)


def test_every_sensor_sees_what_the_flight_layer_says_and_none_does_so_for_never() -> None:
    for launch in ("lofted", "low"):
        found = sighting(looking(), launch)
        for seen in found.sensors:
            assert seen.sight == seen_by(found, seen.sensor.name, seen.range_m)
    dwarfed = sighting(
        looking(sensors__sado__range="100 km"), "low"
    )  # it stands 950 km away, the flight ends after 450
    assert [seen.sight for seen in dwarfed.sensors if seen.sensor.name == "sado"] == [None]


def test_sensors_stand_by_owner_and_by_who_sees_it_first() -> None:
    found = sighting(looking(), "lofted")
    assert found.owners == ("seoul", "tokyo", "us")
    for owner in found.owners:
        times = [seen.sight.first_s for seen in found.sensors if seen.sensor.owner == owner and seen.sight]
        assert times == sorted(times)


def test_what_is_always_out_of_service_sees_nothing_first() -> None:
    found = sighting(looking(), "lofted")
    assert found.sensors[0].stage.name == "gone"  # it stands at the launch
    seen, _ = found.first("seoul") or pytest.fail("nobody")
    assert seen.stage.name == "pine"
    assert sighting(looking(sensors__pine__out="100 %"), "lofted").first("seoul") is None


def test_over_a_range_that_is_not_known_there_is_a_sight_at_either_end() -> None:
    found = sighting(looking(), "lofted")
    (sado,) = (seen for seen in found.sensors if seen.sensor.name == "sado")
    assert sado.is_spread
    assert sado.ends == (seen_by(found, "sado", 500e3), seen_by(found, "sado", 2_000e3))
    assert not any(seen.is_spread for seen in found.sensors if seen.sensor.name != "sado")


def test_a_flight_time_of_the_file_is_kept_beside_the_computed_one() -> None:
    """17 min are 1,020 s; what is left out is computed, to the millisecond."""
    assert sighting(looking(), "lofted").written_us == 1_020_000_000
    assert sighting(looking(), "low").written_us is None


def test_a_ship_is_told_from_what_is_always_there() -> None:
    found = sighting(looking(), "lofted")
    (ship, early), (sado, late) = found.first("tokyo"), found.first("tokyo", FIXED)
    assert (ship.sensor.field, sado.sensor.field) == ("sea", "land")
    assert early.first_s < late.first_s


def test_the_sentence_has_the_moments_their_difference_as_a_reader_takes_it_and_who_loses_it() -> None:
    found = sighting(looking(), "lofted")
    (_, seoul), (_, tokyo), (_, land) = found.first("seoul"), found.first("tokyo"), found.first("tokyo", FIXED)
    said = sentence(found)
    assert said.startswith(f"Seoul's first sight is {seoul.first_s:.0f} s after launch at ")
    assert (
        f"Tokyo's {tokyo.first_s:.0f} s at {height_words(tokyo.first_altitude_m)} (a ship, not there for 50 %" in said
    )
    assert f"without it {land.first_s:.0f} s at {height_words(land.first_altitude_m)}, Sado)" in said
    assert f", {round(tokyo.first_s) - round(seoul.first_s)} s later; " in said
    early_s = found.flight_time_s - found.last("seoul")[1].last_s
    assert f"Seoul loses it {early_s:.0f} s before impact" in said
    assert title(found) == (
        f"Seoul could see it after {seoul.first_s:.0f} s, "
        f"Tokyo after {tokyo.first_s:.0f} s from a ship ({land.first_s:.0f} s from land)"
    )


def test_what_is_out_of_sight_for_a_while_is_not_kept() -> None:
    """Sado alone, reaching 1,000 km: 910 km up is out of its range, and the longest gap is that between two pieces."""
    alone = {"sensors__ship__out": "100 %", "sensors__sado__range": "1000 km"}
    found = sighting(looking(**alone), "lofted")
    (_, before_s), (after_s, _) = (seen_by(found, "sado", 1_000e3) or pytest.fail("never")).pieces_s
    assert found.out_of_sight_s("tokyo") == after_s - before_s
    assert sentence(found).endswith(f"(Sado), after {time_words(after_s - before_s)} out of sight.")
    assert sighting(looking(), "low").out_of_sight_s("tokyo") == 0


def test_a_false_report_is_no_launch_to_look_at() -> None:
    real = "{name: real, place: {lat: 39 deg, lon: 127 deg}, azimuth: 90 deg, range: 450 km, apogee: 910 km}"
    launches = f"[{real}, {{at: 1 h, name: false, false_report: eye}}]"
    assert sighting(looking(launches=launches)).entry.name == "real"
    with pytest.raises(SimError, match="a false report, so nothing was launched"):
        sighting(looking(launches=launches), "false")


@pytest.mark.parametrize("launch", [None, "patrol"])
def test_nothing_flew_in_an_event(launch: str | None) -> None:
    event = "[{event: patrol, date: 2019-07-23, time: '08:40', matter: air patrol, deadline: none}]"
    with pytest.raises(SimError, match=r"flew .* — ask about a launch"):
        sighting(looking(launches=event), launch)


def test_never_is_said_in_words() -> None:
    blind = sighting(looking(sensors__sado__range="100 km", sensors__ship__out="100 %"), "low")
    assert "Tokyo never sees it" in sentence(blind)
    assert title(blind).endswith(", Tokyo never")
    alone = sighting(looking(sensors__sado__range="100 km"), "low")
    assert "without it never" in sentence(alone)
    assert "(never otherwise)" in title(alone)


def test_times_and_heights_have_the_digits_that_matter() -> None:
    """By hand: 179 s are below three minutes, 200 s are 3.3 min; a decimal below ten kilometres."""
    assert [time_words(x) for x in (31.4, 179, 200)] == ["31 s", "179 s", "3.3 min"]
    assert [height_words(x) for x in (4_540, 9_960, 47_100, 1_234_000)] == ["4.5 km", "10 km", "47 km", "1,234 km"]


@pytest.mark.parametrize(
    ("launch", "sets", "said"),
    [
        (None, {}, 'has several launches — name one: --launch "lofted", --launch "low"'),
        ("lofty", {}, 'did you mean "lofted"?'),
        (
            "dark",
            {},
            "launch dark: nobody has written its place, azimuth, apogee — add to the launch, e.g. place: {lat",
        ),
        ("lofted", {"sensors": "{}"}, "has no sensors — add a line use: [base-case/sensors-2019.yaml]"),
        ("absurd", {}, "launch absurd: no model for a flight of 9,000 km that stays below 100 km"),
    ],
)
def test_what_cannot_be_looked_at_says_what_is_lacking(launch: str | None, sets: dict[str, str], said: str) -> None:
    with pytest.raises(SimError) as caught:
        sighting(looking(**sets), launch)
    assert said in str(caught.value)
