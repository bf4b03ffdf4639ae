"""Dates and periods as people say them, each where it stands: absolute ones, and those that count from today.

`find_spoken` gives atoms; `kb.questions.ranges` joins them ("between ... and ...", "since ...").
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from kb.questions.elections import find_elections
from kb.questions.periods import (
    MONTH,
    DateRange,
    financial_quarter,
    financial_year,
    financial_year_of,
    month_number,
    month_range,
    months_before,
    season_range,
    year_range,
)
from kb.structure.dates import find_printed_dates


class Spoken(NamedTuple):
    """A period said at characters ``start`` to ``end`` (exclusive)."""

    start: int
    end: int
    first: dt.date
    last: dt.date
    precision: DateRange
    is_financial: bool = False
    of_meeting: bool = False


Period = tuple[dt.date, dt.date]

_YEAR = r"(?:19|20)\d\d"
_NUMBERS: Final = {
    "a": 1, "one": 1, "couple of": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12, "few": 3,
}  # fmt: skip
_COUNT = rf"(\d{{1,2}}|{'|'.join(_NUMBERS)})"
_ORDINALS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_THIRDS: Final = {"early": (1, 4), "mid": (5, 8), "middle of": (5, 8), "late": (9, 12)}
_SEASON = r"(spring|summer|autumn|winter)"
_WEEK: Final = 7
_CENTURY: Final = 100


def find_spoken(text: str, today: dt.date) -> list[Spoken]:
    """Every period that a text says, in order, none inside another.

    Args:
        text: A question.
        today: What "last year" counts from.
    """
    found: list[Spoken] = []

    def add(each: Spoken) -> None:
        if not any(other.start < each.end and each.start < other.end for other in found):
            found.append(each)

    for start, end, date in find_printed_dates(text):
        add(Spoken(start, end, date, date, DateRange.DAY))
    for place, day in find_elections(text, today):
        add(Spoken(*place, day, day, DateRange.DAY))
    for pattern, read, precision, is_financial in _RULES:
        for match in pattern.finditer(text):
            period = _safely(read, match, today)
            if period is not None:
                add(Spoken(*match.span(), *period, precision, is_financial))
    return sorted(found)


def _safely(
    read: Callable[[re.Match[str], dt.date], Period | None], match: re.Match[str], today: dt.date
) -> Period | None:
    """Impossible dates (31 February, the year 0) are none."""
    try:
        return read(match, today)
    except (ValueError, OverflowError):
        return None


def _short_day(match: re.Match[str], _: dt.date) -> Period:
    day = dt.date(2000 + int(match[3]), int(match[2]), int(match[1]))
    return day, day


def _financial_pair(match: re.Match[str], _: dt.date) -> Period | None:
    first, second = int(match[1]), int(match[2][-2:])
    return financial_year(first) if (first + 1) % _CENTURY == second else None


def _financial_one(match: re.Match[str], _: dt.date) -> Period:
    """Read "FY23" and "FY 2023" as the year that ends in March 2023."""
    year = int(match[1])
    return financial_year((year if year >= _CENTURY else 2000 + year) - 1)


def _fiscal_quarter(match: re.Match[str], _: dt.date) -> Period | None:
    first, second = int(match[3]), int(match[4][-2:])
    return financial_quarter(first, _quarter(match)) if (first + 1) % _CENTURY == second else None


def _calendar_quarter(match: re.Match[str], _: dt.date) -> Period:
    start = 3 * (_quarter(match) - 1) + 1
    return month_range(int(match[3]), start, start + 2)


def _quarter(match: re.Match[str]) -> int:
    return int(match[1]) if match[1] else _ORDINALS[match[2].casefold()]


def _years(match: re.Match[str], _: dt.date) -> Period | None:
    first = int(match[1])
    last = int(match[2]) if len(match[2]) > len("24") else first // _CENTURY * _CENTURY + int(match[2])
    return year_range(first, last) if first < last else None


def _third(match: re.Match[str], _: dt.date) -> Period:
    first, last = _THIRDS[" ".join(match[1].casefold().split())]
    return month_range(int(match[2]), first, last)


def _last_season(match: re.Match[str], today: dt.date) -> Period:
    period = season_range(today.year, match[1])
    return period if period[1] < today else season_range(today.year - 1, match[1])


def _relative_year(match: re.Match[str], today: dt.date) -> Period:
    return year_range(today.year - (match[1].casefold() != "this"))


def _relative_financial(match: re.Match[str], today: dt.date) -> Period:
    return financial_year(financial_year_of(today) - (match[1].casefold() not in {"this", "current"}))


def _relative_month(match: re.Match[str], today: dt.date) -> Period:
    day = months_before(today, int(match[1].casefold() != "this"))
    return month_range(day.year, day.month)


def _relative_week(match: re.Match[str], today: dt.date) -> Period:
    monday = today - dt.timedelta(days=today.weekday() + _WEEK * (match[1].casefold() != "this"))
    return monday, monday + dt.timedelta(days=_WEEK - 1)


def _back(match: re.Match[str], today: dt.date) -> Period:
    """The last so many days, weeks, months or years, today included."""
    return _days_back(_count(match[1]), match[2].casefold(), today)


def _back_one(match: re.Match[str], today: dt.date) -> Period:
    return _days_back(1, match[1].casefold(), today)


def _days_back(count: int, unit: str, today: dt.date) -> Period:
    if unit in {"day", "week"}:
        return today - dt.timedelta(days=count * (_WEEK if unit == "week" else 1)), today
    return months_before(today, count * (12 if unit == "year" else 1)), today


def _financial_back(match: re.Match[str], today: dt.date) -> Period:
    last = financial_year_of(today) - 1
    return financial_year(last - _count(match[1]) + 1)[0], financial_year(last)[1]


def _ago(match: re.Match[str], today: dt.date) -> Period:
    return year_range(today.year - _count(match[1]))


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[" ".join(word.casefold().split())]


def _near_day(match: re.Match[str], today: dt.date) -> Period:
    day = today if match[1].casefold() == "today" else today - dt.timedelta(days=1)
    return day, day


def _decade(match: re.Match[str], _: dt.date) -> Period:
    return year_range(int(match[1]), int(match[1]) + 9)


_Rule = tuple[re.Pattern[str], Callable[[re.Match[str], dt.date], Period | None], DateRange, bool]


def _rules() -> Iterator[_Rule]:
    for pattern, read, precision, is_financial in (
        (r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d\d)(?![\d/])", _short_day, DateRange.DAY, False),
        (
            rf"\b(?:q([1-4])|(?:the\s+)?(first|second|third|fourth)\s+quarter(?:\s+of)?)\s+(?:fy\s*)?({_YEAR})\s?[/–-]\s?((?:20)?\d\d)\b",
            _fiscal_quarter,
            DateRange.SPAN,
            True,
        ),
        (
            rf"\b(?:q([1-4])(?:\s+of)?|(?:the\s+)?(first|second|third|fourth)\s+quarter(?:\s+of)?)\s+({_YEAR})\b(?![/–-]\d)",
            _calendar_quarter,
            DateRange.SPAN,
            False,
        ),
        (
            rf"(?<![\w/.£-])(?:(?:the\s+)?financial\s+year\s+|fy\s*)?({_YEAR})\s?[/–-]\s?((?:20)?\d\d)(?![\d/]|[–-]\d)",
            _financial_pair,
            DateRange.SPAN,
            True,
        ),
        (
            rf"\b(?:the\s+)?(?:financial\s+year|fy)\s*({_YEAR})\s+to\s+((?:20)?\d\d)\b",
            _financial_pair,
            DateRange.SPAN,
            True,
        ),
        (rf"\b(?:financial\s+year|fy)\s*({_YEAR}|\d\d)\b", _financial_one, DateRange.SPAN, True),
        (rf"(?<![\w/.£-])({_YEAR})\s?[–-]\s?({_YEAR}|\d\d)(?![\d/]|[–-]\d)", _years, DateRange.SPAN, False),
        (
            rf"\b({MONTH})\.?[\s,-]+(?:of\s+)?({_YEAR})\b",
            lambda match, _: month_range(int(match[2]), month_number(match[1])),
            DateRange.MONTH,
            False,
        ),
        (
            rf"\b{_SEASON}(?:\s+of)?\s+({_YEAR})\b",
            lambda match, _: season_range(int(match[2]), match[1]),
            DateRange.SEASON,
            False,
        ),
        (
            rf"\b(early|mid|late|middle\s+of)(?:\s+in|\s+the)?[\s-]+({_YEAR})\b(?![/–-]\d)",
            _third,
            DateRange.SPAN,
            False,
        ),
        (r"\b((?:19|20)\d0)s\b", _decade, DateRange.SPAN, False),
        (rf"\b(?:last|this\s+past)\s+{_SEASON}\b", _last_season, DateRange.SEASON, False),
        (
            rf"\b(?:last|past|previous)\s+{_COUNT}\s+financial\s+years\b",
            _financial_back,
            DateRange.SPAN,
            True,
        ),
        (r"\b(last|previous|this|current)\s+financial\s+year\b", _relative_financial, DateRange.SPAN, True),
        (
            rf"\b(?:last|past|previous)\s+{_COUNT}\s+(day|week|month|year)s\b",
            _back,
            DateRange.SPAN,
            False,
        ),
        (
            r"\b(?:in|over|during|for|within)\s+the\s+(?:last|past)\s+(year|month|week)\b",
            _back_one,
            DateRange.SPAN,
            False,
        ),
        (r"\b(last|this)\s+year\b", _relative_year, DateRange.YEAR, False),
        (r"\b(last|this)\s+month\b", _relative_month, DateRange.MONTH, False),
        (r"\b(last|this)\s+week\b", _relative_week, DateRange.SPAN, False),
        (rf"\b{_COUNT}\s+years?\s+ago\b", _ago, DateRange.YEAR, False),
        (r"\b(today|yesterday)\b", _near_day, DateRange.DAY, False),
        (
            rf"(?<![\d/£,.-])({_YEAR})(?![\d/,.-]*\d)",
            lambda match, _: year_range(int(match[1])),
            DateRange.YEAR,
            False,
        ),
    ):
        yield re.compile(pattern, re.IGNORECASE), read, precision, is_financial


_RULES: Final = tuple(_rules())
