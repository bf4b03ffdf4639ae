"""``kb outline``: the structure of one paper, from a file or from the library."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, Final

from kb.errors import KbError, LibraryMissingError, SourceError
from kb.interfaces.commands import output, shared
from kb.records import Outline

_EXAMPLES: Final = """\
  kb outline papers/2023-03-22-panel-agenda-pack.pdf
  kb outline 2023-03-22-panel-agenda-pack.pdf --json
"""


def register(subparsers: Any) -> None:
    """Add the command."""
    parser = shared.add_command(
        subparsers, "outline", summary="show a paper's parts, items and paragraphs", examples=_EXAMPLES
    )
    parser.add_argument("file", metavar="FILE", help="a file, or the name of a document in the library")
    shared.add_seconds_option(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the outline."""
    from kb.interfaces.answer_json import outline_to_json  # noqa: PLC0415
    from kb.interfaces.rendering import terminal  # noqa: PLC0415

    name, found = _find(args)
    if args.json:
        output.print_json(outline_to_json(name, found))
    else:
        output.print_text(terminal.outline(name, found, width=output.width()))
    return 0


def _find(args: argparse.Namespace) -> tuple[str, Outline]:
    """A file on disk comes first: it can be looked at before it is ingested."""
    path = Path(args.file)
    if path.is_file():
        from kb.ingest.looking import look_at  # noqa: PLC0415

        seen = look_at(path, shared.reading_settings(args))
        return seen.name, seen.outline
    if path.is_dir():
        raise SourceError(f"{path} is a folder.", next_step="Name one file in it.")
    missing = KbError(
        f"There is no file {args.file}, and no document of that name in {args.library}.",
        next_step=f"List the documents: kb documents --library {args.library}",
    )
    try:
        library = shared.open_library(args)
    except LibraryMissingError as error:
        raise missing from error
    with library:
        if args.file not in {summary.document for summary in library.documents()}:
            raise missing
        return args.file, library.outline(args.file)
