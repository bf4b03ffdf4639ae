"""PDF files with scanned pages, made from a page of a sample paper."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from kb.sources.picture import page_picture
from tests.structure_sources import REPOSITORY

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
MINUTES = REPOSITORY / "papers" / "2023-07-19-panel-minutes.pdf"
DOTS = 300
A4 = (595.28, 841.89)
Draw = Callable[[Canvas], None]


def picture(page: int) -> Image.Image:
    """A page of the sample minutes as a scanner sees it: grey, compressed, without text."""
    return page_picture(MINUTES, page, width_px=round(A4[0] * DOTS / 72)).image.convert("L")


def scanned(image: Image.Image, *, stamp: str = "") -> Draw:
    """Draw a picture over the whole of a sheet of its size, and perhaps text on it."""

    def draw(canvas: Canvas) -> None:
        width, height = image.width * 72 / DOTS, image.height * 72 / DOTS
        canvas.setPageSize((width, height))
        packed = io.BytesIO()
        image.save(packed, "JPEG", quality=70)
        packed.seek(0)
        canvas.drawImage(ImageReader(packed), 0, 0, width, height)
        if stamp:
            canvas.drawString(450, 20, stamp)

    return draw


def typed(*lines: str) -> Draw:
    """Draw lines of text."""

    def draw(canvas: Canvas) -> None:
        canvas.setPageSize(A4)
        for index, line in enumerate(lines):
            canvas.drawString(72, 760 - 16 * index, line)

    return draw


def write(path: Path, *pages: Draw) -> Path:
    """Write a file of some pages."""
    canvas = Canvas(str(path))
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path
