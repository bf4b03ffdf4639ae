"""Pages as pictures on which boxes fit."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from kb.errors import SourceError, UsageError
from kb.records import Box
from kb.sources import read_source
from kb.sources.picture import MAX_PIXELS, MAX_WIDTH, Picture, page_picture


def _draw(path: Path, *, turned: int = 0, size: tuple[float, float] = A4, crop: bool = False) -> Path:
    canvas = Canvas(str(path), pagesize=size)
    if crop:
        canvas.setCropBox((50, 50, size[0] - 50, size[1] - 50))
    if turned:
        canvas.setPageRotation(turned)
    canvas.setFont("Helvetica-Bold", 24)
    canvas.drawString(100, 400, "HHHHHH")
    canvas.showPage()
    canvas.rotate(90)
    canvas.drawString(100, -300, "Sideways text")
    canvas.showPage()
    canvas.save()
    return path


def _ink(picture: Picture, box: Box) -> int:
    """The number of dark pixels inside a box, which is widened by two points."""
    x0, top, x1, bottom = (value * picture.scale for value in box)
    more = 2 * picture.scale
    frame = (round(x0 - more), round(top - more), round(x1 + more), round(bottom + more))
    return sum(picture.image.convert("L").crop(frame).histogram()[:128])


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [False, True])
@pytest.mark.parametrize("page", [1, 2])
def test_boxes_fit_on_the_picture(tmp_path: Path, *, turned: int, crop: bool, page: int) -> None:
    """All ink of the page is inside the box of its only line, however the page is turned or cropped."""
    path = _draw(tmp_path / "turned.pdf", turned=turned, crop=crop)
    source = read_source(path)
    read = source.pages[page - 1]
    [line] = [line for line in source.lines if line.page == page]
    assert line.box is not None
    picture = page_picture(path, page, turn=read.turn)
    assert picture.image.width == 1000
    assert picture.image.height == pytest.approx(1000 * (read.height or 0) / (read.width or 1), abs=1)
    whole = Box(2, 2, (read.width or 0) - 2, (read.height or 0) - 2)
    assert _ink(picture, line.box) == _ink(picture, whole) > 100


def test_the_picture_is_a_png(tmp_path: Path) -> None:
    """Of the width asked for."""
    data = page_picture(_draw(tmp_path / "a.pdf"), 1, width_px=320).png()
    with Image.open(io.BytesIO(data)) as image:
        assert (image.format, image.mode, image.width) == ("PNG", "RGB", 320)


def test_a_long_page_is_drawn_narrower(tmp_path: Path) -> None:
    """The picture has no more pixels than allowed."""
    path = _draw(tmp_path / "long.pdf", size=(200, 14_000))
    picture = page_picture(path, 1, width_px=MAX_WIDTH)
    assert picture.image.width * picture.image.height <= MAX_PIXELS * 1.01
    assert picture.scale == pytest.approx(picture.image.width / 200, rel=0.01)


@pytest.mark.parametrize("page", [0, -1, 3])
def test_a_page_that_is_not_there_is_refused(tmp_path: Path, page: int) -> None:
    """With the pages that are."""
    with pytest.raises(UsageError, match=f"no page {page}") as caught:
        page_picture(_draw(tmp_path / "a.pdf"), page)
    assert "1 to 2" in caught.value.next_step


@pytest.mark.parametrize("width", [0, -5, MAX_WIDTH + 1])
def test_a_width_out_of_range_is_refused(tmp_path: Path, width: int) -> None:
    """Before the file is opened."""
    with pytest.raises(UsageError, match="pixels wide"):
        page_picture(tmp_path / "missing.pdf", 1, width_px=width)


def test_a_turn_that_is_no_quarter_is_refused(tmp_path: Path) -> None:
    """Text stands upright after a quarter turn or none."""
    with pytest.raises(UsageError, match="45 degrees"):
        page_picture(tmp_path / "missing.pdf", 1, turn=45)


@pytest.mark.parametrize("content", [b"", b"plain words", b"%PDF-1.4 and then nothing"])
def test_what_is_no_pdf_is_refused(tmp_path: Path, content: bytes) -> None:
    """As an error of the source, with a next step."""
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(SourceError) as caught:
        page_picture(path, 1)
    assert caught.value.next_step


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """By its name."""
    with pytest.raises(SourceError, match=r"a\.pdf"):
        page_picture(tmp_path / "a.pdf", 1)


def test_threads_take_turns(tmp_path: Path) -> None:
    """Pictures asked for at once are those asked for one after another."""
    path = _draw(tmp_path / "a.pdf")
    expected = page_picture(path, 1, width_px=200).png()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: page_picture(path, 1, width_px=200).png(), range(12)))
    assert found == [expected] * 12
