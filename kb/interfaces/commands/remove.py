"""``kb remove``: take papers out of the library."""

from __future__ import annotations

import argparse
from typing import Any, Final

from kb.interfaces.commands import output, shared

_EXAMPLES: Final = """\
  kb remove minutes.pdf
  kb remove minutes.pdf report.txt --library library/
"""


def register(subparsers: Any) -> None:
    """Add the command."""
    parser = shared.add_command(
        subparsers, "remove", summary="take papers out of the library", examples=_EXAMPLES
    )
    parser.add_argument("documents", nargs="+", metavar="DOCUMENT", help="a name, as `kb documents` lists it")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Remove; the files the papers came from are not touched."""
    with shared.open_library(args):  # says what is wrong before the model is loaded
        pass
    from kb.ingest import ingest  # noqa: PLC0415 - brings the model's library
    from kb.interfaces.answer_json import ingest_to_json  # noqa: PLC0415
    from kb.interfaces.rendering import terminal  # noqa: PLC0415

    report = ingest([], args.library, removing=args.documents)
    if args.json:
        output.print_json(ingest_to_json(report))
    else:
        output.print_text(terminal.ingest_report(report, width=output.width()))
    return 0
