"""Gaps and repetitions in the numbers of items and in the labels of paragraphs.

A number after which one is missing, or that is printed twice, is a sign that a heading or a paragraph was overlooked
or put in the wrong place (or that the paper itself is misnumbered, which is as good to know). A list may begin again
at its first label at any time, and numbers may run on from item to item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.records import Doubt, DoubtKind, Item, Part
from kb.structure.places import place_of

_INTEGER = re.compile(r"(?P<prefix>(?:\d+[./])*)(?P<last>\d{1,3})")
_LETTER = re.compile(r"[a-zA-Z]")
_ROMAN = re.compile(r"(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}
_MOST_MISSING = 20
"""A leap beyond this is another numbering, such as a year or a sum, and no gap."""


@dataclass(frozen=True, slots=True)
class Ordinal:
    """A label as a place in a sequence: of which sequence it is ("1.", "a", "i"), and its place from 1."""

    sequence: str
    value: int

    def shown(self, value: int) -> str:
        """The label that another place of the sequence would have."""
        if self.sequence == "letter":
            return chr(ord("a") + value - 1)
        return str(value) if self.sequence == "roman" else f"{self.sequence}{value}"


def read_ordinals(label: str) -> tuple[Ordinal, ...]:
    """Read a label as every sequence it may belong to ("i" is a letter and a number); empty for other labels."""
    integer = _INTEGER.fullmatch(label)
    if integer:
        return (Ordinal(integer["prefix"], int(integer["last"])),)
    found = []
    if _LETTER.fullmatch(label):
        found.append(Ordinal("letter", ord(label.lower()) - ord("a") + 1))
    if _ROMAN.fullmatch(label):
        values = [_ROMAN_VALUES[letter] for letter in label.lower()]
        total = sum(
            -value if value < following else value
            for value, following in zip(values, [*values[1:], 0], strict=True)
        )
        found.append(Ordinal("roman", total))
    return tuple(found)


def find_breaks(part: Part) -> Iterator[Doubt]:
    """Find gaps and repetitions among the numbers of a part's items and the labels of its paragraphs."""
    items = _Sequences()
    paragraphs = _Sequences()
    for item in part.items:
        if item.number is not None:
            message = items.take(item.number)
            if message is not None:
                yield _doubt(part, item, None, message=f"Item {message}", page=item.page)
        paragraphs.begin_item()
        for paragraph in item.paragraphs:
            if paragraph.label is None or paragraph.continues or paragraph.is_row:
                continue
            message = paragraphs.take(paragraph.label)
            if message is not None:
                yield _doubt(
                    part,
                    item,
                    paragraph.label,
                    message=f"Paragraph {message}",
                    page=paragraph.page or item.page,
                )


def _doubt(part: Part, item: Item, label: str | None, *, message: str, page: int | None) -> Doubt:
    is_repeated = message.endswith(_TWICE)
    return Doubt(
        kind=DoubtKind.REPEATED_LABEL if is_repeated else DoubtKind.NUMBERING_GAP,
        page=page,
        place=place_of(part, item, label),
        message=message,
    )


_TWICE = "is printed twice in a row."


class _Sequences:
    """The sequences that run at one level, each with the last place seen."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}
        self._seen_in_item: set[str] = set()

    def begin_item(self) -> None:
        """Letters and Roman numbers begin anew in every item; numbers may run on."""
        self._seen_in_item.clear()
        for sequence in ("letter", "roman"):
            self._last.pop(sequence, None)

    def take(self, label: str) -> str | None:
        """Go on to a label; say what is wrong with it, if anything is."""
        ordinals = read_ordinals(label)
        if not ordinals:
            return None
        for ordinal in ordinals:
            if ordinal.value in {1, self._last.get(ordinal.sequence, 0) + 1}:
                self._note(ordinal)
                return None
        ordinal = next((each for each in ordinals if each.sequence in self._last), ordinals[0])
        last = self._last.get(ordinal.sequence, 0)
        was_seen = ordinal.sequence in self._seen_in_item
        self._note(ordinal)
        if ordinal.value == last and was_seen:
            return f"{label} {_TWICE}"
        missing = ordinal.value - last - 1
        if last and 0 < missing <= _MOST_MISSING:
            first, final = ordinal.shown(last + 1), ordinal.shown(ordinal.value - 1)
            lacking = f"{first} is" if missing == 1 else f"{first} to {final} are"
            return f"{label} follows {ordinal.shown(last)}: {lacking} missing."
        return None

    def _note(self, ordinal: Ordinal) -> None:
        self._last[ordinal.sequence] = ordinal.value
        self._seen_in_item.add(ordinal.sequence)
