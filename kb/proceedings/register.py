"""The register of a library: its rows by kind, under the filters of search.

Takes an open generation's `Contents`. Rows are put together once for each kind, when first asked for. Safe to use from
several threads.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from index.tokens import tokenize
from kb.proceedings.following import follow
from kb.proceedings.locating import Recorded, locate
from kb.proceedings.persons import PersonSummary, summarise
from kb.proceedings.repeats import each_once, share_status
from kb.records import Filters, ItemType, Passage
from kb.register.records import Attendance, RowKind
from kb.store.contents import Contents
from kb.structure.names import whole_name

_FOLLOWED: Final = frozenset({RowKind.ACTION, RowKind.UNDERTAKING})
_PEOPLE: Final = (
    "name",
    "who",
    "proposer",
    "seconder",
    "substitute_for",
    "names_for",
    "names_against",
    "names_abstained",
)
_WORDS: Final = (
    "name",
    "who",
    "number",
    "subject",
    "decision",
    "verb",
    "organisation",
    "venue",
    "roles",
    "topics",
)


class Register:
    """What the papers of one generation record.

    Args:
        contents: Open; whoever opened it closes it.
    """

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._rows: dict[RowKind, tuple[Recorded, ...]] = {}
        self._lock = threading.Lock()

    def rows(
        self, kind: RowKind, *, filters: Filters, people: Sequence[str] = (), words: str = ""
    ) -> tuple[Recorded, ...]:
        """Return the rows of a kind, oldest first, those without a date last.

        Args:
            kind: What to list.
            filters: What papers they may stand in; its ``people`` are not looked at.
            people: Names, or parts of them; a row must name one.
            words: All must stand in a row, its item's title or its paragraph, whatever their ending.
        """
        # Where only drafts are asked for, a draft's row counts.
        allowed = self._contents.mask(replace(filters, people=()))
        successors = self._contents.successors
        once = self._contents.each_text_once(allowed)
        terms = frozenset(tokenize(words))
        found = [
            one
            for one in self._all(kind)
            if (once is None or bool(once[one.number]))
            and not _is_replaced(one.number, successors.get(one.number), allowed)
            and (not people or any(_names(one, wanted) for wanted in people))
            and terms <= _terms(one, terms)
        ]
        return tuple(sorted(each_once(found), key=_order))

    def people(
        self, *, filters: Filters, people: Sequence[str] = (), words: str = ""
    ) -> tuple[PersonSummary, ...]:
        """Return the people in attendance lists, by surname.

        Args:
            filters: What papers count.
            people: Names, or parts of them, of which one must be the person's.
            words: All must stand in the name, roles and bodies.
        """
        attendance = self.rows(RowKind.ATTENDANCE, filters=filters)
        decisions = self.rows(RowKind.DECISION, filters=filters)
        terms = frozenset(tokenize(words))
        return tuple(
            person
            for person in summarise(attendance, decisions)
            if (not people or any(_is_named(person.name, wanted) for wanted in people))
            and terms <= frozenset(tokenize(" ".join((person.name, *person.roles, *person.bodies))))
        )

    def _all(self, kind: RowKind) -> tuple[Recorded, ...]:
        with self._lock:
            if kind not in self._rows:
                rows = tuple(locate(self._contents, (kind,)))
                self._rows[kind] = tuple(share_status(self._followed(rows))) if kind in _FOLLOWED else rows
            return self._rows[kind]

    def _followed(self, rows: Sequence[Recorded]) -> list[Recorded]:
        return follow(rows, locate(self._contents, (RowKind.ACTION,)), self._reviews())

    def _reviews(self) -> tuple[Passage, ...]:
        mask = self._contents.mask(Filters(item_types=(ItemType.ACTIONS,)))
        numbers = [] if mask is None else np.flatnonzero(mask).tolist()
        return self._contents.passages(numbers)


def _is_replaced(number: int, successor: int | None, allowed: object) -> bool:
    """Whether a later state of the paper, in other words, is asked for as well."""
    if successor is None or successor == number:
        return False
    return allowed is None or bool(np.asarray(allowed)[successor])


def _names(one: Recorded, wanted: str) -> bool:
    values = (getattr(one.row, name, None) for name in _PEOPLE)
    printed = [each for value in values if value for each in ((value,) if isinstance(value, str) else value)]
    return any(_is_named(each, wanted) for each in printed)


def _is_named(printed: str, wanted: str) -> bool:
    if wanted.casefold() in printed.casefold():
        return True
    left, right = whole_name(printed, lone=True), whole_name(wanted, lone=True)
    return left is not None and right is not None and left.agrees(right)


def _terms(one: Recorded, wanted: frozenset[str]) -> frozenset[str]:
    if not wanted:
        return wanted
    values = (getattr(one.row, name, None) for name in _WORDS)
    known = " ".join(value if isinstance(value, str) else " ".join(value) for value in values if value)
    if isinstance(one.row, Attendance):  # the paragraph names all the others
        return frozenset(tokenize(known))
    title = one.passage.citation.item_title or ""
    return frozenset(tokenize(f"{one.text} {one.lead or ''} {title} {one.passage.text} {known}"))


def _order(one: Recorded) -> tuple[dt.date, str, int, int]:
    date = getattr(one.row, "date", None) or one.passage.citation.meeting_date
    return (date or dt.date.max, one.passage.citation.body or "", one.number, one.row.spans[0].start)
