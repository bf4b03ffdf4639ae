"""Scanned pages: recognised for what they say and where, page by page, or said not to be."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from kb.errors import SourceError, SourceFault
from kb.passages import split
from kb.records import Source
from kb.sources import OcrSettings, ocr, read_source, scans
from kb.sources.glyphs import Sheet
from kb.structure import parse
from tests.scanned import MINUTES, needs_tesseract, picture, scanned, typed, write
from tests.structure_sources import check_cover


def _words(source: Source) -> set[str]:
    return {word.strip(".,;:()") for word in source.text.split()}


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Source:
    """The first page of the sample minutes, scanned and read."""
    return read_source(write(tmp_path_factory.mktemp("scan") / "minutes.pdf", scanned(picture(1))))


@needs_tesseract
def test_a_scan_says_what_the_paper_says(scan: Source) -> None:
    """Nearly all words, the same items, the meeting, and a note of how sure that is."""
    printed = read_source(MINUTES)
    first = printed.text[slice(*printed.pages[0].span)]
    wanted = {word.strip(".,;:()") for word in first.split()}
    assert len(wanted & _words(scan)) >= 0.95 * len(wanted)
    outline = parse(scan)
    check_cover(scan, outline)
    [part] = outline.parts
    assert str(part.meeting_date) == "2023-07-19"
    numbers = [item.number for item in part.items if item.number]
    assert numbers == ["1", "2", "3", "4", "5", "6"]
    [issue] = scan.issues
    assert issue.startswith("page 1: text recognised by OCR, mean confidence 9")


@needs_tesseract
def test_a_scanned_passage_is_cited_to_its_place(scan: Source) -> None:
    """Item, page and boxes in points, as on a printed page."""
    passages = split(scan, parse(scan))
    [passage] = [each for each in passages if "elected Chair" in each.text]
    assert (passage.citation.item, passage.citation.page) == ("1", 1)
    exactly = read_source(MINUTES)
    printed = [each for each in split(exactly, parse(exactly)) if "elected Chair" in each.text]
    for seen, exact in zip(passage.boxes, printed[0].boxes, strict=True):
        assert seen.box == pytest.approx(exact.box, abs=4)
        assert (seen.width, seen.height) == pytest.approx((exact.width, exact.height), abs=1)


@needs_tesseract
def test_size_and_weight_are_told_from_the_ink(scan: Source) -> None:
    """Headings are bold, the text is not; sizes are near the printed ones."""
    heading = next(line for line in scan.lines if line.text == "Election of Chair")
    text = next(line for line in scan.lines if line.text.startswith("Councillor Oakeshott was"))
    assert heading.bold
    assert text.bold is False
    assert text.size == pytest.approx(11, abs=0.5)


@needs_tesseract
def test_only_pages_without_text_are_recognised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One scanned page of three: the others are as printed, and the program runs for that one alone."""
    calls: list[int] = []
    really = scans.read_words

    def count(*args: object, **settings: object) -> object:
        calls.append(1)
        return really(*args, **settings)  # type: ignore[arg-type]

    monkeypatch.setattr(scans, "read_words", count)
    path = write(tmp_path / "mixed.pdf", typed("First page"), scanned(picture(1)), typed("Third page"))
    source = read_source(path)
    pages = [source.text[slice(*page.span)] for page in source.pages]
    assert (pages[0], pages[2]) == ("First page", "Third page")
    assert "FENWOLD POLICE AND CRIME PANEL" in pages[1]
    assert len(calls) == 1
    assert [issue.partition(":")[0] for issue in source.issues] == ["page 2"]


@pytest.mark.slow
@needs_tesseract
@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_scanned_sideways_is_read_upright(tmp_path: Path, quarters: int) -> None:
    """Whichever way it lay on the glass."""
    turned = picture(1).rotate(90 * quarters, expand=True)
    source = read_source(write(tmp_path / "turned.pdf", scanned(turned)))
    assert "HELD AT THE GUILDHALL, THORNMERE, ON 19 JULY 2023" in source.text
    [page] = source.pages
    assert page.turn
    assert (page.width or 0) < (page.height or 0)


@pytest.mark.slow
@needs_tesseract
def test_a_skewed_page_keeps_its_rows(tmp_path: Path) -> None:
    """Lines that fall by more than their pitch over the sheet are lines all the same."""
    skewed = picture(1).rotate(1.5, fillcolor=255, resample=Image.Resampling.BICUBIC)
    source = read_source(write(tmp_path / "skewed.pdf", scanned(skewed)))
    assert "HELD AT THE GUILDHALL, THORNMERE, ON 19 JULY 2023" in {line.text for line in source.lines}


@pytest.mark.slow
@needs_tesseract
def test_a_stamped_scan_is_recognised_around_its_stamp(tmp_path: Path) -> None:
    """A page number put on a scan is text, and not said twice."""
    source = read_source(write(tmp_path / "stamped.pdf", scanned(picture(1), stamp="Page 12 of 40")))
    assert "FENWOLD POLICE AND CRIME PANEL" in source.text
    assert source.text.count("Page 12 of 40") == 1
    assert source.pages[0].label == "12"


@needs_tesseract
def test_a_photograph_is_no_text(tmp_path: Path) -> None:
    """What shows no words gives none, and a file of it is refused as pictures only."""
    image = Image.radial_gradient("L").resize((1200, 1600))
    path = write(tmp_path / "photo.pdf", scanned(image))
    with pytest.raises(SourceError, match="no text layer") as caught:
        read_source(path)
    assert caught.value.fault is SourceFault.IMAGE_ONLY
    assert "300 dots" in caught.value.next_step


@needs_tesseract
def test_a_page_has_its_time(tmp_path: Path) -> None:
    """One that takes longer is left out and said so; when the time of the file is over, so are all others."""
    path = write(tmp_path / "slow.pdf", typed("First"), scanned(picture(1)), scanned(picture(2)))
    source = read_source(path, ocr=OcrSettings(page_seconds=0.05))
    assert source.text.strip() == "First"
    assert [issue.partition(" was")[0] for issue in source.issues] == ["page 2", "page 3"]
    source = read_source(path, ocr=OcrSettings(seconds=0.0))
    assert source.issues == ("pages 2-3: not recognised, since the time for the file was over",)


def test_without_the_program_the_file_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of scans is refused, a mixed one read but for them."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not ocr.is_installed()
    with pytest.raises(SourceError, match="scanned pictures") as caught:
        read_source(write(tmp_path / "scan.pdf", scanned(picture(1))))
    assert "apt install tesseract-ocr" in caught.value.next_step
    source = read_source(write(tmp_path / "mixed.pdf", typed("First"), scanned(picture(1))))
    assert source.issues == ("page 2: pictures without text, which Tesseract could read",)


def test_ocr_can_be_switched_off(tmp_path: Path) -> None:
    """Then nothing is recognised, and the file says that too."""
    with pytest.raises(SourceError, match="scanned pictures") as caught:
        read_source(write(tmp_path / "scan.pdf", scanned(picture(1))), ocr=OcrSettings(wanted=False))
    assert "switched off" in caught.value.next_step


@needs_tesseract
def test_a_failing_program_costs_the_page_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that cannot find its language says so, and so does the page."""
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    source = read_source(write(tmp_path / "mixed.pdf", typed("First"), scanned(picture(1))))
    assert source.text.strip() == "First"
    assert "page 2 was not recognised: tesseract failed" in source.issues[0]


def test_a_blank_sheet_is_no_scan() -> None:
    """Nor is one with enough text of its own, whatever picture lies behind it."""
    blank = Sheet(width=600, height=800, glyphs={}, rules=[], has_picture=False)
    assert not scans.is_scan(blank)
    assert scans.is_scan(blank._replace(has_picture=True))


@needs_tesseract
def test_labels_and_bullets_are_looked_at_twice(tmp_path: Path) -> None:
    """A list whose labels stand apart from their text, as typists set them, keeps its labels."""
    image = Image.new("L", (2480, 3508), 255)
    pen = ImageDraw.Draw(image)
    font = ImageFont.load_default(46)
    texts = (
        "The Panel noted the report.",
        "The Chair thanked the officers.",
        "Members asked for figures by ward.",
    )
    for index, text in enumerate(texts):
        top = 300 + 90 * index
        pen.text((250, top), f"{index + 1}.", font=font, fill=0)
        pen.text((430, top), text, font=font, fill=0)
        pen.ellipse((250, 910 + 90 * index, 268, 928 + 90 * index), fill=0)
        pen.text((430, 890 + 90 * index), text, font=font, fill=0)
    source = read_source(write(tmp_path / "list.pdf", scanned(image)))
    starts = [line.text.split()[0] for line in source.lines if line.text.endswith((".", "ward"))]
    assert starts == ["1.", "2.", "3.", "•", "•", "•"]
