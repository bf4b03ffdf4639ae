"""The states in which there is nothing to read: working, empty, failed."""

from __future__ import annotations

import re

from kb.errors import KbError
from kb.interfaces.rendering.html.markup import NOTHING, Html, join, tag, text


def error(problem: KbError, *, reference: str = "") -> Html:
    """What went wrong, what to do, and under which reference the log has it."""
    return tag(
        "section",
        tag("h2", problem.message),
        tag("p", commands(problem.next_step)) if problem.next_step else NOTHING,
        tag("p", f"Nothing was lost. Reference: {reference}", class_="kb-reference")
        if reference
        else NOTHING,
        class_="kb-state",
        role="alert",
        data_announce=problem.message,
    )


def status(message: str) -> Html:
    """A word about what is going on."""
    return tag("p", message, class_="kb-working", data_announce=message)


def empty_library(folder: str) -> Html:
    """There is no paper yet: the command that puts some in, and where to upload them."""
    return tag(
        "section",
        tag("h2", "No papers yet"),
        tag("p", "Put a folder of meeting papers into the library, then load this page again:"),
        tag("pre", tag("code", f"kb ingest --library {folder} PAPERS")),
        tag("p", "Or ", tag("a", "upload papers here", href="papers"), "."),
        class_="kb-state",
    )


def commands(sentence: str) -> Html:
    """A sentence with its command, quoted by backquotes or standing last after a colon, shown as code."""
    pieces: list[str] = []
    done = 0
    for found in re.finditer(r"`([^`]+)`|(?<=: )(kb .+)$", sentence):
        pieces += [text(sentence[done : found.start()]), tag("code", found[1] or found[2])]
        done = found.end()
    return join(*pieces, text(sentence[done:]))
