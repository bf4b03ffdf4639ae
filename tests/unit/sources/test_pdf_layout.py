"""How the marks on a page become lines: one small PDF for each oddity."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from reportlab.lib import colors
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table

from kb.records import Source

Read = Callable[..., Source]
PROSE = (
    "The Panel noted the report and asked that further figures be brought to the next meeting of the group, "
    "including those for rural areas, where response times had been slower than elsewhere. Members thanked the "
    "officers for their work on the survey and hoped that the results would be shared with parish councils."
)


def _texts(source: Source) -> list[str]:
    return [line.text for line in source.lines]


def _at(
    canvas: Canvas, x: float, top: float, text: str, *, font: str = "Helvetica", size: float = 12
) -> float:
    canvas.setFont(font, size)
    canvas.drawString(x, 842 - top, text)
    return x + canvas.stringWidth(text, font, size)


def _wrap(text: str, words: int) -> list[str]:
    split = text.split()
    return [" ".join(split[start : start + words]) for start in range(0, len(split), words)]


def test_blank_line_where_the_gap_is_larger(read: Read) -> None:
    """Only a clearly larger step is printed as a blank line."""

    def draw(canvas: Canvas) -> None:
        for top, text in [(72, "One"), (86, "two"), (100, "three"), (128, "New paragraph"), (142, "goes on")]:
            _at(canvas, 72, top, text)

    source = read("gaps.pdf", draw)
    assert _texts(source) == ["One", "two", "three", "", "New paragraph", "goes on"]
    blank = source.lines[3]
    assert (blank.box, blank.size, blank.bold, blank.page) == (None, None, None, 1)


def test_superscript_footnote_mark(read: Read) -> None:
    """A raised mark is a word of its own and noted; ordinals and units stay whole."""

    def draw(canvas: Canvas) -> None:
        x = _at(canvas, 72, 100, "It was 95.8%")
        _at(canvas, x, 96, "3", size=7)
        x = _at(canvas, 72, 130, "On 16")
        x = _at(canvas, x, 126, "th", size=7)
        x = _at(canvas, x, 130, ", 40 m")
        x = _at(canvas, x, 126, "2", size=7)
        _at(canvas, x, 130, " were lost.")
        x = _at(canvas, 72, 156, "3", size=7)
        _at(canvas, x, 160, "See the annex.")

    source = read("superscripts.pdf", draw)
    assert [text for text in _texts(source) if text] == [
        "It was 95.8% 3",
        "On 16th, 40 m2 were lost.",
        "3 See the annex.",
    ]
    assert source.issues == ('page 1: raised marks kept apart: "3" after "95.8%", "3"',)


def test_raised_by_text_rise(read: Read) -> None:
    """Marks raised by the text-rise operator are told too."""

    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(72, 700)
        text.textOut("the rate of 12")
        text.setFont("Helvetica", 7)
        text.setRise(4)
        text.textOut("1")
        text.setRise(0)
        text.setFont("Helvetica", 12)
        text.textOut(" was agreed")
        canvas.drawText(text)

    assert _texts(read("text_rise.pdf", draw)) == ["the rate of 12 1 was agreed"]


@pytest.mark.parametrize("with_spaces", [True, False])
def test_letter_spaced_heading(read: Read, with_spaces: bool) -> None:
    """Letters set wide apart are closed up to words."""

    def draw(canvas: Canvas) -> None:
        if with_spaces:
            _at(canvas, 72, 100, "M I N U T E S   O F   M E E T I N G")
        else:
            canvas.drawString(72, 742, "MINUTES OF MEETING", charSpace=5)
        _at(canvas, 72, 130, "Bands A B C D E were noted.")

    assert [text for text in _texts(read("letter_spaced.pdf", draw)) if text] == [
        "MINUTES OF MEETING",
        "Bands A B C D E were noted.",
    ]


def test_fake_bold_and_bold_fonts(read: Read) -> None:
    """A character printed twice on the spot is kept once and bold; a bold font is bold."""

    def draw(canvas: Canvas) -> None:
        for shift in (0, 0.4):
            _at(canvas, 72 + shift, 100, "All still sells well")
        _at(canvas, 72, 114, "Heading", font="Helvetica-Bold")
        _at(canvas, 72, 128, "Plain")
        canvas.setFont("Helvetica", 12)
        canvas.setLineWidth(12 / 35)
        canvas.drawString(72, 842 - 142, "Outlined", mode=2)

    source = read("overprinted.pdf", draw)
    assert [(line.text, line.bold) for line in source.lines] == [
        ("All still sells well", True),
        ("Heading", True),
        ("Plain", False),
        ("Outlined", True),
    ]


def test_bold_by_weight(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """A font that is bold by its description but not by its name is bold."""
    from kb.sources import pdf as reader

    whole = reader.read_marks

    def weigh(page: Any) -> Any:
        assert page.layout
        for font in page.pdf.rsrcmgr._cached_fonts.values():
            # A copy: pdfminer shares the descriptors of the standard fonts between documents.
            font.descriptor = {**font.descriptor, "FontWeight": 700}
        return whole(page)

    monkeypatch.setattr(reader, "read_marks", weigh)
    source = read("heavy.pdf", lambda canvas: _at(canvas, 72, 100, "Heading") and None)
    assert source.lines[0].bold


def test_spaces_by_gaps_alone(read: Read) -> None:
    """Words are told apart where the file has no space characters."""

    def draw(canvas: Canvas) -> None:
        x = 72.0
        for word in ("The", "AVAILABLE", "funds,", "To", "date"):
            x = _at(canvas, x, 100, word) + 3

    assert _texts(read("no_space_characters.pdf", draw)) == ["The AVAILABLE funds, To date"]


def test_letters_that_lean_keep_their_spaces(read: Read) -> None:
    """Word processors lean an upright font where it has no italics; each letter's box reaches into the next one's."""

    def draw(canvas: Canvas) -> None:
        text = canvas.beginText()
        text.setFont("Helvetica", 12)
        text.setTextTransform(1, 0, 0.3333, 1, 72, 742)
        text.textOut("Notes of the 3")
        text.setRise(4)
        text.setFont("Helvetica", 7)
        text.textOut("rd")
        text.setRise(0)
        text.setFont("Helvetica", 12)
        text.textOut(" meeting at the hall, page 1 of 2")
        canvas.drawText(text)
        _at(canvas, 72, 130, "Upright words follow.")

    source = read("leaning.pdf", draw)
    assert [text for text in _texts(source) if text] == [
        "Notes of the 3rd meeting at the hall, page 1 of 2",
        "Upright words follow.",
    ]
    [*_, last] = source.lines[0].words
    assert last.box.x1 < 72 + stringWidth(
        "Notes of the 3rd meeting at the hall, page 1 of 2", "Helvetica", 12
    )


def test_a_space_under_a_letter_hides_no_other(read: Read) -> None:
    """Several spaces drawn at one gap, one of them beneath the next word: the others still part the words."""

    def draw(canvas: Canvas) -> None:
        end = _at(canvas, 72, 100, "Standing")
        canvas.drawString(end + 0.1, 742, " ")
        _at(canvas, end + 2.7, 100, "orders")
        canvas.drawString(end + 2.65, 742, " ")

    assert _texts(read("spaces_beneath.pdf", draw)) == ["Standing orders"]


def test_two_columns_of_prose(read: Read) -> None:
    """Running text in columns is read column by column, and only where the columns are."""
    left, right = _wrap(PROSE, 6), _wrap(PROSE.replace("Panel", "Board"), 6)

    def draw(canvas: Canvas) -> None:
        _at(
            canvas,
            72,
            72,
            "A heading that runs across the whole of the page and both of its columns, as usual",
        )
        for index, (one, two) in enumerate(zip(left, right, strict=True)):
            _at(canvas, 72, 110 + 13 * index, one, size=10)
            _at(canvas, 310, 110 + 13 * index, two, size=10)
        _at(
            canvas,
            72,
            330,
            "A closing line that runs across the whole of the page and both of its columns too",
        )

    texts = [text for text in _texts(read("two_columns.pdf", draw)) if text]
    assert texts[0].startswith("A heading")
    assert " ".join(texts[1:-1]) == f"{PROSE} {PROSE.replace('Panel', 'Board')}"
    assert texts[-1].startswith("A closing")


def test_attendance_list_is_read_by_rows(read: Read) -> None:
    """Name and role stay on one line, two spaces apart."""
    pairs = [
        ("Councillor H Oakeshott", "Chair of the Panel"),
        ("Councillor J Abara", "Thornmere City Council"),
        ("Councillor C Bexwell", "Saltby Town Council"),
        ("Yvonne Okafor", "Independent co-opted member"),
        ("Judith Crane", "Senior Democratic Services Officer"),
    ]

    def draw(canvas: Canvas) -> None:
        for index, (name, role) in enumerate(pairs):
            _at(canvas, 72, 100 + 14 * index, name)
            _at(canvas, 300, 100 + 14 * index, role)

    assert _texts(read("attendance.pdf", draw)) == [f"{name}  {role}" for name, role in pairs]


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_rotated_page(read: Read, rotate: int) -> None:
    """Pages stored turned are read as they are seen, with boxes on the upright page."""

    def draw(canvas: Canvas) -> None:
        height = 595
        if rotate == 90:
            canvas.translate(595, 0)
        elif rotate == 180:
            canvas.translate(842, 595)
        else:
            canvas.translate(0, 842)
        canvas.rotate(rotate)
        canvas.setFont("Helvetica", 12)
        canvas.drawString(100, height - 50, "Seen upright")
        canvas.drawString(100, height - 64, "second line")

    # reportlab swaps the sides of a page that it turns by a quarter.
    source = read("rotated.pdf", draw, rotate=rotate, size=(842, 595))
    assert _texts(source) == ["Seen upright", "second line"]
    box = source.lines[0].box
    assert box is not None
    assert (box.x0, box.top) == pytest.approx((100, 40.5), abs=2.5)


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_rotated_text(read: Read, angle: int) -> None:
    """Text drawn turned, on a page that is not, is brought upright too; side notes follow the rest."""

    def turned(canvas: Canvas) -> None:
        canvas.translate(300, 400)
        canvas.rotate(angle)
        canvas.setFont("Helvetica", 12)
        canvas.drawString(0, 0, "First line here")
        canvas.drawString(0, -14, "second")

    source = read("turned_text.pdf", turned)
    assert _texts(source) == ["First line here", "second"]
    assert source.lines[0].size == pytest.approx(12)

    def mixed(canvas: Canvas) -> None:
        _at(canvas, 72, 100, "The main text of this page stands upright")
        turned(canvas)

    assert _texts(read("side_note.pdf", mixed)) == [
        "The main text of this page stands upright",
        "",
        "First line here",
        "second",
    ]


def test_watermark_askew(read: Read) -> None:
    """Slanting text is kept, in one line after the rest."""

    def draw(canvas: Canvas) -> None:
        _at(canvas, 72, 100, "Minutes")
        canvas.translate(200, 300)
        canvas.rotate(45)
        canvas.setFont("Helvetica", 60)
        canvas.drawString(0, 0, "DRAFT COPY")

    assert _texts(read("watermark.pdf", draw)) == ["Minutes", "", "DRAFT COPY"]


def test_struck_through(read: Read) -> None:
    """Struck-through words are kept and noted; underlining is not taken for it."""

    def draw(canvas: Canvas) -> None:
        start = _at(canvas, 72, 100, "The grant was ")
        end = _at(canvas, start, 100, "£500 ")
        _at(canvas, end, 100, "£600 this year")
        canvas.setLineWidth(0.6)
        canvas.line(start, 842 - 96.8, end - 3, 842 - 96.8)
        _at(canvas, 72, 120, "Underlined")
        canvas.rect(72, 842 - 122, 58, 0.7, fill=1, stroke=0)

    source = read("struck_through.pdf", draw)
    assert _texts(source)[0] == "The grant was £500 £600 this year"
    assert source.issues == ('page 1: struck-through text, not quoted: "£500"',)
    assert [source.text[start:end] for start, end in source.struck] == ["£500"]


def test_part_of_a_word_struck_through(read: Read) -> None:
    """A figure struck through with the new one printed close behind it; a full stop that was left."""

    def draw(canvas: Canvas) -> None:
        start = _at(canvas, 72, 100, "It cost £")
        end = _at(canvas, start, 100, "4.1")
        start = _at(canvas, end, 100, "4.3m in all ")
        canvas.line(72 + canvas.stringWidth("It cost £"), 842 - 96, end, 842 - 96)
        end = _at(canvas, start, 100, "areas")
        _at(canvas, end, 100, ".")
        canvas.rect(start, 842 - 97, end - start, 0.8, fill=1, stroke=0)

    source = read("struck_in_word.pdf", draw)
    assert source.text == "It cost £4.14.3m in all areas."
    assert [source.text[start:end] for start, end in source.struck] == ["4.1", "areas"]


def test_what_is_inserted_in_colour_stands(read: Read) -> None:
    """Red text, underlined, with a table's rule close above it, is not struck."""

    def draw(canvas: Canvas) -> None:
        canvas.line(60, 842 - 88, 520, 842 - 88)
        canvas.setFillColor(colors.red)
        end = _at(canvas, 72, 100, "This was inserted.")
        canvas.line(72, 842 - 102, end, 842 - 102)

    assert read("inserted.pdf", draw).struck == ()


def test_struck_through_in_a_table(read: Read) -> None:
    """Cells keep what is struck in their rows; it is known to the character."""

    def draw(canvas: Canvas) -> None:
        _table(canvas, ROWS, top=100)
        canvas.line(
            192 + 6, 842 - 100 - 48 - 9, 192 + 6 + canvas.stringWidth("J Crane", "Helvetica", 10), 842 - 157
        )

    source = read("struck_cell.pdf", draw)
    assert [source.text[start:end] for start, end in source.struck] == ["J Crane"]


def _table(canvas: Canvas, rows: list[list[str]], *, top: float, style: list[object] | None = None) -> float:
    table = Table(rows, colWidths=[120, 120, 160])
    table.setStyle(style or [("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
    _, height = table.wrapOn(canvas, 500, 700)
    table.drawOn(canvas, 72, 842 - top - height)
    return float(height)


ROWS = [["Item", "Owner", "Due"], ["Publish\nminutes", "", "May"], ["Reply", "J Crane", ""]]
PRINTED = ["Item\tOwner\tDue", "Publish minutes\t\tMay", "Reply\tJ Crane\t"]


def test_ruled_table_among_text(read: Read) -> None:
    """A row of a ruled table is one line, cells parted by tabs, in its place among the text."""

    def draw(canvas: Canvas) -> None:
        _at(canvas, 72, 90, "Before the table")
        height = _table(canvas, ROWS, top=100)
        _at(canvas, 72, 100 + height + 14, "After the table")

    texts = [text for text in _texts(read("table.pdf", draw)) if text]
    assert texts == ["Before the table", *PRINTED, "After the table"]


def test_table_without_side_borders(read: Read) -> None:
    """Rows keep their outer cells where the sides are open."""
    style = [
        ("LINEABOVE", (0, 0), (-1, -1), 0.5, colors.black),
        ("LINEBELOW", (0, -1), (-1, -1), 0.5, colors.black),
    ]
    style += [("LINEAFTER", (0, 0), (1, -1), 0.5, colors.black)]
    assert (
        _texts(read("open_sides.pdf", lambda canvas: _table(canvas, ROWS, top=100, style=style) and None))
        == PRINTED
    )


def test_table_inside_a_column(read: Read) -> None:
    """A table in one of two columns is read with that column."""
    lines = _wrap(PROSE, 6)

    def draw(canvas: Canvas) -> None:
        for index, line in enumerate(lines):
            _at(canvas, 72, 60 + 13 * index, line, size=10)
            _at(canvas, 320, 60 + 13 * index, line, size=10)
        table = Table([["Where", "Cost"], ["Saltby", "£5"], ["Ludwick", "£6"]], colWidths=[100, 90])
        table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
        table.wrapOn(canvas, 300, 300)
        table.drawOn(canvas, 72, 842 - 70 - 13 * len(lines) - 40)
        for index, line in enumerate(lines):
            _at(canvas, 72, 140 + 13 * (len(lines) + index), line, size=10)
            _at(canvas, 320, 60 + 13 * (len(lines) + index), line, size=10)

    texts = [text for text in _texts(read("table_in_column.pdf", draw)) if text]
    assert texts == [*lines, "Where\tCost", "Saltby\t£5", "Ludwick\t£6", *lines, *lines, *lines]


def test_word_broken_by_a_narrow_cell(read: Read) -> None:
    """Halves of a word are put together if the page knows it whole; other lines of a cell stay words."""
    style = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
    rows = [["Commission\ner", "Tell the Commissioner", "Chief\nofficer"]]
    rows.append(["To", "report", "back"])
    texts = _texts(
        read("broken_word.pdf", lambda canvas: _table(canvas, rows, top=100, style=style) and None)
    )
    assert texts == ["Commissioner\tTell the Commissioner\tChief officer", "To\treport\tback"]


def test_narrow_gap_between_aligned_columns(read: Read) -> None:
    """A row that nearly fills its column is still parted where the rows around it are."""

    def draw(canvas: Canvas) -> None:
        names = ("Ann Bell", "Graham Ashdown, Commissioner, chair", "Jo Day")
        column = 72 + canvas.stringWidth(names[1], "Helvetica", 12) + 8
        for index, name in enumerate(names):
            _at(canvas, 72, 100 + 14 * index, name)
            _at(canvas, column, 100 + 14 * index, "Member of the Board")

    assert [text.split("  ")[1:] for text in _texts(read("narrow_gap.pdf", draw))] == [
        ["Member of the Board"]
    ] * 3


def test_merged_cells(read: Read) -> None:
    """A merged cell's text stands once, in its first place."""
    style = [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
        ("SPAN", (0, 1), (0, 2)),
        ("SPAN", (0, 0), (1, 0)),
    ]
    rows = [["Wide", "", "C"], ["Tall", "b", "c"], ["", "d", "e"]]
    texts = _texts(read("merged.pdf", lambda canvas: _table(canvas, rows, top=100, style=style) and None))
    assert texts == ["Wide\t\tC", "Tall\tb\tc", "\td\te"]


def test_box_around_text_is_no_table(read: Read) -> None:
    """A frame, or boxes one above the other, hold text and not a table."""

    def draw(canvas: Canvas) -> None:
        canvas.rect(60, 700, 400, 100)
        canvas.line(60, 750, 460, 750)
        _at(canvas, 72, 60, "Recommendation")
        _at(canvas, 72, 74, "that the report be noted")
        _at(canvas, 72, 110, "Second box")

    texts = [text for text in _texts(read("boxed.pdf", draw)) if text]
    assert texts == ["Recommendation", "that the report be noted", "Second box"]


def test_ligatures_and_odd_bullets(read: Read) -> None:
    """Ligatures are spelt out, so that words can be found."""
    from kb.sources.glyphs import plain

    assert [plain(text) for text in ("ﬃ", "\uf0b7", "\xa0", "\x00", "\n", "é", "\ud800", "a\n")] == [
        "ffi",
        "•",
        " ",
        "",
        " ",
        "é",
        "\ufffd",
        "a",
    ]
