"""`kb outline`, `kb doubts` and `kb inspect` look at a file as ingestion does: in a process that may be lost."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from kb.errors import SourceError, SourceFault
from kb.ingest import ReadingSettings
from kb.ingest.looking import look_at
from kb.interfaces import cli

REPEATED = 3_000
MEBIBYTE = 2**20


@pytest.fixture(scope="module")
def swelling(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PDF file of a few kilobytes whose one page prints the same words millions of times."""
    path = tmp_path_factory.mktemp("papers") / "swelling.pdf"
    canvas = Canvas(str(path))
    canvas.beginForm("words")
    for line in range(50):
        canvas.drawString(72, 40 + 15 * line, "Notes on the drains of the parish. " * 2)
    canvas.endForm()
    for _ in range(REPEATED):
        canvas.doForm("words")
    canvas.save()
    assert path.stat().st_size < MEBIBYTE
    return path


@pytest.mark.parametrize("command", ["outline", "doubts", "inspect"])
def test_a_hostile_file_hangs_no_command(
    swelling: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    """It is given up in time, with its reason and what to do, and without a traceback."""
    started = time.monotonic()
    assert cli.main([command, str(swelling), "--seconds", "1"]) == 1
    assert time.monotonic() - started < 20.0
    told = capsys.readouterr()
    assert "swelling.pdf was not read within 1 seconds" in told.err
    assert "Traceback" not in told.err
    assert not told.out


def test_a_hostile_file_takes_no_memory_of_ours(swelling: Path) -> None:
    """It may have what it is allowed, and no more; a C library that gets none may abort before Python can say so."""
    with pytest.raises(SourceError) as caught:
        look_at(swelling, ReadingSettings(memory=200 * MEBIBYTE, seconds=60.0))
    assert caught.value.fault in {SourceFault.OUT_OF_MEMORY, SourceFault.CRASHED}
    assert caught.value.next_step


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<<", SourceFault.DAMAGED),
        ("empty.txt", b"", SourceFault.EMPTY),
        ("sheet.xlsx", b"words", SourceFault.UNSUPPORTED),
    ],
)
def test_a_refusal_is_told_as_such(tmp_path: Path, name: str, data: bytes, fault: SourceFault) -> None:
    """As if the file had been read here."""
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SourceError) as caught:
        look_at(path)
    assert caught.value.fault is fault
    assert name in caught.value.message
    assert caught.value.next_step


def test_too_much_is_refused(tmp_path: Path) -> None:
    """Before it is read."""
    path = tmp_path / "large.txt"
    path.write_text("1. DRAINS\n\nThe drains were cleaned.\n")
    assert look_at(path).outline.parts
    with pytest.raises(SourceError) as caught:
        look_at(path, ReadingSettings(max_bytes=10))
    assert caught.value.fault is SourceFault.TOO_LARGE
