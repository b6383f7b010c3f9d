"""Who is answered: the browser that has our cookie, on our own page, and nobody else."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from sim.asking.scenarios import load
from sim.live.app import app_of
from sim.live.bench import Bench
from sim.live.guard import HEADERS, MOST_BYTES, Pass
from tests.browsing import JSON, ORIGIN, PORT, Browser


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench("first-look", load("first-look", {"replications": "200"}), "columns")


@pytest.fixture
def ours() -> Pass:
    return Pass(PORT)


@pytest.fixture
def stranger(bench: Bench, ours: Pass) -> Browser:
    return Browser(app_of(bench, ours))


@pytest.fixture
def browser(stranger: Browser, ours: Pass) -> Browser:
    stranger.get(ours.address())
    return stranger


def test_a_token_becomes_a_cookie_that_scripts_cannot_read_and_the_address_loses_it(
    stranger: Browser, ours: Pass
) -> None:
    answer = stranger.get(ours.address("set=a%3Db"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/?set=a%3Db")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert stranger.get("/").status_code == 200


def test_a_token_works_once_and_its_own_browser_may_come_back(bench: Bench, ours: Pass) -> None:
    address, app = ours.address(), app_of(bench, ours)
    first, second = (Browser(app) for _ in range(2))
    assert first.get(address).status_code == 303
    refused = second.get(address)
    assert (refused.status_code, "set-cookie" in refused.headers) == (403, False)
    assert "works once" in refused.text
    assert first.get(address).status_code == 303


@pytest.mark.parametrize("is_used", [False, True])
def test_a_token_that_was_never_ours_is_not_said_to_be_used(stranger: Browser, ours: Pass, is_used: bool) -> None:
    if is_used:
        stranger.get(ours.address())
    refused = Browser(stranger.app).get("/?token=AAAA")
    assert (refused.status_code, refused.text) == (403, "sim live: needs the address that sim live printed\n")


def test_whoever_looks_whether_the_address_is_there_does_not_use_it_up(stranger: Browser, ours: Pass) -> None:
    assert stranger.request("HEAD", ours.address()).status_code == 403
    assert stranger.get(ours.address()).status_code == 303


@pytest.mark.parametrize("path", ["/", "/live.js", "/live.css", "/?token=", "/?token=wrong"])
def test_who_has_neither_token_nor_cookie_sees_nothing(stranger: Browser, path: str) -> None:
    assert stranger.get(path).status_code == 403


@pytest.mark.parametrize("path", ["/now", "/whole", "/figure", "/scenario"])
def test_who_has_no_cookie_is_told_nothing(stranger: Browser, path: str) -> None:
    assert stranger.post(path, {}).status_code == 403


@pytest.mark.parametrize("host", ["localhost:4711", "127.0.0.1", "evil.example", "evil.example:4711", "127.0.0.1:4712"])
def test_another_host_is_refused(browser: Browser, host: str) -> None:
    assert browser.get("/", host=host).status_code == 403
    assert browser.post("/now", {}, host=host).status_code == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:4712", "https://127.0.0.1:4711"])
def test_another_origin_is_refused(browser: Browser, origin: str) -> None:
    assert browser.post("/now", {}, origin=origin).status_code == 403
    assert browser.get("/", origin=origin).status_code == 403


def test_what_is_posted_needs_an_origin(browser: Browser) -> None:
    kind = {"content-type": "application/json"}
    assert browser.request("POST", "/now", json={}, headers=kind).status_code == 403
    assert browser.post("/now", {}, origin=ORIGIN).status_code == 200


def test_a_page_of_elsewhere_that_leads_here_is_refused(browser: Browser) -> None:
    assert browser.get("/", sec_fetch_site="cross-site").status_code == 403
    assert browser.get("/", sec_fetch_site="same-site").status_code == 403
    assert browser.get("/", sec_fetch_site="none").status_code == 200


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=a", "text/plain"])
def test_a_form_is_refused_even_from_our_own_page(browser: Browser, kind: str) -> None:
    assert browser.post("/now", b"{}", content_type=kind).status_code == 415


def test_more_than_64_kb_is_refused_whether_its_length_is_told_or_not(browser: Browser) -> None:
    fits, big = (b'{"sets": {}}'.ljust(n) for n in (MOST_BYTES, MOST_BYTES + 1))
    assert browser.post("/now", fits).status_code == 200
    assert browser.post("/now", big).status_code == 413

    async def untold() -> AsyncIterator[bytes]:
        for at in range(0, len(big), 1000):
            yield big[at : at + 1000]

    assert browser.request("POST", "/now", content=untold(), headers=JSON).status_code == 413


@pytest.mark.parametrize("path", ["/now", "/whole", "/figure", "/scenario"])
def test_nothing_is_asked_with_get(browser: Browser, path: str) -> None:
    assert browser.get(path).status_code == 405


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH"])
def test_other_methods_are_refused(browser: Browser, method: str) -> None:
    assert browser.request(method, "/").status_code == 405


def test_every_answer_keeps_the_page_to_itself(browser: Browser) -> None:
    for answer in (browser.get("/"), browser.get("/live.js"), browser.get("/nothing"), browser.request("PUT", "/")):
        assert HEADERS.items() <= dict(answer.headers).items()
    assert "unsafe" not in HEADERS["content-security-policy"]
