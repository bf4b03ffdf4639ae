"""What the papers of a library are to each other: the records that are kept and shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kb.records import LinkKind, PartKind, PassageId


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageRelation:
    """``other`` is this to ``passage``; ``note`` has the words of an amendment."""

    kind: LinkKind
    passage: PassageId
    other: PassageId
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRelation:
    """What another paper is to one.

    ``document``, ``part``, ``page``, ``title`` and ``meeting_date`` are of the other paper; where it is not in the
    library only the date is known.
    ``same`` counts the passages whose words both have, ``changed`` those that they have in different words; for a
    confirmation or an amendment they are 0, ``passage`` is the place that records it, and ``note`` says what it is.
    """

    kind: LinkKind
    document: str | None
    part: int | None
    page: int | None
    title: str | None
    meeting_date: dt.date | None
    same: int = 0
    changed: int = 0
    passage: PassageId | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperStanding:
    """One paper that has a status or stands in relation to others; ``part`` is its number in the document, from 0."""

    document: str
    part: int
    kind: PartKind
    body: str | None
    meeting_date: dt.date | None
    title: str
    page: int | None
    status: str | None
    relations: tuple[PaperRelation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """All that is known of the versions in a library.

    ``same`` are groups of passages of the same words, in each the one that counts first; ``statuses`` has the status
    of every passage that has one.
    """

    same: tuple[tuple[PassageId, ...], ...] = ()
    passages: tuple[PassageRelation, ...] = ()
    statuses: tuple[tuple[PassageId, str], ...] = ()
    papers: tuple[PaperStanding, ...] = ()
