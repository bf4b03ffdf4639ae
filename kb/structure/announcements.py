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

PRESENT = re.compile(
    r"^(?:(?:elected\s+|committee\s+|panel\s+|board\s+)?members|councillors|cllrs|officers|others|also)?\s*"
    r"(?:in attendance|present|attendees|attendance|attending)\b"
    r"|^(?:members|those|roll\s*call)\s*(?:present)?\s*:|^roll\s+call\b|^apologies|\bpresent\s*:|^in the chair\b",
    re.IGNORECASE,
)
"""The head of an attendance list."""
AGENDA_ITEM = re.compile(
    r"^(?:.*\t\s*)?agenda\s+item\s*:?\s*(?:no\.?|number)?\s*:?\s*(\d{1,2}[a-z]?)(?:\.\d+)?\b", re.IGNORECASE
)
DECISION = re.compile(
    r"^(?:(?:record|notice)\s+of\s+(?:\w+\s+)?decisions?|(?:\w+\s+)?decision\s+(?:record|notice))(?:\s+form)?$",
    re.IGNORECASE,
)
APPENDIX = re.compile(r"^(?:appendix|annex|enclosure|schedule)\s*(?:\d{1,2}|[a-z])?\s*:?$", re.IGNORECASE)
TO = re.compile(r"^to\s*:", re.IGNORECASE)
YOURS = re.compile(
    r"^(?:yours\s+(?:sincerely|faithfully|truly|ever)|(?:with\s+)?(?:best|kind)\s+(?:wishes|regards))\b",
    re.IGNORECASE,
)

_MINUTES = re.compile(
    r"^(?:(?:draft|unconfirmed|confirmed|approved|annual|unapproved"
    r"|public)\s+)*(?:meeting\s+)?(?:minutes|notes of (?:the|a) meeting)"
    r"(?:\s+(?:of|for|from)\b.*|\s*[:–-].*|\s+and\s+actions.*|\s*\(.*\)|,.*)?$|^.{3,90}\s[–-]\s+minutes\b.{0,60}$"
    r"|^.{3,60}\b(?:panel|board|committee|council|cabinet)\s+(?:meeting\s+)?minutes\b.{0,60}$",
    re.IGNORECASE,
)
_MINUTES_OF = re.compile(
    r"^(?:draft\s+|unapproved\s+|unconfirmed\s+)?minutes of (?:a|an|the)\s+(?:\w+\s+){0,4}meeting|^draft minutes",
    re.IGNORECASE,
)
_MEETING_FACT = re.compile(
    r"^(?:date|time|venue|location|place|chair(?:man|person)?|commenced)\b", re.IGNORECASE
)
_AGENDA = re.compile(
    r"^(?:(?:supplementary|public|meeting|draft|council)\s+){0,2}agenda(?:\s+(?:for|of)\b.{0,80})?$",
    re.IGNORECASE,
)
_AGENDA_TITLED = re.compile(r"^[A-Z].{3,40}\s(?:AGENDA|Agenda)$")
_SUMMONS = re.compile(
    r"^(?:you are hereby summoned|(?:public )?notice of (?:the |a )?meeting)\b", re.IGNORECASE
)
_FIRST_BUSINESS = re.compile(
    r"^(?:to\s+)?(?:\w+\s+){0,3}(?:apologies|welcome|introductions?|declarations?|roll call|call to order)\b",
    re.IGNORECASE,
)
_REPORT_SIGN = re.compile(
    r"^(?:public report|report (?:of|by|from|to|author)\b|contact officer|contact details|lead officer"
    r"|to\s*:|from\s*:|purpose|1\.?\s+(?:purpose|introduction|summary))",
    re.IGNORECASE,
)
_REPORT_OF = re.compile(r"^report of the\b", re.IGNORECASE)
_FROM = re.compile(r"^from\s*:", re.IGNORECASE)
_DATE = re.compile(r"^date\s*:", re.IGNORECASE)
_DEAR = re.compile(r"^dear\s+\S+", re.IGNORECASE)
_APPENDIX_TITLED = re.compile(r"^(?:appendix|annex)\s+(?:\d{1,2}|[a-z])\s*[:–-]\s*\S.{3,100}$", re.IGNORECASE)
_APPENDIX_LISTED = re.compile(r"^(?:appendix|annex)\s+(?:\d{1,2}|[a-z])\s*[–:-]\s*(.{6,120})$", re.IGNORECASE)
_FIRST_SECTION = re.compile(
    r"^(?:purpose|introduction|summary|background|executive summary)\b", re.IGNORECASE
)
_PLAN = re.compile(
    r"^(?:draft\s+)?(?:.*\b)?(?:agenda\s+(?:forward\s+)?plan"
    r"|forward\s+(?:agenda\s+)?plan|work\s+programme)\b[\s\d/–-]*$",
    re.IGNORECASE,
)
_DASHBOARD = re.compile(
    r"^.{0,60}\bdashboard(?:\s+(?:as at|to|for)\b.{0,40}|\s*[:–-].{2,40})?$", re.IGNORECASE
)
_DELIVERY = re.compile(
    r"^.{0,60}\b(?:delivery|action) plan(?:\s+\d{4}.{0,12}|\s+(?:as )?at\b.{0,30})?$|^work in progress$",
    re.IGNORECASE,
)
_PLAN_COLUMNS = re.compile(
    r"^theme\b|\bpriority actions\b|\bdelivery status\b|\brag\b|^ref\t.*\b(?:activity|action|lead)\b",
    re.IGNORECASE,
)
_ATTACHED = re.compile(r"\.(?:pdf|docx?|xlsx?|zip)$", re.IGNORECASE)
_CLOSING_MATTER = re.compile(
    r"^(?:bibliography|source(?: documents?)?|background|contact|appendix|annex)\b", re.IGNORECASE
)
_SLIDES = re.compile(r"\.pptx?\b", re.IGNORECASE)
_VENUE = re.compile(r"\bprivate\b|\bvenue\b|\d(?:am|pm)\b", re.IGNORECASE)

_LOOK_AHEAD = 14
_ATTENDANCE_WITHIN = 45
_LETTER_REACH = 120
_PROMISE_REACH = 40
_MIN_PROMISED = 3
_SAME_TITLE = 0.75
_MEETING_HEAD = 8
_MAX_TITLE_WORDS = 14
_COVER_LINES = 30
_SHORT = 60


def announced_kind(lines: Sequence[TextLine], index: int) -> PartKind | None:  # noqa: PLR0911 - one sign after the other
    """The kind of paper that line ``index`` announces."""
    line = lines[index]
    text = line.plain
    unlabelled = line.label is None
    if unlabelled and _MINUTES.match(text) and _is_minutes_heading(lines, index):
        return PartKind.MINUTES
    if (
        unlabelled
        and (_AGENDA.match(text) or _AGENDA_TITLED.match(text))
        and _is_agenda_heading(lines, index)
    ):
        return PartKind.AGENDA
    if AGENDA_ITEM.match(text) and _sign_ahead(lines, index, _REPORT_SIGN, 8):
        return PartKind.REPORT
    if TO.match(text) and _is_memo(lines, index):
        return PartKind.REPORT
    if _REPORT_OF.match(text) and text.isupper() and read_body(text[len("report of the") :]):
        return PartKind.REPORT
    if _DEAR.match(text) and len(text) < _SHORT and _sign_ahead(lines, index, YOURS, _LETTER_REACH):
        return PartKind.LETTER
    if is_action_table(lines, index):
        return PartKind.ACTION_TABLE
    return _kind_of_page_heading(lines, index) if unlabelled else None


def guess_kind(lines: Sequence[TextLine]) -> PartKind:  # noqa: PLR0911 - one sign after the other
    """The kind of a file, or of what stands before the first heading block, that nothing announces."""
    head = lines[:60]
    has_minutes = any(re.search(r"\bminutes\b", line.plain, re.IGNORECASE) for line in lines[:25])
    if any(PRESENT.match(line.plain) for line in head) and has_minutes:
        return PartKind.MINUTES
    if any(_DEAR.match(line.plain) for line in head):
        return PartKind.LETTER
    if any(line.label is not None and _FIRST_SECTION.match(line.rest) for line in head):
        return PartKind.REPORT
    if any(re.search(r"\breport\b", line.plain, re.IGNORECASE) for line in lines[:12]):
        return PartKind.REPORT
    if any(_SUMMONS.match(line.plain) for line in head):
        return PartKind.AGENDA
    # Minutes that do not call themselves so: a body, a date, people present, business.
    dated = any(first_date(line.plain) and len(line.plain) < 2 * _SHORT for line in lines[:12])
    if dated and any(PRESENT.match(line.plain) for line in head):
        return PartKind.MINUTES
    return PartKind.OTHER


def _kind_of_page_heading(lines: Sequence[TextLine], index: int) -> PartKind | None:  # noqa: PLR0911 - one sign after the other
    """Kinds that are announced only by a heading near the top of a page."""
    line = lines[index]
    text = line.plain
    emphatic = text.isupper() or line.bold or line.is_markdown_heading
    if _PLAN.match(text) and emphatic and _after_body(lines, index):
        return PartKind.AGENDA_PLAN
    if _DELIVERY.match(text) and emphatic and _sign_ahead(lines, index, _PLAN_COLUMNS, 5):
        return PartKind.DELIVERY_PLAN
    if not _near_page_start(lines, index):
        return None
    if DECISION.match(text) and emphatic:
        return PartKind.DECISION
    if APPENDIX.match(text) and _only_names_a_file(lines, index):
        return None
    if APPENDIX.match(text) or (line.page_start and _was_promised(lines, index)):
        slides = any(_SLIDES.search(after.plain) for after in lines[index : index + 5])
        return PartKind.SLIDES if slides else PartKind.APPENDIX
    if line.page_start and emphatic and _APPENDIX_TITLED.match(text):
        return PartKind.APPENDIX
    if line.page_start and text.isupper() and _sections_begin(lines, index):
        return PartKind.REPORT
    return _plan_or_diary(lines, index) if emphatic else _diary(lines, index)


def _plan_or_diary(lines: Sequence[TextLine], index: int) -> PartKind | None:
    text = lines[index].plain
    if _PLAN.match(text):
        return PartKind.AGENDA_PLAN
    if _DASHBOARD.match(text):
        return PartKind.DASHBOARD
    if _DELIVERY.match(text) and not _sign_ahead(lines, index, _REPORT_SIGN, 6):
        return PartKind.DELIVERY_PLAN
    return _diary(lines, index)


def _is_minutes_heading(lines: Sequence[TextLine], index: int) -> bool:
    """A heading, not a sentence or an agenda entry: attendance or apologies follow, or the meeting's date and venue."""
    line = lines[index]
    text = line.plain
    if text.endswith(".") or (index and not lines[index - 1].ends_sentence and line.starts_lower):
        return False
    emphatic = text.isupper() or line.bold or line.is_markdown_heading or line.page_start
    if not emphatic and not _MINUTES_OF.match(text) and not _set_apart(lines, index):
        return False
    if _sign_ahead(lines, index, PRESENT, _ATTENDANCE_WITHIN):
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
    return (
        line.blank_before and len(line.plain.split()) <= _MAX_TITLE_WORDS and _near_page_start(lines, index)
    )


def _is_agenda_heading(lines: Sequence[TextLine], index: int) -> bool:
    """Not the sub-heading of a minute, nor the words "agenda for ..." inside a sentence."""
    line = lines[index]
    if _AGENDA.match(line.plain) and len(line.plain.split()) <= 2:  # noqa: PLR2004 - "AGENDA", "Public agenda"
        return True
    return (line.bold or line.plain.isupper() or line.is_markdown_heading) and _near_page_start(lines, index)


def _is_memo(lines: Sequence[TextLine], index: int) -> bool:
    ahead = [line.plain for line in lines[index + 1 : index + _LOOK_AHEAD]]
    return any(_FROM.match(text) for text in ahead) and any(_DATE.match(text) for text in ahead)


def _was_promised(lines: Sequence[TextLine], index: int) -> bool:
    """A page headed by the title of an appendix that the report before it has listed."""
    words = set(lines[index].plain.casefold().split())
    if len(words) < _MIN_PROMISED or lines[index].ends_sentence:
        return False
    for line in lines[max(0, index - _PROMISE_REACH) : max(0, index - 1)]:
        match = _APPENDIX_LISTED.match(line.rest)
        if match:
            listed = set(match[1].casefold().replace("’s", "").replace("'s", "").split())
            if len(words & listed) >= _SAME_TITLE * max(len(words), len(listed)):
                return True
    return False


def _only_names_a_file(lines: Sequence[TextLine], index: int) -> bool:
    """An appendix that is a file attached to the paper: its icon's caption is all there is of it, the paper goes on."""
    for place in range(index + 1, min(len(lines) - 1, index + 4)):
        if _ATTACHED.search(lines[place].plain):
            return _CLOSING_MATTER.match(lines[place + 1].plain) is not None
    return False


def _sections_begin(lines: Sequence[TextLine], index: int) -> bool:
    """Section 1 of a report ("1. PURPOSE") follows within a few lines."""
    for place in range(index + 1, min(len(lines) - 1, index + 6)):
        label = lines[place].label
        if label is not None:
            title = lines[place].rest or lines[place + 1].plain
            return label.value == "1" and _FIRST_SECTION.match(title) is not None
    return False


def _after_body(lines: Sequence[TextLine], index: int) -> bool:
    before = lines[max(0, index - 4) : index]
    return any(read_body(line.plain.strip("*")) or AGENDA_ITEM.match(line.plain) for line in before)


def _diary(lines: Sequence[TextLine], index: int) -> PartKind | None:
    """A list of meetings: dates alone on their lines soon after the body's name, no report's heading block."""
    text = lines[index].plain
    following = lines[index + 1].plain if index + 1 < len(lines) else ""
    body = read_body(text) or read_body(f"{text} {following}") or ""
    if not lines[index].page_start or not body.endswith(("Panel", "Board", "Committee")):
        return None
    ahead = lines[index : index + 12]
    if any(_AGENDA.match(line.plain) for line in lines[index : index + _COVER_LINES]):
        return None
    for line in ahead:
        named = _REPORT_SIGN.match(line.plain) or AGENDA_ITEM.match(line.plain) or _MINUTES.match(line.plain)
        if named or DECISION.match(line.plain) or (line.plain.isupper() and "REPORT" in line.plain):
            return None
    dated = any(first_date(line.plain) and len(line.plain) < _SHORT for line in ahead)
    return PartKind.AGENDA_PLAN if dated and any(_VENUE.search(line.plain) for line in ahead) else None


def _sign_ahead(lines: Sequence[TextLine], index: int, sign: re.Pattern[str], reach: int) -> bool:
    return any(sign.match(line.plain) for line in lines[index + 1 : index + 1 + reach])


def _near_page_start(lines: Sequence[TextLine], index: int) -> bool:
    back = lines[max(0, index - 5) : index + 1]
    return any(line.page_start and line.label is None for line in back) or index == 0
