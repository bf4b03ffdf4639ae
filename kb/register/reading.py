"""All rows of one document, from its text and outline.

Takes a `Source` and its `Outline`; gives rows in reading order. A table behind minutes that repeats what they say adds
nothing: what the minutes decided or asked for stands once, where the minutes say it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kb.records import Outline, Part, PartKind, Source
from kb.register.actions import read_actions
from kb.register.attendance import read_attendance, read_declarations
from kb.register.decision_records import read_decision_records
from kb.register.decisions import read_decisions
from kb.register.meetings import read_meeting, read_plan
from kb.register.recommendations import read_recommendations
from kb.register.records import Action, Decision, Row
from kb.register.undertakings import read_undertakings
from kb.register.words import Folded, Paper
from kb.structure import read_people
from kb.structure.people import People
from kb.structure.statements import read_statements

REGISTER_VERSION: Final = 1
"""Raised whenever the same outline would give other rows."""

_ALIKE: Final = 0.5
_COMMON_WORDS: Final = (
    "the a an of and to for in on at from with by its this that report panel board committee"
)
_COMMON: Final = frozenset(_COMMON_WORDS.split())


def read_register(source: Source, outline: Outline) -> tuple[Row, ...]:
    """Read every row of a document, those without words of the source left out."""
    rows: list[Row] = []
    for number, part in enumerate(outline.parts):
        own = _read_part(source, number, part, _people(source.text, part, outline.parts[:number]))
        rows.extend(tuple(_not_repeated(source.text, rows, own, part, outline.parts)))
    return tuple(row for row in rows if row.spans)


def _people(text: str, part: Part, before: Sequence[Part]) -> People:
    """The people of a paper's meeting; those of a table of actions are listed in the minutes before it."""
    if part.kind is PartKind.ACTION_TABLE:
        for other in reversed(before):
            if other.kind is PartKind.MINUTES and other.meeting_date == part.meeting_date:
                return read_people(text, other)
    return read_people(text, part)


def _read_part(source: Source, number: int, part: Part, people: People) -> list[Row]:
    paper = Paper(text=source.text, number=number, part=part, people=people, struck=source.struck)
    statements = read_statements(source.text, part, people)
    decisions = read_decisions(paper)
    return [
        *read_meeting(paper),
        *read_attendance(paper, statements),
        *read_declarations(paper),
        *decisions,
        *read_recommendations(paper),
        *read_actions(paper, decisions),
        *read_undertakings(paper, statements),
        *read_decision_records(paper),
        *read_plan(paper),
    ]


def _not_repeated(
    text: str, before: list[Row], rows: Sequence[Row], part: Part, parts: Sequence[Part]
) -> Iterator[Row]:
    """Leave out of a table of actions what the minutes of the same meeting say; they gain what it adds."""
    if part.kind is not PartKind.ACTION_TABLE:
        yield from rows
        return
    same = [
        row
        for row in before
        if parts[row.part].kind is PartKind.MINUTES
        and parts[row.part].meeting_date == part.meeting_date
        and parts[row.part].body == part.body
    ]
    decisions = [row for row in same if isinstance(row, Decision)]
    actions = [row for row in same if isinstance(row, Action)]
    for row in rows:
        if isinstance(row, Decision):
            decision = next((each for each in decisions if _same_decision(text, row, each, parts)), None)
            if decision is not None:
                decisions.remove(decision)
                continue
        elif isinstance(row, Action):
            action = next((each for each in actions if _same_action(text, row, each)), None)
            if action is not None:
                actions.remove(action)
                before[before.index(action)] = replace(
                    action,
                    who=action.who or row.who,
                    due=action.due or row.due,
                    status=action.status or row.status,
                    told=action.told or row.told,
                )
                continue
        yield row


def _same_decision(text: str, row: Decision, other: Decision, parts: Sequence[Part]) -> bool:
    if row.verb != other.verb:
        return False
    if _words(text, row) == _words(text, other):
        # Where a table names the items, "agreed to note the report" has to be of the same one.
        title = _row_title(text, row, parts)
        return not title or not _title(other, parts) or _overlap(title, _title(other, parts)) >= _ALIKE
    title = _row_title(text, row, parts)
    return bool(title) and _overlap(title, _title(other, parts)) >= _ALIKE


def _same_action(text: str, row: Action, other: Action) -> bool:
    reference = (row.item or "").split(".")[0].split(" ")[0]
    same_item = bool(reference) and reference == (other.item or "").split(".")[0]
    same_person = bool(row.who) and row.who == other.who
    alike = _overlap(_words(text, row), _words(text, other))
    return alike >= _ALIKE or (same_item and same_person)


def _row_title(text: str, row: Decision, parts: Sequence[Part]) -> frozenset[str]:
    """The words before the decision in its row: its item's title."""
    for item in parts[row.part].items:
        for paragraph in item.paragraphs:
            spans = paragraph.spans
            if spans and spans[0].start <= row.spans[0].start < spans[-1].end:
                return _content(text[spans[0].start : row.spans[0].start])
    return frozenset()


def _title(row: Decision, parts: Sequence[Part]) -> frozenset[str]:
    titles = [item.title for item in parts[row.part].items if item.number == row.item]
    return _content(" ".join(titles))


def _words(text: str, row: Row) -> frozenset[str]:
    return _content(Folded(text, row.spans).text)


def _content(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]{2,}", re.sub(r"<[^>]*>", " ", text).casefold())) - _COMMON


def _overlap(left: frozenset[str], right: frozenset[str]) -> float:
    return len(left & right) / min(len(left), len(right)) if left and right else 0.0


__all__ = ["REGISTER_VERSION", "read_register"]
