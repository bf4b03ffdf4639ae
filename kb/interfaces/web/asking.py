"""What the page does: questions in, HTML or JSON out. No Gradio here, so it is tested without a server."""

from __future__ import annotations

import datetime as dt
import logging
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kb.errors import KbError, LibraryMissingError, UsageError
from kb.interfaces.answer_json import answer_to_json, error_to_json
from kb.interfaces.filters import FilterWords, build_filters, parse_day
from kb.interfaces.rendering import html, words
from kb.interfaces.web.examples import example_questions
from kb.interfaces.web.opening import OpenLibrary
from kb.records import Answer, PartKind

if TYPE_CHECKING:
    from kb.library import Library

TITLE: Final = "Meeting papers"
PASSAGES: Final = 10
MAX_PASSAGES: Final = 100

_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What the page shows before a question is asked. Choices are pairs of label and value."""

    masthead: str
    state: str
    examples: tuple[str, ...] = ()
    bodies: tuple[tuple[str, str], ...] = ()
    kinds: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The filters as the page's fields give them: names and kinds as chosen, dates as typed.

    ``ignore`` names what is not to be understood of the question.
    """

    bodies: Sequence[str] = ()
    kinds: Sequence[str] = ()
    date_from: str | None = None
    date_to: str | None = None
    documents: Sequence[str] = ()
    ignore: Sequence[str] = ()


def front(opened: OpenLibrary) -> Front:
    """The first visit, or why there is nothing to ask yet."""
    try:
        library = opened.current()
        facets = library.facets()
        count = len(library.documents())
        if not count:
            return Front(
                masthead=html.masthead(TITLE, "No papers yet"), state=html.empty_library(str(opened.folder))
            )
        return Front(
            masthead=html.masthead(TITLE, words.extent(count, facets.first_date, facets.last_date)),
            state="",
            examples=example_questions(library),
            bodies=tuple((f"{value} ({count})", value) for value, count in facets.bodies),
            kinds=tuple(
                (f"{words.kind(value).capitalize()} ({count})", str(value)) for value, count in facets.kinds
            ),
        )
    except LibraryMissingError:
        return Front(
            masthead=html.masthead(TITLE, "No papers yet"), state=html.empty_library(str(opened.folder))
        )
    except KbError as error:
        return Front(masthead=html.masthead(TITLE, "The library cannot be opened"), state=html.error(error))


def respond(opened: OpenLibrary, question: str, narrowed: Narrowing) -> Iterator[str]:
    """The results as HTML: first that they are on their way, then what was found, or what went wrong."""
    if not question.strip():
        yield html.error(UsageError("No question yet.", next_step="Type one above, or choose an example."))
        return
    yield html.status("Searching the papers…")
    try:
        yield html.answer(_ask(opened.current(), question, PASSAGES, narrowed))
    except LibraryMissingError:
        yield html.empty_library(str(opened.folder))
    except KbError as error:
        yield html.error(error)
    except Exception:  # noqa: BLE001 - the page must say something; the log says more
        reference = secrets.token_hex(4)
        _LOG.exception("question failed, reference %s", reference)
        fault = KbError("Something went wrong while searching.", next_step="Ask again, or in other words.")
        yield html.error(fault, reference=reference)


def ask_json(opened: OpenLibrary, question: str, k: int, narrowed: Narrowing) -> dict[str, Any]:
    """The answer as JSON (schema version 1), or the error in its place."""
    try:
        if not 1 <= k <= MAX_PASSAGES:
            raise UsageError(f"k is {k}.", next_step=f"Choose 1 to {MAX_PASSAGES} passages.")
        return answer_to_json(_ask(opened.current(), question, k, narrowed))
    except KbError as error:
        return error_to_json(error)


def _ask(library: Library, question: str, k: int, narrowed: Narrowing) -> Answer:
    given = FilterWords(
        bodies=tuple(narrowed.bodies),
        kinds=tuple(_kind(value) for value in narrowed.kinds),
        documents=tuple(narrowed.documents),
        date_from=_day(narrowed.date_from, last=False),
        date_to=_day(narrowed.date_to, last=True),
    )
    return library.ask(question, k=k, filters=build_filters(given, library), ignore=narrowed.ignore)


def _kind(value: str) -> PartKind:
    try:
        return PartKind(value)
    except ValueError as error:
        raise UsageError(
            f"There is no kind of paper called {value!r}.", next_step=f"Choose from: {', '.join(PartKind)}."
        ) from error


def _day(text: str | None, *, last: bool) -> dt.date | None:
    if text is None or not text.strip():
        return None
    day = parse_day(text, last=last)
    if day is None:
        raise UsageError(
            f"{text.strip()!r} is not a date.", next_step="Write 2023, 2023-07, 2023-07-19 or 19 July 2023."
        )
    return day
