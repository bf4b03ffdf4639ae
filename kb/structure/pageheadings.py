"""Which lines near the top of a page announce a paper without a heading block: plans, dashboards, appendices.

Takes and gives what `kb.structure.announcements` does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.records import PartKind
from kb.structure.bodies import read_body
from kb.structure.dates import first_date
from kb.structure.lines import TextLine
from kb.structure.signs import (
    AGENDA,
    AGENDA_ITEM,
    APPENDIX,
    DECISION,
    FIRST_SECTION,
    MINUTES,
    PRESENT,
    REPORT_SIGN,
    SHORT,
    near_page_start,
    sign_ahead,
)

_APPENDIX_TITLED = re.compile(r"^(?:appendix|annex)\s+(?:\d{1,2}|[a-z])\s*[:–-]\s*\S.{3,100}$", re.IGNORECASE)
_APPENDIX_LISTED = re.compile(r"^(?:appendix|annex)\s+(?:\d{1,2}|[a-z])\s*[–:-]\s*(.{6,120})$", re.IGNORECASE)
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
_PROMISE_REACH = 40
_MIN_PROMISED = 3
_SAME_TITLE = 0.75
_COVER_LINES = 30


def kind_of_page_heading(lines: Sequence[TextLine], index: int) -> PartKind | None:  # noqa: PLR0911 - one sign after the other
    """Kinds that are announced only by a heading near the top of a page."""
    line = lines[index]
    text = line.plain
    emphatic = text.isupper() or line.bold or line.is_markdown_heading
    if _PLAN.match(text) and emphatic and _after_body(lines, index):
        return PartKind.AGENDA_PLAN
    if _DELIVERY.match(text) and emphatic and sign_ahead(lines, index, _PLAN_COLUMNS, 5):
        return PartKind.DELIVERY_PLAN
    if not near_page_start(lines, index):
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
    if _DELIVERY.match(text) and not sign_ahead(lines, index, REPORT_SIGN, 6):
        return PartKind.DELIVERY_PLAN
    return _diary(lines, index)


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
        if PRESENT.match(lines[place].plain):
            return False
        if label is not None:
            title = lines[place].rest or lines[place + 1].plain
            return label.value == "1" and FIRST_SECTION.match(title) is not None
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
    if any(AGENDA.match(line.plain) for line in lines[index : index + _COVER_LINES]):
        return None
    if any(PRESENT.match(line.plain) for line in ahead):
        return None
    for line in ahead:
        named = REPORT_SIGN.match(line.plain) or AGENDA_ITEM.match(line.plain) or MINUTES.match(line.plain)
        if named or DECISION.match(line.plain) or (line.plain.isupper() and "REPORT" in line.plain):
            return None
    dated = any(first_date(line.plain) and len(line.plain) < SHORT for line in ahead)
    return PartKind.AGENDA_PLAN if dated and any(_VENUE.search(line.plain) for line in ahead) else None
