"""Dates as papers print them: "WEDNESDAY 20 SEPTEMBER 2023", "15th March 2023", "06/09/2017", "6 Sept 17"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DAY_FIRST = re.compile(
    rf"\b(\d{{1,2}})\s*(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH}\.?,?\s+(\d{{4}}|\d{{2}})\b", re.IGNORECASE
)
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.IGNORECASE)
_NUMERIC = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b")
_SHORT_YEAR = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{2})")
_DIGIT = re.compile(r"\d")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


def find_dates(text: str) -> Iterator[tuple[int, dt.date]]:
    """Yield ``(offset, date)`` for every full date in ``text``, in order; impossible ones are passed over."""
    for start, _, date in find_printed_dates(text):
        yield start, date


def find_printed_dates(text: str) -> Iterator[tuple[int, int, dt.date]]:
    """As `find_dates`, but yield ``(start, end, date)``: where the date is printed, end exclusive."""
    if not _DIGIT.search(text):  # most lines, and quicker than four patterns
        return
    found: list[tuple[int, int, dt.date]] = []
    for match in _DAY_FIRST.finditer(text):
        _add(found, match, _year(match[3]), _month(match[2]), int(match[1]))
    for match in _MONTH_FIRST.finditer(text):
        _add(found, match, int(match[3]), _month(match[1]), int(match[2]))
    for match in _NUMERIC.finditer(text):
        _add(found, match, int(match[3]), int(match[2]), int(match[1]))
    for match in _ISO.finditer(text):
        _add(found, match, int(match[1]), int(match[2]), int(match[3]))
    yield from sorted(found)


def first_date(text: str) -> dt.date | None:
    """The first full date in ``text``."""
    return next((date for _, date in find_dates(text)), None)


def lone_date(text: str) -> dt.date | None:
    """The date if ``text`` is only a date in figures with a short year, "15.09.10": elsewhere that may be a label."""
    match = _SHORT_YEAR.fullmatch(text.strip())
    found: list[tuple[int, int, dt.date]] = []
    if match:
        _add(found, match, _year(match[3]), int(match[2]), int(match[1]))
    return found[0][2] if found else None


def long_date(date: dt.date) -> str:
    """``date`` as people read it: "19 July 2023"."""
    return f"{date.day} {date:%B %Y}"


def _add(
    found: list[tuple[int, int, dt.date]], match: re.Match[str], year: int, month: int, day: int
) -> None:
    try:
        found.append((*match.span(), dt.date(year, month, day)))
    except ValueError:
        return


def _month(name: str) -> int:
    # Folded, since a pattern that ignores case takes the long s of "ſeptember" for an s, and lower() does not.
    return _MONTHS.index(name[:3].casefold()) + 1


def _year(digits: str) -> int:
    return int(digits) if len(digits) > len("99") else 2000 + int(digits)
