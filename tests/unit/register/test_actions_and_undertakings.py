"""Actions and undertakings: who is to do what by when, and what somebody promised in an answer."""

from __future__ import annotations

import pytest

from kb.register.dues import due_in
from kb.register.records import RowKind
from tests.unit.register.reading import minutes, rows, text_of


@pytest.mark.parametrize(
    ("body", "who", "due"),
    [
        (
            "1. A\n\nACTION\n\nThe Panel NOTED the report. The Clerk to send the figures by 9 June 2023.\n",
            "Clerk",
            "by 9 June 2023",
        ),
        (
            "1. A\n\nThe Panel NOTED it and asked the Commissioner to report back in June.\n",
            "Commissioner",
            "in June",
        ),
        ("1. A\n\nAction: Ivy Jones to book the hall.\n", "Ivy Jones", None),
        ("1. A\n\nAction: Find out whether the hall is free (Ivy Jones).\n", "Ivy Jones", None),
        ("1. A\n\n1.1 KL was to report each month.\n", "KL", "each month"),
    ],
)
def test_actions(body: str, who: str, due: str | None) -> None:
    """Actions stand after decisions, in them, after a label, or alone."""
    source = minutes(body)
    [row] = rows(source, RowKind.ACTION)
    assert (row.who, row.due) == (who, due)


@pytest.mark.parametrize(
    "body",
    [
        "1. A\n\nThe Commissioner looked forward to working with the Panel.\n",
        "1. A\n\nHad the Commissioner received feedback as to whether this was enough?\n",
        "1. A\n\nThe Panel understood that the Commissioner intended to go on.\n",
        "1. A\n\nThe Panel NOTED the report.\n",
    ],
)
def test_no_actions(body: str) -> None:
    """A verb with "to" is no action by itself."""
    assert rows(minutes(body), RowKind.ACTION) == []


def test_a_table_adds_to_the_minutes_and_is_not_listed_twice() -> None:
    """The row of a table that repeats an action gives it its owner's deadline and position."""
    source = minutes(
        "4. Calls\n\nThe Panel NOTED the report. The Clerk to send the hourly call figures to Members.\n\n"
        "The meeting closed at 4.00pm.\n\nACTIONS ARISING FROM THE MEETING HELD ON 3 MAY 2023\n"
        "Item\tSubject\tAction\tOwner\tPosition at 1 June 2023\n"
        "4\tCalls\tSend the hourly call figures to Members\tClerk\tSent on 12 May. Complete\n"
        "5\tRoads\tMeasure the A1431\tKit Lane\tUnder way\n"
    )
    found = rows(source, RowKind.ACTION)
    assert [(row.who, row.status) for row in found] == [
        ("Clerk", "Sent on 12 May. Complete"),
        ("Kit Lane", "Under way"),
    ]


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("The Commissioner said that he would find out.", "Una Frost"),
        (
            "The Commissioner explained that the plan was out; this would be circulated to Members.",
            "Una Frost",
        ),
        ("The Chief Constable undertook to send the list by June.", "Kit Lane"),
        ("The Chief Constable agreed to provide a breakdown.", "Kit Lane"),
        ("The Panel requested a briefing to which the Commissioner agreed.", "Una Frost"),
        ("The Commissioner stated that she would bring this back.", "Una Frost"),
        ("The Commissioner accepted this and would investigate.", "Una Frost"),
    ],
)
def test_undertakings(sentence: str, who: str) -> None:
    """Promises have who made them."""
    source = minutes(f"1. Debate\n\n{sentence}\n")
    [row] = rows(source, RowKind.UNDERTAKING)
    assert row.who == who
    assert text_of(source, row) == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Councillor Dunn asked whether she would circulate the plan.",
        "The Commissioner said that the clubs would report in June.",
        "The Panel agreed to send a letter.",
        "The Commissioner said that she would be happy to talk.",
        "The Commissioner would rather bring right figures late.",
        "Would the Commissioner bring this back?",
        "The Chain had agreed to give £500.",
        "Item 4: add at the end “and would publish a list”.",
    ],
)
def test_no_undertakings(sentence: str) -> None:
    """Questions, other people's plans and decisions are none."""
    assert rows(minutes(f"1. Debate\n\n{sentence}\n"), RowKind.UNDERTAKING) == []


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("to be sent by 9 June 2023.", "by 9 June 2023"),
        ("in six months’ time", "in six months’ time"),
        ("would bring it to the March meeting", "to the March meeting"),
        ("to its meeting on 8 February 2023", "its meeting on 8 February 2023"),
        ("at the next meeting", "at the next meeting"),
        ("as soon as it is ready", None),
    ],
)
def test_due(text: str, due: str | None) -> None:
    """Deadlines are the printed words."""
    assert due_in(text) == due


def test_the_mayor_is_no_month() -> None:
    """Nothing is to be done by "the May" of the Mayor."""
    assert due_in("That the Chair write to the Mayor.") is None
