"""The application: everything that answers, behind one gate."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import AsyncIterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, Final

import gradio as gr
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp

from kb.errors import KbError
from kb.interfaces.server import problems
from kb.interfaces.server.answering import Answering
from kb.interfaces.server.api import api_routes
from kb.interfaces.server.audit import AuditLog
from kb.interfaces.server.changing import paper_routes, user_routes
from kb.interfaces.server.drawing import Pictures
from kb.interfaces.server.files import file_routes
from kb.interfaces.server.gate import Gate
from kb.interfaces.server.papers import Papers
from kb.interfaces.server.rules import API
from kb.interfaces.server.sessions import Attempts, Sessions
from kb.interfaces.server.settings import ServerSettings
from kb.interfaces.server.signing import Desk, signing_routes
from kb.interfaces.server.tools import build_tools, http_routes
from kb.interfaces.server.users import Users
from kb.interfaces.server.visitors import Doorkeeper, require_users, visitor_of
from kb.interfaces.web.asking import TITLE
from kb.interfaces.web.opening import OpenLibrary
from kb.interfaces.web.page import build_page
from kb.interfaces.web.theme import build_theme, stylesheet

_PACKAGE: Final = "meeting-papers-kb"


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """The application for a server to run, and what is behind its gate for tests to look at."""

    gate: ASGIApp
    behind: FastAPI
    opened: OpenLibrary


def build_app(settings: ServerSettings) -> Served:
    """Build the application over a library, which need not exist yet.

    Raises:
        UsageError: If it would be reached from elsewhere and there are no users.
        UsersFileError: If the users file cannot be trusted.
    """
    users, sessions = Users(settings.users), Sessions()
    require_users(settings, users)
    audit = AuditLog(settings.audit_log, questions=settings.audit_questions)
    opened = OpenLibrary(settings.library)
    answering, pictures = Answering(opened, settings.limits), Pictures()
    tools = build_tools(answering, audit)
    tool_routes = http_routes(tools)

    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        try:
            async with tools.session_manager.run():
                yield
        finally:
            pictures.close()

    behind = FastAPI(
        lifespan=lifespan,
        title=TITLE,
        description="Questions answered from meeting papers, with citations.",
        version=version(_PACKAGE),
        openapi_url=f"{API}/openapi.json",
        docs_url=None,  # both load scripts from elsewhere
        redoc_url=None,
    )
    behind.add_exception_handler(KbError, problems.handle_error)
    behind.add_exception_handler(RequestValidationError, problems.handle_invalid)
    behind.add_exception_handler(HTTPException, problems.handle_http)
    behind.add_exception_handler(Exception, problems.handle_fault)
    desk = Desk(title=TITLE, users=users, sessions=sessions, attempts=Attempts(), audit=audit)
    behind.include_router(signing_routes(desk))
    behind.include_router(api_routes(answering, audit))
    papers = Papers(settings.library, limits=settings.limits, audit=audit)
    behind.include_router(paper_routes(papers, answering))
    behind.include_router(user_routes(users, audit))
    behind.include_router(file_routes(opened, pictures))
    behind.router.routes.extend(tool_routes)

    @behind.api_route(
        f"{API}/{{rest:path}}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"], include_in_schema=False
    )
    async def nothing(rest: str) -> Response:
        return problems.problem(
            404, f"There is no {API}/{rest}.", f"See {API}/openapi.json for what there is."
        )

    _mount_page(behind, opened, settings, audit)  # last: it answers for every path that is left
    doorkeeper = Doorkeeper(settings, users, sessions)
    return Served(gate=Gate(behind, settings=settings, doorkeeper=doorkeeper), behind=behind, opened=opened)


def _mount_page(behind: FastAPI, opened: OpenLibrary, settings: ServerSettings, audit: AuditLog) -> None:
    def note(request: Any, action: str, subject: str) -> None:
        visitor = visitor_of(request)
        audit.write(action, user=visitor.name, address=visitor.address, subject=subject)

    page = build_page(opened, role_of=lambda request: visitor_of(request).role, note=note)
    with warnings.catch_warnings():  # that pages are not rendered twice, which was not asked for
        warnings.filterwarnings("ignore", message="SSR mode")
        _mount(behind, page, settings)


def _mount(behind: FastAPI, page: gr.Blocks, settings: ServerSettings) -> None:
    gr.mount_gradio_app(
        behind,
        page,
        path="/",
        server_name=settings.host,
        server_port=settings.port,
        theme=build_theme(),
        css=stylesheet(),
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        enable_monitoring=False,
        pwa=False,
        max_file_size=settings.limits.upload_body,
    )
