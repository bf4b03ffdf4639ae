"""Serving: where the application listens, and how it starts and stops."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable
from typing import Final

import uvicorn

from kb.errors import KbError
from kb.interfaces.server.app import Served, build_app
from kb.interfaces.server.settings import ServerSettings

_BACKLOG: Final = 128
_LAST_ANSWERS: Final = 5
"""Seconds that answers under way are given when the server stops."""


def serve(settings: ServerSettings, *, announce: Callable[[str], None] | None = None) -> None:
    """Serve a library until interrupted.

    Args:
        settings: Where, for whom, within which limits.
        announce: Called once with the address when the page answers.

    Raises:
        UsageError: If the server would be reached from elsewhere and there are no users.
        KbError: If the port cannot be had.
    """
    served = build_app(settings)
    listening = _listen(settings.host, settings.port)
    try:
        asyncio.run(_run(served, settings, listening, announce))
    finally:
        listening.close()


class _Server(uvicorn.Server):
    """Says when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        if self.started:
            self._ready()


async def _run(
    served: Served, settings: ServerSettings, listening: socket.socket, announce: Callable[[str], None] | None
) -> None:
    def ready() -> None:
        served.opened.warm()
        if announce:
            announce(_address(settings))

    config = uvicorn.Config(
        served.gate,
        log_level="warning",
        access_log=False,  # addresses carry questions
        server_header=False,
        proxy_headers=False,  # the gate believes named proxies only
        ws="none",
        timeout_graceful_shutdown=_LAST_ANSWERS,
        ssl_certfile=settings.certificate,
        ssl_keyfile=settings.private_key,
    )
    await _Server(config, ready).serve(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before anything is built around it: a taken one is an error, not a reason to move."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host.strip("[]"), port))
        listening.listen(_BACKLOG)
    except OSError as error:
        listening.close()
        raise KbError(
            f"The page cannot be served at {host}:{port}; another program may be using it.",
            next_step="Choose another port: --port 7861.",
        ) from error
    return listening


def _address(settings: ServerSettings) -> str:
    host = f"[{settings.host.strip('[]')}]" if ":" in settings.host else settings.host
    return f"{'https' if settings.certificate else 'http'}://{host}:{settings.port}/"
