"""What the front page does: addresses in, HTML or JSON out. No Gradio here, so it is tested without a server."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kb.errors import KbError, UsageError
from kb.interfaces.answer_json import answer_to_json, error_to_json
from kb.interfaces.filters import FilterWords, build_filters, require_day
from kb.interfaces.rendering import words
from kb.interfaces.rendering.html import answers, places, reasons, states
from kb.interfaces.rendering.html.markup import NOTHING, Html, join
from kb.interfaces.web.address import Address
from kb.interfaces.web.faults import shown, told
from kb.interfaces.web.opening import OpenLibrary
from kb.records import Answer, Filters, PartKind, Understood

if TYPE_CHECKING:
    from kb.library import Library

TITLE: Final = "Meeting papers"
PASSAGES: Final = 10
MAX_PASSAGES: Final = 100
_MOST_PEOPLE: Final = 12


class Shown(NamedTuple):
    """What stands below the question and beside it; ``None`` leaves the latter as it is."""

    results: Html
    panel: Html | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What filters can be set to, as pairs of label (with its count) and value."""

    bodies: tuple[tuple[str, str], ...] = ()
    kinds: tuple[tuple[str, str], ...] = ()
    people: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The filters as fields give them: names and kinds as chosen, dates as typed.

    ``ignore`` names what is not to be understood of the question.
    """

    bodies: Sequence[str] = ()
    kinds: Sequence[str] = ()
    date_from: str | None = None
    date_to: str | None = None
    documents: Sequence[str] = ()
    ignore: Sequence[str] = ()
    people: Sequence[str] = ()


def respond(opened: OpenLibrary, address: Address) -> Iterator[Shown]:
    """The results: first that they are on their way, then the passages, then the answer, or what went wrong."""
    if not address.question:
        if address.place:
            yield Shown(NOTHING, panel(opened, address))
        else:
            problem = UsageError("No question yet.", next_step="Type one above, or choose an example.")
            yield Shown(states.error(problem), NOTHING)
        return
    yield Shown(states.status("Searching the papers…"), NOTHING)
    steps = _steps(opened, address)
    yield from told(steps, opened, lambda page: Shown(page, NOTHING))


def _steps(opened: OpenLibrary, address: Address) -> Iterator[Shown]:
    library = opened.current()
    filters = filters_of(narrowing(address), library)
    asked: dict[str, Any] = {"k": PASSAGES, "filters": filters, "ignore": address.ignored}

    def open_at(place_id: str) -> str:
        return address.search(place=place_id, page=None)

    hits = library.search(address.question, **asked)
    if not hits:
        searched = _searched(library, address)
        problem = UsageError(
            "No paper is within these limits.", next_step=f"Take a filter away. Searched: {searched}."
        )
        yield Shown(states.error(problem), NOTHING)
        return
    yield Shown(answers.passages(hits, address.question, open_at=open_at))
    found = library.ask(address.question, **asked)
    results = join(
        answers.before(
            found.understood,
            suggestion=(found.suggestion, Address(question=found.suggestion).search())
            if found.suggestion
            else None,
            chip_at=lambda piece: address.search(ignored=_switched(piece, address.ignored)),
        ),
        answers.limits(address.documents, lambda name: address.search(documents=_without(name, address))),
        answers.answer(
            found,
            open_at=open_at,
            searched=_searched(library, address),
            timeline=f"./meetings{Address(question=address.question).search()}",
        ),
    )
    yield Shown(results, panel(opened, address, found))


def panel(opened: OpenLibrary, address: Address, found: Answer | None = None) -> Html:
    """The open place, or failing one that of the first source of an answer."""
    place_id = address.place
    if not place_id and found is not None and not found.abstained and found.quotes:
        place_id = found.quotes[0].passage.id
    if not place_id:
        return NOTHING
    return shown(lambda: _sight(opened.current(), address, place_id), opened)


def _sight(library: Library, address: Address, place_id: str) -> Html:
    place = library.resolve(place_id)
    passage = place.passage
    pages = library.pages(passage.citation.document) if passage else ()
    boxed = passage.boxes[0].page if passage and passage.boxes else passage.citation.page if passage else None
    wanted = address.page if address.place and address.page else boxed
    sight = places.Sight(
        place=place,
        context=library.context(passage.id) if passage else (),
        pages=pages,
        page=min(wanted, len(pages)) if wanted and pages else None,
        is_pdf=any(page.width for page in pages),
        is_chosen=bool(address.place),
    )

    def turn(page: int | None) -> str:
        return address.search(place=place_id if page else "", page=page)

    return places.panel(sight, address.question, turn=turn)


def why(opened: OpenLibrary, search: str, place_id: str) -> Html:
    """Why a place was found for the question of an address."""

    def reason() -> Html:
        address = Address.parse(search)
        library = opened.current()
        filters = filters_of(narrowing(address), library)
        explained = library.explain(address.question, k=PASSAGES, filters=filters, ignore=address.ignored)
        return reasons.why(next((why for hit, why in explained if hit.passage.id == place_id), None))

    return shown(reason, opened)


def choices(opened: OpenLibrary, address: Address) -> Choices:
    """What filters can be set to, counted among what matches the question; what is set stays among them."""
    library = opened.current()
    filters = filters_of(narrowing(address), library)
    facets = library.facets(address.question or None, filters=filters)
    people = list(facets.people[:_MOST_PEOPLE])
    people += [(name, 0) for name in address.people if name not in dict(people)]
    bodies = [*facets.bodies, *((name, 0) for name in address.bodies if name not in dict(facets.bodies))]
    kinds = [*facets.kinds]
    kinds += [(PartKind(kind), 0) for kind in address.kinds if kind not in dict(facets.kinds)]
    return Choices(
        bodies=tuple((f"{value} ({count})", value) for value, count in bodies),
        kinds=tuple((f"{words.kind(value).capitalize()} ({count})", str(value)) for value, count in kinds),
        people=tuple((f"{value} ({count})", value) for value, count in people),
    )


def ask_json(opened: OpenLibrary, question: str, k: int, narrowed: Narrowing) -> dict[str, Any]:
    """The answer as JSON (schema version 1), or the error in its place."""
    try:
        if not 1 <= k <= MAX_PASSAGES:
            raise UsageError(f"k is {k}.", next_step=f"Choose 1 to {MAX_PASSAGES} passages.")
        library = opened.current()
        return answer_to_json(
            library.ask(question, k=k, filters=filters_of(narrowed, library), ignore=narrowed.ignore)
        )
    except KbError as error:
        return error_to_json(error)


def narrowing(address: Address) -> Narrowing:
    """The limits of an address."""
    return Narrowing(
        address.bodies,
        address.kinds,
        address.date_from,
        address.date_to,
        address.documents,
        address.ignored,
        address.people,
    )


def filters_of(narrowed: Narrowing, library: Library) -> Filters:
    """Look the limits up in the library; raises `UsageError` for what it does not have."""
    given = FilterWords(
        bodies=tuple(narrowed.bodies),
        kinds=tuple(_kind(value) for value in narrowed.kinds),
        documents=tuple(narrowed.documents),
        people=tuple(narrowed.people),
        date_from=require_day(narrowed.date_from, last=False),
        date_to=require_day(narrowed.date_to, last=True),
    )
    return build_filters(given, library)


def _switched(piece: Understood, ignored: tuple[str, ...]) -> tuple[str, ...]:
    """The readings to ignore once this one is switched over."""
    if piece.is_used:
        return (*ignored, piece.id)
    return tuple(each for each in ignored if each not in {piece.id, piece.kind})


def _without(document: str, address: Address) -> tuple[str, ...]:
    return tuple(name for name in address.documents if name != document)


def _searched(library: Library, address: Address) -> str:
    """How far a search reached: "17 papers, 30 November 2022 to 12 June 2025; only minutes"."""
    facets = library.facets()
    limits = [
        *address.bodies,
        *(words.kind(kind) for kind in address.kinds),
        *(f"said by {name}" for name in address.people),
        *address.documents,
        *([f"from {address.date_from}"] if address.date_from else []),
        *([f"to {address.date_to}"] if address.date_to else []),
    ]
    reach = words.extent(len(library.documents()), facets.first_date, facets.last_date)
    return f"{reach}; only {', '.join(limits)}" if limits else reach


def _kind(value: str) -> PartKind:
    try:
        return PartKind(value)
    except ValueError as error:
        raise UsageError(
            f"There is no kind of paper called {value!r}.", next_step=f"Choose from: {', '.join(PartKind)}."
        ) from error
