"""The part of ``kb inspect`` that touches the paper: run in processes that may be lost.

`read` finds what there is to mark on a file's pages, `draw_page` draws one page with its marks. Both take and give JSON
values, and answer as `kb.ingest.endings` says.
"""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any, Final

from kb.ingest.endings import answer
from kb.ingest.reading import read_within
from kb.interfaces.rendering.inspection import Mark, MarkKind, draw, marks_of
from kb.records import Box
from kb.sources.picture import page_picture, png
from kb.structure import parse

READ: Final = "kb.interfaces.drawing:read"
DRAW: Final = "kb.interfaces.drawing:draw_page"


def read(path: str, **limits: Any) -> dict[str, Any]:
    """Answer with the kind of a file, and the turn and the marks of each of its pages, in order."""
    return answer(lambda: _read(Path(path), limits))


def draw_page(
    path: str, page: int, turn: int, marks: list[Any], *, width_px: int, title: str
) -> dict[str, Any]:
    """Answer with the picture of a page as a PNG file, in base 64.

    Args:
        path: The PDF file.
        page: From 1.
        turn: As in `kb.records.Page`.
        marks: Of the page, as `read` gave them.
        width_px: Of the picture, in pixels.
        title: Stands above the page.
    """
    found = [Mark(MarkKind(kind), Box(*box), label) for kind, box, label in marks]

    def make() -> str:
        picture = page_picture(Path(path), page, width_px=width_px, turn=turn)
        return base64.b64encode(png(draw(picture, found, title=title))).decode("ascii")

    return answer(make)


def _read(path: Path, limits: dict[str, Any]) -> dict[str, Any]:
    source = read_within(path, **limits)
    marks = marks_of(source, parse(source))
    return {
        "media_type": source.media_type,
        "pages": [
            {
                "number": page.number,
                "turn": page.turn,
                "marks": [[mark.kind.value, list(mark.box), mark.label] for mark in marks[page.number]],
            }
            for page in source.pages
        ],
    }
