"""Small PDFs, each showing one oddity, drawn on the fly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from kb.records import Source
from kb.sources import read_source

Draw = Callable[[Canvas], None]
Read = Callable[..., Source]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Draw a PDF on A4, origin at the top left corner for the baseline of text, and read it."""

    def build(name: str, *pages: Draw, rotate: int = 0, size: tuple[float, float] = A4) -> Source:
        path = tmp_path / name
        canvas = Canvas(str(path), pagesize=size)
        for draw in pages:
            canvas.setFont("Helvetica", 12)
            draw(canvas)
            if rotate:
                canvas.setPageRotation(rotate)
            canvas.showPage()
        canvas.save()
        return read_source(path)

    return build
