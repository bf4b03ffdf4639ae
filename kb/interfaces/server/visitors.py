"""Who is asking: from a session, a token, a trusted proxy, or anybody on an open server.

Takes the scope of a request (ASGI), gives a `Visitor` or ``None``. What was found travels in the scope, where routes
and the page's own functions read it with `visitor_of`.
"""

from __future__ import annotations

from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any, Final

from starlette.datastructures import Headers

from kb.errors import KbError, UsageError
from kb.interfaces.server.sessions import Sessions
from kb.interfaces.server.settings import ServerSettings
from kb.interfaces.server.users import Role, User, Users

_KEY: Final = "kb.visitor"
_MAX_TOKEN: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who sent a request; the name is ``None`` on an open server.

    ``via`` is how they came: open, session, token, proxy or console.
    """

    name: str | None
    role: Role
    address: str | None
    via: str

    @classmethod
    def at_the_console(cls) -> Visitor:
        """Whoever started the program."""
        return cls(name=None, role=Role.EDITOR, address=None, via="console")

    def may(self, role: Role) -> bool:
        """Whether this visitor may do what the role may."""
        return self.role.includes(role)


class ForbiddenError(KbError):
    """The visitor is known and may not do this."""


def visitor_of(request: Any) -> Visitor:
    """The visitor who sent a request: Starlette's, or Gradio's around it.

    Raises:
        ForbiddenError: If the request did not come through the gate.
    """
    inner = getattr(request, "request", request)
    visitor = getattr(inner, "scope", {}).get(_KEY)
    if not isinstance(visitor, Visitor):
        raise ForbiddenError("The server does not know who is asking.", next_step="Sign in again.")
    return visitor


def require(visitor: Visitor, role: Role) -> None:
    """Raise `ForbiddenError` unless the visitor may do what the role may."""
    if not visitor.may(role):
        raise ForbiddenError(
            f"This needs the role {role}; {visitor.name or 'you'} has the role {visitor.role}.",
            next_step="Ask whoever runs this server for it.",
        )


class Doorkeeper:
    """Knows the users, their sessions, and whether the server is open."""

    def __init__(self, settings: ServerSettings, users: Users, sessions: Sessions) -> None:
        self._settings = settings
        self._users = users
        self._sessions = sessions
        self._is_closed = not settings.is_private or bool(users.all())

    def is_open(self) -> bool:
        """Whether nobody needs to sign in: no users yet, on this machine alone. Once closed it stays so."""
        if not self._is_closed and self._users.all():
            self._is_closed = True
        return not self._is_closed

    def identify(self, scope: Any, *, address: str | None, peer: str | None) -> Visitor | None:
        """Say who sent a request; remembers it in the scope.

        Raises:
            UsersFileError: If the users file cannot be read.
            ForbiddenError: If the proxy names somebody who is no user.
        """
        visitor = self._identify(Headers(scope=scope), address, peer, secure=scope["scheme"] == "https")
        scope[_KEY] = visitor
        return visitor

    def _identify(
        self, headers: Headers, address: str | None, peer: str | None, *, secure: bool
    ) -> Visitor | None:
        if self.is_open():
            return Visitor(name=None, role=Role.EDITOR, address=address, via="open")
        if token := bearer(headers):
            return _visitor(self._users.find_token(token), address, "token")
        header = self._settings.proxy_user_header
        if header and self._settings.trusts(peer) and (name := headers.get(header)):
            found = self._users.find(name)
            if found is None:
                raise ForbiddenError(
                    f"{name} is signed in at the proxy, but is no user here.",
                    next_step="Ask whoever runs this server to add you: kb users add.",
                )
            return _visitor(found, address, "proxy")
        if cookie := session_cookie(headers, secure=secure):
            return _visitor(self._sessions.find(cookie, self._users.all()), address, "session")
        return None


def bearer(headers: Headers) -> str | None:
    """The token of an ``Authorization: Bearer`` header."""
    kind, _, token = headers.get("authorization", "").partition(" ")
    token = token.strip()
    return token if kind.casefold() == "bearer" and 0 < len(token) <= _MAX_TOKEN else None


def cookie_name(*, secure: bool) -> str:
    """The session's cookie. Behind TLS its name binds it to this host (RFC 6265bis, cookie name prefixes)."""
    return "__Host-kb-session" if secure else "kb-session"


def session_cookie(headers: Headers, *, secure: bool) -> str | None:
    """The session's token, if the request carries one."""
    try:
        jar = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return None
    found = jar.get(cookie_name(secure=secure))
    return found.value if found and 0 < len(found.value) <= _MAX_TOKEN else None


def require_users(settings: ServerSettings, users: Users) -> None:
    """Refuse to serve beyond this machine without users; raises `UsageError`."""
    if settings.is_private or users.all():
        return
    raise UsageError(
        "There are no users yet, so the papers are served on this machine only.",
        next_step="Add one, then start again: kb users add NAME --role admin. Or leave out --host and --public-host.",
    )


def _visitor(user: User | None, address: str | None, via: str) -> Visitor | None:
    return Visitor(name=user.name, role=user.role, address=address, via=via) if user else None
