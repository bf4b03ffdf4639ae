"""The command line: ``kb COMMAND``, also ``python -m kb COMMAND``.

Takes arguments, gives an exit code: 0 done, 1 failed, 2 misused, 130 interrupted. Data goes to stdout, everything else
to stderr. Commands are modules of `kb.interfaces.commands`, each with ``register(subparsers)``; packages above this one
add theirs through the entry point group ``kb.commands``. Nothing heavy is imported before a command runs, so that help
is quick: the library, the page and the model are imported inside the commands.
"""

from __future__ import annotations

import argparse
import contextlib
import logging
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from typing import Any, Final, NoReturn

from kb.errors import KbError, UsageError
from kb.interfaces.answer_json import error_to_json
from kb.interfaces.commands import (
    ask,
    chat,
    documents,
    doubts,
    facets,
    glossary,
    ingest,
    inspect,
    mcp,
    outline,
    registers,
    remove,
    search,
    serve,
    show,
    timeline,
    users,
    versions,
)
from kb.interfaces.commands.output import print_error, print_json, print_note
from kb.interfaces.commands.shared import add_common_options, common_defaults

EXIT_DONE: Final = 0
EXIT_FAILED: Final = 1
EXIT_MISUSED: Final = 2
EXIT_INTERRUPTED: Final = 130  # 128 + SIGINT, as shells count
EXIT_BROKEN_PIPE: Final = 141  # 128 + SIGPIPE

ENTRY_POINT_GROUP: Final = "kb.commands"
_COMMANDS: Final = {
    "ingest": ingest.register,
    "remove": remove.register,
    "ask": ask.register,
    "chat": chat.register,
    "search": search.register,
    "timeline": timeline.register,
    "outline": outline.register,
    "inspect": inspect.register,
    "documents": documents.register,
    "doubts": doubts.register,
    "show": show.register,
    "facets": facets.register,
    "glossary": glossary.register,
    **registers.registrations(),
    "versions": versions.register,
    "serve": serve.register,
    "mcp": mcp.register,
    "users": users.register,
}
_EPILOG: Final = """\
examples:
  kb ingest papers/
  kb ask "What did the Commissioner say about Vision Zero?"
  kb COMMAND --help

Exit codes: 0 done, 1 failed, 2 misused. KB_LIBRARY names the library folder when --library does not.
"""
# No part of this program calls out; libraries that would are told not to, unless the user says otherwise.
_QUIET_ENVIRONMENT: Final = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "TOKENIZERS_PARALLELISM": "false",
}


class _MisuseError(Exception):
    """The words after ``kb`` can't be understood; ``parser`` is the one that gave up."""

    def __init__(self, parser: argparse.ArgumentParser, message: str) -> None:
        super().__init__(message)
        self.parser = parser


class _Parser(argparse.ArgumentParser):
    """Leaves it to `main` to say what is wrong: a program that asked for JSON wants to read it there.

    A command that takes several words takes them before, between and after its options.
    """

    _is_nested = False

    def error(self, message: str) -> NoReturn:
        raise _MisuseError(self, message)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse; options and words may be mixed, unless ``--`` says where the options end."""
        takes_several = any(action.nargs in {"*", "+"} for action in self._get_positional_actions())
        if self._is_nested or not takes_several or "--" in (args or ()):
            return super().parse_known_args(args, namespace)
        self._is_nested = True  # what mixes them calls this method again
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._is_nested = False


def build_parser(argv: Sequence[str] = ()) -> argparse.ArgumentParser:
    """Build the parser; commands of other packages are loaded only when no command of our own is asked for."""
    parser = _Parser(
        prog="kb",
        description="Ask a public body's meeting papers a question; get an answer with proven citations.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_common_options(parser)
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for register in _COMMANDS.values():
        register(subparsers)
    if not any(word in _COMMANDS for word in argv):
        _register_other_packages(subparsers)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; never raises for what a user can cause."""
    words = list(sys.argv[1:] if argv is None else argv)
    parser = build_parser(words)
    try:
        args = parser.parse_args(words, namespace=common_defaults())
    except _MisuseError as misuse:
        return _say_misuse(misuse, as_json="--json" in words)
    if args.command is None:
        parser.print_help(sys.stderr)
        return EXIT_MISUSED
    return run(args.run, args)


def run(command: Callable[[argparse.Namespace], int], args: argparse.Namespace) -> int:
    """Run a command; turn what went wrong into words and an exit code. ``args`` hold the common options."""
    for name, value in _QUIET_ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    _configure_logging(debug=args.debug)
    try:
        code = command(args)
        sys.stdout.flush()
    except KbError as error:
        if args.debug:
            traceback.print_exc()
        print_error(error, as_json=args.json)
        return EXIT_MISUSED if isinstance(error, UsageError) else EXIT_FAILED
    except KeyboardInterrupt:
        print("kb: stopped.", file=sys.stderr)  # noqa: T201
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader has gone (`kb ask ... | head`). Without this Python complains again while it shuts down.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_BROKEN_PIPE
    except Exception as error:  # noqa: BLE001 - an entry point's last resort: words instead of a traceback
        if args.debug:
            traceback.print_exc()
        print_error(_as_kb_error(error), as_json=args.json)
        return EXIT_FAILED
    return code


def _say_misuse(misuse: _MisuseError, *, as_json: bool) -> int:
    if as_json:
        message = str(misuse)
        error = UsageError(
            f"{message[:1].upper()}{message[1:]}.", next_step=f"See: {misuse.parser.prog} --help"
        )
        print_json(error_to_json(error))
        sys.stdout.flush()
    misuse.parser.print_usage(sys.stderr)
    print_note(f"{misuse.parser.prog}: error: {misuse}")
    return EXIT_MISUSED


def _as_kb_error(error: Exception) -> KbError:
    if isinstance(error, OSError) and error.strerror:
        place = f"{error.filename}: " if error.filename else ""
        return KbError(f"{place}{error.strerror}.", next_step="Check the path and the permissions.")
    summary = " ".join(f"{type(error).__name__}: {error}".split())
    return KbError(
        f"Unexpected error ({summary}).",
        next_step="The library is unchanged. Run the same command with --debug to see where it happened.",
    )


def _register_other_packages(subparsers: Any) -> None:
    from importlib.metadata import entry_points  # noqa: PLC0415 - not needed by our own commands

    for point in sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda found: found.name):
        try:
            point.load()(subparsers)
        except ImportError as error:  # one package's fault must not take the others' commands away
            logging.getLogger(__name__).warning("command %s cannot be loaded: %s", point.name, error)


def _configure_logging(*, debug: bool) -> None:
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.DEBUG if debug else logging.WARNING,
        format="%(levelname)s %(name)s: %(message)s",
    )
    if not debug:  # pdfminer and friends report every odd font; what matters arrives as an issue of the file
        for name in ("pdfminer", "pdfplumber", "PIL", "transformers", "sentence_transformers"):
            logging.getLogger(name).setLevel(logging.ERROR)


if __name__ == "__main__":
    sys.exit(main())
