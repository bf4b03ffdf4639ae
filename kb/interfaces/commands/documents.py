"""``kb documents``: what the library holds."""

from __future__ import annotations

import argparse
from typing import Any, Final

from kb.interfaces.commands import output, shared

_EXAMPLES: Final = """\
  kb documents
  kb documents --library other/ --json
"""


def register(subparsers: Any) -> None:
    """Add the command."""
    parser = shared.add_command(
        subparsers, "documents", summary="list the papers in the library", examples=_EXAMPLES
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the list."""
    from kb.interfaces.answer_json import documents_to_json  # noqa: PLC0415
    from kb.interfaces.rendering import terminal  # noqa: PLC0415

    with shared.open_library(args) as library:
        summaries, refused = library.documents(), library.refused()
    if args.json:
        output.print_json(documents_to_json(summaries, refused))
    elif summaries or refused:
        output.print_text(terminal.documents(summaries, refused, width=output.width()))
    else:
        output.print_note(f"The library is empty. Fill it: kb ingest --library {args.library} PAPERS")
    return 0
