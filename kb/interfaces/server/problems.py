"""What went wrong, for programs: the error object of the JSON schema, and the status of HTTP that fits."""

from __future__ import annotations

import logging
import secrets
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kb.errors import KbError, LibraryError, ModelError, SourceError, UsageError
from kb.interfaces.answer_json import error_to_json
from kb.interfaces.server.users import UsersFileError
from kb.interfaces.server.visitors import ForbiddenError

_LOG: Final = logging.getLogger(__name__)


class NotFoundError(UsageError):
    """What is asked for by its name or id is not there."""


class BusyError(KbError):
    """Too many ask at once."""


_STATUS: Final[tuple[tuple[type[KbError], int], ...]] = (
    (NotFoundError, 404),
    (ForbiddenError, 403),
    (BusyError, 503),
    (UsageError, 400),
    (SourceError, 422),
    (UsersFileError, 503),
    (LibraryError, 503),
    (ModelError, 503),
)


def status_of(error: KbError) -> int:
    """The status code for an error; 500 if none fits."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def problem(status: int, message: str, next_step: str = "", **headers: str) -> Response:
    """An error as the schema has it; underscores in the names of ``headers`` stand for hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return JSONResponse(error_to_json(KbError(message, next_step=next_step)), status, named)


def error_response(error: KbError) -> Response:
    """An error raised on purpose."""
    return JSONResponse(error_to_json(error), status_of(error))


async def handle_error(_request: Request, error: Exception) -> Response:
    """For FastAPI: errors raised on purpose."""
    assert isinstance(error, KbError)  # noqa: S101 - registered for these alone
    return error_response(error)


async def handle_invalid(_request: Request, error: Any) -> Response:
    """For FastAPI: a request that does not have the described form."""
    first: dict[str, Any] = next(iter(error.errors()), {})
    place = " ".join(str(step) for step in first.get("loc", ())[1:]) or "The request"
    return problem(
        422, f"{place}: {first.get('msg', 'is not valid')}.", "See /api/v1/openapi.json for the form."
    )


async def handle_http(_request: Request, error: Any) -> Response:
    """For FastAPI: a route that is not there, a method that it does not have."""
    status = int(error.status_code)
    return problem(status, f"{error.detail}.", "See /api/v1/openapi.json for what there is.")


async def handle_fault(_request: Request, error: Exception) -> Response:
    """For FastAPI: a fault of the program. The reader gets a reference, the log the rest."""
    reference = secrets.token_hex(4)
    _LOG.error("request failed, reference %s", reference, exc_info=error)
    return problem(500, f"Something went wrong (reference {reference}).", "Try again; the log says more.")
