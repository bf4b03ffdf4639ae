"""``kb serve``: the web page."""

from __future__ import annotations

import argparse
import sys
from typing import Any, Final

from kb.interfaces.commands import output, shared

_EXAMPLES: Final = """\
  kb serve
  kb serve --library library/ --port 8080
"""


def register(subparsers: Any) -> None:
    """Add the command."""
    parser = shared.add_command(subparsers, "serve", summary="serve the web page", examples=_EXAMPLES)
    add_options(parser)
    parser.set_defaults(run=run)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add where to serve; shared with ``app.py``."""
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=shared.positive, default=7860, help="the port (default: 7860)")


def run(args: argparse.Namespace) -> int:
    """Serve until interrupted; the address goes to stdout once the page answers."""
    from kb.interfaces.web.serving import serve  # noqa: PLC0415 - brings Gradio

    def announce(address: str) -> None:
        if args.json:
            output.print_json({"address": address})
        else:
            output.print_text(f"Serving {args.library} at {address} (Ctrl-C stops)")
        sys.stdout.flush()

    serve(args.library, host=args.host, port=args.port, announce=announce)
    return 0
