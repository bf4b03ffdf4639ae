"""``kb versions``: which papers are copies, drafts or corrections of each other, and what later ones prove."""

from __future__ import annotations

import argparse
from typing import Any, Final

from kb.interfaces.commands import output, shared

_EXAMPLES: Final = """\
  kb versions
  kb versions 2023-02-08-panel-minutes.pdf --json
"""


def register(subparsers: Any) -> None:
    """Add the command."""
    parser = shared.add_command(
        subparsers, "versions", summary="list copies, drafts and corrections of papers", examples=_EXAMPLES
    )
    parser.add_argument("document", nargs="?", metavar="DOCUMENT", help="only the papers of this document")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the list; that there are none is no failure."""
    from kb.interfaces.answer_json import SCHEMA_VERSION  # noqa: PLC0415
    from kb.interfaces.rendering import versions  # noqa: PLC0415
    from kb.interfaces.versions_json import standings_to_json  # noqa: PLC0415

    with shared.open_library(args) as library:
        papers = library.versions(args.document)
    if args.json:
        output.print_json({"schema": SCHEMA_VERSION, "papers": standings_to_json(papers)})
    elif papers:
        output.print_text(versions.listing(papers, width=output.width()))
    else:
        output.print_note("No paper here is a copy, a draft or a correction of another.")
    return 0
