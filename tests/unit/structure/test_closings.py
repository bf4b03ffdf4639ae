"""How minutes end, and papers that no heading announces."""

from __future__ import annotations

import pytest

from kb.passages import quote
from kb.records import PartKind
from kb.structure.closings import is_closing, is_signature
from kb.structure.lines import prepare
from kb.structure.outline import parse
from tests.structure_sources import check_cover, text_source

MINUTES = (
    "NORTHSHIRE SCRUTINY PANEL\nMINUTES OF THE MEETING HELD ON 4 MAY 2021\n\nPresent: Councillors Able and Baker\n\n"
    "1. Apologies\n\nNone.\n\n2. Budget\n\n2.1 The budget was put before the members of the panel.\n\n"
    "2.2 It was noted.\n\n"
)


def said(text: str) -> list[tuple[PartKind, list[tuple[str | None, bool, str]]]]:
    """Each part's kind and its paragraphs: label, continues, words."""
    source = text_source(text)
    outline = parse(source)
    check_cover(source, outline)
    return [
        (
            part.kind,
            [
                (one.label, one.continues, quote(text, one.spans))
                for item in part.items
                for one in item.paragraphs
            ],
        )
        for part in outline.parts
    ]


@pytest.mark.parametrize(
    ("text", "closing", "signature"),
    [
        ("The meeting began at 2.00pm and ended at 4:20pm", True, False),
        ("There being no further business the meeting closed at 9 pm.", True, False),
        ("CHAIRPERSON", True, True),
        ("CHAIR", True, True),
        ("Signed ........................ Chair", True, True),
        ("Chair ........... Date ..........", True, True),
        ("Chair", False, False),
        ("Date", False, False),
        ("The meeting agreed to the plan.", False, False),
        ("2. The meeting closed", False, False),
    ],
)
def test_closing_lines(text: str, *, closing: bool, signature: bool) -> None:
    """Times and signatures; the role in an attendance list and the head of a column are none."""
    (line,) = prepare(text_source(text), frozenset())
    assert (is_closing(line), is_signature(line)) == (closing, signature)


def test_closing_lines_go_on_no_numbered_paragraph() -> None:
    """The last decimal paragraph does not swallow the end of the meeting."""
    ((kind, paragraphs),) = said(MINUTES + "The meeting closed at 4.05 pm.\n\nCHAIR\n")
    assert kind is PartKind.MINUTES
    assert paragraphs[-3:] == [
        ("2.2", False, "It was noted."),
        (None, False, "The meeting closed at 4.05 pm."),
        (None, False, "CHAIR"),
    ]


def test_closing_lines_behind_an_action_table_belong_to_the_minutes() -> None:
    """The table of actions stands before the closing line; the meeting is what closed."""
    text = (
        MINUTES
        + "ITEM\tACTION\nBudget\tThe clerk to write to Baker\n\nThe meeting began at 2pm and ended at 4pm\n\nCHAIR\n"
    )
    (minutes, paragraphs), (table, rows) = said(text)
    assert (minutes, table) == (PartKind.MINUTES, PartKind.ACTION_TABLE)
    assert [words for _, _, words in paragraphs[-2:]] == [
        "The meeting began at 2pm and ended at 4pm",
        "CHAIR",
    ]
    assert [words for _, _, words in rows] == ["ITEM ACTION", "Budget The clerk to write to Baker"]


def test_the_next_meeting_goes_on_no_numbered_paragraph() -> None:
    """Plain as it is printed, the date of the next meeting has a heading of its own."""
    ((_, paragraphs),) = said(
        MINUTES + "Date of next meeting\n\nIt will be held on 3 June 2021 at the Guildhall.\n"
    )
    assert [continues for _, continues, _ in paragraphs[-2:]] == [False, False]


REPORT = (
    "To: Northshire Board\nFrom: Chief Engineer\nDate: 4 May 2021\n\nRIVER WATCH\n\n"
    "1. Purpose\n\n1.1 To tell the Board.\n\n"
    "2. Recommendation\n\n2.1 To note it.\n\nBIBLIOGRAPHY\n\nContact Officer(s)\n\n Ada Fenn, Head of Rivers\n"
)
STRATEGY = "Rivers Strategy 2020-2024\n\n" + "".join(
    f"Wardens walk reach {number} of the river each week and write to the clerk of it.\n"
    for number in range(30)
)


def test_a_long_paper_behind_the_contact_officer_is_an_appendix() -> None:
    """It belongs to the report's meeting."""
    source = text_source(REPORT + "\n\n\n\n\n" + STRATEGY)
    report, annex = parse(source).parts
    assert (report.kind, annex.kind) == (PartKind.REPORT, PartKind.APPENDIX)
    assert (annex.body, annex.meeting_date) == (report.body, report.meeting_date)
    assert annex.title == "Rivers Strategy 2020-2024"


def test_a_few_lines_behind_the_contact_officer_are_the_report() -> None:
    """Small print is no paper, nor is a long text without a new page."""
    assert len(parse(text_source(REPORT + "\n\n\n\n\nNotes on the cover\nPrinted in May\n")).parts) == 1
    assert len(parse(text_source(REPORT + "\n" + STRATEGY)).parts) == 1


def test_an_attached_file_is_no_appendix() -> None:
    """The caption of its icon and the report's own bibliography follow."""
    text = REPORT.replace("BIBLIOGRAPHY", " APPENDIX C\n\nRivers Plan on a page.pdf\n\nBIBLIOGRAPHY")
    assert len(parse(text_source(text)).parts) == 1
    assert len(parse(text_source(text.replace(" on a page.pdf", " 2021"))).parts) == 2
