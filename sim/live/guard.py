"""Who is answered: the browser that was opened with our address, and no other page, program or machine.

The address holds a token that works once and becomes a cookie, which no script can read and no other site sends. Host
and Origin must be ours, so that neither a name that was made to lead here nor a page of elsewhere is answered, and what
asks for something must send JSON, which no form can. Cookies know no ports, so this one has ours in its name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hmac import compare_digest
from http.cookies import CookieError, SimpleCookie
from secrets import token_urlsafe
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 64 * 1024  # of what is sent here
TOKEN = "token"  # noqa: S105
HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "connect-src 'self'; img-src 'self' data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
USED = "this address was used before, and works once — end sim live with Ctrl-C and start it again"
UNKNOWN = "needs the address that sim live printed"


@dataclass
class Pass:
    """The token of the address, whether it was used, and what the cookie then holds."""

    port: int
    token: str = field(default_factory=lambda: token_urlsafe(24))
    secret: str = field(default_factory=lambda: token_urlsafe(24))
    is_used: bool = False

    @property
    def host(self) -> str:
        """As a browser names us."""
        return f"127.0.0.1:{self.port}"

    @property
    def origin(self) -> str:
        """The origin of our own page."""
        return f"http://{self.host}"

    def address(self, query: str = "") -> str:
        """What the browser is opened with; ``query`` is what it shows first."""
        return f"{self.origin}/?{'&'.join(filter(None, [urlencode({TOKEN: self.token}), query]))}"

    @property
    def cookie(self) -> str:
        """The name of the cookie."""
        return f"alertpath-{self.port}"

    def is_shown(self, headers: Headers) -> bool:
        """Whether a request has our cookie."""
        try:
            found = SimpleCookie(headers.get("cookie", "")).get(self.cookie)
        except CookieError:
            return False
        return found is not None and _is_same(found.value, self.secret)

    def refusal_of(self, given: str) -> str:
        """Why a token does not open, which it does once; empty where it does."""
        if not _is_same(given, self.token):
            return UNKNOWN
        was_used, self.is_used = self.is_used, True
        return USED if was_used else ""


def _is_same(given: str, secret: str) -> bool:
    return compare_digest(given.encode(), secret.encode())


class Guard:
    """Around an application: answers what is refused, and hands on the rest with its size watched."""

    def __init__(self, app: ASGIApp, ours: Pass) -> None:
        self._app, self._ours = app, ours

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        refused = self._refused(scope, headers)
        if refused is not None:
            await refused(scope, receive, _dressed(send))
            return
        body = await _body(receive, headers) if scope["method"] == "POST" else b""
        if body is None:
            await _refusal(413, f"more than {MOST_BYTES // 1024} kB")(scope, receive, _dressed(send))
            return
        await self._app(scope, _again(body, receive), _dressed(send))

    def _refused(self, scope: Scope, headers: Headers) -> Response | None:
        """The answer to what is not ours; None to what is."""
        method, ours = scope["method"], self._ours
        if headers.getlist("host") != [ours.host]:
            return _refusal(403, f"is answered as {ours.host} alone")
        origin = headers.get("origin")
        if origin != ours.origin and (origin is not None or method == "POST"):
            return _refusal(403, "asked by another page")
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return _refusal(403, "asked by another page")
        if method not in ("GET", "HEAD", "POST"):
            return _refusal(405, "GET and POST alone")
        if method == "POST" and headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return _refusal(415, "needs application/json")
        return self._let_in(scope, headers)

    def _let_in(self, scope: Scope, headers: Headers) -> Response | None:
        """A cookie for the token; nothing where the cookie is there already."""
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = next((value for name, value in query if name == TOKEN and scope["method"] == "GET"), None)
        is_known = self._ours.is_shown(headers)
        if given is None:
            return None if is_known else _refusal(403, UNKNOWN)
        why = self._ours.refusal_of(given)
        if why and not is_known:
            return _refusal(403, why)
        rest = urlencode([(name, value) for name, value in query if name != TOKEN])
        answer = RedirectResponse(f"/?{rest}" if rest else "/", 303)
        answer.set_cookie(self._ours.cookie, self._ours.secret, httponly=True, samesite="strict")
        return answer


def _refusal(status: int, why: str) -> Response:
    return PlainTextResponse(f"sim live: {why}\n", status)


def _dressed(send: Send) -> Send:
    """Every answer has the headers that keep a page to itself."""

    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(HEADERS)
        await send(message)

    return dressed


async def _body(receive: Receive, headers: Headers) -> bytes | None:
    """What was sent, or None where it is too much, of which no more is read."""
    length = headers.get("content-length", "0")
    if not length.isdigit() or int(length) > MOST_BYTES:
        return None
    body = b""
    while True:
        message = await receive()
        body += bytes(message.get("body", b""))
        if len(body) > MOST_BYTES:
            return None
        if not message.get("more_body"):
            return body


def _again(body: bytes, receive: Receive) -> Receive:
    """What was sent, once more, and then whatever comes."""
    pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return pending.pop() if pending else await receive()

    return again
