"""The gate: every request passes it, whatever serves it behind.

In this order: who is connected (a trusted proxy speaks for others), the host asked for, the path, the size, a request
from another site, the visitor, the visitor's role; then, on the way out, the security headers. Plain ASGI, because
answers stream.
"""

from __future__ import annotations

import logging
import secrets
from typing import Final
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kb.errors import KbError
from kb.interfaces.server import rules
from kb.interfaces.server.headers import page_policy, script_hashes, secured
from kb.interfaces.server.problems import error_response, problem
from kb.interfaces.server.settings import ServerSettings
from kb.interfaces.server.visitors import Doorkeeper, require

_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_MAX_PATH: Final = 2_000
_LOG: Final = logging.getLogger(__name__)


class Gate:
    """Stands before an application. ``doorkeeper`` knows the visitors."""

    def __init__(self, app: ASGIApp, *, settings: ServerSettings, doorkeeper: Doorkeeper) -> None:
        self._app = app
        self._settings = settings
        self._doorkeeper = doorkeeper
        self._hosts = settings.allowed_hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # nothing here speaks over WebSockets
            await send({"type": "websocket.close", "code": 1008})
            return
        out = _Out(send, path=scope["path"])
        refusal = self._refuse(scope)
        if refusal is not None:
            await refusal(scope, receive, out)
            return
        upload = rules.is_upload(scope["path"])
        limits = self._settings.limits
        body = _Body(receive, out, most=limits.upload_body if upload else limits.request_body)
        if body.is_announced_too_large(Headers(scope=scope)):
            await body.refuse(scope)
            return
        try:
            await self._app(scope, body, out)
        except Exception:
            if out.has_started:
                raise
            if out.is_held_back:
                await body.refuse(scope)
                return
            reference = secrets.token_hex(4)
            _LOG.exception("request failed, reference %s", reference)
            fault = problem(500, f"Something went wrong (reference {reference}).", "Try again.")
            await fault(scope, receive, out)
        else:
            if out.is_held_back:
                await body.refuse(scope)

    def _refuse(self, scope: Scope) -> Response | None:
        """The answer to a request that goes no further, or ``None``."""
        headers = Headers(scope=scope)
        peer, address = self._connected(scope, headers)
        scope["kb.address"] = address
        method, path = scope["method"], scope["path"]
        host = headers.get("host", "")
        if self._hosts is not None and _host_name(host) not in self._hosts:
            return problem(
                400, "This server is not known by that name.", "Start it with --public-host NAME to allow it."
            )
        if not rules.is_plain(path) or len(path) > _MAX_PATH:
            return problem(400, "The address cannot be read.", "Write it without // and dot segments.")
        if method not in _SAFE and _is_from_elsewhere(headers, host):
            return problem(
                403, "The request comes from another site.", "Send it from this server's own page."
            )
        return self._admit(scope, headers, address=address, peer=peer)

    def _admit(
        self, scope: Scope, headers: Headers, *, address: str | None, peer: str | None
    ) -> Response | None:
        """Who it is, and whether they may; the answer to those who may not."""
        needed = rules.role_needed(scope["method"], scope["path"])
        try:
            visitor = self._doorkeeper.identify(scope, address=address, peer=peer)
            if needed is None:
                return None
            if visitor is None:
                return _sign_in_first(scope, headers)
            require(visitor, needed)
        except KbError as error:
            return error_response(error)
        return problem(404, "There is nothing at this address.") if rules.is_closed(scope["path"]) else None

    def _connected(self, scope: Scope, headers: Headers) -> tuple[str | None, str | None]:
        """Who is connected, and for whom; a trusted proxy also says whether the visitor came over TLS."""
        peer = scope["client"][0] if scope.get("client") else None
        if not self._settings.trusts(peer):
            return peer, peer
        forwarded = headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
        if headers.get("x-forwarded-proto", "").strip().casefold() == "https":
            scope["scheme"] = "https"
        return peer, forwarded or peer


class _Out:
    """Sends an answer with the security headers; a page of HTML is held back until its scripts are known."""

    def __init__(self, send: Send, *, path: str) -> None:
        self._send = send
        self._path = path
        self._held: Message | None = None
        self._html: list[bytes] = []
        self.has_started = False
        self.is_held_back = False

    async def __call__(self, message: Message) -> None:
        if self.is_held_back and not self.has_started:
            return
        if message["type"] == "http.response.start":
            self.has_started = True
            if _is_html(message):
                self._held = message
            else:
                await self._start(message, page_policy())
        elif self._held is not None and message["type"] == "http.response.body":
            self._html.append(message.get("body", b""))
            if not message.get("more_body", False):
                body, held, self._held = b"".join(self._html), self._held, None
                await self._start(held, page_policy(script_hashes(body)))
                await self._send({"type": "http.response.body", "body": body})
        else:
            await self._send(message)

    async def _start(self, message: Message, policy: str) -> None:
        headers = secured(message.get("headers", ()), path=self._path, policy=policy)
        await self._send({**message, "headers": headers})


class _Body:
    """Counts what a request sends; past the limit the answer is that it is too large, whatever the route says."""

    def __init__(self, receive: Receive, out: _Out, *, most: int) -> None:
        self._receive = receive
        self._out = out
        self._most = most
        self._seen = 0

    def is_announced_too_large(self, headers: Headers) -> bool:
        """Whether the request says itself that it is too large."""
        announced = headers.get("content-length", "0")
        return not announced.isdigit() or int(announced) > self._most

    async def refuse(self, scope: Scope) -> None:
        """Answer that it is too large."""
        self._out.is_held_back = False
        said = problem(413, f"The request is larger than {self._most:,} bytes.", "Send less at once.")
        await said(scope, self._receive, self._out)

    async def __call__(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._seen += len(message.get("body", b""))
            if self._seen > self._most:
                # Only a sender who hides the length comes here; to the route it looks as if the sender had gone,
                # and what the route says of that is not passed on.
                self._out.is_held_back = True
                return {"type": "http.disconnect"}
        return message


def _is_html(message: Message) -> bool:
    return any(
        name.lower() == b"content-type" and value.startswith(b"text/html")
        for name, value in message.get("headers", ())
    )


def _host_name(host: str) -> str:
    """The name in a ``Host`` header, without port and brackets."""
    try:
        return (urlsplit(f"//{host}").hostname or "").casefold()
    except ValueError:
        return ""


def _is_from_elsewhere(headers: Headers, host: str) -> bool:
    """Whether a browser sends this for a page of another site (Fetch Metadata; Origin where there is none)."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc.casefold() != host.casefold()


def _sign_in_first(scope: Scope, headers: Headers) -> Response:
    path = scope["path"]
    if scope["method"] == "GET" and "text/html" in headers.get("accept", ""):
        query = scope.get("query_string", b"").decode("latin-1")
        wanted = f"{path}?{query}" if query else path
        return RedirectResponse(f"{rules.SIGN_IN}?next={quote(wanted, safe='')}", 303)
    return problem(
        401,
        "Sign in first.",
        "Send a token: Authorization: Bearer TOKEN; kb users token NAME makes one.",
        WWW_Authenticate='Bearer realm="kb"',
    )
