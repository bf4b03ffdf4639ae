"""Ruled tables that lay text out are read line by line; tables of values stay rows."""

from __future__ import annotations

from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Table

from kb.structure import parse
from tests.unit.sources.conftest import Read

STYLE = ParagraphStyle("cell", fontName="Helvetica", fontSize=10, leading=12)
GRID = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]


def printed(read: Read, rows: list[list[str]], widths: list[float]) -> list[str]:
    """The lines of a page that holds one table; ``<br/>`` breaks a cell's text."""

    def draw(canvas: Canvas) -> None:
        table = Table(
            [[Paragraph(cell, STYLE) for cell in row] for row in rows], colWidths=widths, style=GRID
        )
        table.wrapOn(canvas, 500, 700)
        table.drawOn(canvas, 60, 400)

    return [line.text for line in read("laid_out.pdf", draw).lines if line.text]


def test_minutes_in_a_table(read: Read) -> None:
    """Number, heading, paragraphs, and the action's owner behind the paragraph beside it."""
    rows = [
        ["23/101", "Welcome<br/>The Chair welcomed all.", ""],
        ["23/102", "Finance<br/>The deficit was noted.<br/>A plan was asked for.", "<br/>SN<br/>"],
    ]
    assert printed(read, rows, [60, 340, 70]) == [
        "23/101  Welcome",
        "The Chair welcomed all.",
        "23/102  Finance",
        "The deficit was noted.",
        "SN",
        "A plan was asked for.",
    ]


def test_text_without_a_number_beside_its_action(read: Read) -> None:
    """The text goes on from the page before: its number's cell is empty."""
    rows = [["", "It was agreed.<br/>The Clerk would write.", "TR"], ["7", "Close<br/>At noon.", ""]]
    assert printed(read, rows, [60, 340, 70]) == [
        "It was agreed.",
        "TR",
        "The Clerk would write.",
        "7  Close",
        "At noon.",
    ]


def test_values_stay_rows(read: Read) -> None:
    """Several columns, wrapped cells, a name before a long text: rows, whose cells belong together."""
    money = [["1", "Grass cutting", "Fenside Mowers", "£288.00"], ["2", "Salary", "E. Rudkin", "£412.60"]]
    assert printed(read, money, [40, 160, 160, 80]) == [
        "1\tGrass cutting\tFenside Mowers\t£288.00",
        "2\tSalary\tE. Rudkin\t£412.60",
    ]
    wrapped = [["1", "word " * 30, "Green"], ["2", "Short", "Red"]]
    assert printed(read, wrapped, [40, 300, 60])[0].count("\t") == 2
    named = [["Attendees", "A Able (Chair)<br/>B Baker"], ["Place", "Town Hall"]]
    assert printed(read, named, [80, 340]) == ["Attendees\tA Able (Chair) B Baker", "Place\tTown Hall"]


def test_a_heading_on_one_line_among_text(read: Read) -> None:
    """A number beside one line is a heading where other rows of the table are text, and a row where none is."""
    rows = [["4.", "Decisions", ""], ["5.", "Fees<br/>They were set.", ""]]
    assert printed(read, rows, [60, 340, 70]) == ["4.  Decisions", "5.  Fees", "They were set."]
    assert (
        printed(read, [["4.", "Decisions", "SN"], ["5.", "Fees", "TR"]], [60, 340, 70])[0]
        == "4.\tDecisions\tSN"
    )


def test_numbers_further_in_belong_to_a_list(read: Read) -> None:
    """A list's numbers that go on where the items' stop, and look as good, stand further to the right."""

    def draw(canvas: Canvas) -> None:
        business = [(72, "Minutes of the Saltby Board of 4 May 2021"), (72, "Present: Ann Able, Bo Baker")]
        business += [(72, "1. Apologies for Absence"), (72, "None were received."), (72, "2. Decisions")]
        business += [
            (110, f"{number}. {title} Policy") for number, title in enumerate(("Pay", "Leave", "Travel"), 1)
        ]
        business += [
            (72, "3. Management Reports"),
            (72, "They were noted."),
            (72, "4. Any Other Business"),
            (72, "None."),
        ]
        for place, (left, text) in enumerate(business):
            canvas.drawString(left, 760 - 24 * place, text)

    items = parse(read("indents.pdf", draw)).parts[0].items
    assert [(item.number, item.title) for item in items if item.number] == [
        ("1", "Apologies for Absence"),
        ("2", "Decisions"),
        ("3", "Management Reports"),
        ("4", "Any Other Business"),
    ]
