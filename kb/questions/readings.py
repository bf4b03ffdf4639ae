"""One thing understood of a question: which words said it, what it means, and how to say that in plain English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from kb.records import Understood


class ReadingKind(StrEnum):
    """What a reading is about; the values are the ids that switch readings off."""

    DATE = "date"
    FINANCIAL_YEAR = "year"
    RECENT = "recent"
    BODY = "body"
    PERSON = "person"
    ROLE = "role"
    PAPER = "paper"
    ITEM = "item"
    PARAGRAPH = "paragraph"
    RECORD = "record"
    PHRASE = "phrase"
    EXCLUSION = "exclusion"
    OMISSION = "omission"
    EXPANSION = "expansion"


LIMITS = frozenset({ReadingKind.PHRASE, ReadingKind.EXCLUSION})
"""Readings that limit what may be returned: the user wrote quotation marks, a minus or a capital NOT."""


class Place(NamedTuple):
    """Characters ``start`` to ``end`` (exclusive) of a question."""

    start: int
    end: int

    def overlaps(self, other: tuple[int, int]) -> bool:
        """Whether they share a character."""
        return self.start < other[1] and other[0] < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Something understood. ``value`` is what its kind needs: a `When`, names, a number as printed."""

    kind: ReadingKind
    place: Place
    value: Any
    meaning: str


def is_free(place: tuple[int, int], readings: Iterable[Reading]) -> bool:
    """Whether no reading stands on these characters yet."""
    return not any(reading.place.overlaps(place) for reading in readings)


def say(text: str, readings: Sequence[Reading], ignore: Iterable[str] = ()) -> tuple[Understood, ...]:
    """Give every reading an id ("date"; of several "date-1", "date-2") and its words.

    Args:
        text: The question.
        readings: In its order.
        ignore: Ids and kinds that are switched off.
    """
    off = {name.strip().casefold() for name in ignore}
    totals = Counter(reading.kind for reading in readings)
    numbers: Counter[ReadingKind] = Counter()
    said: list[Understood] = []
    for reading in readings:
        kind = reading.kind
        numbers[kind] += 1
        name = kind.value if totals[kind] == 1 else f"{kind.value}-{numbers[kind]}"
        said.append(
            Understood(
                id=name,
                kind=kind.value,
                words=text[reading.place.start : reading.place.end],
                meaning=reading.meaning,
                is_limit=kind in LIMITS,
                is_used=off.isdisjoint({name, kind.value}),
            )
        )
    return tuple(said)
