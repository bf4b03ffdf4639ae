"""What commands share: the common options, the filters, and how the library is opened.

Takes argparse namespaces, gives paths, filters and open libraries. Refuses, with a `UsageError`, filters that no paper
of the library can meet.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kb.errors import KbError, LibraryMissingError, UsageError
from kb.interfaces.filters import FilterWords, build_filters, parse_day
from kb.records import Filters, ItemType, PartKind

if TYPE_CHECKING:
    from kb.generation import ModelSettings
    from kb.ingest import ReadingSettings
    from kb.library import Library

DEFAULT_LIBRARY: Final = "library"
DEFAULT_PASSAGES: Final = 10


def common_defaults() -> argparse.Namespace:
    """The values of the common options when nothing is said."""
    library = os.environ.get("KB_LIBRARY") or DEFAULT_LIBRARY
    return argparse.Namespace(library=Path(library), json=False, debug=False, progress=None)


def add_common_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that may stand before or after the command.

    They carry no default of their own: a subparser's default would overwrite what stood before the command.
    """
    group = parser.add_argument_group("everywhere")
    group.add_argument(
        "--library",
        type=Path,
        metavar="DIR",
        default=argparse.SUPPRESS,
        help="the library folder (default: KB_LIBRARY, else library/)",
    )
    group.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print JSON")
    group.add_argument(
        "--progress",
        action=argparse.BooleanOptionalAction,
        default=argparse.SUPPRESS,
        help="show progress on stderr (default: when it is a terminal)",
    )
    group.add_argument(
        "--debug", action="store_true", default=argparse.SUPPRESS, help="log everything; show tracebacks"
    )


def add_command(subparsers: Any, name: str, *, summary: str, examples: str) -> argparse.ArgumentParser:
    """Add a subcommand with the common options and its examples."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.",
        epilog=f"examples:\n{examples}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_common_options(parser)
    return parser


def add_filter_options(parser: argparse.ArgumentParser) -> None:
    """Add the filters and the number of passages."""
    group = parser.add_argument_group("filters")
    group.add_argument(
        "--body",
        action="append",
        default=[],
        metavar="NAME",
        help="a public body, or part of its name; repeatable",
    )
    group.add_argument(
        "--kind",
        action="append",
        default=[],
        choices=[kind.value for kind in PartKind],
        metavar="KIND",
        help=f"a kind of paper; repeatable: {', '.join(PartKind)}",
    )
    group.add_argument(
        "--document",
        action="append",
        default=[],
        metavar="NAME",
        help="a document, or part of its name; repeatable",
    )
    group.add_argument(
        "--person",
        action="append",
        default=[],
        metavar="NAME",
        help="who speaks, or part of the name; repeatable",
    )
    group.add_argument(
        "--item-type",
        action="append",
        default=[],
        choices=[item.value for item in ItemType],
        metavar="TYPE",
        help=f"a kind of business; repeatable: {', '.join(ItemType)}",
    )
    group.add_argument(
        "--status",
        action="append",
        default=[],
        metavar="STATUS",
        help="as papers say it, such as draft or confirmed; repeatable",
    )
    group.add_argument(
        "--from",
        dest="date_from",
        type=_day_option(last=False),
        metavar="DATE",
        help="meetings on or after this date: 2023-07-19, 2023-07, 2023 or '19 July 2023'",
    )
    group.add_argument(
        "--to",
        dest="date_to",
        type=_day_option(last=True),
        metavar="DATE",
        help="meetings on or before this date",
    )
    group.add_argument("-k", type=positive, metavar="N", help="how many passages (default 10)")


def add_understanding_options(parser: argparse.ArgumentParser) -> None:
    """Add what says, and switches off, how a question is understood."""
    group = parser.add_argument_group("understanding")
    group.add_argument(
        "--explain",
        action="store_true",
        help="say what was understood of the question, and in a search why each passage ranks where it does",
    )
    group.add_argument(
        "--ignore",
        action="append",
        default=[],
        metavar="ID",
        help="do not understand this, an id or kind that --explain shows, such as date; repeatable",
    )


def add_users_option(parser: Any) -> None:
    """Add where the users are."""
    parser.add_argument(
        "--users",
        type=Path,
        metavar="FILE",
        help="the users file (default: KB_USERS, else kb/users.json in the user's configuration folder)",
    )


def add_model_option(parser: argparse.ArgumentParser) -> None:
    """Add what asks the optional language model, or does not."""
    parser.add_argument(
        "--model",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="have the language model of KB_LLM_BASE_URL write from the passages, every claim checked (default: off)",
    )


def model_of(args: argparse.Namespace) -> ModelSettings | None:
    """The language model to ask, if one is wanted.

    Raises:
        UsageError: If one is asked for and none is set up.
        LanguageModelError: If its settings make no sense.
    """
    is_set_up = any(os.environ.get(name) for name in ("KB_LLM", "KB_LLM_SETTINGS"))
    if args.model is False or (args.model is None and not is_set_up):
        return None
    from kb.generation.settings import load_settings  # noqa: PLC0415

    settings = load_settings(os.environ)
    if args.model is None:
        return settings if settings is not None and settings.is_on else None
    if settings is None:
        raise UsageError(
            "No language model is set up.",
            next_step="Set KB_LLM_BASE_URL and KB_LLM_MODEL (README.md), or ask without --model.",
        )
    return settings


def add_seconds_option(parser: Any) -> None:
    """Add how long one file may take."""
    parser.add_argument(
        "--seconds",
        type=positive,
        metavar="N",
        help="time one file may take; one that needs more has failed (default 300)",
    )


def reading_settings(args: argparse.Namespace) -> ReadingSettings:
    """What reading a file may take. The import is late: it brings the readers."""
    from kb.ingest import ReadingSettings  # noqa: PLC0415

    return ReadingSettings() if args.seconds is None else ReadingSettings(seconds=float(args.seconds))


def positive(text: str) -> int:
    """An option value that counts something."""
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        message = f"{text!r} is not a whole number of 1 or more"
        raise argparse.ArgumentTypeError(message)
    return number


def open_library(args: argparse.Namespace) -> Library:
    """Open the library the arguments name. The import is late: it brings the search engine."""
    from kb.library import Library  # noqa: PLC0415

    return Library.open(args.library)


def original_of(args: argparse.Namespace, name: str) -> Path:
    """Find the file of a document in the library.

    Raises:
        KbError: If there is no library, or no document of this name in it.
    """
    missing = KbError(
        f"There is no file {name}, and no document of that name in {args.library}.",
        next_step=f"List the documents: kb documents --library {args.library}",
    )
    try:
        library = open_library(args)
    except LibraryMissingError as error:
        raise missing from error
    with library:
        if name not in {summary.document for summary in library.documents()}:
            raise missing
        return library.original_path(name)


def filters_of(args: argparse.Namespace, library: Library) -> Filters:
    """Resolve the filter options against what the library holds."""
    words = FilterWords(
        bodies=tuple(args.body),
        kinds=tuple(PartKind(kind) for kind in args.kind),
        documents=tuple(args.document),
        people=tuple(args.person),
        item_types=tuple(ItemType(item) for item in args.item_type),
        statuses=tuple(args.status),
        date_from=args.date_from,
        date_to=args.date_to,
    )
    return build_filters(words, library)


def shows_progress(args: argparse.Namespace) -> bool:
    """Whether to draw progress on stderr."""
    return sys.stderr.isatty() if args.progress is None else bool(args.progress)


def _day_option(*, last: bool) -> Any:
    def parse(text: str) -> Any:
        day = parse_day(text, last=last)
        if day is None:
            message = f"{text!r} is not a date such as 2023-07-19, 2023-07, 2023 or '19 July 2023'"
            raise argparse.ArgumentTypeError(message)
        return day

    return parse
