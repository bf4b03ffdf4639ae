"""Files on disk become `Source` records: the whole text, its lines with exact spans, its pages.

Takes a path; the suffix says which reader. Refuses, with a `SourceError` that names the next step, whatever
is no paper that can be read: a missing file, another kind of file, a damaged or locked one, one without text.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kb.errors import SourceError, SourceFault
from kb.records import Source
from kb.sources.docx import read_docx
from kb.sources.files import require_file
from kb.sources.html import read_html
from kb.sources.pdf import MAX_PAGES, read_pdf
from kb.sources.scans import LACKS_OCR, OcrSettings
from kb.sources.text import read_text

__all__ = [
    "LACKS_OCR",
    "MAX_PAGES",
    "SUFFIXES",
    "OcrSettings",
    "read_docx",
    "read_html",
    "read_pdf",
    "read_source",
    "read_text",
]

_READERS: Final = {
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".html": read_html,
    ".htm": read_html,
    ".txt": read_text,
    ".md": read_text,
}

SUFFIXES: Final[frozenset[str]] = frozenset(_READERS)
"""Suffixes of the files that can be read, in lower case and with the dot."""


def read_source(path: Path, *, max_pages: int = MAX_PAGES, ocr: OcrSettings | None = None) -> Source:
    """Read one file by its suffix, in capitals or not.

    Args:
        path: The file.
        max_pages: One of more pages is refused.
        ocr: Whether pages that are pictures are recognised, and for how long; by default they are.

    Raises:
        SourceError: If the file is missing, is of another kind, or cannot be read as a paper.
    """
    require_file(path)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        kind = f"{path.suffix} files are" if path.suffix else "a file without a suffix is"
        raise SourceError(
            f"{path.name} was not read: {kind} not supported.",
            next_step=f"Save it as one of {', '.join(sorted(SUFFIXES))} and add that.",
            fault=SourceFault.UNSUPPORTED,
        )
    return read_pdf(path, max_pages=max_pages, ocr=ocr) if reader is read_pdf else reader(path)
