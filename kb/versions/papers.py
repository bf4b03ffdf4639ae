"""The papers of a library, each with its passages: what versions are found among.

Takes a document's outline and its passages, gives one `Paper` for each part that has any. A paper is known by its
document and its number in it.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from kb.records import Outline, Part, PartKind, Passage
from kb.structure.dates import first_date
from kb.versions.wording import shingles, text_key

MINUTES_KINDS = frozenset({PartKind.MINUTES, PartKind.ACTION_TABLE})
"""They record the meeting of their date; other papers go to it."""

_HEAD_WORDS = 60
"""Words at a paper's beginning in which it says which version it is."""
_REVISED = re.compile(
    r"\b(?:revised|amended version|updated version|supersed(?:es|ing)|replaces the (?:version|report|paper|minutes))\b",
    re.IGNORECASE,
)
_CORRECTED = re.compile(
    r"\b(?:corrected (?:version|copy|report|paper|minutes)|(?:as|re-?issued) corrected|corrigendum|erratum"
    r"|correction notice|this (?:version|paper|report) corrects)\b",
    re.IGNORECASE,
)
# A capital V before a figure is the reference of an activity in a delivery plan.
_VERSION = re.compile(r"\b(?:(?i:version)\s+|v\.?\s?)(\d{1,2})(?:\.(\d{1,3}))?\b")
_VERSION_OF_NAME = re.compile(
    r"(?<![a-z0-9])(?:version|ver|v)[ _.-]?(\d{1,2})(?:[._](\d{1,3}))?(?![a-z0-9])", re.IGNORECASE
)
_CONFIRMED = re.compile(
    r"\b(?:confirmed|agreed|approved|accepted|signed)\b[^.;]{0,60}?\b(?:correct|accurate|true) record\b[^.;]{0,60}",
    re.IGNORECASE,
)
_CLOSING_PASSAGES = 3
"""Passages at the end of minutes among which their own confirmation stands."""

PaperKey = tuple[str, int]
"""Document name and part number, from 0."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Revision:
    """How late a version is, by what it says of itself; ``number`` is that of "version 2.1"."""

    number: tuple[int, int] = (0, 0)
    is_revised: bool = False
    date: dt.date = dt.date.min


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One part of a document with its passages, and what the comparison needs of it.

    ``meeting`` is the latest meeting that the document's papers name: the one its pack was made for. ``parts`` counts
    the document's papers. ``keys`` has the `text_key` of every passage, ``shingles`` the hashed runs of words.
    """

    document: str
    number: int
    part: Part
    passages: tuple[Passage, ...]
    meeting: dt.date | None
    parts: int
    status: str | None
    is_corrected: bool
    revision: Revision
    keys: tuple[str, ...] = field(repr=False)
    shingles: frozenset[int] = field(repr=False)

    @property
    def key(self) -> PaperKey:
        """What it is known by."""
        return self.document, self.number

    @property
    def body(self) -> str | None:
        """The body that met."""
        return self.part.body

    @property
    def date(self) -> dt.date | None:
        """The meeting's date."""
        return self.part.meeting_date

    @property
    def kind(self) -> PartKind:
        """What kind of paper it is."""
        return self.part.kind


def read_papers(document: str, outline: Outline, passages: Sequence[Passage]) -> tuple[Paper, ...]:
    """Divide a document's passages among its parts.

    Args:
        document: Its name.
        outline: Its structure; parts follow each other in the text.
        passages: In reading order.
    """
    starts = list(accumulate((_start(part) for part in outline.parts), max))
    shares: list[list[Passage]] = [[] for _ in starts]
    for passage in passages:
        if starts and passage.spans:
            shares[max(0, bisect_right(starts, passage.spans[0].start) - 1)].append(passage)
    dates = [part.meeting_date for part in outline.parts if part.meeting_date is not None]
    meeting = max(dates, default=None)
    return tuple(
        _paper(document, number, part, tuple(share), meeting=meeting, parts=len(starts))
        for number, (part, share) in enumerate(zip(outline.parts, shares, strict=True))
        if share
    )


def _start(part: Part) -> int:
    """Where a part's first heading or paragraph begins; what has none begins where the last one did."""
    spans = [
        span
        for item in part.items
        for span in (*item.heading, *(span for paragraph in item.paragraphs for span in paragraph.spans))
    ]
    return min((span.start for span in spans), default=0)


def _paper(
    document: str,
    number: int,
    part: Part,
    passages: tuple[Passage, ...],
    *,
    meeting: dt.date | None,
    parts: int,
) -> Paper:
    head = " ".join([part.title, *_first_words(passages)])
    return Paper(
        document=document,
        number=number,
        part=part,
        passages=passages,
        meeting=meeting,
        parts=parts,
        status="confirmed" if _says_confirmed(part, passages) else part.status,
        is_corrected=_CORRECTED.search(head) is not None,
        revision=_revision(head, document if parts == 1 else ""),
        keys=tuple(text_key(passage.text) for passage in passages),
        shingles=shingles(passage.text for passage in passages),
    )


def _first_words(passages: Iterable[Passage]) -> list[str]:
    words: list[str] = []
    for passage in passages:
        words += passage.text.split()
        if len(words) >= _HEAD_WORDS:
            break
    return words[:_HEAD_WORDS]


def _revision(head: str, name: str) -> Revision:
    """What a paper says of its version at its beginning, or its file in its name."""
    version = _VERSION.search(head) or _VERSION_OF_NAME.search(name)
    revised = _REVISED.search(head) or _CORRECTED.search(head)
    date = first_date(head[revised.start() : revised.start() + 80]) if revised else None
    return Revision(
        number=(int(version[1]), int(version[2] or 0)) if version else (0, 0),
        is_revised=revised is not None,
        date=date or dt.date.min,
    )


def _says_confirmed(part: Part, passages: Sequence[Passage]) -> bool:
    """Whether minutes end with their own confirmation at a later meeting, "Confirmed ... on 22 March 2023"."""
    if part.kind is not PartKind.MINUTES or part.meeting_date is None:
        return False
    for passage in passages[-_CLOSING_PASSAGES:]:
        for match in _CONFIRMED.finditer(passage.text):
            date = first_date(match[0])
            if date is not None and date > part.meeting_date:
                return True
    return False
