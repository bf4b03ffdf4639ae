"""The papers' own files, and their pages as pictures: given out by a document's id alone, never by a path."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Query
from fastapi import Path as PathValue
from fastapi.responses import FileResponse, Response

from kb.errors import UsageError
from kb.interfaces.server.api import PROBLEMS
from kb.interfaces.server.drawing import Pictures
from kb.interfaces.server.headers import PDF, SANDBOX
from kb.interfaces.server.problems import NotFoundError
from kb.interfaces.web.opening import OpenLibrary
from kb.records import PageBox

if TYPE_CHECKING:
    from kb.library import Library

FILES: Final = "/files"
_WIDTH: Final = 1_000
_MAX_SCALE: Final = 2
_MAX_PAGE: Final = 100_000
_AT_ONCE: Final = 2
_PDF: Final = ".pdf"

_Id = Annotated[str, PathValue(max_length=100, description="A document's id")]
_Page = Annotated[int, PathValue(ge=1, le=_MAX_PAGE, description="Position in the file, from 1")]
_Scale = Annotated[int, Query(ge=1, le=_MAX_SCALE, description=f"Width of the picture in {_WIDTH:,} pixels")]
_Boxes = Annotated[str | None, Query(max_length=300, description="Id of a passage to be framed")]


def file_routes(opened: OpenLibrary, pictures: Pictures) -> APIRouter:
    """The routes."""
    router = APIRouter(prefix=FILES, tags=["files"], responses=PROBLEMS)
    turns = CapacityLimiter(_AT_ONCE)

    @router.get("/{document_id}", summary="Get the file as it was added", response_class=FileResponse)
    async def original(document_id: _Id) -> Response:
        """A PDF file opens in the browser; any other is a download, because browsers would run what is in it."""
        name, path = await to_thread.run_sync(_find, opened, document_id)
        is_pdf = path.suffix.casefold() == _PDF
        return FileResponse(
            path,
            media_type="application/pdf" if is_pdf else "application/octet-stream",
            filename=Path(name).name,
            content_disposition_type="inline" if is_pdf else "attachment",
            headers={"Content-Security-Policy": PDF if is_pdf else SANDBOX},
        )

    @router.get("/{document_id}/pages/{page}.png", summary="Get a page as a picture", response_class=Response)
    async def picture(document_id: _Id, page: _Page, scale: _Scale = 1, boxes: _Boxes = None) -> Response:
        """PNG, turned so that its text stands upright; of PDF files only."""

        def draw() -> bytes:
            library = opened.current()
            name, path = _find_in(library, document_id)
            shown = next((each for each in library.pages(name) if each.number == page), None)
            if shown is None or path.suffix.casefold() != _PDF:
                raise NotFoundError("There is no picture of such a page.", next_step="Pages count from 1.")
            framed = _boxes_of(library, boxes, document_id, page)
            return pictures.png(path, page, width_px=_WIDTH * scale, turn=shown.turn, boxes=framed)

        return Response(
            await to_thread.run_sync(draw, limiter=turns),
            media_type="image/png",
            headers={"Content-Security-Policy": SANDBOX},
        )

    return router


def _find(opened: OpenLibrary, document_id: str) -> tuple[str, Path]:
    return _find_in(opened.current(), document_id)


def _find_in(library: Library, document_id: str) -> tuple[str, Path]:
    """The name and the kept file of a document."""
    for summary in library.documents():
        if summary.id == document_id:
            return summary.document, library.original_path(summary.document)
    raise NotFoundError("There is no such document.", next_step="List them: /api/v1/documents.")


def _boxes_of(library: Library, passage_id: str | None, document_id: str, page: int) -> tuple[PageBox, ...]:
    if not passage_id:
        return ()
    try:
        passage = library.passage(passage_id)
    except UsageError as error:
        raise NotFoundError(error.message, next_step=error.next_step) from error
    return tuple(box for box in passage.boxes if box.page == page and passage.document_id == document_id)
