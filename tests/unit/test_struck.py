"""Struck-through text from a printed page to an answer: found with its passage, never quoted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from kb.ingest import ingest
from kb.library import Library
from tests.fakes import HashingEncoder

Run = tuple[str, str]
"""Words, and how they are printed: "" plainly, "line" or "bar" struck through so, "red" inserted in colour."""

LINES: tuple[tuple[Run, ...], ...] = (
    (("FENWOLD POLICE AND CRIME PANEL", ""),),
    (("MINUTES of the meeting held on 19 July 2023", ""),),
    (("1. APOLOGIES", ""),),
    (("Apologies were received from Councillor Hale.", ""),),
    (("2. FERRY PATROLS", ""),),
    (
        ("1. The Commissioner said that the ferry patrols cost ", ""),
        ("£4,100", "line"),
        (" £4,300", "red"),
        (" a year.", ""),
    ),
    (("2. ", ""), ("The Commissioner explained that harbour drones cost £900 a week.", "bar")),
    (("3. ", ""), ("Councillor Osei felt that the lighthouse should be painted green.", "line")),
    (("4. The Panel thanked the officers for the report on ferry patrols.", ""),),
)


def _draw(path: Path) -> None:
    canvas = Canvas(str(path), pagesize=A4)
    for number, line in enumerate(LINES):
        x, y = 72.0, A4[1] - 80 - 26 * number
        for words, how in line:
            canvas.setFillColor(colors.red if how == "red" else colors.black)
            canvas.drawString(x, y, words)
            width = canvas.stringWidth(words)
            if how == "line":
                canvas.line(x, y + 3.4, x + width, y + 3.4)
            elif how == "bar":
                canvas.rect(x, y + 3.2, width, 0.7, fill=1, stroke=0)
            elif how == "red":
                canvas.line(x, y - 1.5, x + width, y - 1.5)
            x += width
    canvas.save()


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library of one paper with tracked changes."""
    folder = tmp_path_factory.mktemp("struck")
    _draw(folder / "minutes.pdf")
    ingest([folder / "minutes.pdf"], folder / "library", encoder=HashingEncoder())
    with Library.open(folder / "library", encoder=HashingEncoder()) as opened:
        yield opened


def test_what_was_put_in_its_place_is_quoted(library: Library) -> None:
    """The inserted figure answers, the struck one is told beside the passage."""
    answer = library.ask("What did the Commissioner say that the ferry patrols cost?")
    assert not answer.abstained
    assert answer.text == "The Commissioner said that the ferry patrols cost £4,300 a year."
    passage = answer.quotes[0].passage
    assert [struck.text for struck in passage.struck][:1] == ["£4,100"]
    assert passage.text[passage.struck[0].at :] == " £4,300 a year."


@pytest.mark.parametrize(
    ("question", "struck"),
    [
        ("What did the Commissioner explain that harbour drones cost?", "drones"),
        ("What should be painted green according to Councillor Osei?", "lighthouse"),
    ],
)
def test_struck_text_answers_no_question(library: Library, question: str, struck: str) -> None:
    """Though it would be the very answer; it is in no text that may be quoted."""
    answer = library.ask(question)
    assert all(struck not in quote.text for quote in answer.quotes)
    assert all(struck not in hit.passage.text for hit in answer.hits)


def test_no_character_is_lost(library: Library) -> None:
    """Struck text stays in the source, and in the outline's paragraphs."""
    text = library.source_text("minutes.pdf")
    spans = [
        span
        for part in library.outline("minutes.pdf").parts
        for item in part.items
        for paragraph in item.paragraphs
        for span in paragraph.spans
    ]
    said = " ".join(text[span.start : span.end] for span in spans)
    assert "harbour drones cost £900" in said
    assert "£4,100 £4,300 a year" in said


def test_passages_say_where_they_are_printed(library: Library) -> None:
    """Each on the page, one below the other."""
    hits = library.search("ferry patrols")
    boxes = sorted(box for hit in hits for box in hit.passage.boxes)
    assert len(boxes) >= len(hits)
    assert {box.page for box in boxes} == {1}
    assert all(box.box.x0 >= 71 and box.box.x1 < box.width and box.height > 800 for box in boxes)
