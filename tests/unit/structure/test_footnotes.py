"""Footnotes: marks glued to words and figures go, notes stand behind the text that refers to them."""

from __future__ import annotations

import dataclasses

from kb.passages import quote, split
from kb.records import Outline, Paragraph, Source
from kb.structure.outline import parse
from tests.structure_sources import check_cover, text_source

HEAD = (
    "To: Fenwold Strategic Board\nFrom: Chief Constable\nDate: 4 May 2021\n\nRIVER WATCH\n\n"
    "1. Purpose\n\n1.1 To tell the Board of the season.\n\n2. Season\n\n"
)
NOTED = HEAD + (
    "2.1 The season was long, with floods in all of the lower valley and in two of the upper ones1.\n\n"
    "1 Flood log of the Fenwold rivers, first part\n\n"
    "2.2 Of those asked, 61.5%2 of the people by the river said that the warnings had come in good time for\n"
    "them. A second round was held in 20203. It will be repeated.\n\n"
    "2 Asked by letter\n\n3 412 letters were sent\n\n"
    "3. Next steps\n\n3.1 None are planned for now.\n"
)


def read(text: str) -> tuple[Source, Outline]:
    """Parse and check that nothing is lost."""
    source = text_source(text)
    result = parse(source)
    check_cover(source, result)
    return source, result


def paragraphs(outline: Outline, number: str) -> tuple[Paragraph, ...]:
    """The paragraphs of one item."""
    return next(item for item in outline.parts[0].items if item.number == number).paragraphs


def test_marks_are_left_out_and_kept_as_furniture() -> None:
    """A glued mark is no digit of the figure before it; what is quoted is the source without the mark."""
    source, outline = read(NOTED)
    said = " ".join(quote(source.text, one.spans) for one in paragraphs(outline, "2") if one.label)
    assert "upper ones." in said
    assert "61.5% of the people" in said
    assert "in 2020. It will be" in said
    assert sorted(source.text[span.start : span.end] for span in outline.furniture) == ["1", "2", "3"]


def test_notes_follow_the_paragraph_that_refers_to_them() -> None:
    """A note is a paragraph of its own and continues the one with its mark, wherever its page ends."""
    source, outline = read(NOTED)
    found = [(one.label, one.note, one.continues) for one in paragraphs(outline, "2")]
    assert found == [
        ("2.1", None, False),
        (None, "1", True),
        ("2.2", None, False),
        (None, "2", True),
        (None, "3", True),
    ]
    notes = [quote(source.text, one.spans) for one in paragraphs(outline, "2") if one.note]
    assert notes == [
        "Flood log of the Fenwold rivers, first part",
        "Asked by letter",
        "412 letters were sent",
    ]


def test_a_note_printed_in_a_later_item_comes_home() -> None:
    """Text extraction may print the note of one item behind the next; it goes back to its mark."""
    text = NOTED.replace("3 412 letters were sent\n\n", "") + "\n3 412 letters were sent\n"
    _, outline = read(text)
    assert [one.note for one in paragraphs(outline, "2") if one.note] == ["1", "2", "3"]
    assert [one.note for one in paragraphs(outline, "3")] == [None]


def test_a_sentence_goes_on_after_a_note() -> None:
    """A note in the middle of a sentence at the end of a page does not break it."""
    text = HEAD + (
        "2.1 The wardens1 met in the hall by the old bridge and agreed with all of the farmers there that the\n"
        "upper gates should be looked at by the engineers of the\n\n"
        "1 Appointed in March\n Drainage Office before the winter.\n"
    )
    source, outline = read(text)
    first, note = paragraphs(outline, "2")
    assert quote(source.text, first.spans).endswith("the engineers of the Drainage Office before the winter.")
    assert note.note == "1"


def test_digits_without_a_note_stay() -> None:
    """Names and figures that end in a digit are no marks, nor is a list the note of one."""
    text = HEAD + (
        "2.1 Form Register7 and the year 20184 were queried, as was Measures1 in the annexe to the report.\n\n"
        "1. Reduce silt\n2. Widen gates\n"
    )
    source, outline = read(text)
    assert outline.furniture == ()
    assert "Register7 and the year 20184" in quote(source.text, paragraphs(outline, "2")[0].spans)


def test_passages_quote_without_marks() -> None:
    """The passage of a paragraph holds its note, and no mark glued to a word."""
    source, outline = read(NOTED)
    found = [passage for passage in split(source, outline) if passage.citation.paragraph == "2.2"]
    assert len(found) == 1
    assert "in 2020. It will be repeated. Asked by letter 412 letters were sent" in found[0].text
    assert found[0].text == quote(source.text, found[0].spans)


def test_notes_need_their_own_page() -> None:
    """Where pages are known, a number at the start of a line on another page is no note."""
    source = text_source(NOTED)
    cut = source.text.index("1 Flood log")
    paged = dataclasses.replace(
        source,
        lines=tuple(
            dataclasses.replace(line, page=1 if line.span.start < cut else 2) for line in source.lines
        ),
    )
    marks = {paged.text[span.start : span.end] for span in parse(paged).furniture}
    assert "1" not in marks
