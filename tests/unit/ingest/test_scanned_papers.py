"""Scanned pages in a library: left unread for want of OCR, and read once it is there."""

from __future__ import annotations

from kb.ingest import FileStatus, Readers, ReadingSettings
from tests.scanned import needs_tesseract, picture, scanned, typed, write
from tests.unit.ingest.conftest import Shed


@needs_tesseract
def test_pages_left_for_want_of_ocr_are_read_once_it_is_there(shed: Shed) -> None:
    """A library built without takes them in when it is updated with OCR, and then leaves them alone."""
    write(shed.papers / "mixed.pdf", typed("1. COST", "It was five pounds."), scanned(picture(1)))
    with_ocr = shed.readers
    with Readers(ReadingSettings(ocr=False)) as without_ocr:
        shed.readers = without_ocr
        [before] = shed.ingest().results
        [again] = shed.ingest().results
    assert before.status is FileStatus.ADDED
    assert any("Tesseract could read" in issue for issue in before.issues)
    assert again.passages == before.passages
    shed.readers = with_ocr
    [after] = shed.ingest().results
    assert after.passages > before.passages
    generations = shed.generations()
    [last] = shed.ingest().results
    assert last.passages == after.passages
    assert shed.generations() == generations
