"""Dates and periods said in a question: "19 July 2023", "in July 2023", "last summer", "the September meeting".

`read_whens` gives those with a year, `read_months` the months without one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb.structure.dates import find_printed_dates


class DateRange(StrEnum):
    """How exactly a date was said."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A date or period said in a question: both ends inclusive, with the words that said it.

    ``of_meeting`` says that it names a meeting ("the Sept 2017 panel"), not the time of something else.
    """

    first: dt.date
    last: dt.date
    precision: DateRange
    words: str
    of_meeting: bool = False

    def contains(self, date: dt.date | None) -> bool:
        """Whether ``date`` falls into the period."""
        return date is not None and self.first <= date <= self.last


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_MONTH_YEAR = re.compile(rf"\b{_MONTH}\.?[\s,-]+(?:of\s+)?((?:19|20)\d\d)\b", re.IGNORECASE)
_MONTH_ALONE = re.compile(
    rf"\b(?:in|the|last|this|of|since|at|from|before|after)\s+{_MONTH}(?:'s|’s)?\b(?!\s*\d)", re.IGNORECASE
)
_SEASON_YEAR = re.compile(r"\b(spring|summer|autumn|winter)(?:\s+of)?\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_LAST_SEASON = re.compile(r"\blast\s+(spring|summer|autumn|winter)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d/£,.-])((?:19|20)\d\d)(?![\d/,.-]*\d)")
_LAST_YEAR = re.compile(r"\b(last|this)\s+year\b", re.IGNORECASE)
_MEETING = r"(?:panel|board|committee|council|meeting|minutes|agm|session|pack|agenda)"
_BEFORE_MEETING = re.compile(
    rf"\b{_MEETING}s?\W+(?:(?:meeting|held|of|in|on|at|from|for|the|dated)\W+){{0,3}}$", re.IGNORECASE
)
_AFTER_MEETING = re.compile(
    rf"^(?:['’]s)?\W{{1,3}}(?:(?:police|and|crime|annual|general|business|coordination)\s+){{0,4}}{_MEETING}\b",
    re.IGNORECASE,
)
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}


def read_whens(text: str, today: dt.date) -> Sequence[When]:
    """Every date and period that ``text`` says, exact ones first; ``today`` is what "last year" counts from."""
    found: list[When] = []
    taken: list[tuple[int, int]] = []

    def add(first: dt.date, last: dt.date, precision: DateRange, match: tuple[int, int]) -> None:
        if not any(start < match[1] and match[0] < end for start, end in taken):
            taken.append(match)
            before, after = text[: match[0]], text[match[1] :]
            of_meeting = _BEFORE_MEETING.search(before) is not None or _AFTER_MEETING.match(after) is not None
            found.append(
                When(
                    first=first,
                    last=last,
                    precision=precision,
                    words=text[match[0] : match[1]],
                    of_meeting=of_meeting,
                )
            )

    for start, end, date in find_printed_dates(text):
        add(date, date, DateRange.DAY, (start, end))
    for match in _MONTH_YEAR.finditer(text):
        add(*_month_range(int(match[2]), _month(match[1])), DateRange.MONTH, match.span())
    for match in _SEASON_YEAR.finditer(text):
        add(*_season_range(int(match[2]), match[1]), DateRange.SEASON, match.span())
    for match in _LAST_SEASON.finditer(text):
        first, last = _season_range(today.year, match[1])
        if last >= today:
            first, last = _season_range(today.year - 1, match[1])
        add(first, last, DateRange.SEASON, match.span())
    for match in _LAST_YEAR.finditer(text):
        year = today.year - (1 if match[1].casefold() == "last" else 0)
        add(dt.date(year, 1, 1), dt.date(year, 12, 31), DateRange.YEAR, match.span())
    for match in _YEAR.finditer(text):
        year = int(match[1])
        add(dt.date(year, 1, 1), dt.date(year, 12, 31), DateRange.YEAR, match.span())
    return found


def _month(name: str) -> int:
    return next(
        number for number, month in enumerate(_MONTHS, start=1) if month.startswith(name[:3].casefold())
    )


def _month_range(year: int, month: int) -> tuple[dt.date, dt.date]:
    after = dt.date(year + month // 12, month % 12 + 1, 1)
    return dt.date(year, month, 1), after - dt.timedelta(days=1)


def _season_range(year: int, season: str) -> tuple[dt.date, dt.date]:
    """Whole months; the winter of a year begins in December of the year before."""
    first, last = _SEASONS[season.casefold()]
    if first > last:
        return dt.date(year - 1, first, 1), _month_range(year, last)[1]
    return dt.date(year, first, 1), _month_range(year, last)[1]


def read_months(text: str) -> tuple[int, ...]:
    """Months named without a year, 1 to 12."""
    return tuple(_month(match[1]) for match in _MONTH_ALONE.finditer(text))
