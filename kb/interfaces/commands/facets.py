"""``kb facets``: what searches can be narrowed by, with numbers of passages."""

from __future__ import annotations

import argparse
from typing import Any, Final

from kb.interfaces.commands import output, shared

_EXAMPLES: Final = """\
  kb facets
  kb facets "speed cameras" --from 2023 --json
"""


def register(subparsers: Any) -> None:
    """Add the command."""
    parser = shared.add_command(
        subparsers, "facets", summary="count passages by what searches can be narrowed by", examples=_EXAMPLES
    )
    parser.add_argument("query", nargs="*", metavar="QUERY", help="count only passages that hold these words")
    shared.add_filter_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the counts; each field is counted under the filters on the others."""
    from kb.interfaces.answer_json import facets_to_json  # noqa: PLC0415
    from kb.interfaces.rendering import terminal  # noqa: PLC0415

    query = " ".join(args.query).strip() or None
    with shared.open_library(args) as library:
        facets = library.facets(query, filters=shared.filters_of(args, library))
    if args.json:
        output.print_json(facets_to_json(facets))
    else:
        output.print_text(
            terminal.facets(facets, limit=args.k or shared.DEFAULT_PASSAGES, width=output.width())
        )
    return 0
