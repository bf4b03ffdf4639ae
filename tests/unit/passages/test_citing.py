"""Citations as people read them, and the ids that programs keep."""

from __future__ import annotations

import pytest

from kb.records import Page, PartKind, Span
from tests.outlines import Paper


def labels(paper: Paper) -> list[str]:
    """The citations of its passages."""
    return [passage.citation.label for passage in paper.passages()]


def ids(paper: Paper) -> list[str]:
    """The ids of its passages."""
    return [passage.id for passage in paper.passages()]


def test_minutes_are_cited_to_the_paragraph() -> None:
    """Body, date, kind, item with its title, paragraph."""
    paper = Paper().item("9", "Annual Report").say("Noted.", label="5")
    assert labels(paper) == [
        "Fenwold Police and Crime Panel, 19 July 2023, minutes, item 9 Annual Report, para 5"
    ]
    citation = paper.passages()[0].citation
    assert (citation.item, citation.paragraph, citation.section, citation.agenda_item) == (
        "9",
        "5",
        None,
        None,
    )
    assert citation.item_title == "Annual Report"


def test_unlabelled_paragraphs_are_cited_by_their_item() -> None:
    """Nothing is counted that is not printed."""
    paper = (
        Paper().say("Present: all").item("1", "").say("None.").item(None, "Any Other Business").say("None.")
    )
    assert labels(paper) == [
        "Fenwold Police and Crime Panel, 19 July 2023, minutes",
        "Fenwold Police and Crime Panel, 19 July 2023, minutes, item 1",
        "Fenwold Police and Crime Panel, 19 July 2023, minutes, Any Other Business",
    ]


def test_drafts_are_called_drafts() -> None:
    """And confirmed minutes just minutes."""
    draft = Paper(status="draft").item("9", "Annual Report").say("Noted.", label="5")
    assert labels(draft) == [
        "Fenwold Police and Crime Panel, 19 July 2023, draft minutes, item 9 Annual Report, para 5"
    ]
    assert draft.passages()[0].citation.status == "draft"
    confirmed = Paper(status="confirmed").item("9", "Annual Report").say("Noted.")
    assert labels(confirmed) == [
        "Fenwold Police and Crime Panel, 19 July 2023, minutes, item 9 Annual Report"
    ]


def test_reports_are_cited_by_agenda_item_section_and_paragraph() -> None:
    """A section is no item of the meeting."""
    paper = Paper(kind=PartKind.REPORT, title="Precept 2024/25", agenda_item="7")
    paper.item("4", "Background").say("Given.", label="4.2")
    assert labels(paper) == [
        (
            "Fenwold Police and Crime Panel, 19 July 2023, report, agenda item 7 Precept 2024/25, "
            "section 4 Background, para 4.2"
        )
    ]
    citation = paper.passages()[0].citation
    assert (citation.agenda_item, citation.section, citation.item) == ("7", "4", None)


def test_agendas_are_cited_by_their_items() -> None:
    """Which are agenda items and no sections."""
    paper = Paper(kind=PartKind.AGENDA).item("3", "Minutes").say("To be agreed.")
    assert labels(paper) == ["Fenwold Police and Crime Panel, 19 July 2023, agenda, agenda item 3 Minutes"]
    citation = paper.passages()[0].citation
    assert (citation.agenda_item, citation.section, citation.item) == ("3", None, None)


@pytest.mark.parametrize(
    ("printed", "ending"),
    [("7", "p. 2 (printed 7)"), ("iv", "p. 2 (printed iv)"), ("2", "p. 2"), (None, "p. 2")],
)
def test_pages_are_cited_with_what_is_printed_on_them(printed: str | None, ending: str) -> None:
    """Where that is another number."""
    pages = (Page(number=1, label=None, span=Span(0, 0)), Page(number=2, label=printed, span=Span(0, 99)))
    paper = Paper(pages=pages).item("9", "Annual Report").say("Noted.", label="5", page=2)
    assert labels(paper) == [
        f"Fenwold Police and Crime Panel, 19 July 2023, minutes, item 9 Annual Report, para 5, {ending}"
    ]
    citation = paper.passages()[0].citation
    assert (citation.page, citation.page_label) == (2, printed)


def test_the_page_is_that_of_the_first_words() -> None:
    """Each piece of a cut paragraph has its own."""
    pages = tuple(Page(number=number, label=None, span=Span(0, 0)) for number in (1, 2))
    paper = Paper(pages=pages).item("9", "Annual Report").say("word " * 100 + "end.", label="5", page=1)
    paper.say("word " * 100 + "end.", page=2, continues=True)
    assert [passage.citation.page for passage in paper.passages()] == [1, 2]


def test_an_unknown_body_is_cited_by_its_file() -> None:
    """Nothing is guessed."""
    paper = Paper(name="scan-7.pdf", body=None, meeting_date=None, kind=PartKind.LETTER).say("Dear all")
    assert labels(paper) == ["scan-7.pdf, letter"]
    assert paper.passages()[0].citation.body is None
    assert ids(paper) == ["unnamed-body/undated/letter/text"]


def test_ids_are_readable() -> None:
    """They hold the same facts as the citation."""
    assert ids(Paper().item("9", "Annual Report").say("Noted.", label="5")) == [
        "fenwold-pcp/2023-07-19/minutes/item-9/para-5"
    ]
    draft = Paper(status="draft").item("9", "Annual Report").say("Noted.")
    assert ids(draft) == ["fenwold-pcp/2023-07-19/draft-minutes/item-9/text"]
    report = Paper(kind=PartKind.REPORT, title="Precept", agenda_item="7")
    assert ids(report.item("4", "Background").say("Given.", label="4.2")) == [
        "fenwold-pcp/2023-07-19/report-7/section-4/para-4.2"
    ]
    unnumbered = Paper().item(None, "Any Other Business").say("None.")
    assert ids(unnumbered) == ["fenwold-pcp/2023-07-19/minutes/any-other-business/text"]


def test_papers_of_which_there_may_be_several_carry_their_title() -> None:
    """Two appendices to one report, two reports without an agenda item."""
    appendix = Paper(kind=PartKind.APPENDIX, title="Media Protocol", agenda_item="10").say("Be quick.")
    assert ids(appendix) == ["fenwold-pcp/2023-07-19/appendix-10-media-protocol/text"]
    report = Paper(kind=PartKind.REPORT, title="Rural Crime").say("It has risen.")
    assert ids(report) == ["fenwold-pcp/2023-07-19/report-rural-crime/text"]


def test_a_title_is_not_taken_for_a_paragraph() -> None:
    """A section may be called "Text" or "Para 5"."""
    paper = Paper().item(None, "Text").say("One.").item(None, "Para 5").say("Two.")
    place = "fenwold-pcp/2023-07-19/minutes"
    assert ids(paper) == [f"{place}/heading-text/text", f"{place}/heading-para-5/text"]


def test_a_slash_in_a_label_is_no_level() -> None:
    """Ids are divided by slashes."""
    assert ids(Paper().item("3", "Minutes").say("Agreed.", label="39/20"))[0].endswith("/item-3/para-39-20")


def test_the_same_label_twice_gives_two_ids() -> None:
    """Counted in reading order, as are items of one number."""
    paper = (
        Paper()
        .item("9", "Annual Report")
        .say("One.", label="1")
        .say("Two.", label="1")
        .item("9", "Precept")
        .say("Three.", label="1")
    )
    place = "fenwold-pcp/2023-07-19/minutes/item-9"
    assert ids(paper) == [f"{place}/para-1", f"{place}/para-1~2", f"{place}~2/para-1"]


def test_ids_do_not_depend_on_the_file() -> None:
    """Neither on its name nor on its bytes."""
    first = Paper(name="a.txt").item("9", "Annual Report").say("Noted.", label="5")
    second = Paper(name="b.txt").item("9", "Annual Report").say("Agreed.", label="5")
    assert ids(first) == ids(second)


def test_labels_that_differ_by_a_dot_differ_in_their_ids() -> None:
    """Paragraph "4.2" is not "42"."""
    assert len(set(ids(Paper().item("4", "A").say("One.", label="4.2").say("Two.", label="42")))) == 2
