"""Tools for assistants (Model Context Protocol): the questions of REST, answered by the same methods.

`build_tools` gives a server of the protocol, which the web server mounts at ``/mcp`` behind its gate and ``kb mcp``
serves on standard input and output. Wraps the package ``mcp``; nobody else imports it.
"""

from __future__ import annotations

from collections.abc import Awaitable
from importlib.metadata import version
from typing import Annotated, Any, Final, TypeVar

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.context import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp_types import ToolAnnotations
from pydantic import Field, ValidationError
from starlette.routing import BaseRoute

from kb.errors import KbError
from kb.interfaces.server.answering import MAX_PASSAGES, Answering, Listing, Narrowing, Query, Question, Topic
from kb.interfaces.server.audit import AuditLog
from kb.interfaces.server.rules import MCP
from kb.interfaces.server.visitors import Visitor, visitor_of
from kb.interfaces.web.asking import TITLE
from kb.register.records import RowKind

_PACKAGE: Final = "meeting-papers-kb"
_INSTRUCTIONS: Final = (
    "A library of meeting papers of public bodies: minutes, agendas, reports. Answers are sentences of the papers, each"
    " with a citation; quote them as they are and give the citation's label. Where `abstained` is true the papers do"
    " not say; do not fill the gap. Ids of citations can be looked up with get_place."
)
MAX_ROWS: Final = 500
_READS: Final = ToolAnnotations(read_only_hint=True, open_world_hint=False)

T = TypeVar("T", bound=Narrowing)
_Text = Annotated[str, Field(description="In plain words")]
_K = Annotated[int, Field(ge=1, le=MAX_PASSAGES, description="How many passages at most")]
_Words = Annotated[str, Field(description="Words that a row must have, all of them")]
_Rows = Annotated[int, Field(ge=1, le=MAX_ROWS, description="How many rows at most")]
_Bodies = Annotated[
    list[str] | None, Field(description="Only papers of these public bodies; a part of the name is enough")
]
_Kinds = Annotated[
    list[str] | None, Field(description="Only these kinds of paper, such as minutes or report")
]
_From = Annotated[str | None, Field(description="Only meetings on or after: 2023, 2023-07 or 2023-07-19")]
_To = Annotated[str | None, Field(description="Only meetings on or before: 2023, 2023-07 or 2023-07-19")]


def build_tools(answering: Answering, audit: AuditLog) -> MCPServer:
    """Build the tools over what answers programs."""
    server = MCPServer(
        name="meeting-papers",
        title=TITLE,
        instructions=_INSTRUCTIONS,
        version=version(_PACKAGE),
        log_level="WARNING",
    )

    @server.tool(annotations=_READS)
    async def ask(
        *,
        question: _Text,
        context: Context,
        k: _K = 5,
        bodies: _Bodies = None,
        kinds: _Kinds = None,
        date_from: _From = None,
        date_to: _To = None,
    ) -> dict[str, Any]:
        """Answer a question from the papers, in their own words with citations; or say that they do not answer it."""
        _note(audit, context, question)
        request = _checked(Question, question=question, k=k, **_narrowing(bodies, kinds, date_from, date_to))
        return await _told(answering.ask(request))

    @server.tool(annotations=_READS)
    async def search(
        *,
        query: _Text,
        k: _K = 10,
        bodies: _Bodies = None,
        kinds: _Kinds = None,
        date_from: _From = None,
        date_to: _To = None,
    ) -> dict[str, Any]:
        """List the passages that match best, best first, without an answer."""
        request = _checked(Query, query=query, k=k, **_narrowing(bodies, kinds, date_from, date_to))
        return await _told(answering.search(request))

    @server.tool(annotations=_READS)
    async def timeline(
        *,
        topic: _Text,
        k: Annotated[int, Field(ge=1, le=MAX_PASSAGES, description="How many passages of each meeting")] = 3,
        bodies: _Bodies = None,
        kinds: _Kinds = None,
        date_from: _From = None,
        date_to: _To = None,
    ) -> dict[str, Any]:
        """Follow a topic from meeting to meeting, oldest first, with what was decided each time."""
        request = _checked(Topic, topic=topic, k=k, **_narrowing(bodies, kinds, date_from, date_to))
        return await _told(answering.timeline(request))

    @server.tool(annotations=_READS)
    async def get_place(
        place_id: Annotated[str, Field(max_length=300, description="An id from a citation")],
    ) -> dict[str, Any]:
        """Show a passage, item or paper by its id, with what stands around it and what has become of it."""
        return await _told(answering.place(place_id))

    _add_registers(server, answering)
    return server


def _add_registers(server: MCPServer, answering: Answering) -> None:
    async def listed(kind: RowKind, words: str, k: int, narrowing: dict[str, Any]) -> dict[str, Any]:
        return await _told(answering.register(kind, _checked(Listing, words=words, k=k, **narrowing)))

    @server.tool(annotations=_READS)
    async def list_decisions(
        *,
        words: _Words = "",
        k: _Rows = 50,
        bodies: _Bodies = None,
        kinds: _Kinds = None,
        date_from: _From = None,
        date_to: _To = None,
    ) -> dict[str, Any]:
        """List what was agreed, noted, resolved or approved, oldest first, with votes, movers and places."""
        return await listed(RowKind.DECISION, words, k, _narrowing(bodies, kinds, date_from, date_to))

    @server.tool(annotations=_READS)
    async def list_meetings(
        *,
        words: _Words = "",
        k: _Rows = 50,
        bodies: _Bodies = None,
        date_from: _From = None,
        date_to: _To = None,
    ) -> dict[str, Any]:
        """List the meetings of which there are minutes, oldest first, with times, venue and places."""
        return await listed(RowKind.MEETING, words, k, _narrowing(bodies, None, date_from, date_to))


def http_routes(server: MCPServer) -> list[BaseRoute]:
    """The protocol over HTTP, at ``/mcp``: stateless, each answer one JSON object.

    The host is checked by the gate. ``server.session_manager.run()`` has to be entered while it is served.
    """
    application = server.streamable_http_app(
        streamable_http_path=MCP,
        json_response=True,
        stateless_http=True,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    return list(application.routes)


def _narrowing(
    bodies: list[str] | None, kinds: list[str] | None, date_from: str | None, date_to: str | None
) -> dict[str, Any]:
    return {"bodies": bodies or [], "kinds": kinds or [], "date_from": date_from, "date_to": date_to}


def _checked(model: type[T], **fields: Any) -> T:
    try:
        return model(**fields)
    except ValidationError as error:
        first = error.errors()[0]
        raise ToolError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error


async def _told(answer: Awaitable[dict[str, Any]]) -> dict[str, Any]:
    try:
        return await answer
    except KbError as error:
        raise ToolError(str(error)) from error


def _note(audit: AuditLog, context: Context, question: str) -> None:
    request = context.request_context.request
    visitor = visitor_of(request) if request is not None else Visitor.at_the_console()
    audit.question(question, user=visitor.name, address=visitor.address, via="mcp")
