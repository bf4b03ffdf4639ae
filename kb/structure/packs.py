"""What the parts of one file tell of each other.

Minutes and their action table share a meeting; an appendix belongs to the report before it; a report in a pack goes
to the meeting on the pack's agenda, whose list also knows its agenda item number.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from kb.records import Part, PartKind

_FOLLOWERS = frozenset({PartKind.ACTION_TABLE})
_BELONGS_TO_REPORT = frozenset(
    {PartKind.APPENDIX, PartKind.DELIVERY_PLAN, PartKind.DASHBOARD, PartKind.SLIDES}
)
_WORD = re.compile(r"[a-z0-9]+")
_IGNORED = frozenset(["the", "of", "and", "to", "a", "in", "for", "on", "report", "update", "from"])

_NAMES_THE_BODY = frozenset({PartKind.AGENDA, PartKind.MINUTES, PartKind.REPORT})
_ON_AGENDAS = frozenset({PartKind.REPORT, PartKind.LETTER})
_LEAD_TIME = dt.timedelta(days=31)
"""A paper may be dated up to this long before the meeting it goes to."""
_MIN_OVERLAP = 0.2
_CERTAIN = 5.0


def settle_pack(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Fill in from its neighbours what a part does not say itself."""
    agenda = next((part for part in parts if part.kind is PartKind.AGENDA), None)
    main = next((part.body for part in parts if part.body and part.kind in _NAMES_THE_BODY), None)
    result: list[Part] = []
    if agenda is not None:
        parts = _number_from_agenda(parts, agenda)
    for part in parts:
        settled = part
        if part.kind in _FOLLOWERS:
            settled = _inherit(part, _last(result, {PartKind.MINUTES}))
        elif part.kind in _BELONGS_TO_REPORT:
            # A report of another body inside the pack is itself an appendix: what follows belongs to the pack's own.
            settled = _inherit(
                part, _last(result, {PartKind.REPORT}, main) or _last(result, {PartKind.REPORT})
            )
            settled = _as_decision(settled)
        elif agenda is not None and (
            part.kind is PartKind.REPORT or (part.kind is PartKind.LETTER and part.agenda_item is not None)
        ):
            settled = _from_agenda(part, agenda)
        if part.kind is PartKind.AGENDA_PLAN:
            settled = _inherit_meeting(part, agenda or _last(result, {PartKind.REPORT}, main))
        result.append(settled)
    return _fill(result, main)


def _inherit(part: Part, source: Part | None) -> Part:
    if source is None:
        return part
    if part.kind in _FOLLOWERS:
        return replace(part, body=source.body, meeting_date=source.meeting_date, status=source.status)
    return replace(
        part,
        body=source.body or part.body,
        meeting_date=source.meeting_date or part.meeting_date,
        agenda_item=part.agenda_item or source.agenda_item,
    )


def _inherit_meeting(part: Part, meeting: Part | None) -> Part:
    """An agenda plan goes to the pack's meeting; the first date in it is only the first meeting planned."""
    if meeting is None:
        return part
    return replace(part, body=part.body or meeting.body, meeting_date=meeting.meeting_date)


def _as_decision(part: Part) -> Part:
    if part.kind is PartKind.APPENDIX and "decision record" in part.title.casefold():
        return replace(part, kind=PartKind.DECISION)
    if part.kind is PartKind.APPENDIX and ".ppt" in part.title.casefold():
        return replace(part, kind=PartKind.SLIDES)
    return part


def _last(parts: Sequence[Part], kinds: set[PartKind], body: str | None = None) -> Part | None:
    return next(
        (part for part in reversed(parts) if part.kind in kinds and (body is None or part.body == body)), None
    )


def _from_agenda(part: Part, agenda: Part) -> Part:
    """A report to the agenda's meeting takes its date."""
    if not _goes_to(part, agenda):
        return part
    return replace(part, body=part.body or agenda.body, meeting_date=agenda.meeting_date)


def _goes_to(part: Part, agenda: Part) -> bool:
    same_body = part.body is None or agenda.body is None or part.body.casefold() == agenda.body.casefold()
    if (
        part.kind not in _ON_AGENDAS
        or agenda.meeting_date is None
        or not (same_body or part.kind is PartKind.LETTER)
    ):
        return False
    date = part.meeting_date
    return date is None or dt.timedelta(0) <= agenda.meeting_date - date <= _LEAD_TIME


def _number_from_agenda(parts: Sequence[Part], agenda: Part) -> list[Part]:
    """Give reports without a printed agenda item the number of their title on the agenda.

    Papers stand in a pack in the order of its agenda, so titles are aligned in order: the assignment with the largest
    summed overlap of words (dynamic programming over reports and agenda items).
    """
    reports = [place for place, part in enumerate(parts) if _goes_to(part, agenda)]
    items = [item for item in agenda.items if item.number is not None]
    best: list[list[tuple[float, tuple[tuple[int, int], ...]]]] = [[(0.0, ())] * (len(items) + 1)]
    for row, place in enumerate(reports):
        line: list[tuple[float, tuple[tuple[int, int], ...]]] = [best[row][0]]
        for column, item in enumerate(items):
            fit = _overlap(parts[place], item.number, item.title)
            total, chosen = best[row][column]
            paired = (total + fit, (*chosen, (place, column))) if fit >= _MIN_OVERLAP else (-1.0, ())
            line.append(max(best[row][column + 1], line[column], paired, key=lambda option: option[0]))
        best.append(line)
    result = list(parts)
    for place, column in best[-1][-1][1]:
        result[place] = replace(parts[place], agenda_item=parts[place].agenda_item or items[column].number)
    return result


def _overlap(part: Part, number: str | None, title: str) -> float:
    if part.agenda_item is not None:
        return _CERTAIN if part.agenda_item == number else 0.0
    wanted, offered = _words(part.title), _words(title)
    shared = len(wanted & offered)
    named = 0.3 if part.kind.value in title.casefold() else 0.0
    return shared / min(len(wanted), len(offered)) + 0.1 * shared + named if shared else 0.0


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold())) - _IGNORED


def _fill(parts: Sequence[Part], main: str | None) -> tuple[Part, ...]:
    """Papers in a pack that name no body are the pack's own; without a date they go to its meeting."""
    if len(parts) == 1 or main is None:
        return tuple(parts)
    result: list[Part] = []
    for part in parts:
        filled = replace(part, body=part.body or main)
        if filled.meeting_date is None and filled.kind in {PartKind.REPORT, PartKind.AGENDA}:
            before = _last(result, {filled.kind}, filled.body)
            filled = replace(filled, meeting_date=before.meeting_date if before else None)
        result.append(filled)
    return tuple(result)
