"""A topic by meeting: what counts as a mention, the order, and what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from kb.records import Hit, Passage, PassageId
from kb.retrieval.timeline import Closeness, by_meeting, mentions_of
from tests.outlines import make_passage

BODY = "Fenwold Police and Crime Panel"


def passage(text: str, *, key: str = "p", day: dt.date | None = dt.date(2023, 3, 22)) -> Passage:
    """A paragraph of item 9 of some minutes."""
    made = make_passage(text, id=PassageId(key))
    citation = replace(made.citation, body=BODY, meeting_date=day, item="9")
    return replace(made, citation=citation)


def hits(*passages: Passage, cosines: Sequence[float] = ()) -> list[Hit]:
    """In this order."""
    return [
        Hit(rank=rank, passage=each, score=10.0 - rank, bm25_score=1.0, cosine=cosine)
        for rank, (each, cosine) in enumerate(
            zip(passages, cosines or [0.1] * len(passages), strict=True), start=1
        )
    ]


def test_a_phrase_goes_before_words_and_words_before_meaning() -> None:
    """Whatever their order in the ranking; what is far in every way is left out."""
    found = mentions_of(
        "speed cameras",
        hits(
            passage("Average traffic enforcement would be paid for.", key="near"),
            passage("Cameras that measure the speed of cars.", key="words"),
            passage("Nine speed cameras were mended.", key="phrase"),
            passage("The minutes were agreed.", key="far"),
            cosines=(0.6, 0.5, 0.5, 0.2),
        ),
    )
    assert [(mention.hit.passage.id, mention.closeness) for mention in found] == [
        ("phrase", Closeness.PHRASE),
        ("words", Closeness.WORDS),
        ("near", Closeness.MEANING),
    ]


def test_meetings_come_oldest_first_and_papers_without_a_date_last() -> None:
    """Each meeting keeps its best mentions and counts the others."""
    mentions = mentions_of(
        "ferry",
        hits(
            passage("Ferry one.", key="a", day=dt.date(2024, 1, 1)),
            passage("Ferry two.", key="b", day=None),
            passage("Ferry three.", key="c", day=dt.date(2022, 1, 1)),
            passage("Ferry four.", key="d", day=dt.date(2024, 1, 1)),
        ),
    )
    meetings = by_meeting(mentions, item_of=lambda _: (), per_meeting=1)
    assert [(each.meeting_date, each.n_mentions) for each in meetings] == [
        (dt.date(2022, 1, 1), 1),
        (dt.date(2024, 1, 1), 2),
        (None, 1),
    ]
    assert [mention.hit.passage.id for mention in meetings[1].mentions] == ["a"]


def test_the_last_formal_decision_of_the_item_is_the_outcome() -> None:
    """Not the first, which a later vote may have changed; an action only where nothing was decided."""
    said = passage("The ferry was discussed.", key="said")
    first = passage("The Panel NOTED the report.", key="first")
    last = passage("The Panel AGREED to pay for the ferry.", key="last")
    action = passage("ACTION: officers to report on the ferry.", key="action")
    mentions = mentions_of("ferry", hits(said))
    [meeting] = by_meeting(mentions, item_of=lambda _: (said, first, last, action), per_meeting=3)
    assert meeting.outcome is last
    [meeting] = by_meeting(mentions, item_of=lambda _: (said, action), per_meeting=3)
    assert meeting.outcome is action
    [meeting] = by_meeting(mentions, item_of=lambda _: (said,), per_meeting=3)
    assert meeting.outcome is None
