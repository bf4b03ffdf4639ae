"""Papers whose text and outline are written together, and single passages: for tests beyond `kb.structure`."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any, Self

from kb.ids import document_id
from kb.passages import PassageSettings, split
from kb.records import (
    Citation,
    Item,
    Outline,
    Page,
    Paragraph,
    Part,
    PartKind,
    Passage,
    PassageId,
    Source,
    Span,
)
from tests.strategies import source_of

PANEL = "Fenwold Police and Crime Panel"
DAY = dt.date(2023, 7, 19)


class Paper:
    """One paper, written paragraph by paragraph; keywords are fields of its `Part`."""

    def __init__(self, *, name: str = "minutes.txt", pages: tuple[Page, ...] = (), **facts: Any) -> None:
        self._name = name
        self._pages = pages
        known = {
            "kind": PartKind.MINUTES,
            "body": PANEL,
            "meeting_date": DAY,
            "title": "",
            "agenda_item": None,
        }
        self._part = Part(**{**known, "page": None, "status": None, "items": (), **facts})
        self._lines: list[str] = []
        self._struck: list[Span] = []
        self._items: list[Item] = []
        self._paragraphs: list[Paragraph] = []

    def item(self, number: str | None, title: str) -> Self:
        """Begin an item."""
        self._close()
        heading = (self._print(f"{number}. {title}".removeprefix("None. ")),)
        self._items.append(Item(number=number, title=title, page=None, heading=heading, paragraphs=()))
        return self

    def say(self, *lines: str, label: str | None = None, **facts: Any) -> Self:
        """Write a paragraph of these lines into the item; keywords are fields of its `Paragraph`."""
        label_span = self._print(f"{label}.") if label is not None else None
        spans = tuple(self._print(line) for line in lines)
        self._paragraphs.append(Paragraph(label=label, spans=spans, label_span=label_span, **facts))
        return self

    def strike(self, words: str) -> Self:
        """Print words of the last line struck through."""
        before = sum(len(line) + 1 for line in self._lines[:-1])
        start = before + self._lines[-1].index(words)
        self._struck.append(Span(start, start + len(words)))
        return self

    @property
    def source(self) -> Source:
        """The paper as a file that has been read."""
        read = source_of("\n".join(self._lines), name=self._name)
        return dataclasses.replace(read, pages=self._pages, struck=tuple(self._struck))

    @property
    def outline(self) -> Outline:
        """Its structure."""
        self._close()
        return Outline(parts=(dataclasses.replace(self._part, items=tuple(self._items)),), furniture=())

    def passages(self, settings: PassageSettings | None = None) -> tuple[Passage, ...]:
        """What it is split into."""
        return split(self.source, self.outline, settings)

    def texts(self, settings: PassageSettings | None = None) -> list[str]:
        """The texts it is split into."""
        return [passage.text for passage in self.passages(settings)]

    def _print(self, line: str) -> Span:
        start = sum(len(line) + 1 for line in self._lines)
        self._lines.append(line)
        return Span(start, start + len(line))

    def _close(self) -> None:
        """Put the paragraphs into the item they were written under."""
        if self._paragraphs and not self._items:
            self._items.append(Item(number=None, title="", page=None, heading=(), paragraphs=()))
        if self._paragraphs:
            written = (*self._items[-1].paragraphs, *self._paragraphs)
            self._items[-1] = dataclasses.replace(self._items[-1], paragraphs=written)
            self._paragraphs = []


def words(count: int, *, of: str = "word") -> str:
    """A sentence of this many words."""
    return " ".join([of.capitalize(), *[of] * (count - 1)]) + "."


def make_passage(text: str, *, header: str = "", speakers: tuple[str, ...] = (), **cited: Any) -> Passage:
    """A passage of the Panel's minutes; keywords are fields of its `Citation`."""
    known: dict[str, Any] = {
        "id": PassageId("p"),
        "document": "minutes.txt",
        "body": PANEL,
        "meeting_date": DAY,
        "kind": PartKind.MINUTES,
        "item": "9",
        "label": "a place",
        **dict.fromkeys(
            ("agenda_item", "section", "item_title", "paragraph", "page", "page_label", "status"), None
        ),
    }
    return Passage(
        citation=Citation(**{**known, **cited}),
        document_id=document_id("0" * 64),
        text=text,
        spans=(Span(0, len(text)),),
        header=header,
        speakers=speakers,
    )
