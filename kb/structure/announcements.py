"""Which lines announce that a paper begins, and of what kind.

Takes the lines of a file and the place of one; gives the kind of the paper that this line announces, or ``None``. A
word alone announces nothing: "minutes" also stands on agendas and in sentences, so each kind asks for the signs
that belong to its heading block (attendance after "MINUTES", a signature after "Dear", From and Date after "To").
Where the heading block begins, and which of several announcements counts, is settled by `kb.structure.parts`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.records import PartKind
from kb.structure.actiontables import is_action_table
from kb.structure.bodies import read_body
from kb.structure.dates import first_date
from kb.structure.labels import ITEM_STYLES
from kb.structure.lines import TextLine
from kb.structure.pageheadings import kind_of_page_heading
from kb.structure.signs import (
    AGENDA,
    AGENDA_ITEM,
    FIRST_SECTION,
    MINUTES,
    PRESENT,
    REPORT_SIGN,
    SHORT,
    TO,
    YOURS,
    ends_in_stop,
    near_page_start,
    sign_ahead,
)
from kb.structure.titles import USUAL_TITLE

_MINUTES_OF = re.compile(
    r"^(?:draft\s+|unapproved\s+|unconfirmed\s+)?minutes of (?:a|an|the)\s+(?:\w+\s+){0,4}meeting|^draft minutes",
    re.IGNORECASE,
)
_MEETING_FACT = re.compile(
    r"^(?:date|time|venue|location|place|chair(?:man|person)?|commenced)\b", re.IGNORECASE
)
_AGENDA_TITLED = re.compile(r"^[A-Z].{3,40}\s(?:AGENDA|Agenda)$")
_SUMMONS = re.compile(
    r"^(?:you are hereby summoned|(?:public )?notice of (?:the |a )?meeting)\b", re.IGNORECASE
)
_FIRST_BUSINESS = re.compile(
    r"^(?:to\s+)?(?:[\w’']+\s+){0,3}(?:apologies|welcome|introductions?|declarations?|roll call|call to order)\b",
    re.IGNORECASE,
)
_LISTED = re.compile(r"^(?:(?:members|councillors|those)\s+)?present\b", re.IGNORECASE)
_MINUTES_FIELD = re.compile(r"^minutes:$", re.IGNORECASE)
"""Agenda systems print what was said of each item under this word."""
_INTENDED = re.compile(
    r"^(?:to\s|presented by\b|members are\b|for (?:noting|decision|information)\b)", re.IGNORECASE
)
_REPORT_OF = re.compile(r"^report of the\b", re.IGNORECASE)
_FROM = re.compile(r"^from\s*:", re.IGNORECASE)
_DATE = re.compile(r"^date\s*:", re.IGNORECASE)
_DEAR = re.compile(r"^dear\s+\S+", re.IGNORECASE)
_LOOK_AHEAD = 14
_ATTENDANCE_WITHIN = 45
_LETTER_REACH = 120
_MEETING_HEAD = 8
_MAX_TITLE_WORDS = 14
_MIN_BUSINESS = 4
_MIN_ROUTINE = 2
_FEW = 0.15


def announced_kind(lines: Sequence[TextLine], index: int) -> PartKind | None:  # noqa: PLR0911 - one sign after the other
    """The kind of paper that line ``index`` announces."""
    line = lines[index]
    text = line.plain
    unlabelled = line.label is None
    if unlabelled and MINUTES.match(text) and _is_minutes_heading(lines, index):
        return PartKind.MINUTES
    if unlabelled and (AGENDA.match(text) or _AGENDA_TITLED.match(text)) and _is_agenda_heading(lines, index):
        return PartKind.AGENDA
    if AGENDA_ITEM.match(text) and sign_ahead(lines, index, REPORT_SIGN, 8):
        return PartKind.REPORT
    if TO.match(text) and _is_memo(lines, index):
        return PartKind.REPORT
    if _REPORT_OF.match(text) and text.isupper() and read_body(text[len("report of the") :]):
        return PartKind.REPORT
    if _DEAR.match(text) and len(text) < SHORT and sign_ahead(lines, index, YOURS, _LETTER_REACH):
        return PartKind.LETTER
    if is_action_table(lines, index):
        return PartKind.ACTION_TABLE
    return kind_of_page_heading(lines, index) if unlabelled else None


def guess_kind(lines: Sequence[TextLine]) -> PartKind:  # noqa: PLR0911 - one sign after the other
    """The kind of a file, or of what stands before the first heading block, that nothing announces."""
    head = lines[:60]
    has_minutes = any(re.search(r"\bminutes\b", line.plain, re.IGNORECASE) for line in lines[:25])
    if has_minutes and any(PRESENT.match(line.plain) or _LISTED.match(line.rest) for line in head):
        return PartKind.MINUTES
    if sum(_MINUTES_FIELD.match(line.plain) is not None for line in lines) > 1:
        return PartKind.MINUTES
    if any(_DEAR.match(line.plain) for line in head):
        return PartKind.LETTER
    if any(line.label is not None and FIRST_SECTION.match(line.rest) for line in head):
        return PartKind.REPORT
    if _lists_business(lines):
        return PartKind.AGENDA
    if any(re.search(r"\breport\b", line.plain, re.IGNORECASE) for line in lines[:12]):
        return PartKind.REPORT
    if any(_SUMMONS.match(line.plain) for line in head):
        return PartKind.AGENDA
    # Minutes that do not call themselves so: a body, a date, people present, business.
    dated = any(first_date(line.plain) and len(line.plain) < 2 * SHORT for line in lines[:12])
    if dated and any(PRESENT.match(line.plain) for line in head):
        return PartKind.MINUTES
    return PartKind.OTHER


def _lists_business(lines: Sequence[TextLine]) -> bool:
    """Whether a paper is little more than numbered titles, the routine of meetings among them, and no speech."""
    business = [line.rest for line in lines if line.label is not None and line.label.style in ITEM_STYLES]
    routine = sum(
        USUAL_TITLE.match(text) is not None or _FIRST_BUSINESS.match(text) is not None for text in business
    )
    told = sum(
        line.label is None and line.plain.endswith(".") and _INTENDED.match(line.plain) is None
        for line in lines
    )
    return len(business) >= _MIN_BUSINESS and routine >= _MIN_ROUTINE and told <= len(lines) * _FEW


def _is_minutes_heading(lines: Sequence[TextLine], index: int) -> bool:
    """A heading, not a sentence or an agenda entry: attendance or apologies follow, or the meeting's date and venue."""
    line = lines[index]
    text = line.plain
    if ends_in_stop(text) or (index and not lines[index - 1].ends_sentence and line.starts_lower):
        return False
    emphatic = text.isupper() or line.bold or line.is_markdown_heading or line.page_start
    if not emphatic and not _MINUTES_OF.match(text) and not _set_apart(lines, index):
        return False
    if sign_ahead(lines, index, PRESENT, _ATTENDANCE_WITHIN):
        return True
    facts = sum(1 for after in lines[index + 1 : index + _MEETING_HEAD] if _MEETING_FACT.match(after.plain))
    begins = any(
        after.label is not None and after.label.style in ITEM_STYLES and _FIRST_BUSINESS.match(after.rest)
        for after in lines[index + 1 : index + _ATTENDANCE_WITHIN]
    )
    return facts > 1 or begins


def _set_apart(lines: Sequence[TextLine], index: int) -> bool:
    """A short line near the top of a page with white space over it."""
    line = lines[index]
    return line.blank_before and len(line.plain.split()) <= _MAX_TITLE_WORDS and near_page_start(lines, index)


def _is_agenda_heading(lines: Sequence[TextLine], index: int) -> bool:
    """Not the sub-heading of a minute, nor the words "agenda for ..." inside a sentence."""
    line = lines[index]
    if AGENDA.match(line.plain) and len(line.plain.split()) <= 2:  # noqa: PLR2004 - "AGENDA", "Public agenda"
        return True
    emphatic = line.bold or line.plain.isupper() or line.is_markdown_heading
    after = lines[index + 1].label if index + 1 < len(lines) else None
    opens_list = after is not None and after.style in ITEM_STYLES and after.ordinal == 1
    return emphatic and (opens_list or near_page_start(lines, index))


def _is_memo(lines: Sequence[TextLine], index: int) -> bool:
    ahead = [line.plain for line in lines[index + 1 : index + _LOOK_AHEAD]]
    return any(_FROM.match(text) for text in ahead) and any(_DATE.match(text) for text in ahead)
