"""Signing in and out: the pages, the cookie, the limit on attempts."""

from __future__ import annotations

import math
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, urlsplit

import anyio
from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from kb.interfaces.rendering import sign_in as pages
from kb.interfaces.server import rules
from kb.interfaces.server.audit import AuditLog
from kb.interfaces.server.headers import PLAIN
from kb.interfaces.server.passwords import MAX_PASSWORD, NOBODY
from kb.interfaces.server.sessions import LIFETIME, Attempts, Sessions
from kb.interfaces.server.users import User, Users
from kb.interfaces.server.visitors import cookie_name, session_cookie, visitor_of

_STYLES: Final = Path(__file__).with_name("sign_in.css")
_FORM_COOKIE: Final = "kb-form"
_MAX_FORM: Final = 16_384
_MAX_NAME: Final = 64
_HASHES_AT_ONCE: Final = 2
"""Each takes 32 MiB and a quarter of a second of one core."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What signing in needs to know."""

    title: str
    users: Users
    sessions: Sessions
    attempts: Attempts
    audit: AuditLog


def signing_routes(desk: Desk) -> APIRouter:
    """The routes, none of them part of the description for programs."""
    router = APIRouter(include_in_schema=False)
    hashing = anyio.CapacityLimiter(_HASHES_AT_ONCE)

    @router.get(rules.STYLES)
    async def styles() -> Response:
        return FileResponse(_STYLES, media_type="text/css")

    @router.get(rules.SIGN_IN)
    async def form(request: Request) -> Response:
        return _form(desk, request, wanted=_local(request.query_params.get("next", "/")))

    @router.post(rules.SIGN_IN)
    async def enter(request: Request) -> Response:
        fields = await _fields(request)
        wanted, name = _local(fields.get("next", "/")), fields.get("name", "").strip().casefold()[:_MAX_NAME]
        served = request.cookies.get(_FORM_COOKIE, "")
        if not served or not secrets.compare_digest(served.encode(), fields.get("form", "").encode()):
            return _form(desk, request, wanted=wanted, name=name, problem=_EXPIRED, status=403)
        address = _address(request)
        if (seconds := desk.attempts.wait(name, address)) > 0:
            desk.audit.write("sign_in_refused", user=name, address=address)
            shown = _form(desk, request, wanted=wanted, name=name, problem=_too_often(seconds), status=429)
            shown.headers["Retry-After"] = str(math.ceil(seconds))
            return shown
        desk.attempts.failed(name, address)
        user = desk.users.find(name)
        password = fields.get("password", "")[: MAX_PASSWORD + 1]
        if not await to_thread.run_sync(_is_right, user, password, limiter=hashing) or user is None:
            desk.audit.write("sign_in_failed", user=name, address=address)
            return _form(desk, request, wanted=wanted, name=name, problem=_WRONG, status=401)
        desk.attempts.succeeded(name, address)
        desk.audit.write("sign_in", user=user.name, address=address)
        return _entered(desk, request, user, wanted)

    @router.get(rules.SIGN_OUT)
    async def leave_form(request: Request) -> Response:
        visitor = visitor_of(request)
        return _page(pages.sign_out(title=desk.title, name=visitor.name or "nobody in particular"))

    @router.post(rules.SIGN_OUT)
    async def leave(request: Request) -> Response:
        visitor, secure = visitor_of(request), _is_secure(request)
        if token := session_cookie(request.headers, secure=secure):
            desk.sessions.end(token)
            desk.audit.write("sign_out", user=visitor.name, address=visitor.address)
        answer = RedirectResponse(rules.SIGN_IN, 303)
        answer.delete_cookie(
            cookie_name(secure=secure), path="/", secure=secure, httponly=True, samesite="lax"
        )
        return answer

    return router


_WRONG: Final = "The user name or the password is wrong."
_EXPIRED: Final = "This form was open for too long, or cookies are switched off. Try again."


def _too_often(seconds: float) -> str:
    minutes = math.ceil(seconds / 60)
    wait = f"{math.ceil(seconds)} seconds" if seconds <= 60 else f"{minutes} minutes"  # noqa: PLR2004 - a minute
    return f"There were too many attempts. Try again in {wait}."


def _is_right(user: User | None, password: str) -> bool:
    """Compare even where there is no such user or no password, so that names cannot be told by time."""
    known = user.password if user and user.password else None
    is_same = (known or NOBODY).matches(password)
    return is_same and known is not None


def _form(
    desk: Desk, request: Request, *, wanted: str, name: str = "", problem: str = "", status: int = 200
) -> Response:
    token = secrets.token_urlsafe(24)
    answer = _page(
        pages.sign_in(title=desk.title, form_token=token, wanted=wanted, name=name, problem=problem), status
    )
    answer.set_cookie(
        _FORM_COOKIE,
        token,
        path=rules.SIGN_IN,
        max_age=3600,
        secure=_is_secure(request),
        httponly=True,
        samesite="strict",
    )
    return answer


def _entered(desk: Desk, request: Request, user: User, wanted: str) -> Response:
    secure = _is_secure(request)
    answer = RedirectResponse(wanted, 303)
    answer.set_cookie(
        cookie_name(secure=secure),
        desk.sessions.begin(user),
        path="/",
        max_age=int(LIFETIME),
        secure=secure,
        httponly=True,
        samesite="lax",  # a link in a colleague's mail must find the reader signed in
    )
    answer.delete_cookie(_FORM_COOKIE, path=rules.SIGN_IN)
    return answer


def _page(html: str, status: int = 200) -> Response:
    return HTMLResponse(html, status, {"Content-Security-Policy": PLAIN})


async def _fields(request: Request) -> dict[str, str]:
    body = await request.body()
    if len(body) > _MAX_FORM:
        return {}
    try:
        found = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=10)
    except ValueError:  # too many fields
        return {}
    return {key: values[0] for key, values in found.items()}


def _local(wanted: str) -> str:
    """Where to go afterwards: a path of this server, or its front."""
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return "/"
    is_local = not parts.scheme and not parts.netloc and rules.is_plain(parts.path) and wanted.isprintable()
    return wanted if is_local and not rules.is_closed(parts.path) else "/"


def _is_secure(request: Request) -> bool:
    return bool(request.scope["scheme"] == "https")


def _address(request: Request) -> str:
    """Whoever the gate says is connected, through a trusted proxy or directly."""
    return str(request.scope.get("kb.address") or "")
