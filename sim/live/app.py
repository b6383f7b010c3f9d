"""What a browser may ask and is answered: the page, what becomes of a change, figures, and the scenario as a file."""

from __future__ import annotations

import json
import re
from asyncio import create_task
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from threading import Event
from traceback import print_exception
from typing import Any, TypeVar

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from sim.errors import ScenarioError, SimError
from sim.live.bench import Bench
from sim.live.change import Change, change_of
from sim.live.figures import TABS, shown
from sim.live.guard import Guard, Pass
from sim.pages.html import css, environment
from sim.scenario.written import yaml_text
from sim.store.place import run_digest
from sim.store.run import Run
from sim.studies.run.page import brief, page

HERE = Path(__file__).parent
GONE = 499  # nobody reads it
Found = TypeVar("Found")


class GoneError(Exception):
    """Nobody waits for the answer any more."""


def app_of(bench: Bench, ours: Pass) -> ASGIApp:
    """The application, guarded."""
    desk = Desk(bench)
    routes = [
        Route("/", desk.home),
        Route("/live.css", _style),
        Route("/live.js", _script),
        Route("/now", desk.now, methods=["POST"]),
        Route("/whole", desk.whole, methods=["POST"]),
        Route("/figure", desk.figure, methods=["POST"]),
        Route("/scenario", desk.scenario, methods=["POST"]),
    ]
    faults: Mapping[Any, Any] = {SimError: _fault, GoneError: _gone, Exception: _our_fault}
    return Guard(Starlette(routes=routes, exception_handlers=faults), ours)


class Desk:
    """Answers requests: what is quick at once, what takes longer one at a time, and none that nobody waits for."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._quick, self._slow = CapacityLimiter(1), CapacityLimiter(1)

    async def home(self, request: Request) -> Response:
        """The page, with every control as the file has it."""
        base, controls, line = self._bench.base, self._bench.controls, self._bench.line(Change())
        data = {
            "sliders": [asdict(slider) for slider in controls.sliders],
            "arms": [switch.arm for switch in controls.switches if switch.is_on],
        }
        return HTMLResponse(_parts().whole(base, controls, TABS, line, data).lstrip())

    async def now(self, request: Request) -> Response:
        """The answer at working values alone."""
        change = await self._change(request)
        return JSONResponse(await run_sync(lambda: self._answer(self._bench.now(change), change), limiter=self._quick))

    async def whole(self, request: Request) -> Response:
        """The answer of ``sim run``."""
        change = await self._change(request)
        return JSONResponse(
            await self._waited(
                request, lambda go_on: self._answer(self._bench.whole(change, go_on), change, is_whole=True)
            )
        )

    async def figure(self, request: Request) -> Response:
        """The figure of a tab, of the answer of ``sim run``."""
        change, tab = await self._change(request), str((await request.json()).get("tab"))

        # in two turns: whoever waits for the answer itself is served between them, though both came at once
        run = await self._waited(request, lambda go_on: self._bench.whole(change, go_on))

        def drawn(_: Callable[[], None]) -> dict[str, Any]:
            found = shown(tab, run, self._bench.engine.name)
            return {"html": _parts().figure(found.picture, found.headline)}

        return JSONResponse(await self._waited(request, drawn))

    async def scenario(self, request: Request) -> Response:
        """The scenario as a file that is complete in itself."""
        change = await self._change(request)
        _, scenario = await run_sync(self._bench.scenario, change, limiter=self._quick)
        comments = (f"{self._bench.line(change)} gives the same answer, {run_digest(scenario)}",)
        name = re.sub(r"[^\w.-]+", "-", scenario.name)
        attached = {"content-disposition": f"attachment; filename*=UTF-8''{name}-{run_digest(scenario)}.yaml"}
        return Response(yaml_text(scenario, *comments), media_type="application/yaml", headers=attached)

    async def _change(self, request: Request) -> Change:
        try:
            sent = json.loads(await request.body())
        except (ValueError, RecursionError):
            raise SimError("what was sent is no JSON") from None
        return change_of(sent, self._bench.controls.paths, self._bench.controls.arms)

    def _answer(self, run: Run, change: Change, *, is_whole: bool = False) -> dict[str, Any]:
        said = page(run) if is_whole else brief(run)
        return {
            "html": _parts().answer(said),
            **({"details": _parts().details(said)} if is_whole else {}),
            "line": self._bench.line(change),
            "digest": said.digest,
            "places": {number: asdict(place) for number, place in self._bench.controls.places(change.sets).items()},
        }

    async def _waited(self, request: Request, find: Callable[[Callable[[], None]], Found]) -> Found:
        """What is found in a thread, while the browser waits for it; whoever asks next has to wait as well."""
        gone = Event()

        def go_on() -> None:
            if gone.is_set():
                raise GoneError

        def found() -> Found:
            go_on()
            return find(go_on)

        async def watch() -> None:
            while (await request.receive())["type"] != "http.disconnect":
                pass
            gone.set()

        watching = create_task(watch())
        try:
            return await run_sync(found, limiter=self._slow, abandon_on_cancel=True)
        finally:
            watching.cancel()
            gone.set()


@cache
def _parts() -> Any:
    """The parts of the page, as functions that give markup."""
    return environment().from_string((HERE / "page.html").read_text(encoding="utf-8")).module


async def _style(_: Request) -> Response:
    """How every page looks, and this one."""
    return Response(css() + (HERE / "live.css").read_text(encoding="utf-8"), media_type="text/css")


async def _script(_: Request) -> Response:
    return Response((HERE / "live.js").read_text(encoding="utf-8"), media_type="text/javascript")


async def _fault(_: Request, error: SimError) -> Response:
    """What is wrong with a change, in the words of the command line, and where."""
    faults = error.faults if isinstance(error, ScenarioError) else ()
    said = "; ".join(f"{fault.path}: {fault.message}".removeprefix(": ") for fault in faults) or str(error)
    return JSONResponse({"fault": said, "paths": [fault.path for fault in faults]}, 422)


async def _our_fault(_: Request, error: Exception) -> Response:
    """What is no fault of the input is told where the program was started as well."""
    print_exception(error)
    said = f"a fault of the program, not of your input: {type(error).__name__}: {error} — please report what it printed"
    return JSONResponse({"fault": said, "paths": []}, 500)


async def _gone(*_: Any) -> Response:
    return Response(status_code=GONE)
