"""``kb glossary``: the abbreviations that the papers explain."""

from __future__ import annotations

import argparse
from typing import Any, Final

from kb.interfaces.commands import output, shared

_EXAMPLES: Final = """\
  kb glossary
  kb glossary --csv > glossary.csv
"""


def register(subparsers: Any) -> None:
    """Add the command."""
    parser = shared.add_command(
        subparsers, "glossary", summary="list the abbreviations that the papers explain", examples=_EXAMPLES
    )
    parser.add_argument("--csv", action="store_true", help="print a table for spreadsheets")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the list; a library may have none."""
    from kb.interfaces.answer_json import glossary_to_json  # noqa: PLC0415
    from kb.interfaces.rendering import terminal  # noqa: PLC0415

    with shared.open_library(args) as library:
        abbreviations = library.glossary()
    if args.json:
        output.print_json(glossary_to_json(abbreviations))
    elif args.csv:
        output.print_csv(glossary_to_json(abbreviations)["abbreviations"])
    elif abbreviations:
        output.print_text(terminal.glossary(abbreviations, width=output.width()))
    else:
        output.print_note("The papers of this library explain no abbreviations.")
    return 0
