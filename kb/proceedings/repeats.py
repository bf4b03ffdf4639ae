"""Each thing once: what drafts, copies and tables of actions say again is listed where it counts.

Takes rows; gives those that count, in order. Of two rows that record the same thing the one in confirmed minutes comes
before that of a draft, and that of minutes before that of a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kb.proceedings.locating import Recorded
from kb.records import PartKind
from kb.register.records import Action, Attendance, DecisionRecord, Meeting
from kb.structure.names import whole_name

_LESS = ("draft", "superseded")


def each_once(rows: Iterable[Recorded]) -> list[Recorded]:
    """Leave out what another row records already."""
    kept: dict[tuple[object, ...], Recorded] = {}
    for one in sorted(rows, key=_standing):
        kept.setdefault(_key(one), one)
    return list(kept.values())


def share_status(rows: Sequence[Recorded]) -> list[Recorded]:
    """Give every row what a paper that repeats it says of its status: minutes what their draft's pack tells."""
    known: dict[tuple[object, ...], Recorded] = {}
    for one in rows:
        if one.status is not None or one.followed is not None:
            known.setdefault(_key(one), one)
    return [
        replace(one, status=one.status or same.status, followed=one.followed or same.followed)
        if (same := known.get(_key(one))) is not None
        else one
        for one in rows
    ]


def _standing(one: Recorded) -> tuple[int, int, int]:
    citation = one.passage.citation
    return (citation.status in _LESS, citation.kind is PartKind.ACTION_TABLE, one.number)


def _key(one: Recorded) -> tuple[object, ...]:
    row, citation = one.row, one.passage.citation
    if isinstance(row, DecisionRecord):
        return (one.kind, row.number)
    meeting = (
        (citation.body, citation.meeting_date) if citation.meeting_date else (citation.document, row.part)
    )
    if isinstance(row, Meeting):
        return (one.kind, meeting)
    if isinstance(row, Attendance):
        name = whole_name(row.name, lone=True)
        who = (name.surname.casefold(), name.given[:1].casefold()) if name else (row.name.casefold(),)
        return (one.kind, meeting, row.capacity == "apologies", who)
    item = row.item if isinstance(row, Action) else citation.item or citation.section
    return (one.kind, meeting, citation.agenda_item, item, one.text.casefold())
