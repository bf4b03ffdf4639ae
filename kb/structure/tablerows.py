"""Rows of tables whose cells text extraction has printed one below the other.

A table without ruled lines comes as a column of short texts; what still tells its rows apart is what each begins
with: the reference of a delivery plan ("V5", "C10.1"), the number of a decision record ("NPCC 2017-021"), the date of
a planned meeting, the number of an action. Takes the lines of one item; gives them in order with the column heads
first, and where rows begin, with the reference as label. Refuses single finds: one date is no plan, one number no
table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.records import PartKind, Span
from kb.structure.dates import first_date
from kb.structure.lines import TextLine
from kb.structure.rows import cells

_PLAN_REFERENCE = re.compile(r"(?<![\w.])([A-Z]{1,2}\d{1,2}(?:\.\d{1,2})?)\.?$")
_ELSEWHERE = re.compile(r"\b(?:see|section|links? to|also|update at|refer)\b", re.IGNORECASE)
_WHOLE_REFERENCE = re.compile(r"[A-Z]{1,2}\d{1,2}(?:\.\d{1,2})?\.?")
_RECORD = re.compile(r"([A-Z]{2,6})[\s/-]*((?:19|20)\d\d[-/]\d{1,4})")
_RECORD_SERIES = re.compile(r"[A-Z]{2,6}")
_RECORD_NUMBER = re.compile(r"(?:19|20)\d\d[-/]\d{1,4}")
_HEAD = re.compile(
    r"(?:dates?|decision(?: record| number| ref(?:erence)?)?|subject|summary|title|record|ref(?:erence)?|number|no\.?"
    r"|outcome)",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY = r"\(?(?:mon|tues|wednes|thurs|fri|satur|sun)day\)?,?\s+"
_PLANNED = re.compile(
    rf"^(?:{_WEEKDAY}\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}\b|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}\b"
    rf"|(?:early|mid|late|end(?: of)?|beginning of)[\s-]+{_MONTH}\s+\d{{4}}\b)",
    re.IGNORECASE,
)
_ACTION = re.compile(r"^(\d{1,2})[.)]\s+(?=[A-Z])")
_PLAN_TITLE = re.compile(
    r"\b(?:agenda|forward|work)\s+(?:forward\s+)?(?:plan|programme)\b|^(?:meeting dates|future meetings)\b",
    re.IGNORECASE,
)

_MIN_ROWS = 2
_SHORT_CELL = 3
_HEAD_WORDS = 12
_DATE_WORDS = 4
_DATED_WORDS = 12
_MAX_HEADS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class RowStart:
    """A row begins: its reference as label (``None`` if it has none), and the column heads over it."""

    label: str | None
    heads: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Lines in order, and the places among them at which rows begin."""

    lines: tuple[TextLine, ...]
    starts: dict[int, RowStart]


def find_rows(lines: Sequence[TextLine], kind: PartKind, title: str) -> Rows:
    """The rows that the lines of one item hold.

    Args:
        lines: Of the item, in reading order, without its heading.
        kind: Of the part.
        title: Of the item.
    """
    if kind is PartKind.DELIVERY_PLAN:
        return _plan_rows(lines)
    if kind is PartKind.ACTION_TABLE:
        return Rows(lines=tuple(lines), starts=_enough(_action_starts(lines)))
    if kind is PartKind.AGENDA_PLAN or _PLAN_TITLE.search(title):
        return Rows(lines=tuple(lines), starts=_enough(_meeting_starts(lines)))
    return _record_rows(lines)


def _enough(starts: dict[int, RowStart]) -> dict[int, RowStart]:
    return starts if len(starts) >= _MIN_ROWS else {}


def _action_starts(lines: Sequence[TextLine]) -> dict[int, RowStart]:
    return {
        place: RowStart(label=match[1])
        for place, line in enumerate(lines)
        if (match := _ACTION.match(line.plain.strip())) is not None
    }


def _meeting_starts(lines: Sequence[TextLine]) -> dict[int, RowStart]:
    """Dates alone or with time and place; a line in capitals right above one names the meeting."""
    starts: dict[int, RowStart] = {}
    for place, line in enumerate(lines):
        if not line.is_row and _PLANNED.match(line.plain) and len(line.plain.split()) <= _DATED_WORDS:
            above = lines[place - 1] if place else None
            named = (
                above is not None and above.plain.isupper() and not _PLANNED.match(above.plain) and place > 1
            )
            starts[place - 1 if named and _is_name(lines, place - 1) else place] = RowStart(label=None)
    return starts


def _is_name(lines: Sequence[TextLine], place: int) -> bool:
    """Capitals that name a planned meeting, not the head of the column of dates."""
    words = lines[place].plain.split()
    return len(words) > 1 and not any(_HEAD.fullmatch(word) or word in {"ITEMS", "PLAN"} for word in words)


def _record_rows(lines: Sequence[TextLine]) -> Rows:
    """Decision records: each row begins with its number, or with the date printed before it."""
    records = list(_records(lines))
    if len(records) < _MIN_ROWS:
        return Rows(lines=tuple(lines), starts={})
    first, last = records[0][0], records[-1][0]
    heads = [
        place
        for place in range(max(0, first - _MAX_HEADS), last)
        if _HEAD.fullmatch(lines[place].plain.rstrip(" :"))
    ]
    told = " ".join(lines[place].plain for place in heads)
    begins: dict[int, str] = {}
    for place, label in records:
        above = place - 1
        while above in heads:
            above -= 1
        dated = above >= 0 and _is_lone_date(lines[above])
        begins[lines[above if dated else place].index] = label
    top = min(place for place, line in enumerate(lines) if line.index in begins)
    moved = [*range(top), *heads, *range(top, len(lines))]
    ordered = [
        lines[place] for place in dict.fromkeys([*[p for p in range(top) if p not in heads], *heads, *moved])
    ]
    starts = {
        place: RowStart(label=begins[line.index], heads=told)
        for place, line in enumerate(ordered)
        if line.index in begins
    }
    return Rows(lines=tuple(ordered), starts=starts)


def _records(lines: Sequence[TextLine]) -> list[tuple[int, str]]:
    """Record numbers that stand alone on a line, over two lines, or in the first cells of a row."""
    found: list[tuple[int, str]] = []
    for place, line in enumerate(lines):
        first = cells(line.plain)[:2] if line.is_row else [line.plain.strip()]
        for cell in first:
            if match := _RECORD.fullmatch(cell):
                found.append((place, f"{match[1]} {match[2]}"))
                break
        following = lines[place + 1].plain.strip() if place + 1 < len(lines) else ""
        if _RECORD_SERIES.fullmatch(line.plain.strip()) and _RECORD_NUMBER.fullmatch(following):
            found.append((place, f"{line.plain.strip()} {following}"))
    return found


def _is_lone_date(line: TextLine) -> bool:
    return first_date(line.plain) is not None and len(line.plain.split()) <= _DATE_WORDS


def _plan_rows(lines: Sequence[TextLine]) -> Rows:
    """Delivery plans: a row begins where a line ends in another reference than the last."""
    found: list[tuple[int, str]] = []
    for place, line in enumerate(lines):
        reference = _reference(line)
        if reference is not None and (not found or found[-1][1] != reference):
            found.append((place, reference))
    if len(found) < _MIN_ROWS:
        return Rows(lines=tuple(lines), starts={})
    starts: dict[int, RowStart] = {}
    for place, reference in found:
        begin = _row_begin(lines, place)
        starts[begin if begin not in starts else place] = RowStart(label=reference)
    return Rows(lines=tuple(lines), starts=_told(lines, starts))


def _told(lines: Sequence[TextLine], starts: dict[int, RowStart]) -> dict[int, RowStart]:
    """Starts without those of bare references, as one cell below the other prints them."""
    ends = [*sorted(starts)[1:], len(lines)]
    return {
        begin: starts[begin]
        for begin, end in zip(sorted(starts), ends, strict=True)
        if sum(len(line.plain.split()) for line in lines[begin:end]) > _SHORT_CELL
    }


def _reference(line: TextLine) -> str | None:
    if line.is_row:
        first = cells(line.plain)[0]
        return first.rstrip(".") if _WHOLE_REFERENCE.fullmatch(first) else None
    match = _PLAN_REFERENCE.search(line.plain)
    named = match is not None and len(line.plain.split()) <= _HEAD_WORDS and not _ELSEWHERE.search(line.plain)
    return match[1] if match and named else None


def _row_begin(lines: Sequence[TextLine], place: int) -> int:
    """Where the row of a reference alone on its line begins: at the text over the short cells above it."""
    if not _WHOLE_REFERENCE.fullmatch(lines[place].plain.strip()):
        return place
    above = place - 1
    while above >= 0 and len(lines[above].plain.split()) <= _SHORT_CELL:
        if _reference(lines[above]) is not None:
            return above + 1
        above -= 1
    if above < 0 or above == place - 1:
        return place
    while (
        above > 0
        and not lines[above].blank_before
        and not lines[above].page_start
        and _reference(lines[above - 1]) is None
    ):
        above -= 1
    return above


def drop_repeated_heads(lines: Sequence[TextLine], kind: PartKind) -> tuple[list[TextLine], tuple[Span, ...]]:
    """The lines of a delivery plan without the column heads printed again on later pages, and the spans of these.

    Heads are the short lines over the first row; they are furniture where they come back.
    """
    if kind is not PartKind.DELIVERY_PLAN:
        return list(lines), ()
    heads: set[str] = set()
    for line in lines:
        if len(line.plain.split()) > _HEAD_WORDS or line.is_row or _PLAN_REFERENCE.search(line.plain):
            break
        heads.add(line.plain)
    kept: list[TextLine] = []
    repeated: list[Span] = []
    seen: set[str] = set()
    for line in lines:
        if line.plain in seen:
            repeated.append(line.span)
        else:
            kept.append(line)
        if line.plain in heads and len(line.plain.split()) > 1:
            seen.add(line.plain)
    return kept, tuple(repeated)
