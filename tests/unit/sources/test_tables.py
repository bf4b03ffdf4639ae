"""What the rows of ruled tables stand under, from pages drawn on the fly."""

from __future__ import annotations

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table

from kb.passages import split
from kb.records import Source
from kb.sources.fills import Fill, read_colour
from kb.structure import parse
from tests.unit.sources.conftest import Draw, Read

GRID = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)
BOLD = ("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 10)
ROWS = [["Measure", "Mar-18", "Target"], ["Outcome rate", "31%", "30%"], ["Calls answered", "88%", "90%"]]
HEADS = "Measure | Mar-18 | Target"


def _table(
    rows: list[list[str]], *style: object, top: float = 100, widths: list[float] | None = None
) -> Draw:
    """Draw a table with rules on all sides."""

    def draw(canvas: Canvas) -> None:
        table = Table(rows, colWidths=widths or [140, *[80] * (len(rows[0]) - 1)])
        table.setStyle([GRID, *style])
        _, height = table.wrapOn(canvas, 500, 700)
        table.drawOn(canvas, 72, A4[1] - top - height)

    return draw


def _heads(source: Source) -> dict[str, str | None]:
    """What each row stands under, by its first cell's text."""
    return {line.text.split("\t")[0]: line.heads for line in source.lines if line.text.strip()}


@pytest.mark.parametrize("style", [(BOLD,), (), (("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey),)])
def test_rows_stand_under_their_heads(read: Read, style: tuple[object, ...]) -> None:
    """Whether the heads are bold, shaded or only short words; they stand under nothing."""
    rows = [["Measure", "March", "Target"], *ROWS[1:]]
    heads = _heads(read("heads.pdf", _table(rows, *style)))
    assert heads == {
        "Measure": "",
        "Outcome rate": "Measure | March | Target",
        "Calls answered": "Measure | March | Target",
    }


def test_an_empty_cell_has_no_head(read: Read) -> None:
    """The heads told are those of the values printed."""
    rows = [ROWS[0], ["Outcome rate", "", "30%"], ["Calls answered", "88%", ""]]
    heads = _heads(read("empty.pdf", _table(rows, BOLD)))
    assert heads["Outcome rate"] == "Measure | Target"
    assert heads["Calls answered"] == "Measure | Mar-18"


def test_heads_of_several_rows(read: Read) -> None:
    """A head over several columns is told of each, before the one below it."""
    rows = [["Measure", "2017/18", "", "2018/19"], ["", "Q1", "Q2", "Q1"], ["Burglary", "120", "134", "128"]]
    spans = [("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 0), (0, 1))]
    bold = ("FONT", (0, 0), (-1, 1), "Helvetica-Bold", 10)
    for style in ([bold], [BOLD], []):
        heads = _heads(read("several.pdf", _table(rows, *style, *spans)))
        assert heads["Burglary"] == "Measure | 2017/18 Q1 | 2017/18 Q2 | 2018/19 Q1"


def test_a_title_across_the_table_is_told_of_the_rows_below(read: Read) -> None:
    """Until the next one; it is no head itself."""
    rows = [ROWS[0], ["Crime", "", ""], ROWS[1], ["Contact", "", ""], ROWS[2]]
    spans = [("SPAN", (0, 1), (-1, 1)), ("SPAN", (0, 3), (-1, 3))]
    heads = _heads(read("title.pdf", _table(rows, BOLD, *spans)))
    assert heads["Outcome rate"] == f"Crime. {HEADS}"
    assert heads["Calls answered"] == f"Contact. {HEADS}"
    assert heads["Crime"] == ""


def test_a_label_beside_several_rows_is_told_of_each(read: Read) -> None:
    """Its text stands in the first of them alone."""
    rows = [["Force", "Measure", "Mar-18"], ["North", "Outcome rate", "31%"], ["", "Calls answered", "88%"]]
    source = read("label.pdf", _table(rows, BOLD, ("SPAN", (0, 1), (0, 2))))
    [line] = [line for line in source.lines if "Calls" in line.text]
    assert line.heads == "North. Measure | Mar-18"


def test_a_table_goes_on_over_the_page(read: Read) -> None:
    """With its heads printed again or not."""
    later = [["Shop theft", "402", "400"], ["Burglary", "141", "140"]]
    first = _table(ROWS, BOLD, top=600)
    heads = _heads(read("bare.pdf", first, _table(later, top=60)))
    assert heads["Shop theft"] == heads["Burglary"] == HEADS
    heads = _heads(read("repeated.pdf", first, _table([ROWS[0], *later], BOLD, top=60)))
    assert heads == {
        "Measure": "",
        **dict.fromkeys(["Outcome rate", "Calls answered", "Shop theft", "Burglary"], HEADS),
    }


def test_another_table_on_the_next_page_has_no_heads_from_before(read: Read) -> None:
    """Its columns are others, or it does not stand where the first would go on."""
    later = [["Shop theft", "402", "400"], ["Burglary", "141", "140"]]
    first = _table(ROWS, BOLD, top=600)
    for draw in (_table(later, widths=[60, 90, 200], top=60), _table(later, top=500)):
        assert _heads(read("other.pdf", first, draw))["Shop theft"] == ""


def test_a_colour_without_words_is_told(read: Read) -> None:
    """Red, amber and green; not a tint of the whole row, nor a cell that says something."""
    rows = [
        ["Measure", "Mar-18", "Status"],
        ["A", "1", ""],
        ["B", "2", ""],
        ["C", "3", ""],
        ["D", "4", "ok"],
        ["E", "5", ""],
    ]
    fills = [colors.HexColor("#F4B0AA"), colors.HexColor("#FFC000"), colors.HexColor("#00B050"), colors.red]
    style = [("BACKGROUND", (2, row), (2, row), fill) for row, fill in enumerate(fills, 1)]
    tint = ("BACKGROUND", (0, 5), (-1, 5), colors.HexColor("#C6E0B4"))
    heads = _heads(read("rag.pdf", _table(rows, BOLD, *style, tint)))
    assert heads["A"] == "Measure | Mar-18 | Status: red"
    assert heads["B"] == "Measure | Mar-18 | Status: amber"
    assert heads["C"] == "Measure | Mar-18 | Status: green"
    assert heads["D"] == "Measure | Mar-18 | Status"
    assert heads["E"] == "Measure | Mar-18"


def test_pairs_of_label_and_value_have_no_heads(read: Read) -> None:
    """A form's first row is no head of the others."""
    rows = [["Report of", "The Chief Executive"], ["Meeting", "Fenwold Panel"], ["Contact", "J Crane"]]
    assert set(_heads(read("pairs.pdf", _table(rows, widths=[140, 160]))).values()) == {""}


def test_wrapped_cells_and_their_row_reach_the_passage(read: Read) -> None:
    """The row's whole label and its values are quoted, its heads searched, its place boxed."""
    rows = [
        ["Measure", "Year to\nMar-18", "Target"],
        ["Hate crime\noutcome rate", "31%", ""],
        ["Calls", "88%", "90%"],
    ]
    style = ("BACKGROUND", (2, 1), (2, 1), colors.red)
    source = read("passage.pdf", _table(rows, BOLD, style))
    [passage] = [each for each in split(source, parse(source)) if "Hate" in each.text]
    assert passage.text == "Hate crime outcome rate 31%"
    assert "Measure | Year to Mar-18 | Target: red" in passage.header
    [place] = passage.boxes
    assert place.box.bottom - place.box.top > 15


def test_text_outside_tables_has_no_heads(read: Read) -> None:
    """It is no row."""
    source = read("text.pdf", lambda canvas: canvas.drawString(72, 700, "Some words"))
    assert [line.heads for line in source.lines] == [None]


@pytest.mark.parametrize(
    ("value", "colour"),
    [
        (0.5, (0.5, 0.5, 0.5)),
        ((1,), (1.0, 1.0, 1.0)),
        ([1, 0, 0], (1.0, 0.0, 0.0)),
        ((0, 1, 1, 0), (1.0, 0.0, 0.0)),
        ((2, -1, 0.5), (1.0, 0.0, 0.5)),
        (None, None),
        ("P1", None),
        ((1, "P1"), None),
        ((0.1, 0.2), None),
    ],
)
def test_colours_are_read(value: object, colour: tuple[float, float, float] | None) -> None:
    """Grey, RGB and CMYK; patterns and nonsense are none."""
    assert read_colour(value) == colour


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("FF0000", "red"),
        ("C00000", "red"),
        ("FFC000", "amber"),
        ("ED7D31", "amber"),
        ("92D050", "green"),
        ("00B050", "green"),
        ("FFFF00", ""),
        ("4472C4", ""),
        ("D9D9D9", ""),
        ("FFFFFF", ""),
        ("200000", ""),
    ],
)
def test_traffic_lights_have_names(code: str, name: str) -> None:
    """As word processors offer them; blue, grey, yellow and near-black have none."""
    red, green, blue = (int(code[place : place + 2], 16) / 255 for place in (0, 2, 4))
    assert Fill(None, (red, green, blue)).name == name  # type: ignore[arg-type]
