"""Plain text and Markdown files.

The decoded text, with CR and CR LF turned into LF, is the text of the `Source`. Each line, blank ones too,
becomes a `Line`; line feeds and form feeds belong to none. Form feeds part pages; without one the file has no
pages. Markdown is kept as it is written.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kb.errors import SourceError, SourceFault
from kb.records import Line, Page, Source, Span
from kb.sources.files import read_bytes
from kb.sources.labels import page_labels

_MEDIA_TYPES: Final = {".md": "text/markdown"}
_UTF16_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffd]")
_MAX_CONTROL_SHARE: Final = 0.02
"""More control or unreadable characters than this share and the file is not taken for text."""


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Decode the bytes of a text file.

    UTF-8 with or without byte order mark, UTF-16 with one, otherwise Windows-1252, in which bytes that mean
    nothing become U+FFFD. Line ends become LF; the mark is dropped.

    Returns:
        The text, and what was notable about reading it.

    Raises:
        ValueError: If the bytes are not text.
    """
    issues: tuple[str, ...] = ()
    if data.startswith(_UTF16_MARKS):
        text = data.decode("utf-16")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
            issues = ("read as Windows-1252",)
            if unread := text.count("\ufffd"):
                issues = (*issues, f"{unread} bytes are no character of Windows-1252")
    if "\0" in text or len(_CONTROL.findall(text)) > _MAX_CONTROL_SHARE * len(text):
        raise ValueError("not text")
    return text.replace("\r\n", "\n").replace("\r", "\n"), issues


def split_lines(text: str) -> tuple[tuple[Line, ...], tuple[Page, ...]]:
    """Split a text, with LF line ends, into its lines and pages.

    A form feed ends a line and a page; a last form feed with nothing after it begins no page.
    """
    sheets = text.split("\f")
    if len(sheets) == 1:
        return tuple(_lines_of(text, start=0, page=None)), ()
    if not sheets[-1]:
        sheets.pop()
    lines: list[Line] = []
    pages: list[Page] = []
    labels = page_labels([sheet.split("\n") for sheet in sheets])
    start = 0
    for number, sheet in enumerate(sheets, start=1):
        lines.extend(_lines_of(sheet, start=start, page=number))
        pages.append(Page(number=number, label=labels[number - 1], span=Span(start, start + len(sheet))))
        start += len(sheet) + 1
    return tuple(lines), tuple(pages)


def _lines_of(sheet: str, *, start: int, page: int | None) -> Iterator[Line]:
    texts = sheet.split("\n")
    if not texts[-1]:
        texts.pop()
    for text in texts:
        yield Line(text=text, span=Span(start, start + len(text)), page=page)
        start += len(text) + 1


def read_text(path: Path) -> Source:
    """Read a ``.txt`` or ``.md`` file.

    Raises:
        SourceError: If it is missing, may not be read, is no text, or says nothing.
    """
    data, sha256 = read_bytes(path)
    if data.startswith(b"%PDF-"):
        raise SourceError(
            f"{path.name} is not a text file but a PDF.",
            next_step=f"Rename it to {path.stem}.pdf and add that.",
            fault=SourceFault.UNSUPPORTED,
        )
    try:
        text, issues = decode(data)
    except ValueError as error:
        raise SourceError(
            f"{path.name} is not a text file.",
            next_step="Save it as plain text in UTF-8, or as PDF.",
            fault=SourceFault.UNSUPPORTED,
        ) from error
    if not text.strip():
        raise SourceError(
            f"{path.name} holds nothing but white space.",
            next_step="Check that the right file was saved.",
            fault=SourceFault.EMPTY,
        )
    lines, pages = split_lines(text)
    return Source(
        name=path.name,
        sha256=sha256,
        media_type=_MEDIA_TYPES.get(path.suffix.lower(), "text/plain"),
        text=text,
        lines=lines,
        pages=pages,
        issues=issues,
    )
