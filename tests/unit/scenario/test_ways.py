"""A web of centres and links is written out to the ways by which a report reaches one of them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import pairwise, permutations, product
from typing import Any

import networkx as nx
import pytest

from sim.model.flow import Flow, Join, Step, children, steps
from sim.model.scenario import Scenario
from sim.scenario.fields import SECTIONS
from sim.scenario.loader import load_mapping, reload
from tests.webs import CENTRES, web_file


def load(file: dict[str, Any]) -> Scenario:
    return load_mapping(file, "t")


def ways(flow: Flow) -> list[tuple[Step, ...]]:
    """Every way through firsts, as the steps that it takes."""
    if isinstance(flow, Step):
        return [(flow,)]
    if isinstance(flow, Join):
        return [way for child in flow.children for way in ways(child)]
    return [tuple(one for part in parts for one in part) for parts in product(*map(ways, children(flow)))]


def lines(flow: Flow) -> list[tuple[str, ...]]:
    """Of every way its sensor's centre and the lines that it takes."""
    taken = ([one.stage for one in way if one.stage.startswith(("watch", "line"))] for way in ways(flow))
    return [(first.removeprefix("watch_"), *rest) for first, *rest in taken]


def by_hand(links: Sequence[tuple[str, str]], source: str, to: str, hops: int) -> Iterator[tuple[str, ...]]:
    """Simple paths without a graph library: all orders of all other centres, and of parallel links each."""
    others = [name for name in CENTRES if name not in (source, to)]
    for n_between in range(min(hops, len(CENTRES) - 1)):
        for between in permutations(others, n_between):
            way = (source, *between, to)
            legs = [[f"line{n}" for n, ends in enumerate(links) if {*ends} == {*leg}] for leg in pairwise(way)]
            yield from ((source, *taken) for taken in product(*legs))


def random_links(seed: int) -> list[tuple[str, str]]:
    drawn = random.Random(seed)
    return [tuple(drawn.sample(CENTRES, 2)) for _ in range(drawn.randint(1, 8))]  # type: ignore[misc]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("hops", [1, 2, 4])
def test_the_ways_are_all_simple_paths_and_each_once(seed: int, hops: int) -> None:
    links, sources = random_links(seed), ("seoul", "us", "tokyo")
    found = lines(load(web_file(links, sources, hops=hops)).arms[0].flow)
    expected = [("tokyo",), *(way for source in sources[:2] for way in by_hand(links, source, "tokyo", hops))]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("seed", range(4))
def test_the_ways_are_those_of_networkx(seed: int) -> None:
    links = [*random_links(seed), ("seoul", "tokyo")]
    graph = nx.MultiGraph()
    for number, ends in enumerate(links):
        graph.add_edge(*ends, key=f"line{number}")
    paths = nx.all_simple_edge_paths(graph, "seoul", "tokyo", cutoff=3)
    expected = sorted(("seoul", *(key for *_, key in path)) for path in paths)
    assert sorted(lines(load(web_file(links, hops=3)).arms[0].flow)) == expected


def test_a_way_is_sight_identification_and_for_every_link_release_line_and_handling() -> None:
    flow = load(web_file([("seoul", "us"), ("us", "tokyo")])).arms[0].flow
    assert [one.name for way in ways(flow) for one in way] == [
        "watch_seoul",
        "seoul_identifies",
        "seoul_releases",
        "line0 as seoul-k0-us",
        "us_handles as seoul-k0-us",
        "us_releases as seoul-k0-us",
        "line1 as seoul-k0-us-k1-tokyo",
        "tokyo_handles as seoul-k0-us-k1-tokyo",
    ]


def test_what_ways_share_at_their_beginning_is_one_event_and_after_parting_there_are_two() -> None:
    flow = load(web_file([("seoul", "tokyo"), ("seoul", "us"), ("us", "tokyo"), ("us", "tokyo")])).arms[0].flow
    names = [one.stage for one in steps(flow)]
    assert len({*steps(flow)}) == len(names)
    counts = {name: names.count(name) for name in ("seoul_releases", "us_handles", "us_releases", "tokyo_handles")}
    assert counts == {"seoul_releases": 1, "us_handles": 1, "us_releases": 1, "tokyo_handles": 3}


def test_another_link_renames_no_step_of_the_others() -> None:
    few = load(web_file([("seoul", "us"), ("us", "tokyo")])).arms[0].flow
    more = load(web_file([("seoul", "us"), ("us", "tokyo"), ("us", "tokyo"), ("seoul", "tokyo")])).arms[0].flow
    assert {*steps(few)} < {*steps(more)}


def test_a_centre_that_reports_its_own_sight_to_itself_needs_no_link() -> None:
    flow = load(web_file([], ("tokyo",))).arms[0].flow
    assert [one.name for one in steps(flow)] == ["watch_tokyo", "tokyo_identifies"]


def test_a_number_of_hops_may_be_written_as_other_numbers_may() -> None:
    file = web_file([("seoul", "us"), ("us", "tokyo")])
    file["arrangements"]["web"]["hops"] = " 2.0 "
    assert lines(load(file).arms[0].flow) == [("seoul", "line0", "line1")]


def test_a_link_takes_reports_of_those_it_names_alone() -> None:
    links = [("seoul", "us"), ("us", "tokyo")]
    every, own = (
        lines(load(web_file(links, ("seoul", "us"), beside={1: more})).arms[0].flow) for more in ({}, {"of": "us"})
    )
    assert every == [("seoul", "line0", "line1"), ("us", "line1")]
    assert own == [("us", "line1")]


def test_a_link_one_way_is_not_gone_the_other() -> None:
    file = web_file([("seoul", "tokyo")], ("seoul", "tokyo"), to="seoul")
    assert lines(load(file).arms[0].flow) == [("tokyo", "line0"), ("seoul",)]
    file["web"]["links"] = [{"line": "line0", "from": "seoul", "to": "tokyo"}]
    assert lines(load(file).arms[0].flow) == [("seoul",)]


def test_the_document_says_the_web_and_not_its_ways_and_makes_the_same_again() -> None:
    scenario = load(web_file([("seoul", "us"), ("us", "tokyo")]))
    assert scenario.document["arrangements"] == {"web": {"reports_to": "tokyo", "hops": "2"}}
    assert reload(scenario, {}, "--set").arms[0].flow == scenario.arms[0].flow
    changed = reload(scenario, {"web.centres.us.release": "[us_releases, guam_releases]"}, "--set")
    assert "guam_releases as seoul-k0-us" in [one.name for one in steps(changed.arms[0].flow)]


def test_the_noun_has_the_links_with_their_channels() -> None:
    file = web_file([("seoul", "us"), ("us", "tokyo")])
    file["channels"]["k0"] = {"from": "seoul", "to": "us"}
    web = load(file).web
    assert web is not None
    assert [(link.ends, link.channel, link.is_one_way) for link in web.links] == [
        (("seoul", "us"), "k0", True),
        (("us", "tokyo"), "k1", False),
    ]
    assert web.centres == CENTRES


def test_flows_that_are_called_like_fields_of_a_web_are_flows() -> None:
    file = web_file([("seoul", "tokyo")])
    file["flows"] = {"reports_to": ["seoul_releases"], "first": ["line0"]}
    file["arrangements"]["plain"] = ["reports_to", "first"]
    file["compare"] = ["web", "plain"]
    assert [one.stage for one in steps(load(file).arm("plain").flow)] == ["seoul_releases", "line0"]


WEB_CHANGES: dict[str, dict[str, tuple[tuple[Any, ...], Any]]] = {  # where another value is put, and which
    "Flow": {
        "reports_to": (("arrangements", "web", "reports_to"), "us"),
        "hops": (("arrangements", "web", "hops"), "1"),
    },
    "Web": {
        "centres": (("web", "centres"), {"tokyo": {}, "us": {}, "seoul": {"identify": "seoul_identifies"}}),
        "links": (("web", "links"), [{"line": "line0"}]),
    },
    "Centre of a web": {
        "identify": (("web", "centres", "seoul", "identify"), ["seoul_identifies", "guam_handles"]),
        "release": (("web", "centres", "seoul", "release"), "guam_releases"),
        "handle": (("web", "centres", "tokyo", "handle"), "guam_handles"),
    },
    "Link of a web": {
        "line": (("web", "links", 0, "line"), ["line0", "guam_releases"]),
        "between": (("web", "links", 2), {"line": "line2", "between": ["guam", "tokyo"]}),
        "from": (("web", "links", 1), {"line": "line1", "from": "tokyo", "to": "us"}),
        "to": (("web", "links", 1), {"line": "line1", "from": "tokyo", "to": "us"}),
        "of": (("web", "links", 2, "of"), "us"),
    },
}


def tried() -> dict[str, Any]:
    """Direct, or by way of the US; of a channel of three centres two are joined."""
    file = web_file([("seoul", "tokyo"), ("us", "tokyo"), ("seoul", "us")], beside={2: {"between": ["seoul", "us"]}})
    file["channels"]["k2"] = {"between": ["seoul", "us", "guam", "tokyo"]}
    return file


def test_every_field_of_a_web_is_changed_here() -> None:
    known = {title: {*SECTIONS[title].names()} for title in ("Web", "Centre of a web", "Link of a web")}
    assert known | {"Flow": {"reports_to", "hops"}} == {title: {*fields} for title, fields in WEB_CHANGES.items()}


@pytest.mark.parametrize(("section", "field"), [(title, name) for title in WEB_CHANGES for name in WEB_CHANGES[title]])
def test_another_value_of_a_field_makes_another_flow(section: str, field: str) -> None:
    (*above, last), value = WEB_CHANGES[section][field]
    file: Any = tried()
    flow = load(deepcopy(file)).arms[0].flow
    holder = file
    for part in above:
        holder = holder[part]
    holder[last] = value
    assert load(file).arms[0].flow != flow
