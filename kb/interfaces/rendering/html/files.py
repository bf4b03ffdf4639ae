"""Where the server gives out originals and pictures of their pages, counted from the root of the application."""

from __future__ import annotations

from kb.records import DocumentId


def original(document: DocumentId, page: int | None = None) -> str:
    """The file as it was added, opened at a page where it has pages."""
    return f"./files/{document}" + (f"#page={page}" if page else "")


def picture(document: DocumentId, page: int) -> str:
    """A page as a picture."""
    return f"./files/{document}/pages/{page}.png"
