"""``kb show``: what stands at a place, by its id, and what has become of it."""

from __future__ import annotations

import argparse
from typing import Any, Final

from kb.interfaces.commands import output, shared

_EXAMPLES: Final = """\
  kb show fenwold-pcp/2023-07-19/minutes/item-9/para-5
  kb show fenwold-pcp/2023-07-19/minutes/item-9 --json
"""


def register(subparsers: Any) -> None:
    """Add the command."""
    parser = shared.add_command(
        subparsers, "show", summary="show a passage, item or paper by its id", examples=_EXAMPLES
    )
    parser.add_argument(
        "id", metavar="ID", help="an id from a citation, or the beginning of one up to a slash"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the place; that it was removed is an answer, too."""
    from kb.interfaces.answer_json import place_to_json  # noqa: PLC0415
    from kb.interfaces.rendering import terminal  # noqa: PLC0415
    from kb.records import PlaceKind  # noqa: PLC0415

    with shared.open_library(args) as library:
        place = library.resolve(args.id)
        is_one = place.kind is PlaceKind.PASSAGE and place.id is not None
        context = library.context(place.id) if is_one and place.id is not None else ()
    if args.json:
        output.print_json(place_to_json(args.id, place, context))
    else:
        output.print_text(terminal.place(place, context, width=output.width()))
    return 0
