"""Each doubt points at a place worth a look; a sound paper has none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.records import DoubtKind, Outline, Page, Source, Span
from kb.sources.text import split_lines
from kb.structure import parse
from kb.structure.doubts import LONG_WORDS, find_doubts
from kb.structure.numbering import read_ordinals

MINUTES = """FENWOLD POLICE AND CRIME PANEL

MINUTES of the meeting held on 19 July 2023

Present: Councillor Ada Hale (Chair), Councillor Bernard Stone, Councillor Cora Finch

1. APOLOGIES

Apologies were received from Councillor Moss.

2. ROADS

(a) The Commissioner reported on the roads of the county.
(b) Councillor Stone asked about the ring road.

3. CLOSE

The meeting closed at noon.
"""


def source_of(text: str, *, issues: tuple[str, ...] = ()) -> Source:
    """A text file."""
    lines, pages = split_lines(text)
    return Source(
        name="x.txt",
        sha256="0" * 64,
        media_type="text/plain",
        text=text,
        lines=lines,
        pages=pages,
        issues=issues,
    )


def kinds(text: str, *, issues: tuple[str, ...] = ()) -> list[DoubtKind]:
    """What is doubtful in a text."""
    source = source_of(text, issues=issues)
    return [doubt.kind for doubt in find_doubts(source, parse(source))]


def test_sound_minutes_are_not_doubted() -> None:
    """Nothing to look at again."""
    assert kinds(MINUTES) == []


def test_a_missing_item_is_told_with_its_place() -> None:
    """What follows what, and what is missing."""
    source = source_of(MINUTES.replace("3. CLOSE", "4. CLOSE"))
    [doubt] = find_doubts(source, parse(source))
    assert (doubt.kind, doubt.place) == (DoubtKind.NUMBERING_GAP, "minutes, 19 July 2023, item 4")
    assert doubt.message == "Item 4 follows 2: 3 is missing."


def test_a_missing_paragraph() -> None:
    """Letters are counted too."""
    source = source_of(MINUTES.replace("(b) ", "(b) Words were said.\n(d) "))
    [doubt] = find_doubts(source, parse(source))
    assert (doubt.kind, doubt.message) == (DoubtKind.NUMBERING_GAP, "Paragraph d follows b: c is missing.")
    assert doubt.place == "minutes, 19 July 2023, item 2, paragraph d"


def test_a_label_printed_twice() -> None:
    """Both paragraphs stay, and the reader hears of it."""
    found = kinds(MINUTES.replace("(b) ", "(b) Words were said.\n(b) "))
    assert found == [DoubtKind.REPEATED_LABEL]


def test_minutes_without_a_date() -> None:
    """A filter by date would not find them."""
    assert DoubtKind.PART_WITHOUT_DATE in kinds(MINUTES.replace(" held on 19 July 2023", ""))


def test_minutes_without_attendance() -> None:
    """Speakers cannot be told apart then."""
    text = "\n".join(line for line in MINUTES.splitlines() if not line.startswith("Present"))
    assert kinds(text) == [DoubtKind.NO_ATTENDANCE]


def test_a_paragraph_without_end() -> None:
    """Its labels or its breaks were lost."""
    long = "The Commissioner reported on the roads. " * (LONG_WORDS // 6 + 1)
    assert DoubtKind.LONG_PARAGRAPH in kinds(
        MINUTES.replace("The meeting closed", long + "The meeting closed")
    )


def test_text_that_stands_in_no_item() -> None:
    """More of it than a list of who was there."""
    loose = "There was much talk of the weather in the county before the meeting began. " * 20
    found = kinds(MINUTES.replace("1. APOLOGIES", f"{loose}\n\n1. APOLOGIES"))
    assert DoubtKind.TEXT_OUTSIDE_ITEMS in found


@pytest.mark.parametrize(
    ("issue", "expected"),
    [
        ("page 3 has no text (a picture or a scan)", [DoubtKind.PAGE_WITHOUT_TEXT]),
        ("page 3 could not be read (PSEOF)", [DoubtKind.PAGE_WITHOUT_TEXT]),
        ("page 3 was recognised by OCR with low confidence (41 of 100)", [DoubtKind.UNCERTAIN_RECOGNITION]),
        ("page 3 has no text (blank)", []),
        ("read as Windows-1252", []),
    ],
)
def test_pages_that_were_not_read(issue: str, expected: list[DoubtKind]) -> None:
    """A blank page is none of them."""
    source = source_of(MINUTES, issues=(issue,))
    found = find_doubts(source, parse(source))
    assert [doubt.kind for doubt in found] == expected
    assert {doubt.page for doubt in found} <= {3}


def test_a_ragged_table() -> None:
    """Rows with ever different numbers of cells, and no heads."""
    rows = ["a\tb", "a\tb\tc", "a\tb\tc\td", "1\t2\t3\t4\t5", "1\t2", "1\t2\t3"]
    table = "\n".join(rows)
    assert DoubtKind.TABLE_NOT_UNDERSTOOD in kinds(
        MINUTES.replace("The meeting closed", f"{table}\n\nThe meeting closed")
    )


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("12", [("", 12)]),
        ("4.2", [("4.", 2)]),
        ("39/20", [("39/", 20)]),
        ("b", [("letter", 2)]),
        ("i", [("letter", 9), ("roman", 1)]),
        ("xiv", [("roman", 14)]),
        ("xix", [("roman", 19)]),
        ("V5", []),
        ("2018", []),
        ("iiii", []),
    ],
)
def test_labels_as_places_in_a_sequence(label: str, expected: list[tuple[str, int]]) -> None:
    """A label may belong to two sequences; references and years belong to none."""
    assert [(ordinal.sequence, ordinal.value) for ordinal in read_ordinals(label)] == expected


def test_letters_go_on_past_those_that_are_numbers_too() -> None:
    """h, i, j is no gap, nor is i, ii, iii under a, b, c."""
    letters = "".join(f"({letter}) Words were said about it.\n" for letter in "abcdefghijk")
    nested = "(a) One:\n(i) Words.\n(ii) Words.\n(iii) Words.\n(iv) Words.\n(v) Words.\n(b) Words.\n"
    for block in (letters, nested):
        start = MINUTES.index("(a) The")
        text = MINUTES[:start] + block + MINUTES[MINUTES.index("\n3. CLOSE") :]
        assert DoubtKind.NUMBERING_GAP not in kinds(text)


def test_an_empty_outline_is_not_doubted() -> None:
    """There is nothing to say of it."""
    source = replace(source_of("x"), pages=(Page(number=1, label=None, span=Span(0, 1)),))
    assert find_doubts(source, Outline(parts=(), furniture=())) == ()
