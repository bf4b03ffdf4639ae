"""Amendments as minutes record them: where, what goes, what comes."""

from __future__ import annotations

import pytest

from kb.versions.amended import amended_passage, is_made
from kb.versions.amendments import Amendment, read_amendments
from tests.papers_in_versions import Entry, papers, part

MINUTES: tuple[Entry, ...] = (
    (None, None, None, "Present: Councillors Hale and Osei"),
    ("9", "Apologies", None, "Apologies were received from Councillor Frayne."),
    ("10", "Road safety", "1", "The ferry road had shut for thirty days."),
    ("10", "Road safety", "2", "The Commissioner thought that it had that it was late."),
    ("11", "Complaints", None, "There had been two complaints."),
    ("11", "Complaints", None, "Members thanked Mrs Yaxley."),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "subject to the following amendments: Paragraph 12, second line – deletion of the words “as was said” "
                "Paragraph 18, section (c), lines 2 and 3 - the word “principle” to be amended to “principal”."
            ),
            [("12", None, "as was said", None), ("18", "c", "principle", "principal")],
        ),
        (
            "subject to the following amendment: item 9 paragraph 3, replace thirty with thirty-two",
            [("9", "3", "thirty", "thirty-two")],
        ),
        (
            (
                "with the following corrections: - Item 4, question 8: add at the end “each year”. "
                "- Item 5: “5.6%” to read “5.7%”."
            ),
            [("4", "8", None, "each year"), ("5", None, "5.6%", "5.7%")],
        ),
        (
            "with the addition of Councillor Reed to the list of apologies.",
            [(None, None, None, "Councillor Reed")],
        ),
        (
            "subject to item 7 reading “fell” instead of “rose”; and item 8, deletion of ‘two’ and insertion of ‘ten’",
            [("7", None, "rose", "fell"), ("8", None, "two", "ten")],
        ),
        ("subject to minor amendments.", []),
        ("as amended", []),
        ("", []),
    ],
)
def test_amendments_are_read(
    text: str, expected: list[tuple[str | None, str | None, str | None, str | None]]
) -> None:
    """Place, old and new words of each; "paragraph 12" stays a paragraph until the minutes say what it is."""
    found = [
        (
            (each.item, each.paragraph or each.section, each.old, each.new)
            if each.item
            else (each.paragraph, each.section, each.old, each.new)
        )
        for each in read_amendments(text)
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("amendment", "number"),
    [
        (Amendment(text="", item="10", paragraph="2"), 4),
        (Amendment(text="", paragraph="10", old="that it had"), 4),
        (Amendment(text="", item="11", old="two"), 5),
        (Amendment(text="", item="11", nth=-1), 6),
        (Amendment(text="", item="11", nth=2), 6),
        (Amendment(text="", item="9"), 2),
        (Amendment(text="", list_name="apologies", new="Councillor Reed"), 2),
        (Amendment(text="", list_name="those present", new="Councillor Reed"), 1),
        (Amendment(text="", new="Yaxley"), 6),
        (Amendment(text="", item="11", nth=3), None),
        (Amendment(text="", item="12", paragraph="1"), None),
        (Amendment(text="", item="10"), None),
    ],
)
def test_an_amendment_finds_its_paragraph(amendment: Amendment, number: int | None) -> None:
    """By label, by words, by count; nothing is guessed."""
    [minutes] = papers("minutes.txt", (part(), MINUTES))
    found = amended_passage(amendment, minutes)
    assert (found.id if found else None) == (f"minutes.txt/0/{number}" if number else None)


def test_an_amendment_already_made_is_known() -> None:
    """New words there and old ones gone; one new word alone proves nothing."""
    [minutes] = papers("minutes.txt", (part(), MINUTES))
    road = minutes.passages[2]
    assert is_made(Amendment(text="", old="forty", new="thirty"), road)
    assert is_made(Amendment(text="", new="ferry road"), road)
    assert is_made(Amendment(text="", old="forty"), road)
    assert not is_made(Amendment(text="", old="thirty", new="thirty days"), road)
    assert not is_made(Amendment(text="", new="ferry"), road)
    assert not is_made(Amendment(text=""), road)
