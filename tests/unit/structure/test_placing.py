"""Nodes of an outline know where they are printed."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from kb.sources import read_source
from kb.structure import parse
from tests.strategies import source_of

LINES = (
    (
        "FENWOLD POLICE AND CRIME PANEL",
        "MINUTES of the meeting held on 19 July 2023",
        "1. APOLOGIES",
        "None.",
    ),
    ("2. FERRIES", "1. The Commissioner said that patrols", "cost £4,300 a year.", "2. The Panel noted it."),
)


def test_items_and_paragraphs_are_boxed(tmp_path: Path) -> None:
    """Each on its page, one below the other, the whole of a wrapped paragraph in one box."""
    canvas = Canvas(str(tmp_path / "minutes.pdf"), pagesize=A4)
    for lines in LINES:
        for number, line in enumerate(lines):
            canvas.drawString(72, A4[1] - 80 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    [part] = parse(read_source(tmp_path / "minutes.pdf")).parts
    ferries = part.items[-1]
    [heading] = ferries.boxes
    [said], [noted] = (paragraph.boxes for paragraph in ferries.paragraphs)
    assert [heading.page, said.page, noted.page] == [2, 2, 2]
    assert heading.box.bottom <= said.box.top + 3
    assert said.box.bottom <= noted.box.top + 3
    assert said.box.bottom - said.box.top > 1.8 * (noted.box.bottom - noted.box.top)
    assert {box.page for item in part.items[:-1] for box in item.boxes} == {1}


def test_a_counted_page_is_furniture_wherever_it_stands(tmp_path: Path) -> None:
    """A footer typed into the text follows its last line; what only mentions a page is text."""
    canvas = Canvas(str(tmp_path / "minutes.pdf"), pagesize=A4)
    ends = (
        ("Page 1 of 2", "See also page 4", "of the pack."),
        ("Page 2 of 2", "It was noted on page 1 of 2.", "The meeting closed."),
    )
    for lines, end in zip(LINES, ends, strict=True):
        for number, line in enumerate((*lines, *end)):
            canvas.drawString(72, A4[1] - 120 - 24 * number, line)
        canvas.showPage()
    canvas.save()
    source = read_source(tmp_path / "minutes.pdf")
    left_out = [source.text[slice(*span)] for span in parse(source).furniture]
    assert left_out == ["Page 1 of 2", "Page 2 of 2"]


def test_nodes_of_text_files_have_no_boxes() -> None:
    """There is nothing to draw on."""
    outline = parse(source_of("1. APOLOGIES\n\nNone.\n"))
    assert all(not item.boxes for part in outline.parts for item in part.items)
