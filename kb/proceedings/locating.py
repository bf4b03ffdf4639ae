"""Rows of documents tied to the passages in which they stand.

Takes an open generation's `Contents`; gives `Recorded` rows in the order of documents.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.records import Passage, Span
from kb.register.records import Row, RowKind
from kb.register.words import Folded
from kb.store.contents import Contents


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A row at its place.

    ``passage`` is where it stands, ``text`` are its words (white space folded, markup left out) and ``lead`` those that
    introduce it, if it is a point of a list. ``status`` is what a later paper says became of it, ``followed`` that
    place; both are ``None`` while it is open. ``number`` is the passage's row in the library.
    """

    row: Row
    passage: Passage
    number: int
    text: str
    lead: str | None = None
    status: str | None = None
    followed: Passage | None = None

    @property
    def kind(self) -> RowKind:
        """What it records."""
        return self.row.KIND


def locate(contents: Contents, kinds: Sequence[RowKind]) -> Iterator[Recorded]:
    """Tie all rows of some kinds to their passages; documents without passages have none."""
    for document, rows in contents.registers.of_kinds(kinds).items():
        places = sorted(
            (span.start, number)
            for number, spans in contents.registers.passage_spans(document)
            for span in spans
        )
        if not places or not rows:
            continue
        starts = [start for start, _ in places]
        text = contents.source_text(document)

        def number_at(start: int, starts: list[int] = starts, places: list[tuple[int, int]] = places) -> int:
            return places[max(0, bisect_right(starts, start) - 1)][1]

        for row in rows:
            number = number_at(row.spans[0].start)
            told: tuple[Span, ...] = getattr(row, "told", ())
            lead: tuple[Span, ...] = getattr(row, "lead", ())
            yield Recorded(
                row=row,
                passage=contents.passage(number),
                number=number,
                text=Folded(text, row.spans).text,
                lead=Folded(text, lead).text if lead else None,
                status=getattr(row, "status", None),
                followed=contents.passage(number_at(told[0].start)) if told else None,
            )
