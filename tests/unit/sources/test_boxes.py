"""Where spans are printed, as boxes on pages."""

from __future__ import annotations

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table

from kb.records import PageBox, Source, Span
from kb.sources.boxes import boxes_of
from tests.strategies import source_of
from tests.unit.sources.conftest import Read

NEAR = 4.0


def _of(source: Source, words: str) -> tuple[PageBox, ...]:
    start = source.text.index(words)
    return boxes_of(source, [Span(start, start + len(words))])


def _lines(canvas: Canvas, x: float, top: float, *lines: str) -> None:
    for number, line in enumerate(lines):
        canvas.drawString(x, 842 - top - 14 * number, line)


def test_neighbouring_lines_are_one_box(read: Read) -> None:
    """From the top of the first to the foot of the last, with the size of the page."""
    source = read(
        "lines.pdf", lambda canvas: _lines(canvas, 72, 100, "One line and", "another line.", "A third.")
    )
    [found] = _of(source, "One line and\nanother line.")
    assert (found.page, round(found.width), round(found.height)) == (1, round(A4[0]), round(A4[1]))
    assert abs(found.box.x0 - 72) < 1
    assert 84 < found.box.top < 100
    assert 114 < found.box.bottom < 120


def test_part_of_a_line_is_boxed_to_the_word(read: Read) -> None:
    """From its first word to its last."""
    source = read("part.pdf", lambda canvas: _lines(canvas, 72, 100, "The grant was £600 this year."))
    [whole], [part] = _of(source, source.text), _of(source, "grant was")
    assert whole.box.x0 + 10 < part.box.x0 < part.box.x1 < whole.box.x1 - 50


def test_a_page_break_parts_the_box(read: Read) -> None:
    """One box a page."""
    source = read(
        "break.pdf",
        lambda canvas: _lines(canvas, 72, 770, "The text goes"),
        lambda canvas: _lines(canvas, 72, 72, "on overleaf."),
    )
    found = _of(source, source.text)
    assert [place.page for place in found] == [1, 2]
    assert found[0].box.top > 700
    assert found[1].box.bottom < 100


def test_columns_part_the_box(read: Read) -> None:
    """A paragraph from the foot of one column to the head of the next is no box over both."""
    left = [f"the words of the left column {number}" for number in range(8)]
    right = [f"and those on its right-hand side {number}" for number in range(8)]

    def draw(canvas: Canvas) -> None:
        _lines(canvas, 60, 100, *left)
        _lines(canvas, 320, 100, *right)

    source = read("columns.pdf", draw)
    first, second = _of(source, "\n".join([left[-1], right[0]]))
    assert first.box.x1 < 320 <= second.box.x0 + NEAR
    assert second.box.bottom < first.box.top


def test_a_cell_is_boxed_by_itself(read: Read) -> None:
    """Though the row is one line of text."""

    def draw(canvas: Canvas) -> None:
        table = Table([["Measure", "2018"], ["Hate crime\noutcome rate", "31%"]], colWidths=[150, 100])
        table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
        table.wrapOn(canvas, 500, 700)
        table.drawOn(canvas, 72, 600)

    source = read("cells.pdf", draw)
    [cell], [value] = _of(source, "Hate crime outcome rate"), _of(source, "31%")
    assert cell.box.x1 < 222 < value.box.x0
    assert cell.box.bottom - cell.box.top > 20


def test_a_turned_page_is_told_as_it_is_read(read: Read) -> None:
    """Boxes, width and height are those of the page with its text upright."""

    def draw(canvas: Canvas) -> None:
        canvas.rotate(90)
        canvas.drawString(100, -300, "Sideways")

    source = read("sideways.pdf", draw)
    [page] = source.pages
    assert (round(page.width or 0), round(page.height or 0), page.turn) == (round(A4[1]), round(A4[0]), 90)
    [found] = _of(source, "Sideways")
    assert abs(found.box.x0 - 100) < 1
    assert (found.width, found.height) == (page.width, page.height)


def test_text_files_have_no_boxes() -> None:
    """There is nothing to draw on."""
    assert boxes_of(source_of("Some text"), [Span(0, 4)]) == ()
