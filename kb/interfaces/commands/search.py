"""``kb search``: ranked passages, no answer."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, Final

from kb.errors import UsageError
from kb.interfaces.commands import output, shared

if TYPE_CHECKING:
    from kb.retrieval.explain import Explanation

_EXAMPLES: Final = """\
  kb search "speed cameras"
  kb search "precept" --kind minutes --from 2023 --to 2023-06 -k 3
  kb search "precept" --explain
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

    wanted = args.k or shared.DEFAULT_PASSAGES
    reasons: tuple[Explanation, ...] = ()
    with shared.open_library(args) as library:
        filters = shared.filters_of(args, library)
        if args.explain:
            explained = library.explain(query, k=wanted, filters=filters, ignore=args.ignore)
            hits, reasons = tuple(hit for hit, _ in explained), tuple(reason for _, reason in explained)
        else:
            hits = library.search(query, k=wanted, filters=filters, ignore=args.ignore)
        understood = library.understand(query, filters=filters, ignore=args.ignore).understood
        suggestion = library.suggest(query)
    if args.json:
        output.print_json(search_to_json(query, hits, reasons, understood=understood, suggestion=suggestion))
        return 0
    width, style = output.width(), output.has_style()
    said = terminal.understanding(understood if args.explain else (), suggestion, width=width)
    if hits:
        found = terminal.passages(hits, query, width=width, style=style, reasons=reasons)
        output.print_text("\n".join([*said, found]))
    else:
        if told := "\n".join(said).rstrip("\n"):
            output.print_text(told)
        output.print_note("No passage matches; try other words or fewer filters.")
    return 0
