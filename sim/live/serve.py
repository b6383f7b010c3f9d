"""The page from the command to Ctrl-C: served on this machine alone, opened, ended."""

from __future__ import annotations

import socket
import sys
import webbrowser
from collections.abc import Callable, Mapping
from threading import Thread

import uvicorn

from sim.experiment.execution import Means
from sim.live.app import app_of
from sim.live.bench import Bench
from sim.live.change import change_of
from sim.live.guard import Pass
from sim.model.scenario import Scenario

LOOPBACK = "127.0.0.1"
ENDS_S = 1  # that an answer under way has, once it is to end
TURN_S = 0.0005  # of a thread: an answer goes out in some ten turns, while another thread draws


def serve(
    name: str,
    base: Scenario,
    tell: Callable[[str], None],
    *,
    sets: Mapping[str, str],
    arms: str | None,
    is_opened: bool,
) -> None:
    """Serve the page of a scenario until Ctrl-C.

    Parameters
    ----------
    name : what the scenario is called by on the command line.
    tell : is told the address.
    sets, arms : what is changed of it to begin with.

    Raises
    ------
    SimError : what is changed to begin with is nothing that the page can change.
    """
    bench = Bench(name, base, Means(tell=tell).settled(base).engine)
    named = [name.strip() for name in arms.split(",")] if arms else None
    start = change_of({"sets": sets, "arms": named}, bench.controls.paths, bench.controls.arms)
    bench.scenario(start)
    with socket.create_server((LOOPBACK, 0)) as listening:
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else the rest of an answer may wait for 40 ms
        ours = Pass(listening.getsockname()[1])
        server = uvicorn.Server(_config(bench, ours))
        address = ours.address(start.query)
        tell(f"{address}\nworks once, in a browser of this machine; Ctrl-C ends it")
        if is_opened:
            Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        usual_s = sys.getswitchinterval()
        sys.setswitchinterval(TURN_S)
        try:
            server.run([listening])
        except KeyboardInterrupt:  # how it is meant to end
            return
        finally:
            sys.setswitchinterval(usual_s)


def _config(bench: Bench, ours: Pass) -> uvicorn.Config:
    return uvicorn.Config(
        app_of(bench, ours),
        log_config=None,
        log_level="critical",  # a fault is told by the application; that its end cuts answers short is meant
        access_log=False,
        ws="none",
        http="h11",
        lifespan="off",
        proxy_headers=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=ENDS_S,
    )
