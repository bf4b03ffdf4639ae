"""Periods: what a date in a question means, and the days of months, quarters, years and financial years."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
"""A month's name or its abbreviation, as a pattern for any case."""
_SEASONS: Final = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}
_FISCAL_START: Final = 4
"""Financial years of UK public bodies begin on 1 April."""


class DateRange(StrEnum):
    """How a date was said."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    SPAN = "span"


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A date or period said in a question: both ends inclusive, with the words that said it.

    An open end is `datetime.date.min` or `datetime.date.max`. ``of_meeting`` says that it names a meeting ("the Sept
    2017 panel"), not the time of something else.
    """

    first: dt.date
    last: dt.date
    precision: DateRange
    words: str
    of_meeting: bool = False

    def contains(self, date: dt.date | None) -> bool:
        """Whether ``date`` falls into the period."""
        return date is not None and self.first <= date <= self.last

    @property
    def meaning(self) -> str:
        """The period in plain English."""
        if self.first == self.last:
            return _say(self.first)
        if self.first == dt.date.min:
            return f"until {_say(self.last)}"
        if self.last == dt.date.max:
            return f"from {_say(self.first)} on"
        if self.precision is DateRange.YEAR:
            return str(self.first.year)
        if self.precision is DateRange.MONTH:
            return f"{self.first:%B %Y}"
        return f"{_say(self.first)} to {_say(self.last)}"


def month_number(name: str) -> int:
    """The number of a month, 1 to 12, by a name that begins as it does."""
    # Folded, since a pattern that ignores case takes the long s of "ſeptember" for an s.
    return _MONTHS.index(name[:3].casefold()) + 1


def month_range(year: int, month: int, last_month: int | None = None) -> tuple[dt.date, dt.date]:
    """First and last day of a month, or of a month to a later one of the same year."""
    end = last_month or month
    after = dt.date(year + end // 12, end % 12 + 1, 1)
    return dt.date(year, month, 1), after - dt.timedelta(days=1)


def year_range(first: int, last: int | None = None) -> tuple[dt.date, dt.date]:
    """First and last day of a calendar year, or of several."""
    return dt.date(first, 1, 1), dt.date(last or first, 12, 31)


def financial_year(start: int) -> tuple[dt.date, dt.date]:
    """The financial year that begins in April of ``start``."""
    return dt.date(start, _FISCAL_START, 1), dt.date(start + 1, _FISCAL_START - 1, 31)


def financial_year_of(day: dt.date) -> int:
    """The year in which the financial year of a day begins."""
    return day.year if day.month >= _FISCAL_START else day.year - 1


def financial_quarter(start: int, number: int) -> tuple[dt.date, dt.date]:
    """A quarter, 1 to 4, of the financial year that begins in ``start``."""
    month = _FISCAL_START + 3 * (number - 1)
    year = start + (month - 1) // 12
    return month_range(year, (month - 1) % 12 + 1, (month - 1) % 12 + 3)


def season_range(year: int, season: str) -> tuple[dt.date, dt.date]:
    """Whole months; the winter of a year begins in December of the year before."""
    first, last = _SEASONS[season.casefold()]
    if first > last:
        return dt.date(year - 1, first, 1), month_range(year, last)[1]
    return month_range(year, first, last)


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day some months earlier, or the last day of that month."""
    total = day.year * 12 + day.month - 1 - months
    year, month = max(total // 12, 1), total % 12 + 1
    return min(
        day.replace(day=1, month=month, year=year) + dt.timedelta(day.day - 1), month_range(year, month)[1]
    )


def _say(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
