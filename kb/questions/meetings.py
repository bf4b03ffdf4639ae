"""Meetings named by their place in time: "the last meeting", "the first panel meeting of 2023", "the one before last".

Takes the days on which there were meetings; a meeting that is still to come is never "the last".
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final

from kb.questions.periods import DateRange
from kb.questions.spoken_dates import Spoken

_BODY = r"(?:[\w'’]+\s+){0,5}?"
_NOUN = r"(?:meetings?|minutes|agenda|papers|session|agm)"
_GROUP = r"(?:panel|board|committee|council|authority|cabinet)"
_LAST: Final = re.compile(
    rf"\b(?:last|latest|most\s+recent|previous)\s+(?:(two|three|four|five|\d)\s+)?{_BODY}{_NOUN}\b"
    rf"(?:\s+(?:of|in)\s+((?:19|20)\d\d)\b)?",
    re.IGNORECASE,
)
_FIRST: Final = re.compile(rf"\bfirst\s+{_BODY}{_NOUN}\s+(?:of|in)\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_BEFORE_LAST: Final = re.compile(rf"\b(?:{_GROUP}\s+)?meeting\s+before\s+(?:the\s+)?last\b", re.IGNORECASE)
_COUNTS: Final = {"two": 2, "three": 3, "four": 4, "five": 5}


def find_meetings(text: str, days: Sequence[dt.date], today: dt.date) -> list[Spoken]:
    """Every meeting that a text names so, in order.

    Args:
        text: A question.
        days: Of meetings, oldest first; without any, nothing is found.
        today: Meetings after it are not over.
    """
    past = [day for day in days if day <= today]
    found: list[Spoken] = []
    if not past:
        return found
    if len(past) > 1:
        found += [_spoken(match, past[-2], past[-2]) for match in _BEFORE_LAST.finditer(text)]
    for match in _FIRST.finditer(text):
        held = [day for day in days if day.year == int(match[1])]
        if held:
            found.append(_spoken(match, held[0], held[0]))
    for match in _LAST.finditer(text):
        held = [day for day in past if not match[2] or day.year == int(match[2])]
        count = int(_COUNTS.get((match[1] or "").casefold(), match[1] or 1))
        if held and not any(each.start < match.end() and match.start() < each.end for each in found):
            found.append(_spoken(match, held[-min(max(count, 1), len(held))], held[-1]))
    return sorted(found)


def _spoken(match: re.Match[str], first: dt.date, last: dt.date) -> Spoken:
    precision = DateRange.DAY if first == last else DateRange.SPAN
    return Spoken(match.start(), match.end(), first, last, precision, of_meeting=True)
