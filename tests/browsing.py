"""A browser without a window: asks the live page as one does, and keeps its cookies."""

from __future__ import annotations

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
        self._app, self._cookies = app, httpx.Cookies()

    def request(self, method: str, address: str, **given: Any) -> httpx.Response:
        """One answer."""

        async def asked() -> httpx.Response:
            wire = httpx.ASGITransport(self._app)
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
