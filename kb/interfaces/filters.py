"""Filters as people say them: part of a body's name, a year, "19 July 2023".

Takes words, gives `Filters`; refuses, with a `UsageError` that lists what there is, words that match nothing.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kb.errors import UsageError
from kb.records import Filters, ItemType, PartKind

if TYPE_CHECKING:
    from kb.library import Library

_ISO: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_WRITTEN: Final = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([a-z]+)\s+(\d{4})", re.IGNORECASE)
_SLASHED: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")  # British order
_MAX_LISTED: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterWords:
    """Filters as given, names not yet looked up."""

    bodies: tuple[str, ...] = ()
    kinds: tuple[PartKind, ...] = ()
    documents: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    item_types: tuple[ItemType, ...] = ()
    statuses: tuple[str, ...] = ()
    date_from: dt.date | None = None
    date_to: dt.date | None = None


def parse_day(text: str, *, last: bool = False) -> dt.date | None:
    """Read a day, month or year; of a month or year its first day, or its last if ``last``. ``None`` if it is no date.

    >>> parse_day("2023-02", last=True)
    datetime.date(2023, 2, 28)
    >>> parse_day("19 July 2023")
    datetime.date(2023, 7, 19)
    """
    text = text.strip()
    day: str | None
    month: str | int | None
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
    elif match := _WRITTEN.fullmatch(text):
        day, name, year = match.groups()
        month = _month_number(name)
        if month is None:
            return None
    elif match := _SLASHED.fullmatch(text):
        day, month, year = match.groups()
    else:
        return None
    return _date(int(year), int(month) if month else None, int(day) if day else None, last=last)


def require_day(text: str | None, *, last: bool) -> dt.date | None:
    """Read a day as `parse_day` does; ``None`` if nothing is given.

    Raises:
        UsageError: If it is no date.
    """
    if text is None or not text.strip():
        return None
    day = parse_day(text, last=last)
    if day is None:
        raise UsageError(
            f"{text.strip()!r} is not a date.", next_step="Write 2023, 2023-07, 2023-07-19 or 19 July 2023."
        )
    return day


def build_filters(words: FilterWords, library: Library) -> Filters:
    """Look names up in the library, whole or in part and in any case.

    Raises:
        UsageError: If a name matches nothing, or the dates are the wrong way round.
    """
    if words.date_from and words.date_to and words.date_from > words.date_to:
        raise UsageError("The first date lies after the last one.", next_step="Exchange --from and --to.")
    bodies = documents = people = statuses = ()  # type: tuple[str, ...]
    if words.bodies or words.documents or words.people or words.statuses:
        facets = library.facets()
        bodies = _resolve(words.bodies, [value for value, _ in facets.bodies], "body")
        documents = _resolve(words.documents, [value for value, _ in facets.documents], "document")
        people = _resolve(words.people, [value for value, _ in facets.people], "speaker")
        statuses = _resolve(words.statuses, [value for value, _ in facets.statuses], "status")
    return Filters(
        bodies=bodies,
        kinds=words.kinds,
        documents=documents,
        people=people,
        item_types=words.item_types,
        statuses=statuses,
        date_from=words.date_from,
        date_to=words.date_to,
    )


def _resolve(wanted: Iterable[str], known: list[str], noun: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name in wanted:
        matches = [value for value in known if value.casefold() == name.casefold()] or [
            value for value in known if name.casefold() in value.casefold()
        ]
        if not matches:
            more = len(known) - _MAX_LISTED
            listed = "; ".join(known[:_MAX_LISTED]) + (f"; and {more} more" if more > 0 else "")
            raise UsageError(
                f"No {noun} in this library is called {name!r}.",
                next_step=f"It holds: {listed or 'nothing yet'}.",
            )
        found.update(dict.fromkeys(matches))
    return tuple(found)


def _date(year: int, month: int | None, day: int | None, *, last: bool) -> dt.date | None:
    try:
        if month is None:
            return dt.date(year, 12, 31) if last else dt.date(year, 1, 1)
        if day is None:
            return dt.date(year, month, calendar.monthrange(year, month)[1] if last else 1)
        return dt.date(year, month, day)
    except ValueError:  # month 13, 30 February, year 0
        return None


def _month_number(name: str) -> int | None:
    names = [calendar.month_name[number].casefold() for number in range(1, 13)]
    matches = [number for number, full in enumerate(names, 1) if full.startswith(name.casefold())]
    return matches[0] if len(name) >= len("jan") and matches else None
