"""Invented papers, each a part with its passages, for tests of versions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from kb.ids import document_id
from kb.records import Citation, Item, Outline, Part, PartKind, Passage, PassageId, Span
from kb.versions import Paper, read_papers
from tests.unit.store.samples import sha256

PANEL = "Fenwold Panel"
MAY = dt.date(2023, 5, 10)
JUNE = dt.date(2023, 6, 14)
JULY = dt.date(2023, 7, 19)

TEXTS = tuple(
    f"Councillor {name} asked {how} the {thing} would be {done}, and the Commissioner answered that {answer}."
    for name, how, thing, done, answer in (
        ("Hale", "when", "ferry road", "mended after the flood", "work began in March"),
        ("Osei", "why", "Saltby counter", "closed to callers", "nobody had rented it since 2019"),
        ("Frayne", "how", "new cameras", "paid for", "the grant of £1.2m covered nine of them"),
        ("Reed", "whether", "ranger scheme", "spread to Great Ousby", "farmers had asked for it twice"),
        ("Lark", "where", "custody suite", "built", "three fields by the bypass were being looked at"),
    )
)
"""Paragraphs long enough to tell one paper from another."""


def passage(
    document: str,
    part: int,
    number: int,
    text: str,
    *,
    kind: PartKind,
    body: str | None = PANEL,
    date: dt.date | None = MAY,
    status: str | None = None,
    item: str | None = None,
    title: str | None = None,
    paragraph: str | None = None,
) -> Passage:
    """One passage; its span tells part and number apart."""
    start = part * 10_000 + number * 100
    is_minutes = kind is PartKind.MINUTES
    return Passage(
        citation=Citation(
            id=PassageId(f"{document}/{part}/{number}"),
            document=document,
            body=body,
            meeting_date=date,
            kind=kind,
            agenda_item=None,
            item=item if is_minutes else None,
            section=None if is_minutes else item,
            item_title=title,
            paragraph=paragraph,
            page=None,
            page_label=None,
            status=status,
            label=f"{body}, {kind.value}, item {item}, para {paragraph}",
        ),
        document_id=document_id(sha256(document)),
        text=text,
        spans=(Span(start, start + 90),),
        header="A header",
    )


Entry = str | tuple[str | None, str | None, str | None, str]
"""A text, or ``(item, item title, paragraph, text)``."""


def document(name: str, *parts: tuple[Part, Sequence[Entry]]) -> tuple[Outline, tuple[Passage, ...]]:
    """A document of several parts."""
    passages: list[Passage] = []
    placed = []
    for place, (part, entries) in enumerate(parts):
        heading = (Span(place * 10_000, place * 10_000 + 50),)
        item = Item(number=None, title="", page=None, heading=heading, paragraphs=())
        placed.append(replace(part, items=(item,)))
        for number, entry in enumerate(entries, 1):
            where, title, paragraph, text = (None, None, None, entry) if isinstance(entry, str) else entry
            passages.append(
                passage(
                    name,
                    place,
                    number,
                    text,
                    kind=part.kind,
                    body=part.body,
                    date=part.meeting_date,
                    status=part.status,
                    item=where,
                    title=title,
                    paragraph=paragraph,
                )
            )
    return Outline(parts=tuple(placed), furniture=()), tuple(passages)


def part(
    kind: PartKind = PartKind.MINUTES,
    *,
    body: str | None = PANEL,
    date: dt.date | None = MAY,
    status: str | None = None,
    title: str = "Minutes",
    agenda_item: str | None = None,
) -> Part:
    """A part without items."""
    return Part(
        kind=kind,
        body=body,
        meeting_date=date,
        title=title,
        agenda_item=agenda_item,
        page=None,
        status=status,
        items=(),
    )


def papers(name: str, *parts: tuple[Part, Sequence[Entry]]) -> tuple[Paper, ...]:
    """The papers of a document of several parts."""
    return read_papers(name, *document(name, *parts))
