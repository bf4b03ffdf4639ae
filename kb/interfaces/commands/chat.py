"""``kb chat``: a question a line, each in the light of those before it.

Plain lines in reading order, without colours that carry meaning or anything that is drawn over, so that a screen reader
reads it as it stands. With ``--json`` both ways are JSON lines, for programs.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kb.errors import KbError, UsageError
from kb.interfaces.commands import output, shared

if TYPE_CHECKING:
    from kb.conversation import Conversation
    from kb.generation import ModelSettings
    from kb.records import Answer

_EXAMPLES: Final = """\
  kb chat
  kb chat --body fenwold --from 2023
  printf 'What was said about drones?\\nand who seconded it?\\n' | kb chat --json

In a conversation: /without ID asks again without a piece that was taken over, /new begins anew, /quit ends.
A line for --json: {"question": "and in 2018?", "ignore": ["carried-date"]}, {"again": ["carried-date"]}, {"new": true}
or a plain question.
"""
_JSON_FORM: Final = (
    'Write {"question": "...", "ignore": ["carried-date"]}, {"again": ["carried-date"]} or {"new": true}.'
)
_HELP: Final = (
    "Type a question, or /without ID (ask again without what was taken over), /new (begin anew), /quit (end)."
)
_SHOWN: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """What one line wants: a question, the last one again, or a new start; ``id`` comes back with the answer."""

    question: str = ""
    ignore: tuple[str, ...] = ()
    is_again: bool = False
    is_new: bool = False
    id: str | None = None


def register(subparsers: Any) -> None:
    """Add the command."""
    parser = shared.add_command(
        subparsers,
        "chat",
        summary="ask one question after another; each may lean on the last",
        examples=_EXAMPLES,
    )
    shared.add_filter_options(parser)
    shared.add_understanding_options(parser)
    shared.add_model_option(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Answer until the lines end; a question that fails ends nothing."""
    from kb.conversation import Conversation  # noqa: PLC0415

    model = shared.model_of(args)
    with shared.open_library(args) as library:
        talk = Conversation(library, filters=shared.filters_of(args, library))
        if sys.stdin.isatty() and not args.json:
            output.print_note(_HELP)
        for line in _lines():
            if line.casefold() in {"/quit", "/exit", "/q"}:
                break
            if line:
                _answer(talk, line, args, model)
    return 0


def _lines() -> Iterator[str]:
    """The lines typed or piped in, without white space around them."""
    if not sys.stdin.isatty():
        for line in sys.stdin:
            yield line.strip()
        return
    while True:
        try:
            yield input("Question: ").strip()
        except EOFError:
            return


def _answer(talk: Conversation, line: str, args: argparse.Namespace, model: ModelSettings | None) -> None:
    wish = _Wish()
    try:
        if args.json and line.startswith("{"):
            data = _object(line)
            wish = _Wish(id=_id(data))  # said with what is wrong, too
            wish = _json_wish(data)
        else:
            wish = _typed_wish(line)
        if wish.is_new:
            talk.start_anew()
            if not args.json:
                output.print_text("A new conversation.")
            return
        ignore = (*args.ignore, *wish.ignore)
        k = args.k or shared.DEFAULT_PASSAGES
        if wish.is_again:
            found = talk.ask_again(k=k, ignore=ignore, model=model)
        else:
            found = talk.ask(wish.question, k=k, ignore=ignore, model=model)
    except KbError as error:
        _say_error(error, args, wish)
        return
    _say(found, args, wish)


def _say(found: Answer, args: argparse.Namespace, wish: _Wish) -> None:
    from kb.interfaces.answer_json import answer_to_json  # noqa: PLC0415
    from kb.interfaces.rendering import terminal  # noqa: PLC0415

    if args.json:
        output.print_json(answer_to_json(found, question_id=wish.id))
    else:
        shown = terminal.answer(
            found,
            width=output.width(),
            style=output.has_style(),
            limit=args.k or _SHOWN,
            explain=args.explain,
        )
        output.print_text(f"{shown}\n")
    sys.stdout.flush()


def _say_error(error: KbError, args: argparse.Namespace, wish: _Wish) -> None:
    from kb.interfaces.answer_json import error_to_json  # noqa: PLC0415

    if args.json:
        output.print_json(error_to_json(error, id=wish.id))
        sys.stdout.flush()
    else:
        output.print_note(f"kb: {error}")


def _typed_wish(line: str) -> _Wish:
    if not line.startswith("/"):
        return _Wish(question=line)
    command, *words = line.split()
    if command == "/without" and words:
        return _Wish(is_again=True, ignore=tuple(words))
    if command == "/new" and not words:
        return _Wish(is_new=True)
    raise UsageError(f"{line} is not understood.", next_step=_HELP)


def _object(line: str) -> dict[str, Any]:
    """Read a line that begins as an object, which therefore is one or nothing."""
    try:
        data: dict[str, Any] = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError("The line is not JSON.", next_step=_JSON_FORM) from error
    return data


def _id(data: dict[str, Any]) -> str | None:
    given = data.get("id")
    return str(given) if isinstance(given, str | int | float) else None


def _json_wish(data: dict[str, Any]) -> _Wish:
    name = _id(data)
    if data.get("new") is True:
        return _Wish(is_new=True, id=name)
    if "again" in data:
        return _Wish(is_again=True, ignore=_names(data["again"]), id=name)
    question = data.get("question")
    if not isinstance(question, str):
        raise UsageError('The line has no "question" text.', next_step=_JSON_FORM)
    return _Wish(question=question, ignore=_names(data.get("ignore", [])), id=name)


def _names(value: object) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(value)
    raise UsageError("What to do without is not a list of ids.", next_step=_JSON_FORM)
