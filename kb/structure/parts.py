"""Where one paper ends and the next begins inside a file.

A pack holds an agenda, minutes of an earlier meeting, reports, letters, appendices. Each announces itself by a heading
block. `find_parts` looks for these blocks line by line and gives the line ranges with their kinds; what stands inside a
part is read by `kb.structure.items`, its body, date and title by `kb.structure.headings`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.records import PartKind
from kb.structure.bodies import read_body
from kb.structure.dates import first_date
from kb.structure.lines import TextLine

_MINUTES = re.compile(
    r"^(?:(?:draft|unconfirmed|confirmed|approved)\s+)?minutes(?:\s+(?:of|for|from)\b.*|\s*[:–-].*|\s+and\s+actions.*)?$",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"^(?:members|councillors|officers|others|also)?\s*(?:in attendance|present|attendees|attendance|attending)\b"
    r"|^members\s*:|^apologies|\bpresent\s*:",
    re.IGNORECASE,
)
_AGENDA = re.compile(r"^(?:(?:supplementary|public|meeting)\s+)?agenda$", re.IGNORECASE)
_AGENDA_ITEM = re.compile(
    r"^(?:.*\t\s*)?agenda\s+item\s*:?\s*(?:no\.?|number)?\s*:?\s*(\d{1,2}[a-z]?)(?:\.\d+)?\b", re.IGNORECASE
)
_REPORT_SIGN = re.compile(
    r"^(?:public report|report (?:of|by|from|to)\b|contact officer|contact details|report author|lead officer"
    r"|to\s*:|from\s*:|purpose|1\.?\s+(?:purpose|introduction|summary))",
    re.IGNORECASE,
)
_REPORT_OF = re.compile(r"^report of the\b", re.IGNORECASE)
_TO = re.compile(r"^to\s*:", re.IGNORECASE)
_FROM = re.compile(r"^from\s*:", re.IGNORECASE)
_DATE = re.compile(r"^date\s*:", re.IGNORECASE)
_DEAR = re.compile(r"^dear\s+\S+", re.IGNORECASE)
_YOURS = re.compile(r"^yours\s+(?:sincerely|faithfully|truly)", re.IGNORECASE)
_APPENDIX = re.compile(r"^(?:appendix|annex|enclosure)\s*(?:\d{1,2}|[a-z])?$", re.IGNORECASE)
_APPENDIX_LISTED = re.compile(r"^(?:appendix|annex)\s+(?:\d{1,2}|[a-z])\s*[–:-]\s*(.{6,120})$", re.IGNORECASE)
_FIRST_SECTION = re.compile(
    r"^(?:purpose|introduction|summary|background|executive summary)\b", re.IGNORECASE
)
_PROMISE_REACH = 40
_PLAN = re.compile(
    r"^(?:draft\s+)?(?:.*\b)?(?:agenda\s+(?:forward\s+)?plan|forward\s+(?:agenda\s+)?plan|work\s+programme)\b[\s\d/–-]*$",
    re.IGNORECASE,
)
_DASHBOARD = re.compile(r"^.{0,60}\bdashboard(?:\s+(?:as at|to|for)\b.{0,40})?$", re.IGNORECASE)
_DELIVERY = re.compile(
    r"^.{0,60}\b(?:delivery|action) plan(?:\s+\d{4}.{0,12})?$|^work in progress$", re.IGNORECASE
)
_TABLE_WORD = re.compile(
    r"^(?:date|of|meeting|item|items|action|actions|update|updates|owner|officer|status|by|whom|when|responsible|lead|no"
    r"|ref|deadline|outcome|and|recommendations?|response)$",
    re.IGNORECASE,
)

_PLAN_COLUMNS = re.compile(r"^theme\b|\bpriority actions\b|\bdelivery status\b|\brag\b", re.IGNORECASE)
_LOOK_AHEAD = 14
_ATTENDANCE_WITHIN = 45
_ADDRESS_LINES = 30
_ADDRESS_WORDS = 12
_BLOCK_GAP = 2
_COVER_LINES = 30
_MAX_HEADING_LINES = 8
_MAX_HEADING_CHARS = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRange:
    """Lines ``start`` to ``end`` (exclusive) are one part of the given kind."""

    kind: PartKind
    start: int
    end: int


def find_parts(lines: Sequence[TextLine]) -> list[PartRange]:
    """Cut ``lines`` into parts; every line is in exactly one range."""
    if not lines:
        return []
    starts = _settle(sorted(_starts(lines)))
    if starts and starts[0][1] is PartKind.AGENDA and starts[0][0] <= _COVER_LINES:
        starts[0] = (0, PartKind.AGENDA)
    if not starts or starts[0][0] > 0:
        starts.insert(0, (0, _guess_kind(lines[: starts[0][0]] if starts else lines)))
    ends = [start for start, _ in starts[1:]] + [len(lines)]
    return [
        PartRange(kind=kind, start=start, end=end)
        for (start, kind), end in zip(starts, ends, strict=True)
        if end > start
    ]


def _starts(lines: Sequence[TextLine]) -> list[tuple[int, int, PartKind]]:
    """(first line of the heading block, the line that announces the kind, the kind)."""
    found: list[tuple[int, int, PartKind]] = []
    for index, line in enumerate(lines):
        if len(line.plain) > _MAX_HEADING_CHARS:
            continue
        kind = _kind_announced(lines, index)
        if kind is None:
            continue
        start = _block_start(lines, index, kind)
        found.append((start, index, kind))
    return found


def _kind_announced(lines: Sequence[TextLine], index: int) -> PartKind | None:
    line = lines[index]
    text = line.plain
    if line.label is None and _MINUTES.match(text) and _is_minutes_heading(lines, index):
        return PartKind.MINUTES
    if _AGENDA.match(text) and line.label is None:
        return PartKind.AGENDA
    if _AGENDA_ITEM.match(text) and _sign_ahead(lines, index, _REPORT_SIGN, 8):
        return PartKind.REPORT
    if _TO.match(text) and _memo_block(lines, index):
        return PartKind.REPORT
    if _REPORT_OF.match(text) and text.isupper() and read_body(text[len("report of the") :]):
        return PartKind.REPORT
    if _DEAR.match(text) and len(text) < 60 and _sign_ahead(lines, index, _YOURS, 80):
        return PartKind.LETTER
    if _is_table_head(lines, index):
        return PartKind.ACTION_TABLE
    return _kind_of_page_heading(lines, index)


def _kind_of_page_heading(lines: Sequence[TextLine], index: int) -> PartKind | None:
    """Kinds that are announced only by a heading near the top of a page."""
    line = lines[index]
    text = line.plain
    if line.label is not None:
        return None
    capitals = text.isupper() or line.bold or line.is_markdown_heading
    if _PLAN.match(text) and capitals and _after_body(lines, index):
        return PartKind.AGENDA_PLAN
    if _DELIVERY.match(text) and capitals and _sign_ahead(lines, index, _PLAN_COLUMNS, 5):
        return PartKind.DELIVERY_PLAN
    if not _near_page_start(lines, index):
        return None
    if _APPENDIX.match(text) or (line.page_start and _was_promised(lines, index)):
        return PartKind.APPENDIX
    if line.page_start and text.isupper() and _sections_begin(lines, index):
        return PartKind.REPORT
    if _PLAN.match(text) and capitals:
        return PartKind.AGENDA_PLAN
    if _DASHBOARD.match(text) and capitals:
        return PartKind.DASHBOARD
    if _DELIVERY.match(text) and capitals and not _sign_ahead(lines, index, _REPORT_SIGN, 6):
        return PartKind.DELIVERY_PLAN
    following = lines[index + 1].plain if index + 1 < len(lines) else ""
    heading_body = read_body(text) or read_body(f"{text} {following}") or ""
    if line.page_start and heading_body.endswith(("Panel", "Board", "Committee")) and _is_diary(lines, index):
        return PartKind.AGENDA_PLAN
    return None


def _was_promised(lines: Sequence[TextLine], index: int) -> bool:
    """A page headed by the title of an appendix that the report before it has listed."""
    words = set(lines[index].plain.casefold().split())
    if len(words) < 3 or lines[index].ends_sentence:
        return False
    for line in lines[max(0, index - _PROMISE_REACH) : index - 1]:
        match = _APPENDIX_LISTED.match(line.rest)
        if match:
            listed = set(match[1].casefold().replace("’s", "").replace("'s", "").split())
            if len(words & listed) >= 0.75 * max(len(words), len(listed)):
                return True
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
    return any(
        read_body(line.plain.strip("*")) or _AGENDA_ITEM.match(line.plain)
        for line in lines[max(0, index - 3) : index]
    )


def _is_minutes_heading(lines: Sequence[TextLine], index: int) -> bool:
    """A heading, not a sentence or an agenda entry: attendance or apologies follow."""
    text = lines[index].plain
    if text.endswith(".") or (index and not lines[index - 1].ends_sentence and lines[index].starts_lower):
        return False
    emphatic = (
        text.isupper() or lines[index].bold or lines[index].is_markdown_heading or lines[index].page_start
    )
    if not emphatic and not text.lower().startswith(
        ("minutes of a meeting", "minutes of the meeting", "draft minutes")
    ):
        return False
    return _sign_ahead(lines, index, _PRESENT, _ATTENDANCE_WITHIN)


def _memo_block(lines: Sequence[TextLine], index: int) -> bool:
    ahead = [line.plain for line in lines[index + 1 : index + _LOOK_AHEAD]]
    return any(_FROM.match(text) for text in ahead) and any(_DATE.match(text) for text in ahead)


def _is_table_head(lines: Sequence[TextLine], index: int) -> bool:
    """The head row of an action table: ITEM and ACTION side by side, or as lines of their own one below the other."""
    words: list[str] = []
    for line in lines[index : index + 5]:
        here = [word.strip(".:/&") for word in line.plain.split()]
        if not here or not all(_TABLE_WORD.match(word) for word in here if word):
            break
        words += [word.casefold() for word in here]
        if not line.plain.replace("\t", " ").isupper() and "\t" not in line.plain:
            return False
    head = set(words)
    if not ({"item", "items"} & head and {"action", "actions"} & head):
        return False
    previous = lines[index - 1].plain.split() if index else []
    return not (
        previous
        and all(_TABLE_WORD.match(word) for word in previous)
        and "item" in lines[index - 1].plain.lower()
    )


def _is_diary(lines: Sequence[TextLine], index: int) -> bool:
    """A list of meetings: dates alone on their lines soon after the body's name, no report's heading block."""
    ahead = lines[index : index + 12]
    dated = sum(1 for line in ahead if first_date(line.plain) and len(line.plain) < 60)
    if any(_AGENDA.match(line.plain) for line in lines[index : index + _COVER_LINES]):
        return False
    return (
        dated > 0
        and not any(
            _REPORT_SIGN.match(line.plain) or _AGENDA_ITEM.match(line.plain) or _MINUTES.match(line.plain)
            for line in ahead
        )
        and not any(line.plain.isupper() and "REPORT" in line.plain for line in ahead)
        and any(
            re.search(r"\bprivate\b|\bvenue\b|\d(?:am|pm)\b", line.plain, re.IGNORECASE) for line in ahead
        )
    )


def _sign_ahead(lines: Sequence[TextLine], index: int, sign: re.Pattern[str], reach: int) -> bool:
    return any(sign.match(line.plain) for line in lines[index + 1 : index + 1 + reach])


def _near_page_start(lines: Sequence[TextLine], index: int) -> bool:
    back = lines[max(0, index - 5) : index + 1]
    return any(line.page_start and line.label is None for line in back) or index == 0


def _block_start(lines: Sequence[TextLine], index: int, kind: PartKind) -> int:
    """The first line of the heading block that ``lines[index]`` belongs to."""
    if kind is PartKind.ACTION_TABLE:
        return index
    if kind is PartKind.LETTER:
        return _letter_head(lines, index)
    start = index
    memo = kind is PartKind.REPORT and _TO.match(lines[index].plain) is not None
    for back in range(1, _MAX_HEADING_LINES + 1):
        place = index - back
        if place < 0 or (_is_marking if memo else _belongs_to_heading)(lines[place]) is False:
            break
        if _tops_a_block(lines, start) and not _is_marking(lines[place]):
            break
        start = place
        if lines[place].page is not None and lines[place].page_start:
            break
    return start


def _tops_a_block(lines: Sequence[TextLine], place: int) -> bool:
    """The body's name heads a block; over it stand at most markings, or the first half of a long name."""
    text = lines[place].plain.split("\t")[0]
    if read_body(text) is None:
        return False
    return (
        place == 0
        or read_body(f"{lines[place - 1].plain} {text}") is None
        or read_body(lines[place - 1].plain) is not None
    )


def _is_marking(line: TextLine) -> bool:
    text = line.plain
    return _APPENDIX.match(text) is not None or (
        _AGENDA_ITEM.match(text) is not None and len(text.split()) <= 5
    )


def _belongs_to_heading(line: TextLine) -> bool:
    text = line.plain
    if line.label is not None or len(text) > _MAX_HEADING_CHARS or text.endswith((".", ";", ",")):
        return False
    return (
        text.isupper()
        or line.bold
        or line.is_markdown_heading
        or read_body(text) is not None
        or _APPENDIX.match(text) is not None
        or _AGENDA_ITEM.match(text) is not None
        or re.match(r"^(?:date|time|venue|contact)\b", text, re.IGNORECASE) is not None
        or (first_date(text) is not None and len(text) < 60)
        or (len(text.split()) <= 12 and text[:1].isupper() and line.page_start)
    )


def _letter_head(lines: Sequence[TextLine], index: int) -> int:
    """The first line of a letter: up over addresses and date to the top of its page."""
    start = index
    seen_page_start = False
    for place in range(index - 1, max(-1, index - _ADDRESS_LINES), -1):
        line = lines[place]
        if (
            line.page != lines[index].page
            or len(line.plain.split()) > _ADDRESS_WORDS
            or _YOURS.match(line.plain)
        ):
            break
        if seen_page_start and not line.page_start and line.page is None:
            break
        seen_page_start = seen_page_start or line.page_start
        start = place
    return start


def _settle(found: list[tuple[int, int, PartKind]]) -> list[tuple[int, PartKind]]:
    """Keep one start per heading block: the more telling kind wins; a running repetition of a kind is no new part."""
    settled: list[tuple[int, PartKind]] = []
    last_announced = -1
    for start, announced, kind in found:
        if settled:
            last_start, last_kind = settled[-1]
            same_block = start <= last_announced or start - last_announced <= (
                _BLOCK_GAP if kind is not last_kind else _MAX_HEADING_LINES
            )
            if same_block and kind is not PartKind.ACTION_TABLE and last_kind is not PartKind.ACTION_TABLE:
                if _RANK[kind] > _RANK[last_kind]:
                    settled[-1] = (last_start, kind)
                last_announced = announced
                continue
            if kind is last_kind and kind in _RUNNING:
                continue
        settled.append((start, kind))
        last_announced = announced
    return settled


_RUNNING = frozenset(
    {PartKind.ACTION_TABLE, PartKind.AGENDA_PLAN, PartKind.DASHBOARD, PartKind.DELIVERY_PLAN}
)
_RANK = {
    PartKind.MINUTES: 9,
    PartKind.AGENDA_PLAN: 8,
    PartKind.LETTER: 7,
    PartKind.APPENDIX: 6,
    PartKind.REPORT: 5,
    PartKind.AGENDA: 4,
    PartKind.ACTION_TABLE: 3,
    PartKind.DASHBOARD: 2,
    PartKind.DELIVERY_PLAN: 1,
}


def _guess_kind(lines: Sequence[TextLine]) -> PartKind:
    """The kind of a file, or of what stands before the first heading block."""
    head = lines[:60]
    if any(_PRESENT.match(line.plain) for line in head) and any(
        re.search(r"\bminutes\b", line.plain, re.IGNORECASE) for line in lines[:25]
    ):
        return PartKind.MINUTES
    if any(_DEAR.match(line.plain) for line in head):
        return PartKind.LETTER
    if any(
        line.label is not None
        and re.match(r"purpose|introduction|summary|background", line.rest, re.IGNORECASE)
        for line in head
    ):
        return PartKind.REPORT
    if any(re.search(r"\breport\b", line.plain, re.IGNORECASE) for line in lines[:12]):
        return PartKind.REPORT
    return PartKind.OTHER
