"""The live page as a process, and a browser without a window that asks it as one does and keeps its cookies."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio
import httpx
from starlette.types import ASGIApp

PORT = 4711
ORIGIN = f"http://127.0.0.1:{PORT}"
JSON = {"origin": ORIGIN, "content-type": "application/json"}


class Browser:
    """Asks one application; follows no redirection."""

    def __init__(self, app: ASGIApp) -> None:
        self.app, self._cookies = app, httpx.Cookies()

    def request(self, method: str, address: str, **given: Any) -> httpx.Response:
        """One answer."""

        async def asked() -> httpx.Response:
            wire = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=wire, base_url=ORIGIN, cookies=self._cookies) as client:
                answer = await client.request(method, address, **given)
                self._cookies = client.cookies
                return answer

        return anyio.run(asked)

    def get(self, address: str, **headers: str) -> httpx.Response:
        """A page or a file."""
        return self.request("GET", address, headers={name.replace("_", "-"): text for name, text in headers.items()})

    def post(self, address: str, sent: Any, **headers: str) -> httpx.Response:
        """What our own page asks, but for other headers."""
        given = {**JSON, **{name.replace("_", "-"): text for name, text in headers.items()}}
        how = "content" if isinstance(sent, bytes) else "json"
        return self.request("POST", address, headers=given, **{how: sent})


@contextmanager
def live(folder: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process, which hears Ctrl-C whatever shell it is of, and its address."""
    code = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "from sim.__main__ import main; main()"
    )
    command = [sys.executable, "-c", code, "live", *arguments, "--no-browser"]
    pipe, root = subprocess.PIPE, str(Path(__file__).parents[1])
    with subprocess.Popen(
        command, cwd=folder, stderr=pipe, stdout=pipe, text=True, env={"PYTHONPATH": root}
    ) as process:
        assert process.stderr is not None
        try:
            yield process, process.stderr.readline().strip()
        finally:
            process.kill()
