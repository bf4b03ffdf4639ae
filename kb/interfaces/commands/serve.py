"""``kb serve``: the web page, and the same for programs."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any, Final

from kb.interfaces.commands import output, shared
from kb.interfaces.server.settings import ServerSettings, default_users_path

_EXAMPLES: Final = """\
  kb serve
  kb serve --library library/ --port 8080
  kb serve --host 0.0.0.0 --public-host papers.example.org --certificate site.pem --private-key site.key

On this machine alone nobody needs to sign in until there are users (kb users add). Beyond it, users are needed.
"""


def register(subparsers: Any) -> None:
    """Add the command."""
    parser = shared.add_command(
        subparsers, "serve", summary="serve the web page, REST and tools for assistants", examples=_EXAMPLES
    )
    add_options(parser)
    parser.set_defaults(run=run)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add where and for whom to serve; shared with ``app.py``."""
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=shared.positive, default=7860, help="the port (default: 7860)")
    group = parser.add_argument_group("beyond this machine")
    group.add_argument(
        "--public-host",
        action="append",
        default=[],
        metavar="NAME",
        help="a name by which people reach the server, if not its own address; repeatable",
    )
    group.add_argument("--certificate", type=Path, metavar="FILE", help="serve TLS with this chain (PEM)")
    group.add_argument("--private-key", type=Path, metavar="FILE", help="the certificate's key (PEM)")
    shared.add_users_option(group)
    group.add_argument(
        "--trusted-proxy",
        action="append",
        default=[],
        metavar="ADDRESS",
        help="believe what the proxy at this address or network forwards about visitors; repeatable",
    )
    group.add_argument(
        "--proxy-user-header",
        metavar="NAME",
        help="the header in which a trusted proxy names the user who signed in there",
    )
    audit = parser.add_argument_group("audit")
    audit.add_argument(
        "--audit-log",
        type=Path,
        metavar="FILE",
        default=os.environ.get("KB_AUDIT_LOG") or None,
        help="append sign-ins, uploads and removals to this file, as JSON lines (default: KB_AUDIT_LOG)",
    )
    audit.add_argument("--audit-questions", action="store_true", help="append questions, too")


def run(args: argparse.Namespace) -> int:
    """Serve until interrupted; the address goes to stdout once the page answers."""
    settings = _settings(args)
    # Questions are answered side by side, so each gets one core: read by the libraries when they are imported.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    from kb.interfaces.server.serving import serve  # noqa: PLC0415 - brings Gradio

    def announce(address: str) -> None:
        if args.json:
            output.print_json({"address": address})
        else:
            output.print_text(f"Serving {args.library} at {address} (Ctrl-C stops)")
        sys.stdout.flush()

    serve(settings, announce=announce)
    return 0


def _settings(args: argparse.Namespace) -> ServerSettings:
    return ServerSettings(
        library=args.library,
        users=args.users or default_users_path(),
        host=args.host,
        port=args.port,
        public_hosts=tuple(args.public_host),
        certificate=args.certificate,
        private_key=args.private_key,
        trusted_proxies=tuple(args.trusted_proxy),
        proxy_user_header=args.proxy_user_header,
        audit_log=Path(args.audit_log) if args.audit_log else None,
        audit_questions=args.audit_questions,
    )
