"""``kb timeline``: where a topic came up, meeting by meeting, and what came of it."""

from __future__ import annotations

import argparse
from typing import Any, Final

from kb.interfaces.commands import output, shared

_EXAMPLES: Final = """\
  kb timeline "Vision Zero"
  kb timeline precept --kind minutes --from 2022 --json
"""


def register(subparsers: Any) -> None:
    """Add the command."""
    parser = shared.add_command(
        subparsers, "timeline", summary="follow a topic from meeting to meeting", examples=_EXAMPLES
    )
    parser.add_argument("topic", nargs="+", metavar="TOPIC", help="a word, a phrase or a question")
    shared.add_filter_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the meetings, oldest first, with ``-k`` passages of each (default 3); none is no failure."""
    topic = " ".join(args.topic)
    from kb.interfaces.answer_json import timeline_to_json  # noqa: PLC0415
    from kb.interfaces.rendering import terminal  # noqa: PLC0415

    with shared.open_library(args) as library:
        meetings = library.timeline(topic, per_meeting=args.k or 3, filters=shared.filters_of(args, library))
    if args.json:
        output.print_json(timeline_to_json(topic, meetings))
    elif meetings:
        width, style = output.width(), output.has_style()
        output.print_text(terminal.timeline(topic, meetings, width=width, style=style))
    else:
        output.print_note("The topic came up at no meeting; try other words or fewer filters.")
    return 0
