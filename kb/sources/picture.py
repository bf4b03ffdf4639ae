"""A page of a PDF file as a picture: with `kb.sources.mending` the only importer of pypdfium2.

Takes a path and a page number; gives a picture of the whole page, turned so that its text stands upright, on which the
boxes of `PageBox` fit when multiplied by its scale. Refuses files and pages that cannot be drawn. Safe to use from
several threads; they take turns.
"""

from __future__ import annotations

import io
import threading
from pathlib import Path
from typing import Final, NamedTuple

import pypdfium2
from PIL import Image

from kb.errors import SourceError, UsageError
from kb.sources.files import require_file

DEFAULT_WIDTH: Final = 1_000
"""Pixels; text of 10 points can be read on an A4 page of this width."""
MAX_WIDTH: Final = 4_000
"""Pixels; a wider picture is refused."""
MAX_PIXELS: Final = 16_000_000
"""A page so long that its picture would have more is drawn narrower than asked for."""
_LESS: Final = 0.01
"""Pixels left off, because the number of pixels is rounded up."""
_QUARTERS: Final = (0, 90, 180, 270)

PDFIUM_LOCK: Final = threading.Lock()
"""PDFium has state of its own for the whole process and allows one call at a time."""


class Picture(NamedTuple):
    """A page drawn: the image (RGB) and how many of its pixels are one point."""

    image: Image.Image
    scale: float

    def png(self) -> bytes:
        """Write the picture as a PNG file."""
        return png(self.image)


def png(image: Image.Image) -> bytes:
    """Write an image as a PNG file."""
    written = io.BytesIO()
    image.save(written, format="PNG", optimize=False)
    return written.getvalue()


def page_picture(path: Path, page: int, *, width_px: int = DEFAULT_WIDTH, turn: int = 0) -> Picture:
    """Draw one page.

    Args:
        path: A PDF file.
        page: Position of the page in the file, from 1.
        width_px: Width of the picture in pixels.
        turn: Degrees clockwise by which the page is turned, as in `kb.records.Page`.

    Raises:
        SourceError: If the file is missing, is no PDF, is damaged or locked, or the page cannot be drawn.
        UsageError: If there is no such page, or the width or the turn is none.
    """
    require_width(width_px)
    if turn not in _QUARTERS:
        raise UsageError(f"A page cannot be turned by {turn} degrees.", next_step="Turn it by quarters.")
    require_file(path)
    with PDFIUM_LOCK:
        try:
            document = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError as error:
            raise SourceError(
                f"No page of {path.name} can be drawn: it is not a PDF file, or damaged, or locked.",
                next_step="Pages can be drawn of PDF files that open without a password.",
            ) from error
        try:
            if not 1 <= page <= len(document):
                raise UsageError(
                    f"{path.name} has no page {page}.", next_step=f"Its pages are 1 to {len(document)}."
                )
            return _draw(document, page, width_px=width_px, turn=turn)
        except pypdfium2.PdfiumError as error:
            raise SourceError(f"Page {page} of {path.name} cannot be drawn ({error}).") from error
        finally:
            document.close()


def require_width(width_px: int) -> None:
    """Refuse a width that no picture has.

    Raises:
        UsageError: If it is none.
    """
    if not 1 <= width_px <= MAX_WIDTH:
        raise UsageError(
            f"A picture cannot be {width_px} pixels wide.", next_step=f"Ask for 1 to {MAX_WIDTH} pixels."
        )


def _draw(document: pypdfium2.PdfDocument, page: int, *, width_px: int, turn: int) -> Picture:
    sheet = document[page - 1]
    # Text is read from the whole sheet, also from what a viewer crops; boxes count from its corner.
    sheet.set_cropbox(*sheet.get_mediabox())
    width, height = sheet.get_size()
    if turn in {90, 270}:
        width, height = height, width
    scale = (width_px - _LESS) / width
    scale = min(scale, (MAX_PIXELS / (width * height)) ** 0.5)
    image = sheet.render(scale=scale, rotation=turn).to_pil().convert("RGB")
    return Picture(image, scale)
