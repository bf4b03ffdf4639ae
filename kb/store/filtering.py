"""What filters look at, one entry a row: which rows they let through, and how many of each value there are.

Takes the few facts of every passage that can be filtered by, holds them as arrays; never reads a text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

import numpy as np

from kb.records import Filters, ItemType, PartKind
from kb.store.columns import CategoryColumn, Mask
from kb.store.summaries import Facets
from kb.structure.itemtypes import item_type

_NO_DATE: Final = 0
"""Stands for a missing meeting date among ordinals, which count from 1."""
_COLUMNS: Final = ("bodies", "kinds", "documents", "people", "item_types", "statuses")
"""Fields of `Filters` that list values."""


class FilterRow(NamedTuple):
    """What can be filtered by, of one passage; the date as YYYY-MM-DD."""

    document: str
    body: str | None
    kind: str
    meeting_date: str | None
    speakers: Sequence[str]
    item_title: str | None
    status: str | None


class FilterColumns:
    """The filterable facts of all passages of a library, in the order of its rows."""

    def __init__(self, rows: Sequence[FilterRow]) -> None:
        self._n_rows = len(rows)
        self._columns = {
            "bodies": CategoryColumn.of(row.body for row in rows),
            "kinds": CategoryColumn.of(row.kind for row in rows),
            "documents": CategoryColumn.of(row.document for row in rows),
            "people": CategoryColumn([row.speakers for row in rows]),
            "item_types": CategoryColumn.of(item_type(row.item_title) for row in rows),
            "statuses": CategoryColumn.of(row.status for row in rows),
        }
        self._dates = np.array([_ordinal(row.meeting_date) for row in rows], np.int32)

    def document_counts(self) -> dict[str, int]:
        """Count the passages of each document that has any."""
        return self._columns["documents"].counts()

    def mask(self, filters: Filters) -> Mask | None:
        """Say which rows filters let through.

        Returns:
            ``(n,)`` bool, or ``None`` if nothing is limited. A passage without a meeting date is in no range of dates.
        """
        if filters == Filters():
            return None
        allowed = np.ones(self._n_rows, np.bool_)
        for name in _COLUMNS:
            if values := getattr(filters, name):
                allowed &= self._columns[name].mask(values)
        if filters.date_from is not None:
            allowed &= self._dates >= filters.date_from.toordinal()
        if filters.date_to is not None:
            allowed &= (self._dates <= filters.date_to.toordinal()) & (self._dates != _NO_DATE)
        return allowed

    def facets(self, documents: Iterable[str], *, filters: Filters, matching: Mask | None = None) -> Facets:
        """Count the values of every field.

        Args:
            documents: All names, those without passages too.
            filters: Each field is counted under the limits on the other fields, so that its own can be widened.
            matching: ``(n,)`` rows that take part at all; ``None`` for all.
        """
        widened: dict[str, Any] = dict.fromkeys(_COLUMNS, ())
        pairs = {
            name: self._columns[name].by_frequency(
                self._both(replace(filters, **{name: widened[name]}), matching)
            )
            for name in _COLUMNS
        }
        dated = self._both(replace(filters, date_from=None, date_to=None), matching)
        dates = self._dates if dated is None else self._dates[dated]
        dates = dates[dates != _NO_DATE]
        counts = dict(pairs["documents"])
        return Facets(
            bodies=pairs["bodies"],
            kinds=tuple((PartKind(kind), count) for kind, count in pairs["kinds"]),
            documents=tuple((name, counts.get(name, 0)) for name in sorted(documents)),
            first_date=dt.date.fromordinal(int(dates.min())) if dates.size else None,
            last_date=dt.date.fromordinal(int(dates.max())) if dates.size else None,
            years=tuple(_years(dates.tolist())),
            people=pairs["people"],
            item_types=tuple((ItemType(kind), count) for kind, count in pairs["item_types"]),
            statuses=pairs["statuses"],
        )

    def meetings(self, kinds: Iterable[PartKind]) -> tuple[tuple[dt.date, str | None], ...]:
        """The dates of meetings that have papers of some kinds, each with its body, oldest first."""
        chosen = self._columns["kinds"].mask(kinds) & (self._dates != _NO_DATE)
        found: set[tuple[dt.date, str | None]] = set()
        for body, _ in (*self._columns["bodies"].by_frequency(chosen), (None, 0)):
            held = chosen & self._columns["bodies"].mask((body,)) if body is not None else chosen
            found |= {(dt.date.fromordinal(day), body) for day in np.unique(self._dates[held]).tolist()}
        known = {date for date, body in found if body is not None}
        return tuple(
            sorted(
                (pair for pair in found if pair[1] is not None or pair[0] not in known),
                key=lambda pair: (pair[0], pair[1] or ""),
            )
        )

    def _both(self, filters: Filters, matching: Mask | None) -> Mask | None:
        allowed = self.mask(filters)
        if allowed is None or matching is None:
            return matching if allowed is None else allowed
        return allowed & matching


def _years(ordinals: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Years with their number of passages, latest first."""
    days, counts = np.unique(np.array(list(ordinals), np.int64), return_counts=True)
    totals: dict[int, int] = {}
    for day, count in zip(days.tolist(), counts.tolist(), strict=True):
        year = dt.date.fromordinal(day).year
        totals[year] = totals.get(year, 0) + count
    yield from sorted(totals.items(), reverse=True)


def _ordinal(date: str | None) -> int:
    return _NO_DATE if date is None else dt.date.fromisoformat(date).toordinal()
