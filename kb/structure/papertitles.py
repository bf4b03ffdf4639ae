"""The title of a paper, as its heading block prints it.

Takes the lines of a heading block and the paper's kind; gives the title, ``""`` where none is printed. Emphasised
lines (capitals, bold, the largest print) are trusted first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.records import PartKind
from kb.structure.bodies import read_body
from kb.structure.dates import first_date
from kb.structure.lines import TextLine
from kb.structure.signs import APPENDIX, DECISION, PRESENT, ends_in_stop
from kb.structure.titles import WIDE_LINE

_ADMIN = re.compile(
    r"^(?:public report|not for publication|report (?:by|from|to)\b|report of\b(?!.*\bpanel$)"
    r"|contact\b|lead officer|report author|author"
    r"|to\s*:|from\s*:|date\b.{0,20}:|agenda item|time\s*:?|venue\s*:?|location\s*:?"
    r"|tel\s*:|email\s*:|telephone|officer responsible"
    r"|cabinet member|ward|xxxx|page\b)",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"^(?:report\s+)?(?:title|subject)(?:\s+of\s+(?:the\s+)?report)?\s*(?::\s*|\t\s*)(\S.{5,})$",
    re.IGNORECASE,
)
_FIELD = re.compile(r"^(?:to|from|date|time|venue|location)\s*:?$", re.IGNORECASE)
_MEETING_FIELD = re.compile(r"^(?:date|time|location|venue)\b", re.IGNORECASE)
_COLUMN_HEADS = re.compile(
    r"^(?:dates?|items?|actions?|theme|subject)(?:\s+(?:items?|actions?|decision|record))?$", re.IGNORECASE
)
_DEAR = re.compile(r"^dear\b", re.IGNORECASE)
_SUBJECT = re.compile(r"^(?:re|subject)\s*:\s*", re.IGNORECASE)
_SLIDES = re.compile(r"^(.*?\.pptx?)\b.*$", re.IGNORECASE)
_MINUTES_OF = re.compile(r"(?:draft\s+)?minutes\s+of\b", re.IGNORECASE)
"""A sentence that calls the paper minutes; with its day it is the title, however long."""
_AGENDA = re.compile(r"(?i)(?:[\w.]+ ){0,4}agenda(?: (?:for|of)\b.*)?")

_PLAN = re.compile(r"\b(?:plan|programme|diary|calendar|meeting dates)\b", re.IGNORECASE)
_PLAN_LINES = 8
_MAX_TITLE_LINES = 4
_MINUTES_LINES = 7
_WORDY = 24
_MAX_TITLE_WORDS = 45
_SUBJECT_REACH = 4
_SUBJECT_WORDS = 20
_ACTION_HEAD_LINES = 4
_ACTION_HEAD_CHARS = 60
_BIG_PRINT = 1.12
_DATE_WORDS, _DATED_WORDS = 5, 10
_NEARBY = 4
_ACRONYM = 6


def read_title(head: Sequence[TextLine], kind: PartKind) -> str:  # noqa: C901, PLR0911 - one kind after the other
    """The paper's own title: the first run of title lines that is neither administration, body nor date."""
    if not head:
        return ""
    if kind is PartKind.MINUTES:
        return _minutes_title(head)
    if kind is PartKind.LETTER:
        return _letter_title(head)
    if kind is PartKind.AGENDA_PLAN and (planned := _plan_title(head)):
        return planned
    if kind is PartKind.AGENDA:
        return next((line.plain for line in head if _AGENDA.fullmatch(line.plain)), "Agenda")
    if kind is PartKind.ACTION_TABLE:
        return _action_title(head)
    if kind is PartKind.SLIDES:
        return _slides_title(head)
    if kind is PartKind.DECISION and (
        named := next((line.plain for line in head if DECISION.match(line.plain)), None)
    ):
        return named
    if (titled := next((match for line in head if (match := _TITLED.match(line.plain))), None)) is not None:
        return " ".join(titled[1].split())
    marking = [head[0].plain.rstrip(":")] if APPENDIX.match(head[0].plain) else []
    for skip_bodies in (True, False):
        plain = _run(head, skip_bodies=skip_bodies, emphatic=False)
        emphatic = _run(head, skip_bodies=skip_bodies, emphatic=True)
        if (
            emphatic
            and plain
            and not _is_acronym(emphatic)
            and head.index(emphatic[0]) <= head.index(plain[0]) + _NEARBY
        ):
            plain = emphatic
        if plain:
            return " ".join([*marking, *(" ".join(line.plain.split()) for line in plain)])
    return " ".join(marking)


def _plan_title(head: Sequence[TextLine]) -> str | None:
    """The line that calls itself a plan, or the body that the first two lines name."""
    texts = [" ".join(line.plain.split()) for line in head]
    top = (line for line in head[:_PLAN_LINES] if line.label is None and not line.ends_sentence)
    named = next((" ".join(line.plain.split()) for line in top if _PLAN.search(line.plain)), None)
    return named or next(filter(None, map(read_body, (" ".join(texts[:2]), *texts[:2]))), None)


def _is_acronym(lines: Sequence[TextLine]) -> bool:
    """A lone short word in capitals is a cell of a table, no title."""
    return len(lines) == 1 and len(lines[0].plain) <= _ACRONYM and len(lines[0].plain.split()) == 1


def _minutes_title(head: Sequence[TextLine]) -> str:
    """All of the heading block as printed, down to its date."""
    picked: list[str] = []
    named = (place for place, line in enumerate(head) if re.search(r"\bminutes\b", line.plain, re.IGNORECASE))
    first = next(named, 0)
    while first and (
        read_body(head[first - 1].plain) or read_body(f"{head[first - 1].plain} {head[first].plain}")
    ):
        first -= 1
    for line in head[first : first + _MINUTES_LINES]:
        text = " ".join(line.plain.split())
        told = _MINUTES_OF.match(text) is not None and first_date(text) is not None
        stops = text.endswith(":") or ends_in_stop(text) or len(text.split()) > _WORDY
        if line.label is not None or line.is_row or (stops and not told):
            break
        if PRESENT.match(text) or (picked and _MEETING_FIELD.match(text)):
            break
        picked.append(text)
        if first_date(text):
            break
    return " ".join(picked)


def _letter_title(head: Sequence[TextLine]) -> str:
    """The subject below the salutation, else the sender's name at the top."""
    dear = next((place for place, line in enumerate(head) if _DEAR.match(line.plain)), len(head))
    for place in range(dear + 1, min(len(head) - 1, dear + _SUBJECT_REACH)):
        line, after = head[place], head[place + 1]
        text = " ".join(line.plain.split())
        alone = place == dear + 1 and line.blank_before and after.blank_before and not after.starts_lower
        short = alone and line.size is None and line.width < WIDE_LINE and not line.ends_sentence
        emphatic = line.bold or text.isupper() or _SUBJECT.match(text) or (short and text[-1:] not in ",–-")
        if emphatic and len(text.split()) <= _SUBJECT_WORDS:
            return _SUBJECT.sub("", text)
    return " ".join(head[0].plain.split())


def _action_title(head: Sequence[TextLine]) -> str:
    words = [" ".join(head[0].plain.split())]
    if not head[0].is_row:
        for line in head[1:_ACTION_HEAD_LINES]:
            if (
                line.is_row
                or not line.plain.isupper()
                or not head[0].plain.isupper()
                or line.label is not None
            ):
                break
            words.append(" ".join(line.plain.split()))
    return " ".join(words)[:_ACTION_HEAD_CHARS]


def _slides_title(head: Sequence[TextLine]) -> str:
    picked: list[str] = []
    for line in head[:_MAX_TITLE_LINES]:
        text = " ".join(line.plain.split())
        if APPENDIX.match(text):
            continue
        match = _SLIDES.match(text)
        picked.append(match[1] if match else text)
        if match:
            return " ".join(picked)
    return picked[0] if picked else ""


def _run(head: Sequence[TextLine], *, skip_bodies: bool, emphatic: bool) -> list[TextLine]:
    own_body = next(
        (body for line in head for cell in line.plain.split("\t") if (body := read_body(cell))), None
    )
    usual = min((line.size for line in head if line.size is not None), default=0.0)
    picked: list[TextLine] = []
    words = 0
    for place, line in enumerate(head):
        text = " ".join(line.plain.split())
        if APPENDIX.match(text):
            continue
        named = (
            _names_body(head, place) if skip_bodies else own_body is not None and read_body(text) == own_body
        )
        dated = first_date(text) is not None and len(text.split()) <= (
            _DATE_WORDS if text.isupper() else _DATED_WORDS
        )
        unfit = (
            _ADMIN.match(text)
            or named
            or dated
            or line.is_row
            or line.label
            or not any(map(str.isalpha, text))
        )
        plain = emphatic and not (
            text.isupper() or line.bold or line.is_markdown_heading or _is_big(line, usual)
        )
        after_field = place and _FIELD.match(head[place - 1].plain)
        if unfit or plain or after_field:
            if picked:
                break
            continue
        if picked and _breaks(picked[-1], line):
            break
        words += len(text.split())
        if (picked and words > _MAX_TITLE_WORDS) or len(text.split()) > _WORDY or _COLUMN_HEADS.match(text):
            break
        picked.append(line)
        if text.endswith(".") or len(picked) == _MAX_TITLE_LINES:
            break
    return picked


def _is_big(line: TextLine, usual: float) -> bool:
    return line.size is not None and line.size > usual * _BIG_PRINT


def _breaks(before: TextLine, line: TextLine) -> bool:
    """Whether a title does not go on from the line before: other capitals, other print, white space between."""
    capitals = line.plain.isupper()
    if capitals != before.plain.isupper() and not (before.plain[-1:] in "–-" or line.starts_lower):
        return True
    if line.size is not None and (line.bold != before.bold or line.size != before.size):
        return True
    wrapped = before.width >= WIDE_LINE and line.blanks_before == 1 and not before.ends_sentence
    return line.blanks_before > 0 and not capitals and not (wrapped and line.size is None)


def _names_body(head: Sequence[TextLine], place: int) -> bool:
    text = head[place].plain
    if read_body(text):
        return True
    if place + 1 < len(head) and read_body(f"{text} {head[place + 1].plain}"):
        return True
    short = 4
    return (
        place > 0 and len(text.split()) <= short and read_body(f"{head[place - 1].plain} {text}") is not None
    )
