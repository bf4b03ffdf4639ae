"""Copies, states and proofs among the papers of a library."""

from __future__ import annotations

import datetime as dt

import pytest

from kb.records import LinkKind, PartKind
from kb.versions import Paper, Relations, relate
from tests.papers_in_versions import JULY, JUNE, MAY, TEXTS, papers, part

REPORT = PartKind.REPORT
NOTED = "The Panel noted the report and thanked everybody who had worked on it."
AGREED = ("2", "Minutes of the meeting held on 10 May 2023", None, "Agreed as a correct record and signed.")


def statuses(relations: Relations) -> dict[str, str | None]:
    """Status by document; tests with one paper each."""
    return {paper.document: paper.status for paper in relations.papers}


def links(relations: Relations, kind: LinkKind) -> list[tuple[str, str]]:
    """Pairs of passage ids."""
    return [(each.passage, each.other) for each in relations.passages if each.kind is kind]


def test_a_report_in_a_pack_and_alone_is_one_paper_and_the_pack_counts() -> None:
    """There it has its meeting and its item; the words found only alone stay their own."""
    pack = papers(
        "pack.txt",
        (part(PartKind.AGENDA, date=JUNE), ["Agenda", "1. Apologies"]),
        (part(REPORT, date=JUNE, agenda_item="7"), TEXTS),
    )
    alone = papers(
        "alone.txt", (part(REPORT, body="Panel", date=None), [*TEXTS, "A contact, printed here only."])
    )
    found = relate([*pack, *alone])
    assert found.same == tuple((f"pack.txt/1/{n}", f"alone.txt/0/{n}") for n in range(1, 6))
    assert statuses(found) == {"pack.txt": None, "alone.txt": None}
    assert [(each.document, each.relations[0].kind, each.relations[0].same) for each in found.papers] == [
        ("alone.txt", LinkKind.ALSO_IN, 5),
        ("pack.txt", LinkKind.ALSO_IN, 5),
    ]


def test_a_draft_is_superseded_by_the_confirmed_minutes() -> None:
    """Same words fall together; changed ones are both kept, the draft's leading to the confirmed."""
    changed = TEXTS[2].replace("£1.2m", "£1.4m")
    end = "Confirmed as a correct record at the meeting held on 14 June 2023"
    draft = papers(
        "a-draft.txt", (part(status="draft"), [*TEXTS, "A line only the draft had, which was struck."])
    )
    final = papers("minutes.txt", (part(), [*TEXTS[:2], changed, *TEXTS[3:], end]))
    found = relate([*draft, *final])
    assert statuses(found) == {"a-draft.txt": "superseded", "minutes.txt": "confirmed"}
    assert len(found.same) == 4
    assert all(group[0].startswith("minutes.txt") for group in found.same)
    assert links(found, LinkKind.SUPERSEDES) == [("minutes.txt/0/3", "a-draft.txt/0/3")]
    assert ("a-draft.txt/0/3", "minutes.txt/0/3") in links(found, LinkKind.SUPERSEDED_BY)
    assert ("a-draft.txt/0/6", "minutes.txt/0/1") in links(found, LinkKind.SUPERSEDED_BY)


def test_minutes_in_the_next_pack_are_a_copy_of_their_own_file() -> None:
    """Minutes stand for themselves; the pack of the next meeting only carries them."""
    pack = papers(
        "a-pack.txt", (part(), TEXTS), (part(REPORT, date=JUNE), ["Something else entirely, and new."])
    )
    own = papers("minutes.txt", (part(), TEXTS))
    assert relate([*pack, *own]).same[0] == ("minutes.txt/0/1", "a-pack.txt/0/1")


@pytest.mark.parametrize(("status", "expected"), [("draft", "confirmed"), (None, "confirmed")])
def test_later_minutes_confirm_earlier_ones(status: str | None, expected: str) -> None:
    """With the place as proof."""
    earlier = papers("may.txt", (part(status=status), TEXTS))
    later = papers("june.txt", (part(date=JUNE), [AGREED]))
    found = relate([*earlier, *later])
    assert statuses(found) == {"may.txt": expected}
    assert ("may.txt/0/3", "june.txt/0/1") in links(found, LinkKind.CONFIRMED_BY)


@pytest.mark.parametrize(
    "entry",
    [
        (
            "2",
            "Minutes of the meeting held on 10 May 2023",
            None,
            "The minutes were not agreed and were deferred.",
        ),
        ("2", "Minutes of the last meeting", None, "Agreed as a correct record."),
        ("2", "Minutes of the meeting held on 3 May 2023", None, "Agreed as a correct record."),
        ("2", "Precept", None, "The precept of 10 May 2023 was agreed."),
        (None, "Minutes of a meeting held on 10 May 2023", None, "Agreed as a correct record."),
    ],
)
def test_nothing_else_confirms(entry: tuple[str | None, str, None, str]) -> None:
    """A refusal, an unnamed or another meeting, another matter, a title block."""
    earlier = papers("may.txt", (part(), TEXTS))
    assert not relate([*earlier, *papers("june.txt", (part(date=JUNE), [entry]))]).statuses


def test_another_body_confirms_nothing() -> None:
    """The Board's minutes of the same day are not the Panel's."""
    earlier = papers("may.txt", (part(), TEXTS))
    later = papers("june.txt", (part(body="Fenwold Board", date=JUNE), [AGREED]))
    assert not relate([*earlier, *later]).statuses


def test_a_draft_agreed_with_amendments_stays_a_draft_with_the_amendment_at_its_paragraph() -> None:
    """The amendment is shown at both ends."""
    entries = [("5", "Road safety", str(number), text) for number, text in enumerate(TEXTS, 1)]
    earlier = papers("may.txt", (part(status="draft"), entries))
    words = "Item 5, paragraph 3: “£1.2m” to read “£1.4m”"
    later = papers(
        "june.txt",
        (
            part(date=JUNE),
            [
                (*AGREED[:3], "The minutes were agreed subject to the following amendment:"),
                (*AGREED[:3], words),
            ],
        ),
    )
    found = relate([*earlier, *later])
    assert statuses(found)["may.txt"] == "draft"
    assert links(found, LinkKind.AMENDED_BY) == [("may.txt/0/3", "june.txt/0/2")]
    assert links(found, LinkKind.AMENDS) == [("june.txt/0/2", "may.txt/0/3")]
    [note] = [each.note for each in found.passages if each.kind is LinkKind.AMENDED_BY]
    assert note == words


def test_an_amendment_without_a_place_amends_the_minutes_as_a_whole() -> None:
    """It is linked to their beginning; without the minutes it is listed with the paper that records it."""
    words = "The minutes of 10 May 2023 were agreed subject to item 99: delete “forever”."
    later = papers("june.txt", (part(date=JUNE), [(*AGREED[:3], words)]))
    found = relate([*papers("may.txt", (part(), TEXTS)), *later])
    assert links(found, LinkKind.AMENDED_BY) == [("may.txt/0/1", "june.txt/0/1")]
    [alone] = relate(later).papers
    assert [(each.document, each.meeting_date, each.note) for each in alone.relations] == [
        (None, MAY, "item 99: delete “forever”.")
    ]


def test_a_revised_report_supersedes_the_first() -> None:
    """By what it says of itself at its beginning."""
    first = papers("report.txt", (part(REPORT, date=JUNE, agenda_item="7", title="Precept"), TEXTS))
    second = papers(
        "report-new.txt",
        (
            part(REPORT, date=JUNE, agenda_item="7", title="Precept (version 2)"),
            [*TEXTS[:4], TEXTS[4].replace("three", "four")],
        ),
    )
    found = relate([*first, *second])
    assert statuses(found) == {"report.txt": "superseded", "report-new.txt": None}
    assert found.same[0] == ("report-new.txt/0/1", "report.txt/0/1")


def test_a_corrected_report_says_so() -> None:
    """The status of the one that counts."""
    first = papers("report.txt", (part(REPORT, date=JUNE), TEXTS))
    second = papers(
        "x.txt", (part(REPORT, date=JUNE, title="Precept: corrected version, 9 June 2023"), TEXTS)
    )
    assert statuses(relate([*first, *second])) == {"report.txt": "superseded", "x.txt": "corrected"}


@pytest.mark.parametrize(
    ("kind", "date", "body"),
    [
        (PartKind.MINUTES, JULY, "Fenwold Panel"),
        (PartKind.MINUTES, MAY, "Fenwold Board"),
        (PartKind.AGENDA_PLAN, JULY, "Fenwold Panel"),
    ],
)
def test_the_same_wording_at_another_meeting_is_another_place(
    kind: PartKind, date: dt.date, body: str
) -> None:
    """However alike two papers are."""
    first = papers("one.txt", (part(kind), [*TEXTS, NOTED]))
    second = papers("two.txt", (part(kind, date=date, body=body), [*TEXTS, NOTED]))
    assert relate([*first, *second]) == Relations()


def test_a_report_reprinted_for_another_meeting_is_one_only_if_nothing_differs() -> None:
    """The quarterly report that changes a figure is not last quarter's."""
    first = papers("one.txt", (part(REPORT), TEXTS))
    again = papers("two.txt", (part(REPORT, date=JUNE), TEXTS))
    later = papers("three.txt", (part(REPORT, date=JULY), [*TEXTS[:4], TEXTS[4].replace("three", "four")]))
    assert len(relate([*first, *again]).same) == len(TEXTS)
    assert not relate([*first, *later]).same


def test_a_stock_sentence_meets_itself_at_its_own_place() -> None:
    """Twice in one paper, it is never folded into one."""
    draft = papers("a.txt", (part(status="draft"), [TEXTS[0], NOTED, TEXTS[1], NOTED, *TEXTS[2:]]))
    final = papers("b.txt", (part(), [TEXTS[0], NOTED, TEXTS[1], NOTED, *TEXTS[2:]]))
    groups = relate([*draft, *final]).same
    assert ("b.txt/0/2", "a.txt/0/2") in groups
    assert ("b.txt/0/4", "a.txt/0/4") in groups


def test_papers_without_words_are_nobodys_copies() -> None:
    """Rules and dashes."""
    lines: list[Paper] = []
    for name in ("a.txt", "b.txt"):
        lines += papers(name, (part(), ["---", "…"]))
    assert not relate(lines).same


def test_an_empty_library_has_no_versions() -> None:
    """Nor one of documents without passages."""
    assert relate([]) == Relations()
    assert papers("empty.txt", (part(), [])) == ()
