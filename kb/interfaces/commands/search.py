"""``kb search``: ranked passages, no answer."""

from __future__ import annotations

import argparse
from typing import Any, Final

from kb.errors import UsageError
from kb.interfaces.commands import output, shared

_EXAMPLES: Final = """\
  kb search "speed cameras"
  kb search "precept" --kind minutes --from 2023 --to 2023-06 -k 3
"""


def register(subparsers: Any) -> None:
    """Add the command."""
    parser = shared.add_command(
        subparsers, "search", summary="list the passages that match best", examples=_EXAMPLES
    )
    parser.add_argument("query", nargs="+", metavar="QUERY", help="words or a question")
    shared.add_filter_options(parser)
    shared.add_understanding_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Search and print the passages; finding none is no failure."""
    query = " ".join(args.query)
    if not query.strip():
        raise UsageError(
            "No words to search for were given.", next_step='Give some: kb search "speed cameras"'
        )
    from kb.interfaces.answer_json import search_to_json  # noqa: PLC0415
    from kb.interfaces.rendering import terminal  # noqa: PLC0415

    with shared.open_library(args) as library:
        filters = shared.filters_of(args, library)
        hits = library.search(query, k=args.k or shared.DEFAULT_PASSAGES, filters=filters, ignore=args.ignore)
        understood = library.understand(query, filters=filters, ignore=args.ignore).understood
        suggestion = library.suggest(query)
    if args.json:
        output.print_json(search_to_json(query, hits, understood=understood, suggestion=suggestion))
        return 0
    said = terminal.understanding(understood if args.explain else (), suggestion, width=output.width())
    if hits:
        found = terminal.passages(hits, query, width=output.width(), style=output.has_style())
        output.print_text("\n".join([*said, found]))
    else:
        if told := "\n".join(said).rstrip("\n"):
            output.print_text(told)
        output.print_note("No passage matches; try other words or fewer filters.")
    return 0
