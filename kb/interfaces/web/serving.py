"""Serving the page: where it listens, and what Gradio is told not to do."""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final

from kb.errors import KbError
from kb.interfaces.web.opening import OpenLibrary
from kb.interfaces.web.page import build_page
from kb.interfaces.web.theme import build_theme, stylesheet

_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_LOG: Final = logging.getLogger(__name__)


def serve(folder: Path, *, host: str, port: int, announce: Callable[[str], None] | None = None) -> None:
    """Serve the page over a library folder until interrupted.

    Args:
        folder: The library; if it does not exist, the page says how to build it.
        host: The address to listen on. Beyond this machine there is no sign-in yet, so a warning is logged.
        port: The port, fixed: a taken port is an error, not a reason to move.
        announce: Called once with the page's address when it answers.

    Raises:
        KbError: If the port cannot be had.
    """
    if host not in _LOOPBACK:
        _LOG.warning("listening on %s: anyone who reaches this machine can read the papers", host)
    opened = OpenLibrary(folder)
    page = build_page(opened)
    try:
        _, address, _ = page.launch(
            server_name=host,
            server_port=port,
            theme=build_theme(),
            css=stylesheet(),
            footer_links=[],
            run_history=False,
            share=False,
            ssr_mode=False,
            mcp_server=False,
            enable_monitoring=False,
            inbrowser=False,
            quiet=True,
            prevent_thread_lock=True,
        )
    except OSError as error:
        if error.errno not in {None, errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL}:
            raise
        raise KbError(
            f"The page cannot be served at {host}:{port}; another program may be using it.",
            next_step="Choose another port: --port 7861.",
        ) from error
    opened.warm()
    if announce:
        announce(address)
    try:
        page.block_thread()
    finally:
        page.close(verbose=False)
