"""What a part's heading block says: body, meeting date, agenda item, draft or not.

Takes the lines of a part and the running lines of its first pages; gives `PartFacts`. The heading block ends at the
attendance list or the first item. What the block leaves out, the running header may say. Refuses to take for the
meeting's date what is only a paper's own: the date of a letter, of a decision, "as at" in a table.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kb.records import PartKind
from kb.structure.bodies import find_body, read_body, title_case
from kb.structure.dates import find_dates, first_date, lone_date
from kb.structure.lines import TextLine
from kb.structure.mentions import in_full, mentioned
from kb.structure.papertitles import read_title
from kb.structure.signs import PRESENT, ends_in_stop

_AGENDA_ITEM = re.compile(
    r"^agenda\s+item\s*:?\s*(?:no\.?|number)?\s*:?\s*(\d{1,2}[a-z]?)(?:\.0)?$", re.IGNORECASE
)
_RUNNING_ITEM = re.compile(
    r"\b(?:agenda\s+)?item\s*:?\s*(?:no\.?|number)?\s*:?\s*(\d{1,2}[a-z]?)(?:\.0)?$", re.IGNORECASE
)
_OF_BODY = re.compile(
    r"^(?:(?:name|title)\s+of\s+(?:the\s+)?(?:meeting|committee|body|board)|meeting|committee|board|body)\s*:\s*(\S.*)$"
    r"|^(?:name|title)\s+of\s+(?:the\s+)?(?:meeting|committee|body|board)\s+(\S.*)$",
    re.IGNORECASE,
)
"""A field that names the body: "Name of meeting: Audit Committee"."""
_MEETING_OF = re.compile(
    r"^(?:(?:draft|unconfirmed|public)\s+)*(?:minutes\s+of|at)\s+(?:a|an|the)\s+(?:\w+\s+){0,3}meeting\s+of\b",
    re.IGNORECASE,
)
"""A sentence that opens minutes: "At a meeting of the Audit Committee held at ..."."""
_TO = re.compile(r"^(?:report\s+)?to\s*:?\s*(.*)$", re.IGNORECASE)
_MEETING_DATE = re.compile(
    r"^(?:meeting date|date of (?:the )?(?:\w+ )?meeting|date and time)\s*:?\s*(.*)$", re.IGNORECASE
)
_DATE_LABEL = re.compile(r"^date\s*(?::|$|(?=\d))\s*(.*)$", re.IGNORECASE)
_MINUTES_OF = re.compile(r"\b(?:minutes|notes|meeting|report|agenda)\b", re.IGNORECASE)
_OTHER_MEETING = re.compile(r"\bminutes\b", re.IGNORECASE)
_CUT_DATE = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?(?:\s+[A-Za-z]{3,9})?$", re.IGNORECASE)
"""A line that ends in the middle of a date: "... HELD ON 9TH", "... on Monday 20th May"."""
_DRAFT = re.compile(
    r"\bdraft\b|\bunconfirmed\b|\bunapproved\b|subject to (?:confirmation|approval)", re.IGNORECASE
)
_CONFIRMED = re.compile(r"\bconfirmed\b|\bapproved\b", re.IGNORECASE)
_COMMISSIONER = re.compile(
    r"^(?:the\s+)?((?:[A-Z][\w&'’-]*\s+){1,6}?(?i:police(?:,? fire)? and crime commissioner))$", re.IGNORECASE
)
_DEFINED = re.compile(r"\(\s*(?:the\s+)?[“\"'‘](?:the\s+)?(?:Panel|Board|Committee|Council)[”\"'’]\s*\)")
_SPLIT = re.compile(r"\s+[-–|]\s+|\t|\s{3,}")
_MEETING_AT_END = re.compile(r"(?:\s+-)?(?=\s+board\s+meeting$)|\s+meeting$", re.IGNORECASE)
_PARENT_BODY = re.compile(r"(?:Council|Authority|Trust|Partnership)$")
_GENERIC = re.compile(
    r"^(?:(?:police|fire|crime|and|&|,|health|wellbeing|scrutiny|overview|select|audit|planning|licensing|standards)\s*)+"
    r"(?:panel|board|committee)$",
    re.IGNORECASE,
)
"""Names that say what a body is for and not whose it is."""
_LAST_WORD = frozenset({"PANEL", "BOARD", "COMMITTEE", "COUNCIL"})

_WITHOUT_OWN_BODY = frozenset({PartKind.DELIVERY_PLAN, PartKind.DASHBOARD, PartKind.SLIDES})
_WITHOUT_OWN_DATE = frozenset({PartKind.LETTER, PartKind.DECISION, PartKind.SLIDES})
_HEAD_LINES = 30
_BODY_LINES = 16
_TITLE_LINES = 4
_MAX_WIDTH = 4
_SENTENCE_LINES = 3
_WORDY = 24
_SENTENCE_WORDS = 16
_DATE_WORDS = 16
_SPLIT_DATE_WORDS = 12
_OPENING_LINES = 40
_STATUS_LINES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class PartFacts:
    """Facts of a heading block."""

    body: str | None
    meeting_date: dt.date | None
    title: str
    agenda_item: str | None
    status: str | None


def read_heading(
    lines: Sequence[TextLine], kind: PartKind, *, first_item: int | None, running: Sequence[str] = ()
) -> PartFacts:
    """Read the heading block of a part.

    Args:
        lines: All lines of the part.
        kind: The part's kind.
        first_item: Position of the first item's heading, which ends the block; ``None`` if the part has no items.
        running: Headers and footers of the part's first page, which say what the block leaves out.
    """
    head = _head(lines, kind, first_item)
    texts = [" ".join(line.plain.replace("\t", " ").split()) for line in head]
    block = texts[: next((place for place, text in enumerate(texts) if PRESENT.match(text)), len(texts))]
    pieces = [piece.strip() for text in running for piece in _SPLIT.split(text)]
    return PartFacts(
        body=_own_body(lines, head[: len(block)], kind, pieces),
        meeting_date=_date(block or texts, texts, kind) or _running_date(pieces),
        title=read_title(head, kind),
        agenda_item=_agenda_item(head) or _running_item(running),
        status=_status([*texts[:_STATUS_LINES], *running], kind),
    )


def _head(lines: Sequence[TextLine], kind: PartKind, first_item: int | None) -> list[TextLine]:
    limit = min(len(lines), _HEAD_LINES if first_item is None else max(1, min(first_item, _HEAD_LINES)))
    head = list(lines[:limit])
    if kind in {PartKind.REPORT, PartKind.APPENDIX} and first_item is None:
        while head and len(head[-1].plain.split()) > _WORDY:
            head.pop()
    return head


def _own_body(
    lines: Sequence[TextLine], head: Sequence[TextLine], kind: PartKind, running: Sequence[str]
) -> str | None:
    body = _body(head, kind, running) or _defined_body(lines[:_OPENING_LINES], kind)
    if body is not None:
        return in_full(body, lines) if _GENERIC.match(body) else body
    return mentioned(lines) if kind is PartKind.LETTER else None


def _body(head: Sequence[TextLine], kind: PartKind, running: Sequence[str]) -> str | None:
    if kind in _WITHOUT_OWN_BODY:
        return _first_body(running)
    texts = [cell.strip() for line in head for cell in line.plain.split("\t")]
    for place, text in enumerate(texts):
        match = _TO.match(text)
        if match and (body := read_body(match[1] or " ".join(texts[place + 1 : place + 2]))):
            return body
    if kind is PartKind.LETTER:
        return _first_body(texts)
    stated = _stated_body(head) if kind is PartKind.MINUTES else None
    found = [stated] if stated else list(_bodies(texts[:_BODY_LINES]))
    own = next((body for body in found if not _PARENT_BODY.search(body)), None)
    if own or found:
        return own or found[0]
    if kind is PartKind.DECISION or kind is PartKind.REPORT:
        named = next((match for text in texts[:5] if (match := _COMMISSIONER.match(text))), None)
        if named:
            return title_case(named[1])
    whole = next((text for text in texts[:_TITLE_LINES] if _MINUTES_OF.search(text)), "")
    return _first_body(running) or (find_body(whole) if kind is PartKind.MINUTES else None)


def _stated_body(head: Sequence[TextLine]) -> str | None:
    """The body that minutes name in a field or in the sentence that opens them."""
    texts = [" ".join(line.plain.split()) for line in head[:_BODY_LINES]]
    for place, text in enumerate(texts):
        if (field := _OF_BODY.match(text)) is not None:
            named = _MEETING_AT_END.sub("", field[1] or field[2])
            if (body := read_body(named)) is not None:
                return body
        if _MEETING_OF.match(text):
            return find_body(" ".join(texts[place : place + _SENTENCE_LINES]))
    return None


def _bodies(texts: Sequence[str]) -> Iterator[str]:
    """Bodies named by the lines of a heading block, in order; a name may go over several lines."""
    place = 0
    while place < len(texts):
        if ends_in_stop(texts[place]) or len(texts[place].split()) > _SENTENCE_WORDS:
            place += 1
            continue
        for width in range(1, _MAX_WIDTH + 1):
            piece = " ".join(texts[place : place + width])
            body = read_body(piece)
            if body is None and _MINUTES_OF.search(texts[place]):
                body = find_body(piece)
            following = texts[place + width] if place + width < len(texts) else ""
            if body and following.upper() not in _LAST_WORD and not _goes_on(piece, following, body):
                yield body
                place += width - 1
                break
        place += 1


def _goes_on(piece: str, following: str, body: str) -> bool:
    """Whether the name is only the start of a longer one: "... COUNCIL" and then "PLANNING COMMITTEE" in capitals."""
    longer = read_body(f"{piece} {following}") if following else None
    return longer is not None and longer != body and following.upper() in _LAST_WORD


def _first_body(texts: Sequence[str]) -> str | None:
    return next((body for text in texts if (body := read_body(text))), None)


def _defined_body(lines: Sequence[TextLine], kind: PartKind) -> str | None:
    """A report may name its body only in its text: "the Northshire Scrutiny Panel (the “Panel”)"."""
    if kind is not PartKind.REPORT:
        return None
    text = " ".join(line.plain for line in lines)
    match = _DEFINED.search(text)
    return find_body(_last_clause(text[: match.start()])) if match else None


def _last_clause(text: str) -> str:
    """The words from the last "the" on."""
    return "the " + re.split(r"\b[Tt]he\s+", text)[-1].strip()


def _date(block: Sequence[str], texts: Sequence[str], kind: PartKind) -> dt.date | None:  # noqa: C901 - places to look, in order
    if kind in _WITHOUT_OWN_DATE:
        return None
    for pattern in (_MEETING_DATE, _DATE_LABEL):
        for place, text in enumerate(texts):
            match = pattern.match(text)
            if match:
                date = first_date(match[1]) or first_date(" ".join(texts[place + 1 : place + 2]))
                if date:
                    return date
    named = next((place for place, text in enumerate(block) if _OTHER_MEETING.search(text)), 0)
    for text in (*block[named:], *block, *texts) if kind is PartKind.MINUTES else (*block, *texts):
        # "Minutes of the Meeting held on 14 June" inside an agenda or a list of items is another meeting's date.
        if kind is PartKind.AGENDA and _OTHER_MEETING.search(text):
            continue
        if kind is PartKind.DASHBOARD and re.search(r"\b(?:as at|to)\b", text, re.IGNORECASE):
            continue
        dates = list(find_dates(text))
        if dates and (len(text.split()) <= _DATE_WORDS or kind is PartKind.MINUTES):
            return dates[0][1]
    for first, second in pairwise(texts):
        apart = first_date(first) is None and first_date(second) is None
        few = len(first.split()) + len(second.split()) <= _SPLIT_DATE_WORDS
        if (few or (apart and _CUT_DATE.search(first))) and (date := first_date(f"{first} {second}")):
            return date
    return (
        next((date for text in block if (date := lone_date(text))), None)
        if kind is PartKind.MINUTES
        else None
    )


def _running_date(pieces: Sequence[str]) -> dt.date | None:
    return next((date for piece in pieces if (date := first_date(piece))), None)


def _agenda_item(head: Sequence[TextLine]) -> str | None:
    for line in head[:_BODY_LINES]:
        for cell in line.plain.split("\t"):
            match = _AGENDA_ITEM.match(cell.strip(" *"))
            if match:
                return match[1]
    return None


def _running_item(running: Sequence[str]) -> str | None:
    return next((match[1] for text in running if (match := _RUNNING_ITEM.search(text.strip()))), None)


def _status(texts: Sequence[str], kind: PartKind) -> str | None:
    if kind is not PartKind.MINUTES:
        return None
    if any(_DRAFT.search(text) for text in texts):
        return "draft"
    return "confirmed" if any(_CONFIRMED.search(text) for text in texts) else None
