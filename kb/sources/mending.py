"""PDF files whose list of objects one reader cannot find its way through, written anew by another."""

from __future__ import annotations

import io

import pypdfium2

from kb.sources.picture import PDFIUM_LOCK


def rewrite(data: bytes) -> bytes | None:
    """Write a PDF file anew, objects and pages as they are.

    Returns:
        The new file; ``None`` if PDFium finds no pages in it either.
    """
    with PDFIUM_LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError:
            return None
        try:
            if not len(document):
                return None
            written = io.BytesIO()
            document.save(written)
        except pypdfium2.PdfiumError:
            return None
        finally:
            document.close()
    return written.getvalue()
