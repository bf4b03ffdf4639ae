"""A folder of papers that were cut, mangled or glued together: each ends in a status, and none harms another."""

from __future__ import annotations

import io
import logging
import random
import re
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from kb.errors import SourceError, SourceFault
from kb.ingest import FileStatus, Readers, ReadingSettings, ingest
from kb.ingest.reading import ReadJob
from kb.library import Library
from kb.store.rows import DocumentRow
from tests.command import PAPERS
from tests.fakes import HashingEncoder
from tests.word_files import pack, word_file

pytestmark = pytest.mark.slow

SECONDS = 6.0
SETTINGS = ReadingSettings(seconds=SECONDS, memory=400 * 2**20, max_pages=60, max_bytes=4 * 2**20, ocr=False)
ROUNDS = 14
"""Of each sample's damages; about a third of a second a file."""
SAMPLES = (
    "2023-03-22-plan-delivery-report.pdf",
    "2023-05-16-decision-record-fpcc-2023-007.pdf",
    "2023-09-21-board-performance-dashboard.pdf",
    "2024-02-14-commissioner-precept-response-letter.pdf",
)
GOOD = {
    f"{name}.txt": f"QUENBY TOWN COUNCIL\n\nMINUTES of the meeting held on {day} June 2024\n\n1. DRAINS\n\n{text}\n"
    for name, day, text in (
        ("aa-first", 3, "The clerk said that the drains in Mill Lane had been cleared twice since Easter."),
        ("zz-last", 17, "Councillor Ember asked who would pay for the new gate at the allotments."),
    )
}
_NUMBER = re.compile(rb"(?<![\w.])\d+(?:\.\d+)?")
_NUMBERS = (b"0", b"-1", b"-0.0001", b"65536", b"2147483648", b"99999999999", b"1e9", b"NaN")
_TAG = re.compile(rb"<[^>]+>")

Damage = Callable[[random.Random, bytes, bytes], bytes]


def cut(dice: random.Random, data: bytes, _: bytes) -> bytes:
    """Break off, as downloads do."""
    return data[: dice.randrange(len(data))]


def flip(dice: random.Random, data: bytes, _: bytes) -> bytes:
    """Turn bits over."""
    changed = bytearray(data)
    for _ in range(dice.choice((1, 8, 64, 512))):
        changed[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def blank(dice: random.Random, data: bytes, _: bytes) -> bytes:
    """Lose a block, as failing disks do."""
    start = dice.randrange(len(data))
    return data[:start] + bytes(len(data[start : start + 2_000])) + data[start + 2_000 :]


def drop(dice: random.Random, data: bytes, _: bytes) -> bytes:
    """Leave a piece out."""
    start = dice.randrange(len(data))
    return data[:start] + data[start + dice.randrange(1, 3_000) :]


def repeat(dice: random.Random, data: bytes, _: bytes) -> bytes:
    """Have a piece many times."""
    start = dice.randrange(len(data))
    return data[:start] + data[start : start + 2_000] * dice.randrange(2, 20) + data[start:]


def glue(_: random.Random, data: bytes, other: bytes) -> bytes:
    """Put another file behind."""
    return data + other


def misnumber(dice: random.Random, data: bytes, _: bytes) -> bytes:
    """Put another number for some: sizes, places, references."""
    for _ in range(dice.choice((1, 3, 9))):
        found = list(_NUMBER.finditer(data))
        if found:
            number = dice.choice(found)
            data = data[: number.start()] + dice.choice(_NUMBERS) + data[number.end() :]
    return data


def nest(dice: random.Random, data: bytes, _: bytes) -> bytes:
    """Have one mark-up tag thousands of times, never closed."""
    tags = list(_TAG.finditer(data))
    if not tags:
        return data
    tag = dice.choice(tags)
    return data[: tag.start()] + tag.group() * dice.choice((40, 4_000)) + data[tag.end() :]


DAMAGES: tuple[Damage, ...] = (cut, flip, blank, drop, repeat, glue, misnumber, nest)


def plain_pdf() -> bytes:
    """A PDF file whose operators and numbers can be read, and so mangled."""
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=0)
    for page in range(3):
        for line in range(12):
            canvas.drawString(72, 780 - 40 * line, f"{12 * page + line + 1}. Gate {line}")
            canvas.drawString(90, 760 - 40 * line, "The clerk reported that it had been mended.")
        canvas.grid([72, 200, 400], [60, 80, 100])
        canvas.drawString(80, 66, "Gates")
        canvas.drawString(210, 66, "36")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def plain_docx() -> bytes:
    """A Word file with numbered headings and a table."""
    paragraph = (
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='1'/></w:numPr></w:pPr>{run}</w:p>"
    )
    run = "<w:r><w:t>Gate {number} had been mended.</w:t></w:r>"
    body = "".join(paragraph.format(level=number % 3, run=run.format(number=number)) for number in range(20))
    row = (
        "<w:tr>"
        + "<w:tc><w:tcPr><w:gridSpan w:val='1'/></w:tcPr><w:p><w:r><w:t>36</w:t></w:r></w:p></w:tc>" * 3
    )
    levels = "".join(
        f"<w:lvl w:ilvl='{level}'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%{level + 1}.'/>"
        "</w:lvl>"
        for level in range(3)
    )
    numbering = f"<w:abstractNum w:abstractNumId='0'>{levels}</w:abstractNum>"
    numbering += "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    return word_file(f"{body}<w:tbl>{(row + '</w:tr>') * 4}</w:tbl>", numbering=numbering)


def plain_html() -> bytes:
    """A web page with lists in lists and a table with spans."""
    items = "".join(
        f"<h2>{number}. Gates</h2><ol type=a start=3><li>One<li>Two<ul><li>Three</ul></ol>"
        "<table><tr><th rowspan=2>Gate<th colspan=3>Mended<tr><td>1<td>2<td>3</table>"
        for number in range(1, 8)
    )
    return f"<html><body><h1>Quenby Town Council</h1>{items}</body></html>".encode()


def mangle_inside(dice: random.Random, data: bytes) -> bytes:
    """Damage a part of a Word file before it is packed: its archive is whole, so that the damage is met."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = dice.choice(sorted(parts))
    damage = dice.choice((drop, repeat, misnumber, nest))
    return pack({**parts, name: damage(dice, parts[name], b"")})


def damaged_files() -> dict[str, bytes]:
    """The same ones in every run, by name."""
    whole = {name: (PAPERS / name).read_bytes() for name in SAMPLES}
    whole |= {"plain.pdf": plain_pdf(), "plain.docx": plain_docx(), "plain.html": plain_html()}
    others = list(whole.values())
    files = {}
    for name, data in whole.items():
        path = Path(name)
        for number in range(ROUNDS):
            dice = random.Random(f"{name} {number}")  # noqa: S311 - to be the same every time
            damage = DAMAGES[number % len(DAMAGES)]
            is_inside = path.suffix == ".docx" and number >= ROUNDS // 3
            changed = mangle_inside(dice, data) if is_inside else damage(dice, data, dice.choice(others))
            files[f"{path.stem}-{number:02}{path.suffix}"] = changed
    return files


class TimedReaders(Readers):
    """Readers that remember how long each file took, from the start of its reading, in seconds."""

    def __init__(self, settings: ReadingSettings) -> None:
        super().__init__(settings)
        self.taken: dict[str, float] = {}

    def read(
        self,
        jobs: Sequence[ReadJob],
        *,
        started: Callable[[int], None] | None = None,
        ended: Callable[[int], None] | None = None,
    ) -> list[DocumentRow | SourceError]:
        """As its parent."""
        begun: dict[int, float] = {}

        def begin(number: int) -> None:
            begun[number] = time.monotonic()
            if started is not None:
                started(number)

        def end(number: int) -> None:
            self.taken[jobs[number].path.name] = time.monotonic() - begun[number]
            if ended is not None:
                ended(number)

        return super().read(jobs, started=begin, ended=end)


def test_every_damaged_file_ends_in_a_status(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Within its time, with a reason and a next step if it failed, and never by a fault of the program."""
    papers = tmp_path / "papers"
    papers.mkdir()
    for name, text in GOOD.items():
        (papers / name).write_text(text)
    for name, data in damaged_files().items():
        (papers / name).write_bytes(data)
    with TimedReaders(SETTINGS) as readers, caplog.at_level(logging.ERROR):
        report = ingest([papers], tmp_path / "library", encoder=HashingEncoder(), readers=readers)
    results = {result.path.name: result for result in report.results}
    assert set(results) == {path.name for path in papers.iterdir()}
    failed = {name: result for name, result in results.items() if result.status is FileStatus.FAILED}
    for name, result in failed.items():
        assert result.fault not in {None, SourceFault.PROGRAM_FAULT, SourceFault.CRASHED}, (name, result)
        assert result.reason, name
        assert result.next_step, name
    assert len(failed) >= len(results) // 8, "the damage is too slight to prove anything"
    assert max(readers.taken.values()) < SECONDS + 2.0
    told = capfd.readouterr()
    assert "Traceback" not in told.out + told.err + caplog.text
    with Library.open(tmp_path / "library", encoder=HashingEncoder()) as library:
        for name, text in GOOD.items():
            assert results[name].status is FileStatus.ADDED
            assert library.source_text(name) == text
        read = {result.document for result in results.values() if result.status is FileStatus.ADDED}
        assert {summary.document for summary in library.documents()} == read
