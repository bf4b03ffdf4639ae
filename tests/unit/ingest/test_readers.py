"""Any file ends in a status within its limits, and the others are read as if it had not been there."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from kb.errors import SourceFault
from kb.ingest import FileStatus, IngestReport, Readers, ReadingSettings, ingest
from kb.library import Library
from tests.unit.ingest.conftest import Shed


@pytest.mark.parametrize(
    ("function", "fault", "words"),
    [
        ("sleep", SourceFault.TIMED_OUT, "within 1 seconds"),
        ("crash", SourceFault.CRASHED, "SIGSEGV"),
        ("swell", SourceFault.OUT_OF_MEMORY, "more memory"),
        ("stumble", SourceFault.PROGRAM_FAULT, "RecursionError"),
    ],
)
def test_a_file_that_ruins_its_reader(
    shed: Shed, misread: Callable[..., None], function: str, fault: SourceFault, words: str
) -> None:
    """It fails for a reason that people and programs can tell, with a next step."""
    for number, name in enumerate(("a.txt", "b.txt", "c.txt", "d.txt")):
        shed.write(name, number=number)
    misread(function, seconds=1.0)
    started = time.monotonic()
    bad, *others = shed.ingest().results
    assert time.monotonic() - started < 15.0
    assert (bad.path.name, bad.status, bad.fault) == ("a.txt", FileStatus.FAILED, fault)
    assert words in str(bad.reason)
    assert bad.next_step
    assert [(result.path.name, result.status) for result in others] == [
        (name, FileStatus.ADDED) for name in ("b.txt", "c.txt", "d.txt")
    ]


@pytest.fixture
def strict() -> Iterator[Readers]:
    """Readers that take little."""
    with Readers(ReadingSettings(workers=1, max_pages=2, max_bytes=20_000)) as readers:
        yield readers


def test_what_is_too_much_is_refused(shed: Shed, strict: Readers) -> None:
    """Too many pages, too many bytes."""
    shed.write("good.txt")
    (shed.papers / "large.txt").write_text("word " * 10_000)
    canvas = Canvas(str(shed.papers / "long.pdf"))
    for _ in range(3):
        canvas.drawString(72, 700, "Words")
        canvas.showPage()
    canvas.save()
    shed.readers = strict
    results = {result.path.name: result for result in shed.ingest().results}
    assert results["good.txt"].fault is None
    assert results["large.txt"].fault is SourceFault.TOO_LARGE
    assert results["long.pdf"].fault is SourceFault.TOO_MANY_PAGES


def without_time(report: IngestReport) -> list[object]:
    """What a run tells, but for how long it took."""
    return [report.results, report.passages, report.embedded]


def test_what_ends_first_changes_nothing(shed: Shed, misread: Callable[..., None]) -> None:
    """Results, names and content are those of reading file by file."""
    for folder in ("2021", "2022", "2023"):
        shed.write(f"{folder}/a.txt", number=int(folder))
        shed.write(f"{folder}/b.txt", number=int(folder) + 10)
    outcomes = []
    for workers in (1, 3):
        misread("late", workers=workers)
        shed.library = shed.library.with_name(f"library-{workers}")
        report = shed.ingest()
        with Library.open(shed.library, encoder=shed.encoder) as library:
            outcomes.append((without_time(report), library.content_hash, library.documents()[0].parts))
    assert outcomes[0] == outcomes[1]


def test_a_failed_file_leaves_its_name_to_others(shed: Shed) -> None:
    """The name was kept for it while both were read."""
    (shed.papers / "2022").mkdir()
    (shed.papers / "2022" / "minutes.txt").write_bytes(b" \n")
    shed.write("2023/minutes.txt")
    bad, good = shed.ingest().results
    assert (bad.status, bad.fault) == (FileStatus.FAILED, SourceFault.EMPTY)
    assert (good.status, good.document) == (FileStatus.ADDED, "minutes.txt")
    with Library.open(shed.library, encoder=shed.encoder) as library:
        hit = library.search("number")[0].passage
    assert hit.citation.document == "minutes.txt"


def test_progress_goes_on_while_the_last_file_is_read(shed: Shed, misread: Callable[..., None]) -> None:
    """Each file counts when it has ended, and the one still being read is named."""
    for number, name in enumerate(("a.txt", "b.txt", "c.txt")):
        shed.write(name, number=number)
    misread("late", workers=2)
    shed.ingest()
    told = [(each.done, each.name) for each in shed.told if each.stage == "reading"]
    assert told[0] == (0, "a.txt")
    assert (2, "a.txt") in told
    assert told[-1] == (3, "")


def test_readers_of_ones_own(tmp_path: Path, shed: Shed) -> None:
    """Without any given, a run starts its own and ends them."""
    path = shed.write("a.txt")
    report = ingest([path], tmp_path / "other", encoder=shed.encoder)
    assert report.count(FileStatus.ADDED) == 1


def _pdf(path: Path, *, draw: Callable[[Canvas], None], password: str | None = None) -> None:
    canvas = Canvas(str(path), encrypt=password)
    draw(canvas)
    canvas.showPage()
    canvas.save()


def _text(canvas: Canvas) -> None:
    canvas.drawString(72, 700, "Words about roads")


def _picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (40, 40), "grey")), 72, 72, 400, 400)


def test_each_fault_has_a_status_of_its_own(shed: Shed) -> None:
    """In the report, and in the library until the file is mended or gone; people are told what to do."""
    shed.write("good.txt")
    _pdf(shed.papers / "locked.pdf", draw=_text, password="secret")  # noqa: S106 - of an invented paper
    _pdf(shed.papers / "scan.pdf", draw=_picture)
    _pdf(shed.papers / "whole.pdf", draw=_text)
    data = (shed.papers / "whole.pdf").read_bytes()
    (shed.papers / "whole.pdf").unlink()
    (shed.papers / "cut.pdf").write_bytes(data[:60])
    (shed.papers / "words.pdf").write_text("no PDF")
    (shed.papers / "empty.txt").touch()
    (shed.papers / "sheet.xyz").write_text("a;b")
    report = shed.ingest(shed.papers, shed.papers / "sheet.xyz", shed.papers / "nowhere.txt")
    faults = {result.path.name: result.fault for result in report.results if result.fault}
    assert faults == {
        "cut.pdf": SourceFault.DAMAGED,
        "empty.txt": SourceFault.EMPTY,
        "locked.pdf": SourceFault.PASSWORD_PROTECTED,
        "nowhere.txt": SourceFault.MISSING,
        "scan.pdf": SourceFault.IMAGE_ONLY,
        "sheet.xyz": SourceFault.UNSUPPORTED,
        "words.pdf": SourceFault.DAMAGED,
    }
    assert all(result.next_step for result in report.results if result.fault)
    assert refused(shed) == {name: fault for name, fault in faults.items() if name != "nowhere.txt"}
    (shed.papers / "cut.pdf").unlink()
    (shed.papers / "empty.txt").write_text("1. ROADS\n\nNo longer empty.\n")
    shed.ingest(shed.papers / "empty.txt")
    assert set(refused(shed)) == {"locked.pdf", "scan.pdf", "sheet.xyz", "words.pdf"}


def refused(shed: Shed) -> dict[str, SourceFault]:
    """What the library says it does not hold."""
    with Library.open(shed.library, encoder=shed.encoder) as library:
        return {file.name: file.fault for file in library.refused()}


def test_a_damaged_list_of_refusals_harms_nothing(shed: Shed) -> None:
    """It only repeats what the next run says."""
    shed.write("good.txt")
    (shed.papers / "empty.txt").touch()
    shed.ingest()
    (shed.library / "refused.json").write_text("[")
    assert refused(shed) == {}
    shed.ingest()
    assert refused(shed) == {"empty.txt": SourceFault.EMPTY}
