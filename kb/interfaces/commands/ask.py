"""``kb ask``: one question, or a file of them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, Final

from kb.errors import UsageError
from kb.interfaces.commands import output, shared

_EXAMPLES: Final = """\
  kb ask "What did the Commissioner say about Vision Zero?"
  kb ask "When is the next meeting?" --body fenwold --from 2023 --json
  kb ask --batch questions.jsonl --out answers.jsonl

A line of questions.jsonl: {"id": "q1", "question": "Who chaired the meeting?"}
"""
_SHOWN: Final = 5


def register(subparsers: Any) -> None:
    """Add the command."""
    parser = shared.add_command(
        subparsers, "ask", summary="answer a question from the papers, with citations", examples=_EXAMPLES
    )
    parser.add_argument("question", nargs="*", metavar="QUESTION", help="the question, in plain words")
    parser.add_argument(
        "--format",
        choices=["text", "markdown"],
        default="text",
        help="how to write the answer (default: text)",
    )
    batch = parser.add_argument_group("many questions")
    batch.add_argument(
        "--batch", type=Path, metavar="FILE", help='questions, one JSON object a line; "-" for stdin'
    )
    batch.add_argument(
        "--out", type=Path, metavar="FILE", help='answers, one JSON object a line; "-" for stdout'
    )
    shared.add_filter_options(parser)
    shared.add_understanding_options(parser)
    shared.add_model_option(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Answer one question, or all of a file."""
    if args.batch is not None:
        return _run_batch(args)
    if args.out is not None:
        raise UsageError(
            "--out goes with --batch.", next_step="For one question, redirect: kb ask ... > FILE."
        )
    question = " ".join(args.question)
    if not question.strip():
        raise UsageError("No question was given.", next_step='Ask one: kb ask "Who chaired the meeting?"')
    from kb.interfaces.answer_json import answer_to_json  # noqa: PLC0415
    from kb.interfaces.rendering import markdown, terminal  # noqa: PLC0415

    model = shared.model_of(args)
    with shared.open_library(args) as library:
        answer = library.ask(
            question,
            k=args.k or shared.DEFAULT_PASSAGES,
            filters=shared.filters_of(args, library),
            ignore=args.ignore,
            model=model,
        )
    if args.json:
        output.print_json(answer_to_json(answer))
        return 0
    limit = args.k or _SHOWN
    if args.format == "markdown":
        output.print_text(markdown.answer(answer, limit=limit))
    else:
        output.print_text(
            terminal.answer(
                answer, width=output.width(), style=output.has_style(), limit=limit, explain=args.explain
            )
        )
    return 0


def _run_batch(args: argparse.Namespace) -> int:
    from kb.interfaces.commands import batch  # noqa: PLC0415

    if args.question:
        raise UsageError("Give a question or --batch, not both.", next_step="Remove one of them.")
    if args.out is None:
        raise UsageError("--batch needs --out.", next_step="Add --out FILE, or --out - for stdout.")
    questions = batch.read_questions(args.batch)
    model = shared.model_of(args)
    with shared.open_library(args) as library:
        return batch.answer_all(
            library,
            questions,
            out=args.out,
            k=args.k or shared.DEFAULT_PASSAGES,
            filters=shared.filters_of(args, library),
            ignore=args.ignore,
            model=model,
            show_progress=shared.shows_progress(args),
        )
