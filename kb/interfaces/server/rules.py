"""What each path needs: the one table of who may go where.

What is not named here needs the role reader. Paths are compared as the routes see them, after decoding; anything that
could be read in two ways (a doubled slash, a dot segment) is refused before it comes here.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from kb.interfaces.server.users import Role

SIGN_IN: Final = "/sign-in"
SIGN_OUT: Final = "/sign-out"
STYLES: Final = "/sign-in.css"
API: Final = "/api/v1"
UPLOADS: Final = f"{API}/papers"
USERS: Final = f"{API}/users"
MCP: Final = "/mcp"

PUBLIC: Final = frozenset({SIGN_IN, STYLES})
"""Reached without signing in; exact paths."""

CLOSED: Final = (
    "/gradio_api/proxy=",  # fetches other addresses
    "/gradio_api/run-history",  # would keep questions elsewhere
    "/gradio_api/runs",
    "/gradio_api/vibe-edit",  # developers' tools
    "/gradio_api/undo-vibe-edit",
    "/gradio_api/dev",
    "/gradio_api/process_recording",
    "/gradio_api/token",
    "/gradio_api/deep_link",
    "/gradio_api/mcp",
    "/monitoring",
    "/login",  # Gradio's own sign-in, which is not used
    "/logout",
)
"""Prefixes of routes that Gradio brings and nothing here uses; nobody reaches them."""


class Rule(NamedTuple):
    """Requests under a prefix need a role. ``methods`` empty means all."""

    prefix: str
    methods: frozenset[str]
    role: Role


_CHANGING: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})
RULES: Final = (
    Rule(USERS, frozenset(), Role.ADMIN),
    Rule(UPLOADS, _CHANGING, Role.EDITOR),
    Rule("/gradio_api/upload", frozenset(), Role.EDITOR),
)
"""The first that fits decides."""


def is_plain(path: str) -> bool:
    """Whether a path can be read in one way only."""
    if not path.startswith("/") or "\\" in path or "\0" in path or "//" in path:
        return False
    return not any(segment in {".", ".."} for segment in path.split("/"))


def is_closed(path: str) -> bool:
    """Whether nobody is to reach this path."""
    return any(_is_under(path, prefix) for prefix in CLOSED)


def role_needed(method: str, path: str) -> Role | None:
    """The role a request needs; ``None`` if it is open to everybody."""
    if path in PUBLIC:
        return None
    for rule in RULES:
        if _is_under(path, rule.prefix) and (not rule.methods or method in rule.methods):
            return rule.role
    return Role.READER


def is_upload(path: str) -> bool:
    """Whether a request to this path may carry files."""
    return _is_under(path, UPLOADS) or _is_under(path, "/gradio_api/upload")


def _is_under(path: str, prefix: str) -> bool:
    return path.startswith(prefix) and (
        prefix.endswith("=") or len(path) == len(prefix) or path[len(prefix)] in "/_"
    )
