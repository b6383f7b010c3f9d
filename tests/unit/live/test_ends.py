"""``sim live`` as a process: it says its address, serves this machine alone, and leaves nothing behind."""

from __future__ import annotations

import signal
import socket
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from sim.live.guard import TOKEN
from tests.browsing import live
from tests.examples import examples

LONGEST_S = 60


def test_ctrl_c_ends_it_and_frees_the_port_though_an_answer_is_under_way(tmp_path: Path) -> None:
    with live(tmp_path, "first-look") as (process, address):
        host, port, query = urlsplit(address).hostname, urlsplit(address).port, urlsplit(address).query
        assert (host, query.split("=")[0]) == ("127.0.0.1", TOKEN)
        assert port is not None
        with closing(HTTPConnection(host, port, timeout=LONGEST_S)) as wire:
            wire.request("GET", f"/?{query}")
            answer = wire.getresponse()
            cookie = (answer.headers["set-cookie"] or "").split(";")[0]
            answer.read()
            kind = {"Cookie": cookie, "Origin": f"http://{host}:{port}", "Content-Type": "application/json"}
            wire.request("POST", "/figure", '{"sets": {}, "tab": "latency"}', kind)
            process.send_signal(signal.SIGINT)
            assert process.wait(LONGEST_S) == 0
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()
        socket.create_server((host, port)).close()
    assert [*tmp_path.iterdir()] == []


def test_it_listens_to_this_machine_alone(tmp_path: Path) -> None:
    with live(tmp_path, "first-look") as (process, address):
        port = urlsplit(address).port
        lines = Path(f"/proc/{process.pid}/net/tcp").read_text().splitlines() if Path("/proc/net/tcp").exists() else []
        if not lines:
            pytest.skip("only Linux lists who listens in /proc")
        listening = [
            line.split()[1] for line in lines if line.split()[3] == "0A" and line.split()[1].endswith(f":{port:04X}")
        ]
        assert listening == [f"0100007F:{port:04X}"]


TOLD = [
    (("first-lok",), 'did you mean "first-look"?'),
    (("campaign-2019-2021",), "is a campaign"),
    (("first-look", "--set", "title=x"), "the page has no control for it"),
    (("first-look", "--set", "stages.us_evaluates.delay.lognormal.median.typical=2 h"), "must rise"),
    (("first-look", "--arms", "nobody"), "there is none of the name nobody"),
    (("first-look", "--host", "0.0.0.0"), "No such option"),
    (("first-look", "first-look"), "unexpected extra argument"),
]


@pytest.mark.parametrize(("arguments", "said"), examples(TOLD, TOLD[2:3]))
def test_what_cannot_be_shown_is_told_before_anything_is_served(
    arguments: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    with live(tmp_path, *arguments) as (process, first):
        assert process.wait(LONGEST_S) == 2
        assert process.stderr is not None
        told = f"{first}\n{process.stderr.read()}"
        assert said in told
        assert "http" not in told
