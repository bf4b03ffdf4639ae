"""``kb mcp``: tools for an assistant on this machine, over standard input and output."""

from __future__ import annotations

import argparse
from typing import Any, Final

from kb.interfaces.commands import shared

_EXAMPLES: Final = """\
  kb mcp --library library/

An assistant starts this itself: give it the command and its arguments. For one on another machine: kb serve, at /mcp.
"""


def register(subparsers: Any) -> None:
    """Add the command."""
    parser = shared.add_command(
        subparsers, "mcp", summary="serve tools to an assistant on this machine", examples=_EXAMPLES
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve until the assistant closes the connection."""
    import anyio  # noqa: PLC0415

    from kb.interfaces.server.answering import Answering  # noqa: PLC0415
    from kb.interfaces.server.audit import AuditLog  # noqa: PLC0415
    from kb.interfaces.server.settings import Limits  # noqa: PLC0415
    from kb.interfaces.server.tools import build_tools  # noqa: PLC0415
    from kb.interfaces.web.opening import OpenLibrary  # noqa: PLC0415

    opened = OpenLibrary(args.library)
    opened.current()  # that there is no library is said at once
    opened.warm()
    anyio.run(build_tools(Answering(opened, Limits()), AuditLog(None)).run_stdio_async)
    return 0
