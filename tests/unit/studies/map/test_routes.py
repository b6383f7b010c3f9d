"""When each centre has done its part: by hand, from constants."""

from __future__ import annotations

import math

import pytest

from sim.studies.map.find import typical_routes
from sim.studies.map.routes import Route, Stop
from sim.studies.map.say import title, way_words
from sim.units import US_PER_MINUTE
from tests.looking import looking


def minutes(route: Route) -> dict[str, float]:
    return {stop.centre: stop.p50_us / US_PER_MINUTE for stop in route.stops}


@pytest.mark.parametrize("launch", [0, 1])
def test_a_centre_has_done_its_part_when_the_last_of_its_stages_ends(launch: int) -> None:
    """1 + 8 + 2 min in Seoul, then 3 in Tokyo; or 1 + 8 in Seoul, then 6 + 1 in the US."""
    direct, via = typical_routes(looking(), launch, 8)
    assert minutes(direct) == {"seoul": 11, "tokyo": 14}
    assert minutes(via) == {"seoul": 9, "us": 16}
    assert (direct.p50_us, via.p50_us) == (14 * US_PER_MINUTE, 16 * US_PER_MINUTE)
    assert (direct.n_alerts, direct.n) == (8, 8)


def test_the_way_is_said_from_seoul_on_without_the_stop_at_which_it_arrives() -> None:
    scenario = looking()
    direct, via = typical_routes(scenario, 0, 8)
    assert way_words(scenario, direct) == "Direct: Seoul is done after 11 min, arrives after 14 min"
    assert way_words(scenario, via) == ("Via Washington: Seoul is done after 9.0 min, arrives after 16 min")
    assert title(scenario, (direct, via)).endswith(": direct 14 min; via Washington 16 min")


def test_a_report_that_never_comes_has_no_time() -> None:
    scenario = looking(stages__evaluate="{at: us, delay: 1 min, refusal: {probability: 100 %}, evidence: assumed}")
    _, via = typical_routes(scenario, 0, 8)
    assert math.isnan(via.p50_us)
    assert (via.n_alerts, via.stops) == (0, ())
    assert title(scenario, (via,)).endswith("via Washington never")
    assert way_words(scenario, via) == "Via Washington: never arrives"


def test_only_what_most_reports_pass_after_the_origin_is_on_the_way() -> None:
    stops = (Stop("us", 1.0, 9), Stop("seoul", 2.0, 10), Stop("hawaii", 3.0, 5), Stop("tokyo", 4.0, 10))
    assert [stop.centre for stop in Route("a", 4.0, 10, 10, stops).onward] == ["seoul", "tokyo"]
    assert [stop.centre for stop in Route("a", 4.0, 10, 10, stops[:1]).onward] == ["us"]


def test_a_report_is_from_seoul_if_most_pass_it_or_nobody_says_where_they_pass() -> None:
    us, seoul = Stop("us", 1.0, 9), Stop("seoul", 2.0, 5)
    assert not Route("a", 3.0, 10, 10, (us, seoul)).is_from_origin
    assert Route("a", 3.0, 10, 10, (us, Stop("seoul", 2.0, 6))).is_from_origin
    assert Route("a", 3.0, 10, 10, (us,), n_unplaced=6).is_from_origin
    assert title(looking(), (Route("direct", 3.0, 10, 10, (us,)),)).startswith("The report in Tokyo, at working value")
    assert title(looking(), (Route("direct", 3.0, 10, 10, (seoul,)), Route("direct", 3.0, 0, 10, ()))).startswith("The")
    assert title(looking(), typical_routes(looking(), 0, 4)).startswith("Seoul's report in Tokyo, at working value")


def test_a_report_to_seoul_is_tokyos_and_goes_from_there() -> None:
    """1 + 8 + 2 min in Seoul and 3 in Tokyo are stages as before; what changes is who is told."""
    scenario = looking(recipient="Joint Chiefs of Staff, Seoul")
    direct, via = typical_routes(scenario, 0, 8)
    assert (direct.origin, direct.goal, via.origin) == ("tokyo", "seoul", "tokyo")
    assert [stop.centre for stop in direct.onward] == ["tokyo"]
    assert title(scenario, (direct,)).startswith("Tokyo's report in Seoul, at working values")
