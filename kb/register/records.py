"""The rows of the register: what one paper records of a meeting, each tied to the words that say it.

``part`` is the number, from 0, of the paper in its document's outline, and ``spans`` are the words of the source that
record it, verbatim and in order. ``None`` means that the paper does not say. People stand as fully as the paper's
attendance list knows them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from kb.records import Span


class RowKind(StrEnum):
    """What a row records."""

    DECISION = "decision"
    RECOMMENDATION = "recommendation"
    ACTION = "action"
    UNDERTAKING = "undertaking"
    ATTENDANCE = "attendance"
    DECLARATION = "declaration"
    MEETING = "meeting"
    RECORD = "record"
    PLAN = "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a row stands."""

    part: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Place):
    """What a body decided.

    ``verb`` is one of the usual words ("noted", "approved", "not to veto"); ``lead`` is the sentence that introduces a
    list of which this is one point, ``None`` for all others. Numbers of votes are those printed, never counted.
    """

    KIND: ClassVar = RowKind.DECISION
    verb: str
    item: str | None = None
    lead: tuple[Span, ...] = ()
    unanimous: bool = False
    votes_for: int | None = None
    votes_against: int | None = None
    abstentions: int | None = None
    names_for: tuple[str, ...] = ()
    names_against: tuple[str, ...] = ()
    names_abstained: tuple[str, ...] = ()
    proposer: str | None = None
    seconder: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation(Place):
    """What was recommended: ``by`` a body, or ``to`` it by a paper that asks it to decide."""

    KIND: ClassVar = RowKind.RECOMMENDATION
    by: str | None = None
    to: str | None = None
    lead: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Place):
    """What somebody was asked to do; ``due`` and ``status`` in the paper's own words, ``told`` where the status stands.

    ``who`` is a person of the attendance list under the full name, or whoever else as printed.
    """

    KIND: ClassVar = RowKind.ACTION
    item: str | None = None
    who: str | None = None
    due: str | None = None
    status: str | None = None
    told: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Undertaking(Place):
    """What somebody promised in an answer; ``is_doubtful`` says that it is open who."""

    KIND: ClassVar = RowKind.UNDERTAKING
    who: str | None = None
    role: str | None = None
    is_doubtful: bool = False
    due: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance(Place):
    """Somebody in a meeting's attendance list; ``statements`` counts the sentences of the minutes that are theirs."""

    KIND: ClassVar = RowKind.ATTENDANCE
    name: str
    capacity: str
    roles: tuple[str, ...] = ()
    organisation: str | None = None
    is_substitute: bool = False
    substitute_for: str | None = None
    statements: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration(Place):
    """An interest that somebody declared."""

    KIND: ClassVar = RowKind.DECLARATION
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(Place):
    """A meeting of which there are minutes; times and venue as printed."""

    KIND: ClassVar = RowKind.MEETING
    opened: str | None = None
    closed: str | None = None
    venue: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRecord(Place):
    """A numbered decision of an office-holder."""

    KIND: ClassVar = RowKind.RECORD
    number: str
    subject: str | None = None
    decision: str | None = None
    date: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEntry(Place):
    """A future meeting in an agenda plan, with its topics as printed; ``when`` may be no full date ("End February")."""

    KIND: ClassVar = RowKind.PLAN
    when: str
    date: dt.date | None = None
    topics: tuple[str, ...] = ()


Row = (
    Decision
    | Recommendation
    | Action
    | Undertaking
    | Attendance
    | Declaration
    | Meeting
    | DecisionRecord
    | PlanEntry
)

ROW_TYPES: dict[RowKind, type[Row]] = {
    RowKind.DECISION: Decision,
    RowKind.RECOMMENDATION: Recommendation,
    RowKind.ACTION: Action,
    RowKind.UNDERTAKING: Undertaking,
    RowKind.ATTENDANCE: Attendance,
    RowKind.DECLARATION: Declaration,
    RowKind.MEETING: Meeting,
    RowKind.RECORD: DecisionRecord,
    RowKind.PLAN: PlanEntry,
}
