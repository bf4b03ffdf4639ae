"""PDF files: the only importer of pdfplumber and pdfminer.

Takes a path; gives a `Source` whose text is the printed lines of each page, top to bottom, joined by line
feeds, and the pages joined by a line feed and a form feed. Refuses files that are damaged, locked, endless or
without any text.
"""

from __future__ import annotations

import io
import logging
from pathlib import Path
from typing import Any, Final

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from kb.errors import SourceError
from kb.records import Box, Source
from kb.sources.assembly import BLANK, SheetLine, assemble
from kb.sources.files import read_bytes

MAX_PAGES: Final = 3_000
"""A longer file is refused: it would be no meeting's papers, and take hours."""

for _name in ("pdfminer", "pdfplumber"):
    logging.getLogger(_name).setLevel(logging.ERROR)


def read_pdf(path: Path) -> Source:
    """Read a PDF file.

    Raises:
        SourceError: If it is missing, no PDF, damaged, locked by a password, too long, or has no text at all.
    """
    data, sha256 = read_bytes(path)
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            sheets = [_read_page(page) for page in pdf.pages]
    except (PdfminerException, MalformedPDFException, PSException) as error:
        if isinstance(error.args[0] if error.args else None, PDFEncryptionError):
            raise SourceError(
                f"{path.name} is locked.", next_step="Save a copy without a password."
            ) from error
        raise SourceError(
            f"{path.name} is damaged or no PDF.", next_step="Fetch or save it again."
        ) from error
    text, lines, pages = assemble(sheets)
    if not text.strip():
        raise SourceError(
            f"{path.name} has no text layer; it seems to be scanned.", next_step="Run OCR on it first."
        )
    return Source(
        name=path.name,
        sha256=sha256,
        media_type="application/pdf",
        text=text,
        lines=lines,
        pages=pages,
        issues=(),
    )


def _read_page(page: Any) -> list[SheetLine]:
    lines: list[SheetLine] = []
    bottom = 0.0
    for line in page.extract_text_lines():
        chars = line["chars"]
        bold = sum("bold" in char["fontname"].lower() for char in chars) * 2 > len(chars)
        box = Box(line["x0"], line["top"], line["x1"], line["bottom"])
        if lines and box.top - bottom > chars[0]["size"]:
            lines.append(BLANK)
        lines.append(
            SheetLine(text=line["text"].replace("\n", " "), box=box, size=chars[0]["size"], bold=bold)
        )
        bottom = box.bottom
    return lines
