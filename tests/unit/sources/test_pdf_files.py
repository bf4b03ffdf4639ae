"""PDF files: what is refused, what is noted, and how pages become one text."""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from pdfminer import pdfdocument, pdfexceptions, psexceptions
from reportlab.lib import pdfencrypt
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from kb.errors import SourceError
from kb.records import Source
from kb.sources import pdf as reader
from kb.sources import read_source
from kb.sources.glyphs import plain
from tests.scanned import needs_tesseract

Read = Callable[..., Source]
SHARED = Path(os.environ.get("KB_SHARED", Path(__file__).parents[4] / "shared")) / "pdfs"
SAMPLES = sorted(SHARED.glob("*.pdf"))


def _say(*texts: str, top: float = 72, pitch: float = 14) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        for index, text in enumerate(texts):
            canvas.drawString(72, 842 - top - pitch * index, text)

    return draw


def _scan(canvas: Canvas) -> None:
    from PIL import Image

    canvas.drawImage(ImageReader(Image.new("RGB", (40, 40), "grey")), 72, 72, 400, 400)


def test_lines_pages_and_labels(read: Read) -> None:
    """Lines are joined by a line feed, pages by line feed and form feed; labels are those printed."""
    source = read("two_pages.pdf", _say("First", "Page 7 of 9"), _say("Second", "- 8 -"))
    assert source.text == "First\nPage 7 of 9\n\fSecond\n- 8 -"
    assert [(page.number, page.label, page.span) for page in source.pages] == [
        (1, "7", (0, 17)),
        (2, "8", (19, 31)),
    ]
    assert source.media_type == "application/pdf"
    assert source.issues == ()
    first = source.lines[0]
    assert (first.page, first.size, first.bold) == (1, 12.0, False)
    assert first.box is not None
    assert first.box.x0 == pytest.approx(72)
    assert first.box.top < 72 < first.box.bottom


@needs_tesseract
def test_picture_only_page_is_noted(read: Read) -> None:
    """A page without text leaves a note and its place among the pages."""
    source = read("scan_inside.pdf", _say("Text"), _scan, lambda _: None)
    assert source.issues == (
        "page 3 has no text (blank)",
        "page 2 is a picture on which no text was recognised",
    )
    assert [page.number for page in source.pages] == [1, 2, 3]
    assert source.text == "Text\n\f\n\f"


def test_scanned_file_is_refused(read: Read) -> None:
    """A file without any text says what to do."""
    with pytest.raises(SourceError, match="no text layer") as caught:
        read("scanned.pdf", _scan)
    assert caught.value.next_step


def test_password(tmp_path: Path) -> None:
    """A file that asks for a password is refused, one that only limits printing is read."""
    for name, password in (("locked.pdf", "secret"), ("owned.pdf", "")):
        encryption = pdfencrypt.StandardEncryption(password, ownerPassword="owner", canCopy=0)
        canvas = Canvas(str(tmp_path / name), encrypt=encryption)
        canvas.drawString(72, 700, "Text")
        canvas.save()
    assert read_source(tmp_path / "owned.pdf").text == "Text"
    with pytest.raises(SourceError, match="password") as caught:
        read_source(tmp_path / "locked.pdf")
    assert caught.value.next_step


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"hello", "not a PDF"),
        (b"", "empty"),
        (b"%PDF-1.4\nnothing here", "damaged"),
        (b"%PDF-1.4\ntrailer\n<< /Root 1 0 R >>\n%%EOF", "damaged|no pages"),
    ],
)
def test_damaged(tmp_path: Path, data: bytes, words: str) -> None:
    """What is no PDF, or cut off, is refused with a next step."""
    path = tmp_path / "damaged.pdf"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=words) as caught:
        read_source(path)
    assert caught.value.next_step


def test_truncated_anywhere(read: Read, tmp_path: Path) -> None:
    """However much of a file is missing, it is read or refused, never a crash."""
    read("whole.pdf", _say("Text"))
    data = (tmp_path / "whole.pdf").read_bytes()
    for share in range(1, 20):
        path = tmp_path / "cut.pdf"
        path.write_bytes(data[: len(data) * share // 20])
        try:
            assert read_source(path).text
        except SourceError as error:
            assert error.next_step  # noqa: PT017


_MODULES = (psexceptions, pdfexceptions, pdfdocument, pdfplumber.utils.exceptions)


@pytest.mark.parametrize(
    "kind",
    [
        kind
        for module in _MODULES
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Exception)
    ],
)
def test_every_library_error_is_mapped(
    read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    """No exception of the wrapped libraries gets through."""
    read("fine.pdf", _say("Text"))

    def fail(*_: Any, **__: Any) -> Any:
        raise kind("broken")

    monkeypatch.setattr(reader.pdfplumber, "open", fail)
    with pytest.raises(SourceError):
        read_source(tmp_path / "fine.pdf")


def test_one_bad_page_costs_only_itself(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page the parser trips over is noted; the others are read."""
    whole = reader.read_marks

    def trip(page: Any) -> Any:
        if page.page_number == 2:
            raise RecursionError
        return whole(page)

    monkeypatch.setattr(reader, "read_marks", trip)
    source = read("bad_page.pdf", _say("One"), _say("Two"), _say("Three"))
    assert [line.text for line in source.lines] == ["One", "Three"]
    assert source.issues == ("page 2 could not be read (RecursionError)",)
    monkeypatch.setattr(reader, "read_marks", lambda _: 1 / 0)
    with pytest.raises(SourceError, match="none of its pages"):
        read("bad_pages.pdf", _say("One"))


def test_too_many_pages(read: Read, tmp_path: Path) -> None:
    """Endless files are refused."""
    read("long.pdf", *[_say("Text")] * 3)
    with pytest.raises(SourceError, match="3 pages; at most 2"):
        read_source(tmp_path / "long.pdf", max_pages=2)


def test_loggers_are_quiet() -> None:
    """The parser's warnings about odd files do not reach the user."""
    assert not logging.getLogger("pdfminer.pdfpage").isEnabledFor(logging.WARNING)


@pytest.mark.skipif(not SAMPLES, reason=f"no PDFs in {SHARED} (set KB_SHARED)")
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_no_character_is_lost(path: Path) -> None:
    """The lines hold the characters which pdfplumber finds on the page, and know their place."""
    source = read_source(path)
    assert all(source.text[line.span.start : line.span.end] == line.text for line in source.lines)
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            found = Counter("".join(line.text for line in source.lines if line.page == page.page_number))
            for blank in " \t":
                found.pop(blank, None)
            assert found == Counter("".join(_without_overprints(page.chars))), page.page_number


def _without_overprints(chars: list[Any]) -> list[str]:
    kept: list[str] = []
    places: dict[str, list[tuple[float, float]]] = {}
    for char in chars:
        text, near = plain(char["text"]).replace(" ", ""), 0.12 * char["size"]
        x, y = char["matrix"][4:]
        if all(abs(x - other) >= near or abs(y - above) >= near for other, above in places.get(text, ())):
            places.setdefault(text, []).append((x, y))
            kept.append(text)
    return kept


def test_objects_counted_from_one(tmp_path: Path) -> None:
    """A file whose table of objects is one out, as some scanners write it, has its pages all the same."""
    path = tmp_path / "scanner.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(72, 700, "Minutes of the Panel")
    canvas.save()
    data = path.read_bytes()
    assert data.count(b"xref\n0 ") == 1
    path.write_bytes(data.replace(b"xref\n0 ", b"xref\n1 "))
    assert read_source(path).text == "Minutes of the Panel"


def test_a_file_without_pages_is_refused(tmp_path: Path) -> None:
    """Also after it has been written anew."""
    path = tmp_path / "empty.pdf"
    path.write_bytes(b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF")
    with pytest.raises(SourceError, match=r"empty\.pdf"):
        read_source(path)
