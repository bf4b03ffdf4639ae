"""What a library holds, counted: for lists of papers and for filters."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kb.records import Citation, DocumentId, ItemType, PartKind, PassageId


@dataclass(frozen=True, slots=True, kw_only=True)
class PartSummary:
    """One paper inside a document, in a line."""

    kind: PartKind
    body: str | None
    meeting_date: dt.date | None
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper of which there is text, by its stable id.

    ``label`` is its citation, ``first`` that of its first passage; ``passages`` counts them.
    """

    id: PassageId
    label: str
    first: Citation
    passages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSummary:
    """A document: its name, its identity, how much there is of it, what was notable when it was read.

    ``doubts`` counts the places that a reader should look at again.
    """

    document: str
    id: DocumentId
    sha256: str
    media_type: str
    pages: int
    passages: int
    parts: tuple[PartSummary, ...]
    issues: tuple[str, ...]
    doubts: int
    added_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """The values that filters can take, each with its number of passages.

    Years come latest first, documents by name, all others most frequent first. Dates are of meetings; ``None`` if no
    paper has one. ``people`` are speakers.
    """

    bodies: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[PartKind, int], ...]
    documents: tuple[tuple[str, int], ...]
    first_date: dt.date | None
    last_date: dt.date | None
    years: tuple[tuple[int, int], ...] = ()
    people: tuple[tuple[str, int], ...] = ()
    item_types: tuple[tuple[ItemType, int], ...] = ()
    statuses: tuple[tuple[str, int], ...] = ()
