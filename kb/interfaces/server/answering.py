"""What programs can ask of the library: the same methods and the same JSON as the command line.

REST (`api`) and the tools for assistants (`tools`) both call `Answering`, whose methods take the fields of a request
and give what ``kb COMMAND --json`` prints. Where the model runs, a few take turns and the others wait.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

import anyio
from anyio import to_thread
from pydantic import BaseModel, ConfigDict, Field

from kb.errors import UsageError
from kb.interfaces import answer_json
from kb.interfaces.filters import FilterWords, build_filters, require_day
from kb.interfaces.server.problems import BusyError, NotFoundError
from kb.interfaces.server.settings import Limits
from kb.interfaces.web.opening import OpenLibrary
from kb.records import Filters, ItemType, PartKind, PlaceKind
from kb.register.records import RowKind

if TYPE_CHECKING:
    from kb.library import Library

MAX_PASSAGES: Final = 100
MAX_QUESTION: Final = 2_000
"""Characters; the library itself refuses a question that has too many words."""
_MAX_VALUES: Final = 50
PEOPLE: Final = "people"
_LOOKING_AT_ONCE: Final = 8

T = TypeVar("T")


class Narrowing(BaseModel):
    """What may be returned at all. Of names a part is enough; dates are 2023, 2023-07, 2023-07-19 or 19 July 2023."""

    model_config = ConfigDict(extra="forbid")

    bodies: list[str] = Field([], max_length=_MAX_VALUES, description="Public bodies")
    kinds: list[PartKind] = Field([], max_length=_MAX_VALUES, description="Kinds of paper")
    documents: list[str] = Field([], max_length=_MAX_VALUES, description="Documents")
    people: list[str] = Field([], max_length=_MAX_VALUES, description="Who speaks")
    item_types: list[ItemType] = Field([], max_length=_MAX_VALUES, description="Kinds of business")
    statuses: list[str] = Field([], max_length=_MAX_VALUES, description="Draft, confirmed, ...")
    date_from: str | None = Field(None, max_length=40, description="Meetings on or after this date")
    date_to: str | None = Field(None, max_length=40, description="Meetings on or before this date")

    def filters(self, library: Library) -> Filters:
        """Look the names up; raises `UsageError` if one matches nothing or a date is none."""
        return build_filters(
            FilterWords(
                bodies=tuple(self.bodies),
                kinds=tuple(self.kinds),
                documents=tuple(self.documents),
                people=tuple(self.people),
                item_types=tuple(self.item_types),
                statuses=tuple(self.statuses),
                date_from=require_day(self.date_from, last=False),
                date_to=require_day(self.date_to, last=True),
            ),
            library,
        )


class Question(Narrowing):
    """A question in plain words."""

    question: str = Field(min_length=1, max_length=MAX_QUESTION, description="The question")
    k: int = Field(10, ge=1, le=MAX_PASSAGES, description="How many passages at most")
    ignore: list[str] = Field([], max_length=_MAX_VALUES, description="Ids or kinds not to be understood")


class Query(Narrowing):
    """Words to search for."""

    query: str = Field(min_length=1, max_length=MAX_QUESTION, description="Words or a question")
    k: int = Field(10, ge=1, le=MAX_PASSAGES, description="How many passages at most")
    ignore: list[str] = Field([], max_length=_MAX_VALUES, description="Ids or kinds not to be understood")


class Topic(Narrowing):
    """A topic to follow from meeting to meeting."""

    topic: str = Field(min_length=1, max_length=MAX_QUESTION, description="A word, a phrase or a question")
    k: int = Field(3, ge=1, le=MAX_PASSAGES, description="How many passages of each meeting")


class Listing(Narrowing):
    """What is to be listed of what the papers record; ``people`` are those whom a row names."""

    words: str = Field("", max_length=MAX_QUESTION, description="Words that a row must have, all of them")
    k: int | None = Field(None, ge=1, description="How many rows at most; all if it is left out")


class Counting(Narrowing):
    """What the values of filters are counted for."""

    query: str | None = Field(None, max_length=MAX_QUESTION, description="Count only passages that match")


class Answering:
    """Answers programs from one open library; methods are coroutines and never block the server."""

    def __init__(self, opened: OpenLibrary, limits: Limits) -> None:
        self._opened = opened
        self._wait = limits.wait
        self._asking = anyio.CapacityLimiter(limits.questions_at_once)
        self._looking = anyio.CapacityLimiter(_LOOKING_AT_ONCE)

    async def ask(self, request: Question) -> dict[str, Any]:
        """As ``kb ask``."""

        def answer(library: Library) -> dict[str, Any]:
            found = library.ask(
                request.question, k=request.k, filters=request.filters(library), ignore=request.ignore
            )
            return answer_json.answer_to_json(found)

        return await self._with_model(answer)

    async def search(self, request: Query) -> dict[str, Any]:
        """As ``kb search``."""

        def search(library: Library) -> dict[str, Any]:
            filters = request.filters(library)
            return answer_json.search_to_json(
                request.query,
                library.search(request.query, k=request.k, filters=filters, ignore=request.ignore),
                understood=library.understand(
                    request.query, filters=filters, ignore=request.ignore
                ).understood,
                suggestion=library.suggest(request.query),
            )

        return await self._with_model(search)

    async def timeline(self, request: Topic) -> dict[str, Any]:
        """As ``kb timeline``."""

        def follow(library: Library) -> dict[str, Any]:
            meetings = library.timeline(
                request.topic, per_meeting=request.k, filters=request.filters(library)
            )
            return answer_json.timeline_to_json(request.topic, meetings)

        return await self._with_model(follow)

    async def place(self, place_id: str) -> dict[str, Any]:
        """As ``kb show``; raises `NotFoundError` if the library never gave the id."""

        def show(library: Library) -> dict[str, Any]:
            try:
                place = library.resolve(place_id)
            except UsageError as error:
                raise NotFoundError(error.message, next_step=error.next_step) from error
            is_one = place.kind is PlaceKind.PASSAGE and place.id is not None
            context = library.context(place.id) if is_one and place.id is not None else ()
            return answer_json.place_to_json(place_id, place, context)

        return await self._look(show)

    async def documents(self) -> dict[str, Any]:
        """As ``kb documents``."""
        return await self._look(
            lambda library: answer_json.documents_to_json(library.documents(), library.refused())
        )

    async def register(self, kind: str, request: Listing) -> dict[str, Any]:
        """As ``kb decisions``, ``kb meetings`` and their kin; ``kind`` is a `RowKind` or ``people``."""

        def rows(library: Library) -> dict[str, Any]:
            # Who is named in a row need not be a speaker: people are matched with the row, not looked up.
            chosen: dict[str, Any] = {
                "filters": request.model_copy(update={"people": []}).filters(library),
                "people": tuple(request.people),
                "words": request.words,
            }
            if kind == PEOPLE:
                return answer_json.people_to_json(library.people(**chosen)[: request.k])
            return answer_json.register_to_json(kind, library.register(RowKind(kind), **chosen)[: request.k])

        return await self._look(rows)

    async def outline(self, document: str) -> dict[str, Any]:
        """As ``kb outline``, of a document by its id or name; raises `NotFoundError` if there is none."""

        def outline(library: Library) -> dict[str, Any]:
            name = document_named(library, document)
            return answer_json.outline_to_json(name, library.outline(name))

        return await self._look(outline)

    async def document_name(self, document: str) -> str:
        """The name of a document, given its name or its id; raises `NotFoundError` if there is none."""
        return await self._look(lambda library: document_named(library, document))

    async def facets(self, request: Counting) -> dict[str, Any]:
        """As ``kb facets``."""
        return await self._look(
            lambda library: answer_json.facets_to_json(
                library.facets((request.query or "").strip() or None, filters=request.filters(library))
            )
        )

    async def glossary(self) -> dict[str, Any]:
        """As ``kb glossary``."""
        return await self._look(lambda library: answer_json.glossary_to_json(library.glossary()))

    async def _with_model(self, work: Callable[[Library], T]) -> T:
        return await self._in_turn(work, self._asking)

    async def _look(self, work: Callable[[Library], T]) -> T:
        return await self._in_turn(work, self._looking)

    async def _in_turn(self, work: Callable[[Library], T], turns: anyio.CapacityLimiter) -> T:
        """Do the work in a thread when it is its turn; a visitor who has gone gives the turn back."""
        try:
            with anyio.fail_after(self._wait):
                await turns.acquire_on_behalf_of(token := object())
        except TimeoutError as error:
            raise BusyError("The server is busy.", next_step="Try again in a moment.") from error
        try:
            return await to_thread.run_sync(lambda: work(self._opened.current()))
        finally:
            turns.release_on_behalf_of(token)


def document_named(library: Library, wanted: str) -> str:
    """The name of a document, given its name or its id.

    Raises:
        NotFoundError: If there is none.
    """
    for summary in library.documents():
        if wanted in {summary.id, summary.document}:
            return summary.document
    raise NotFoundError("There is no such document.", next_step="List them: /api/v1/documents.")
