"""What a part's heading block says: body, meeting date, title, agenda item, draft or not."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.records import PartKind
from kb.structure.bodies import find_body, read_body, title_case
from kb.structure.dates import find_dates, first_date
from kb.structure.lines import TextLine

_AGENDA_ITEM = re.compile(
    r"^agenda\s+item\s*:?\s*(?:no\.?|number)?\s*:?\s*(\d{1,2}[a-z]?)(?:\.0)?$", re.IGNORECASE
)
_TO = re.compile(r"^to\s*:?\s*(.*)$", re.IGNORECASE)
_MEETING_DATE = re.compile(r"^(?:meeting date|date of (?:the )?(?:\w+ )?meeting)\s*:?\s*(.*)$", re.IGNORECASE)
_DATE_LABEL = re.compile(r"^date\s*(?::|$)\s*(.*)$", re.IGNORECASE)
_ADMIN = re.compile(
    r"^(?:public report|not for publication|report (?:of|by|from|to)\b(?!.*\bpanel$)|contact\b|lead officer|report author|author|to\s*:|from\s*:"
    r"|date\s*:|agenda item|time\s*:?|venue\s*:?|location\s*:?|tel\s*:|email\s*:|telephone|officer responsible|cabinet member"
    r"|ward|xxxx|appendix\s*\w{0,2}$|page\b)",
    re.IGNORECASE,
)
_DRAFT = re.compile(r"\bdraft\b|\bunconfirmed\b", re.IGNORECASE)
_CONFIRMED = re.compile(r"\bconfirmed\b|\bapproved\b", re.IGNORECASE)

_PRESENT = re.compile(
    r"^(?:members|officers|others)?\s*(?:present|in attendance|attendance)\b|^members\b", re.IGNORECASE
)
_COLUMN_HEADS = re.compile(
    r"^(?:dates?|items?|actions?|theme|subject)(?:\s+(?:items?|actions?|decision|record))?$", re.IGNORECASE
)
_HEAD_LINES = 30
_MAX_TITLE_LINES = 4
_WORDY = 24
_MAX_TITLE_WORDS = 45


@dataclass(frozen=True, slots=True, kw_only=True)
class PartFacts:
    """Facts of a heading block."""

    body: str | None
    meeting_date: dt.date | None
    title: str
    agenda_item: str | None
    status: str | None


def read_heading(lines: Sequence[TextLine], kind: PartKind, *, first_item: int | None) -> PartFacts:
    """Read the heading block of a part.

    Args:
        lines: All lines of the part.
        kind: The part's kind.
        first_item: Position of the first item's heading, which ends the block; ``None`` if the part has no items.
    """
    limit = min(len(lines), _HEAD_LINES if first_item is None else max(1, min(first_item, _HEAD_LINES)))
    head = [line for line in lines[:limit]]
    while (
        head
        and kind in {PartKind.REPORT, PartKind.APPENDIX}
        and first_item is None
        and len(head[-1].plain.split()) > _WORDY
    ):
        head.pop()
    texts = [line.plain.replace("\t", " ") for line in head]
    joined = " ".join(texts[:12])
    return PartFacts(
        body=_body(head, kind),
        meeting_date=_date(texts, kind),
        title=_title(head, kind),
        agenda_item=_agenda_item(head),
        status=_status(texts[:6], kind) if joined else None,
    )


def _body(head: Sequence[TextLine], kind: PartKind) -> str | None:
    texts = [cell.strip() for line in head for cell in line.plain.split("\t")]
    if kind in {PartKind.DELIVERY_PLAN, PartKind.DASHBOARD, PartKind.SLIDES}:
        return None
    if kind is PartKind.LETTER:
        return next((body for text in texts if (body := read_body(text))), None)
    for place, text in enumerate(texts):
        match = _TO.match(text)
        if match:
            named = match[1] or (texts[place + 1] if place + 1 < len(texts) else "")
            if body := read_body(named):
                return body
    for width in (1, 2, 3):
        for place in range(min(14, len(texts))):
            piece = " ".join(texts[place : place + width])
            body = read_body(piece) if width < 3 else None
            if body is None and re.match(r"(?:draft\s+)?minutes|report of|agenda", piece, re.IGNORECASE):
                body = find_body(piece)
            if body and (text_is_heading(head, place) or kind is PartKind.MINUTES):
                if place + width < len(texts) and texts[place + width].upper() in {
                    "PANEL",
                    "BOARD",
                    "COMMITTEE",
                    "COUNCIL",
                }:
                    continue
                return body
    return None


def text_is_heading(head: Sequence[TextLine], place: int) -> bool:
    """Whether line ``place`` of the block reads as a heading and not as a sentence."""
    if place >= len(head):
        return True
    text = head[place].plain
    return not text.endswith(".") and len(text.split()) <= 16


def _date(texts: Sequence[str], kind: PartKind) -> dt.date | None:
    for place, text in enumerate([*texts, *texts]):
        match = (_MEETING_DATE if place < len(texts) else _DATE_LABEL).match(text)
        place %= len(texts)
        if match:
            date = first_date(match[1]) or (first_date(texts[place + 1]) if place + 1 < len(texts) else None)
            if date:
                return date
    for text in texts:
        # "Minutes of the Meeting held on 14 June" inside an agenda or a list of items is another meeting's date.
        if kind is PartKind.AGENDA and re.search(r"\bminutes\b", text, re.IGNORECASE):
            continue
        short = len(text.split()) <= 16
        dates = list(find_dates(text))
        if dates and (short or kind in {PartKind.MINUTES, PartKind.LETTER}):
            return dates[0][1]
    for first, second in zip(texts, texts[1:], strict=False):
        if len(first.split()) + len(second.split()) <= 12 and (date := first_date(f"{first} {second}")):
            return date
    return None


def _agenda_item(head: Sequence[TextLine]) -> str | None:
    for line in head[:16]:
        for cell in line.plain.split("\t"):
            match = _AGENDA_ITEM.match(cell.strip(" *"))
            if match:
                return match[1]
    return None


def _status(texts: Sequence[str], kind: PartKind) -> str | None:
    if kind is not PartKind.MINUTES:
        return None
    if any(_DRAFT.search(text) for text in texts):
        return "draft"
    return "confirmed" if any(_CONFIRMED.search(text) for text in texts) else None


def _title(head: Sequence[TextLine], kind: PartKind) -> str:
    """The paper's own title: the first run of title lines that is neither administration, body nor date."""
    if kind is PartKind.MINUTES:
        return _minutes_title(head)
    if kind is PartKind.LETTER:
        return head[0].plain if head else ""
    if kind is PartKind.AGENDA:
        return next(
            (line.plain for line in head if re.fullmatch(r"(?i)(?:\w+ )?agenda", line.plain)), "Agenda"
        )
    if kind is PartKind.ACTION_TABLE:
        return " ".join(head[0].plain.split())[:60] if head else ""
    return _report_title(head, skip_bodies=True) or _report_title(head, skip_bodies=False)


def _minutes_title(head: Sequence[TextLine]) -> str:
    """All of the heading block as printed, down to its date."""
    picked: list[str] = []
    first = next(
        (place for place, line in enumerate(head) if re.search(r"\bminutes\b", line.plain, re.IGNORECASE)), 0
    )
    if first and read_body(head[first - 1].plain):
        first -= 1
    for line in head[first : first + 6]:
        text = " ".join(line.plain.split())
        if (
            line.label is not None
            or text.endswith((".", ":"))
            or len(text.split()) > _WORDY
            or _PRESENT.match(text)
        ):
            break
        if picked and re.match(r"^(?:date|time|location|venue)\b", text, re.IGNORECASE):
            break
        picked.append(text)
        if first_date(text):
            break
    return " ".join(picked)


def _report_title(head: Sequence[TextLine], *, skip_bodies: bool) -> str:
    picked: list[str] = []
    own_body = next(
        (body for line in head for cell in line.plain.split("\t") if (body := read_body(cell))), None
    )
    for place, line in enumerate(head):
        text = " ".join(line.plain.split())
        named = (
            _names_body(head, place) if skip_bodies else read_body(text) == own_body and own_body is not None
        )
        administrative = _ADMIN.match(text) or named or (first_date(text) and len(text.split()) <= 10)
        if (
            line.is_row
            or administrative
            or line.label is not None
            or not any(char.isalpha() for char in text)
        ):
            if picked:
                break
            continue
        after_field = place and re.match(
            r"^(?:to|from|date|time|venue|location)\s*:?$", head[place - 1].plain, re.IGNORECASE
        )
        if after_field:
            continue
        if picked and (text.isupper() != picked[-1].isupper() or (line.blank_before and not text.isupper())):
            break
        if picked and sum(len(piece.split()) for piece in picked) + len(text.split()) > _MAX_TITLE_WORDS:
            break
        if len(text.split()) > _WORDY or (
            text.endswith(".") and sum(len(piece.split()) for piece in picked) > _WORDY
        ):
            break
        if _COLUMN_HEADS.match(text):
            break
        picked.append(text)
        if text.endswith("."):
            break
        if len(picked) == _MAX_TITLE_LINES:
            break
    return " ".join(picked)


def _names_body(head: Sequence[TextLine], place: int) -> bool:
    text = head[place].plain
    if read_body(text):
        return True
    if place + 1 < len(head) and read_body(f"{text} {head[place + 1].plain}"):
        return True
    return place > 0 and read_body(f"{head[place - 1].plain} {text}") is not None and len(text.split()) <= 4


__all__ = ["PartFacts", "read_heading", "title_case"]
