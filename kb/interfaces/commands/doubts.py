"""``kb doubts``: what should be looked at again, because it was perhaps not understood."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, Final

from kb.interfaces.commands import output, shared
from kb.records import Doubt

_EXAMPLES: Final = """\
  kb doubts
  kb doubts 2023-03-22-panel-agenda-pack.pdf
  kb doubts papers/2023-03-22-panel-agenda-pack.pdf --json
"""


def register(subparsers: Any) -> None:
    """Add the command."""
    parser = shared.add_command(
        subparsers,
        "doubts",
        summary="list what was perhaps not understood: gaps in numbering, papers without date, pages without text",
        examples=_EXAMPLES,
    )
    parser.add_argument(
        "document",
        nargs="?",
        metavar="DOCUMENT",
        help="a document of the library, or a file; all documents of the library if left out",
    )
    shared.add_seconds_option(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the list."""
    from kb.interfaces.answer_json import doubts_to_json  # noqa: PLC0415
    from kb.interfaces.rendering import terminal  # noqa: PLC0415

    found = _of_file(args) if _is_file(args.document) else _of_library(args)
    if args.json:
        output.print_json(doubts_to_json(found))
    elif found:
        output.print_text(terminal.doubts(found, width=output.width()))
    else:
        output.print_note("Nothing is doubtful.")
    return 0


def _is_file(document: str | None) -> bool:
    return document is not None and Path(document).is_file()


def _of_file(args: argparse.Namespace) -> list[tuple[str, Doubt]]:
    from kb.ingest.looking import look_at  # noqa: PLC0415

    seen = look_at(Path(args.document), shared.reading_settings(args))
    return [(seen.name, doubt) for doubt in seen.doubts]


def _of_library(args: argparse.Namespace) -> list[tuple[str, Doubt]]:
    with shared.open_library(args) as library:
        names = (
            [summary.document for summary in library.documents()]
            if args.document is None
            else [args.document]
        )
        return [(name, doubt) for name in names for doubt in library.doubts(name)]
