"""When: periods joined by what stands before and between them ("since", "between ... and ..."), and meetings.

`read_whens` gives a question's dates as readings, `read_months` the months that stay without a year.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Final

from kb.questions.knowledge import Knowledge
from kb.questions.meetings import find_meetings
from kb.questions.periods import MONTH, DateRange, When, month_number, month_range
from kb.questions.readings import Place, Reading, ReadingKind, is_free
from kb.questions.spoken_dates import Spoken, find_spoken

_MEETING = r"(?:panel|board|committee|council|authority|cabinet|meeting|minutes|agm|session|pack|agenda)"
_BEFORE_MEETING: Final = re.compile(
    rf"\b{_MEETING}s?\W+(?:(?:meeting|held|of|in|on|at|from|for|the|dated)\W+){{0,3}}$", re.IGNORECASE
)
_AFTER_MEETING: Final = re.compile(
    rf"^(?:['’]s)?\W{{1,3}}(?:(?:police|and|crime|annual|general|business|coordination)\s+){{0,4}}{_MEETING}\b",
    re.IGNORECASE,
)
_MONTH_ALONE: Final = re.compile(
    rf"\b(?:in|the|last|this|of|since|at|from|before|after)\s+({MONTH})(?:'s|’s)?\b(?!\s*\d)", re.IGNORECASE
)
_MONTH: Final = re.compile(rf"\b({MONTH})\b\.?(?!\s*\d)", re.IGNORECASE)
_JOINED_MONTHS: Final = re.compile(
    r"^\s*(?:to|until|till|and|or|–|-|,)\s+(?:the\s+|early\s+|in\s+|late\s+)?$", re.IGNORECASE
)
_DAY_MONTH: Final = re.compile(
    rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({MONTH})\b)(?!\.?,?\s*\d{{2,4}})", re.IGNORECASE
)
_TO: Final = re.compile(r"^\s*(?:to|until|till|through\s+to|up\s+to|–|-)\s+(?:the\s+)?$", re.IGNORECASE)
_AND: Final = re.compile(r"^\s*and\s+(?:the\s+)?$", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"\b(?:in\s+)?between\s+(?:the\s+)?$", re.IGNORECASE)
_FROM: Final = re.compile(r"\bfrom\s+(?:the\s+)?$", re.IGNORECASE)
_ONWARDS: Final = re.compile(r"^\s+(?:onwards?|on\b(?!\s+\w)|and\s+(?:after|later|beyond))", re.IGNORECASE)
_SINCE: Final = re.compile(
    r"\b(?:ever\s+)?since\s+(?:about\s+|around\s+)?(?:its\s+|their\s+|the\s+)?$", re.IGNORECASE
)
_AFTER: Final = re.compile(
    r"\b(?:after|following|(?<!not )(?<!no )later\s+than)\s+(?:the\s+)?$", re.IGNORECASE
)
_BEFORE: Final = re.compile(
    r"\b(?:before|prior\s+to|earlier\s+than|ahead\s+of)\s+(?:the\s+)?$", re.IGNORECASE
)
_UNTIL: Final = re.compile(
    r"\b(?:until|till|up\s+to|(?:not|no)\s+later\s+than)\s+(?:the\s+)?$", re.IGNORECASE
)
_AND_AFTER: Final = re.compile(r"\bbefore\s+and\s+after\s+$", re.IGNORECASE)
_ONE_DAY: Final = dt.timedelta(days=1)
_LONGEST_AGO: Final = 8
"""Years to look back for a day or month that names no year."""


def read_whens(
    text: str, *, today: dt.date, knowledge: Knowledge, bodies: Sequence[str], others: Iterable[Reading]
) -> list[Reading]:
    """Every date and period of a question, in order.

    Args:
        text: The question.
        today: What "last year" counts from.
        knowledge: Days of meetings decide "the September meeting", "19 July" and "the last meeting".
        bodies: Those named in the question, if any; then their meetings alone decide.
        others: Readings on whose words no date is looked for.
    """
    days = knowledge.days(bodies) or knowledge.days()
    taken = list(others)
    atoms = [each for each in find_spoken(text, today) if is_free((each.start, each.end), taken)]
    meetings = [each for each in find_meetings(text, days, today) if is_free((each.start, each.end), taken)]
    atoms = [each for each in atoms if not any(_overlap(each, other) for other in meetings)]
    for more in (meetings, _borrowing_months(text, atoms), _days_without_year(text, days, today)):
        atoms += [each for each in more if not any(_overlap(each, other) for other in atoms)]
    atoms += [
        each
        for each in _meeting_months(text, days, today)
        if not any(_overlap(each, other) for other in atoms)
    ]
    atoms.sort()
    found: list[Reading] = []
    place = 0
    while place < len(atoms):
        following = atoms[place + 1] if place + 1 < len(atoms) else None
        joined = _pair(text, atoms[place], following) if following is not None else None
        place += 2 if joined else 1
        found.append(_reading(text, joined or _open_ended(text, atoms[place - 1])))
    return found


def read_months(text: str) -> tuple[int, ...]:
    """Months named without a year, 1 to 12."""
    return tuple(month_number(match[1]) for match in _MONTH_ALONE.finditer(text))


def _reading(text: str, period: Spoken) -> Reading:
    words = text[period.start : period.end]
    before, after = text[: period.start], text[period.end :]
    when = When(
        first=period.first,
        last=period.last,
        precision=period.precision,
        words=words,
        of_meeting=period.of_meeting
        or _BEFORE_MEETING.search(before) is not None
        or _AFTER_MEETING.match(after) is not None,
    )
    kind = ReadingKind.FINANCIAL_YEAR if period.is_financial else ReadingKind.DATE
    meaning = f"financial year {when.meaning}" if period.is_financial else when.meaning
    return Reading(kind=kind, place=Place(period.start, period.end), value=when, meaning=meaning)


def _pair(text: str, one: Spoken, other: Spoken) -> Spoken | None:
    """Read "between A and B", "from A to B", "A to B" as one period."""
    middle, before = text[one.end : other.start], text[: one.start]
    between = _BETWEEN.search(before) if _AND.search(middle) else None
    if not between and not _TO.search(middle):
        return None
    if one.first > other.last:
        return None
    lead = between or _FROM.search(before)
    return Spoken(
        lead.start() if lead else one.start,
        other.end,
        one.first,
        other.last,
        DateRange.SPAN,
        one.is_financial and other.is_financial,
        one.of_meeting and other.of_meeting,
    )


def _open_ended(text: str, period: Spoken) -> Spoken:
    before, after = text[: period.start], text[period.end :]
    onwards = _ONWARDS.match(after)
    if _AND_AFTER.search(before):
        return period
    lead = _SINCE.search(before)
    start = _FROM.search(before)
    if lead or onwards:
        end = period.end + (onwards.end() if onwards else 0)
        begin = lead or start
        return period._replace(
            start=begin.start() if begin else period.start,
            end=end,
            last=dt.date.max,
            precision=DateRange.SPAN,
            is_financial=False,
        )
    if (lead := _AFTER.search(before)) and period.last < dt.date.max:
        return period._replace(
            start=lead.start(),
            first=period.last + _ONE_DAY,
            last=dt.date.max,
            precision=DateRange.SPAN,
            is_financial=False,
        )
    if (lead := _BEFORE.search(before)) and period.first > dt.date.min:
        return period._replace(
            start=lead.start(),
            first=dt.date.min,
            last=period.first - _ONE_DAY,
            precision=DateRange.SPAN,
            is_financial=False,
        )
    if lead := _UNTIL.search(before):
        return period._replace(
            start=lead.start(), first=dt.date.min, precision=DateRange.SPAN, is_financial=False
        )
    return period


def _borrowing_months(text: str, atoms: Sequence[Spoken]) -> list[Spoken]:
    """Read "March to June 2018": the first month has the year of the one it is joined to."""
    found = []
    for match in _MONTH.finditer(text):
        later = next(
            (
                each
                for each in atoms
                if each.precision is DateRange.MONTH and _JOINED_MONTHS.match(text[match.end() : each.start])
            ),
            None,
        )
        if later is not None:
            month = month_number(match[1])
            year = later.first.year - (month > later.first.month)
            found.append(Spoken(match.start(), match.end(), *month_range(year, month), DateRange.MONTH))
    return found


def _days_without_year(text: str, days: Sequence[dt.date], today: dt.date) -> list[Spoken]:
    """Read "19 July": the latest on which there was a meeting, else the latest until today."""
    found = []
    for match in _DAY_MONTH.finditer(text):
        past = [
            day
            for year in range(today.year, today.year - _LONGEST_AGO, -1)
            if (day := _day(year, month_number(match[2]), int(match[1]))) is not None and day <= today
        ]
        held = [day for day in past if day in set(days)]
        if past:
            day = (held or past)[0]
            found.append(Spoken(match.start(), match.end(), day, day, DateRange.DAY))
    return found


def _meeting_months(text: str, days: Sequence[dt.date], today: dt.date) -> list[Spoken]:
    """Read "the September meeting" as the latest September with one; "between March and July" as of one year."""
    found: list[Spoken] = []
    said = list(_MONTH.finditer(text))
    for number, match in enumerate(said):
        following = said[number + 1] if number + 1 < len(said) else None
        joined = following is not None and _AND.match(text[match.end() : following.start()]) is not None
        of_meeting = (
            _AFTER_MEETING.match(text[match.end() :])
            or _BEFORE_MEETING.search(text[: match.start()])
            or (joined and _BETWEEN.search(text[: match.start()]))
        )
        previous = found[-1] if found else None
        after_joined = previous is not None and _AND.match(text[previous.end : match.start()]) is not None
        if not of_meeting and not after_joined:
            continue
        month = month_number(match[1])
        latest = next((day for day in reversed(days) if day.month == month and day <= today), None)
        if after_joined and previous is not None:
            period = month_range(previous.first.year + (month < previous.first.month), month)
        elif latest is not None:
            period = month_range(latest.year, month)
        else:
            continue
        found.append(
            Spoken(match.start(), match.end(), *period, DateRange.MONTH, of_meeting=bool(of_meeting))
        )
    return found


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _overlap(one: Spoken, other: Spoken) -> bool:
    return one.start < other.end and other.start < one.end
