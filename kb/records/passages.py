"""The unit retrieved, where it stands and what belongs to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from kb.records.outlines import PartKind
from kb.records.sources import DocumentId, PageBox, Span, Struck

PassageId = NewType("PassageId", str)


class LinkKind(StrEnum):
    """What another place is to a passage."""

    ALSO_IN = "also_in"
    SUPERSEDED_BY = "superseded_by"
    SUPERSEDES = "supersedes"
    CONFIRMED_BY = "confirmed_by"
    AMENDED_BY = "amended_by"
    AMENDS = "amends"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Another place that belongs to a passage, and what it is to it.

    ``label`` is that place's citation and ``spans`` count characters of its own document's text. ``note`` says more:
    the words of an amendment.
    """

    kind: LinkKind
    id: PassageId
    document: str
    label: str
    page: int | None
    page_label: str | None
    spans: tuple[Span, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where a passage stands, to the paragraph.

    ``item`` is the printed item number of minutes; ``agenda_item`` and ``section`` are those of a report. ``label`` is
    the citation as people read it. ``status`` is ``draft``, ``confirmed``, ``corrected`` or ``superseded``, as the
    paper says or other papers of the library prove. ``links`` are the places where the same words stand too, and those
    that confirm, replace or amend them.
    """

    id: PassageId
    document: str
    body: str | None
    meeting_date: dt.date | None
    kind: PartKind
    agenda_item: str | None
    item: str | None
    section: str | None
    item_title: str | None
    paragraph: str | None
    page: int | None
    page_label: str | None
    status: str | None
    label: str
    links: tuple[Link, ...] = ()

    def linked(self, kind: LinkKind) -> tuple[Link, ...]:
        """The places that are this to the passage, in order."""
        return tuple(link for link in self.links if link.kind is kind)

    @property
    def also_in(self) -> tuple[Link, ...]:
        """The other places where the same words stand."""
        return self.linked(LinkKind.ALSO_IN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The unit retrieved.

    ``text`` is the exact text to quote: the source at ``spans``, white space folded to single spaces. ``header`` is the
    context (body, date, kind, item title) that is embedded and searched with it but never quoted. ``speakers`` are the
    people or roles to whom its sentences are attributed, in order of first appearance. ``struck`` is what is printed
    struck through inside its reach: left out of ``text`` and ``spans``. ``boxes`` are where it is printed, one box for
    each run of lines on a page (empty where the file has no geometry).
    """

    citation: Citation
    document_id: DocumentId
    text: str
    spans: tuple[Span, ...]
    header: str
    speakers: tuple[str, ...] = ()
    struck: tuple[Struck, ...] = ()
    boxes: tuple[PageBox, ...] = ()

    @property
    def id(self) -> PassageId:
        """The passage's stable, readable id."""
        return self.citation.id


class PlaceKind(StrEnum):
    """How much an id names: a paper, an item or section of one, or a passage."""

    PART = "part"
    ITEM = "item"
    PASSAGE = "passage"


class PlaceStatus(StrEnum):
    """What became of a place since its id was given."""

    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What an id stands for now.

    ``id`` is the place's present id, ``None`` if it was removed, and ``redirected_from`` the id asked for if that is
    another. ``passages`` are all that stand there, in order. ``similarity`` is the likeness, between 0 and 1, of a
    passage's text to the one its id was given to, as far as that is known; ``earlier_text`` is that text if it was
    another and is kept. ``label`` is the citation, of a removed place the last; ``note`` says in a sentence what
    happened, and is empty if nothing did.
    """

    kind: PlaceKind
    status: PlaceStatus
    id: PassageId | None
    passages: tuple[Passage, ...]
    redirected_from: PassageId | None
    label: str
    similarity: float | None
    earlier_text: str | None
    note: str

    @property
    def passage(self) -> Passage | None:
        """The passage, or the first of a paper or item; ``None`` if the place was removed."""
        return self.passages[0] if self.passages else None
