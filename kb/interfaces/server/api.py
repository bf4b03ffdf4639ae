"""REST, version 1: questions and papers for programs, as JSON of schema version 1 (docs/answer-schema.md)."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request
from fastapi import Query as QueryString

from kb.interfaces.commands.registers import COMMANDS
from kb.interfaces.server.answering import Answering, Counting, Listing, Query, Question, Topic
from kb.interfaces.server.audit import AuditLog
from kb.interfaces.server.rules import API
from kb.interfaces.server.visitors import visitor_of

_PROBLEM: Final = {
    "description": "What went wrong, with what to do next",
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["schema", "error"],
                "properties": {
                    "schema": {"type": "integer", "const": 1},
                    "error": {
                        "type": "object",
                        "required": ["message", "next_step"],
                        "properties": {
                            "message": {"type": "string"},
                            "next_step": {"type": ["string", "null"]},
                        },
                    },
                },
            }
        }
    },
}
PROBLEMS: Final[dict[int | str, dict[str, Any]]] = dict.fromkeys(
    (400, 401, 403, 404, 413, 422, 503), _PROBLEM
)
_Asked = Annotated[Question, QueryString()]
_Sought = Annotated[Query, QueryString()]
_Followed = Annotated[Topic, QueryString()]
_Counted = Annotated[Counting, QueryString()]
_Listed = Annotated[Listing, QueryString()]
_PlaceId = Annotated[
    str, Path(max_length=300, description="An id from a citation", examples=["body/2023-07-19/minutes"])
]
_Document = Annotated[str, Path(max_length=300, description="A document's id or name")]


def api_routes(answering: Answering, audit: AuditLog) -> APIRouter:
    """The routes; what each gives is described in docs/answer-schema.md."""
    router = APIRouter(prefix=API, responses=PROBLEMS)
    _add_questions(router, answering, audit)
    _add_papers(router, answering)
    for command in COMMANDS:
        _add_register(router, answering, command.name, kind=command.kind, summary=command.summary)
    return router


def _add_questions(router: APIRouter, answering: Answering, audit: AuditLog) -> None:
    async def asked(request: Request, question: Question) -> dict[str, Any]:
        visitor = visitor_of(request)
        audit.question(question.question, user=visitor.name, address=visitor.address, via="api")
        return await answering.ask(question)

    @router.get("/ask", summary="Answer a question", tags=["questions"])
    async def ask(request: Request, question: _Asked) -> dict[str, Any]:
        """An answer in the papers' own words with its citations, or that the papers do not say."""
        return await asked(request, question)

    @router.post("/ask", summary="Answer a question", tags=["questions"])
    async def post_ask(request: Request, question: Question) -> dict[str, Any]:
        """As with GET; the question stands in no log of addresses."""
        return await asked(request, question)

    @router.get("/search", summary="List the passages that match best", tags=["questions"])
    async def search(query: _Sought) -> dict[str, Any]:
        """Passages, best first."""
        return await answering.search(query)

    @router.post("/search", summary="List the passages that match best", tags=["questions"])
    async def post_search(query: Query) -> dict[str, Any]:
        """As with GET."""
        return await answering.search(query)

    @router.get("/timeline", summary="Follow a topic from meeting to meeting", tags=["questions"])
    async def timeline(topic: _Followed) -> dict[str, Any]:
        """Meetings, oldest first, with what was said and decided."""
        return await answering.timeline(topic)

    @router.get("/facets", summary="Count what filters can choose", tags=["questions"])
    async def facets(counting: _Counted) -> dict[str, Any]:
        """Values of each filter with their numbers of passages."""
        return await answering.facets(counting)


def _add_papers(router: APIRouter, answering: Answering) -> None:
    @router.get("/places/{place_id:path}", summary="Show a passage, item or paper by its id", tags=["papers"])
    async def place(place_id: _PlaceId) -> dict[str, Any]:
        """What stands at a place, and what has become of it."""
        return await answering.place(place_id)

    @router.get("/documents", summary="List the documents", tags=["papers"])
    async def documents() -> dict[str, Any]:
        """What the library holds, and what it could not read."""
        return await answering.documents()

    @router.get("/documents/{document}/outline", summary="Show how a document is built", tags=["papers"])
    async def outline(document: _Document) -> dict[str, Any]:
        """Parts, items and paragraphs."""
        return await answering.outline(document)

    @router.get("/glossary", summary="List the abbreviations", tags=["papers"])
    async def glossary() -> dict[str, Any]:
        """Abbreviations that the papers explain."""
        return await answering.glossary()


def _add_register(router: APIRouter, answering: Answering, name: str, *, kind: str, summary: str) -> None:
    @router.get(f"/{name}", summary=summary[:1].upper() + summary[1:], tags=["registers"], name=name)
    async def rows(listing: _Listed) -> dict[str, Any]:
        """Rows with their words, facts and places, oldest first."""
        return await answering.register(kind, listing)
