"""Attendance, declarations, meetings, recommendations, records and plans; and that rows survive being kept."""

from __future__ import annotations

import datetime as dt
import json

from hypothesis import given
from hypothesis import strategies as st

from kb.records import Outline, Span
from kb.register.codec import decode_rows, encode_rows
from kb.register.reading import read_register
from kb.register.records import ROW_TYPES, Decision, PlanEntry, RowKind
from kb.register.words import Folded
from kb.structure import parse
from tests.strategies import source_of
from tests.unit.register.reading import minutes, rows, text_of

BODY = """1. Apologies

Apologies were received from Councillor Reed. Councillor Dunn was in attendance as substitute for Councillor Reed.

2. Declarations of Interest

Councillor Finch declared an interest in item 3 as a trustee.

3. Costs

The Commissioner said that costs rose. She was sorry.

The meeting began at 2.00pm and ended at 3:15 pm.
"""


def test_attendance() -> None:
    """Each person once, with capacity, offices, substitutes, and the sentences that are theirs."""
    source = minutes(BODY)
    found = {row.name: row for row in rows(source, RowKind.ATTENDANCE)}
    assert found["Councillor A Sharp"].roles == ("Chair",)
    assert found["Councillor C Dunn"].substitute_for == "Councillor Reed"
    assert found["Councillor Reed"].capacity == "apologies"
    assert text_of(source, found["Councillor Reed"]) == "Reed"
    assert found["Una Frost"].statements == 2
    assert found["Ivy Jones"].capacity == "officer"


def test_an_office_that_ends_on_a_new_line_is_no_heading() -> None:
    """The list goes on behind it."""
    head = (
        "OUSEDALE BOARD\nMINUTES OF THE MEETING HELD ON 3 MAY 2023\n\n"
        "Present: Una Frost, Commissioner, in the chair; Kit Lane, Chief Finance\n"
        "Officer; Ivy Jones, Chief Constable\n\n"
    )
    source = minutes("1. Costs\n\n1.1 The Board noted the report.\n", head=head)
    assert {row.name: row.capacity for row in rows(source, RowKind.ATTENDANCE)} == dict.fromkeys(
        ("Una Frost", "Kit Lane", "Ivy Jones"), "member"
    )


def test_declarations_and_meeting() -> None:
    """Who declared what; when and where the meeting was."""
    source = minutes(BODY)
    [declared] = rows(source, RowKind.DECLARATION)
    assert declared.who == "Councillor E Finch"
    [meeting] = rows(source, RowKind.MEETING)
    assert (meeting.opened, meeting.closed, meeting.venue) == ("2.00pm", "3:15 pm", "THE CORN HALL, OUSEBY")


def test_no_declarations() -> None:
    """That there are none is nobody's interest."""
    source = minutes("2. Declarations of Interest\n\nThere were no declarations of interest.\n")
    assert rows(source, RowKind.DECLARATION) == []


def test_recommendations_of_a_body() -> None:
    """A sentence, or the paragraphs that it introduces, up to the reasons."""
    source = minutes(
        "3. Costs\n\nThe Panel AGREED to NOTE the report and made the following RECOMMENDATION.\n\n"
        "We ask the Commissioner to pause.\n\nReasons for the decision\n\n"
        "The Panel made a recommendation so that he pauses.\n"
    )
    assert [(row.by, text_of(source, row)) for row in rows(source, RowKind.RECOMMENDATION)] == [
        ("Panel", "We ask the Commissioner to pause.")
    ]


def test_nothing_is_read_from_nothing() -> None:
    """An empty document has no rows."""
    assert read_register(source_of(""), Outline(parts=(), furniture=())) == ()


def test_rows_are_kept_whole() -> None:
    """What is stored as JSON comes back."""
    source = minutes(BODY)
    found = read_register(source, parse(source))
    assert decode_rows(json.loads(json.dumps(encode_rows(found)))) == found
    chosen = decode_rows(encode_rows(found), [RowKind.MEETING])
    assert [row.KIND for row in chosen] == [RowKind.MEETING]
    entry = PlanEntry(
        part=0, spans=(Span(0, 1),), when="1 May 2023", date=dt.date(2023, 5, 1), topics=("A", "B")
    )
    vote = Decision(part=0, spans=(Span(0, 1),), verb="agreed", votes_against=0, lead=(Span(2, 3),))
    assert decode_rows(encode_rows([entry, vote])) == (entry, vote)


def test_every_kind_has_a_record() -> None:
    """No kind is forgotten."""
    assert {kind: each.KIND for kind, each in ROW_TYPES.items()} == {kind: kind for kind in RowKind}


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_cut_words_are_the_source_s(text: str, start: int, length: int) -> None:
    """What is cut out of folded text is the same text in the source, white space and markup aside."""
    folded = Folded(text, [Span(0, len(text))])
    end = min(start + length, len(folded.text))
    cut = " ".join(text[a:b] for a, b in folded.cut(start, end))
    again = Folded(cut, [Span(0, len(cut))]).text
    assert again.replace(" ", "") == folded.text[start:end].replace(" ", "")
