"""What became of actions and undertakings: the later place that takes them up again.

Takes the rows of a library and the passages of its reviews of actions; gives the rows with the first later place that
is convincingly about the same thing. Convincing is: most words of the later place's subject (before its dash or colon)
stand in the action, or in the paragraph of the undertaking, and at least two of them. Otherwise the row stays open:
nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from index.tokens import tokenize
from kb.proceedings.locating import Recorded
from kb.records import PartKind, Passage
from kb.register.records import Action

_MOST: Final = 0.6
_FEWEST: Final = 2
_SHORT: Final = 3
"""Of a subject of so few words all must be shared."""
_SUBJECT: Final = re.compile(r"^\W*(?P<subject>[^–:.]{3,80}?)\s*(?:\s[-–—]\s|:\s|\s{2,})")
_POINTS: Final = re.compile(r"(?:^|\s)[•●▪*-]\s+(?=[A-Z])")
_STOP: Final = frozenset(
    tokenize("the a an of and to for in on at from with by its report panel board update actions")
)


@dataclass(frozen=True, slots=True)
class _Later:
    """A place that takes something up again."""

    subject: frozenset[str]
    passage: Passage
    status: str | None


def follow(
    rows: Iterable[Recorded], tables: Iterable[Recorded], reviews: Iterable[Passage]
) -> list[Recorded]:
    """Add what later papers say.

    Args:
        rows: Actions and undertakings.
        tables: Actions of tables, which may tell their position.
        reviews: Passages of items that review the actions of an earlier meeting.
    """
    later = sorted([*_of_tables(tables), *_of_reviews(reviews)], key=lambda one: _order(one.passage))
    return [one if one.followed else _followed(one, later) for one in rows]


def _followed(one: Recorded, later: Sequence[_Later]) -> Recorded:
    # "He would bring this back" tells its subject in the paragraph before; an action says itself what it is about.
    context = "" if isinstance(one.row, Action) else one.passage.text
    own = _terms(f"{one.text} {context} {one.passage.citation.item_title or ''}")
    mine = one.passage.citation
    for place in later:
        theirs = place.passage.citation
        if (
            theirs.body != mine.body
            or place.passage.id == one.passage.id
            or not _is_later(one.passage, place.passage)
        ):
            continue
        shared = place.subject & own
        most = 1.0 if len(place.subject) <= _SHORT else _MOST
        if len(shared) >= _FEWEST and len(shared) >= most * len(place.subject):
            return replace(one, status=one.status or place.status, followed=place.passage)
    return one


def _is_later(passage: Passage, other: Passage) -> bool:
    """Whether another paper follows: of a later meeting, or the table of actions of the same one in another file."""
    mine, theirs = passage.citation, other.citation
    if mine.meeting_date is None or theirs.meeting_date is None:
        return False
    if theirs.kind is PartKind.ACTION_TABLE:
        return theirs.meeting_date >= mine.meeting_date and mine.kind is not PartKind.ACTION_TABLE
    return theirs.meeting_date > mine.meeting_date


def _of_tables(tables: Iterable[Recorded]) -> Iterable[_Later]:
    for one in tables:
        place = one.followed or one.passage
        if one.status and place.citation.kind is PartKind.ACTION_TABLE:
            yield _Later(_terms(one.text), place, one.status)


def _of_reviews(reviews: Iterable[Passage]) -> Iterable[_Later]:
    for passage in reviews:
        for point in _POINTS.split(passage.text):
            subject = _SUBJECT.match(point)
            if subject is not None:
                yield _Later(_terms(subject["subject"]), passage, None)


def _terms(text: str) -> frozenset[str]:
    return frozenset(tokenize(text)) - _STOP


def _order(passage: Passage) -> tuple[str, bool, bool, str]:
    """Earlier meetings first, of one meeting the minutes before the table, and the confirmed before the draft."""
    citation = passage.citation
    date = citation.meeting_date.isoformat() if citation.meeting_date else ""
    return (
        date,
        citation.kind is PartKind.ACTION_TABLE,
        citation.status in {"draft", "superseded"},
        passage.id,
    )
