"""Days of elections, said as "the election", "the 2019 general election": calendar facts of the United Kingdom.

Local elections are on the first Thursday in May (Representation of the People Act 1983, section 37); those of
commissioners fell on the days listed, general elections on days of their own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

_GENERAL: Final = tuple(
    map(dt.date.fromisoformat, ("2010-05-06", "2015-05-07", "2017-06-08", "2019-12-12", "2024-07-04"))
)
_COMMISSIONERS: Final = tuple(
    map(dt.date.fromisoformat, ("2012-11-15", "2016-05-05", "2021-05-06", "2024-05-02"))
)
_ELECTION: Final = re.compile(
    r"\b(?:the\s+|an?\s+)?(?:(?:last|latest|recent|previous)\s+)?(?:((?:19|20)\d\d)\s+)?"
    r"(?:(general|local|council|pcc|police\s+and\s+crime\s+commissioner|commissioner|mayoral)\s+)?elections?\b"
    r"(?!\s+of\b|\s+(?:material|staff|expenses|petition|address))(?:\s+(?:in|of)\s+((?:19|20)\d\d)\b)?",
    re.IGNORECASE,
)
_PLAIN: Final = re.compile(
    r"\b(?:since|before|after|until|following|prior\s+to|at|during)\s+the\s+$", re.IGNORECASE
)
_THURSDAY: Final = 3


def find_elections(text: str, today: dt.date) -> Iterator[tuple[tuple[int, int], dt.date]]:
    """Yield the place of every election a text names, and its day: that of the year said, else the latest until today.

    An election without a kind or a year is meant as a time only after words such as "since the"; it is the latest
    election of commissioners.
    """
    for match in _ELECTION.finditer(text):
        kind = (match[2] or "").casefold()
        year = match[1] or match[3]
        said_plainly = not kind and not year
        article = re.match(r"the\s+", match[0], re.IGNORECASE)
        lead = text[: match.start() + (article.end() if article else 0)]
        if said_plainly and not _PLAIN.search(lead):
            continue
        day = _day(kind, int(year) if year else None, today)
        if day is not None:
            yield match.span(), day


def _day(kind: str, year: int | None, today: dt.date) -> dt.date | None:
    if kind in {"local", "council", "mayoral"}:
        if year is not None:
            return _first_thursday_in_may(year)
        this_year = _first_thursday_in_may(today.year)
        return this_year if this_year <= today else _first_thursday_in_may(today.year - 1)
    days = _GENERAL if kind == "general" else _COMMISSIONERS
    if year is not None:
        return next((day for day in days if day.year == year), None)
    return max((day for day in days if day <= today), default=None)


def _first_thursday_in_may(year: int) -> dt.date:
    first = dt.date(year, 5, 1)
    return first + dt.timedelta(days=(_THURSDAY - first.weekday()) % 7)
