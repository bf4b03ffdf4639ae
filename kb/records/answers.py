"""What is asked within, found, understood and answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kb.records.outlines import ItemType, PartKind
from kb.records.passages import Passage
from kb.records.sources import Span
from kb.records.written import Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage in a ranking; ``rank`` counts from 1, ``score`` is the fused score, the others its parts."""

    rank: int
    passage: Passage
    score: float
    bm25_score: float
    cosine: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Hard limits on what may be returned, as set by the user; ``None`` or empty means no limit.

    Of several values of one field any may hold; all fields must. ``people`` are speakers as passages name them.
    """

    bodies: tuple[str, ...] = ()
    kinds: tuple[PartKind, ...] = ()
    documents: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    item_types: tuple[ItemType, ...] = ()
    statuses: tuple[str, ...] = ()
    date_from: dt.date | None = None
    date_to: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """One thing that was read in a question, to be shown and switched off.

    ``id`` switches it off ("date", "date-2"), as does its ``kind`` for all of that kind; ``words`` are those of the
    question, ``meaning`` is plain English. ``is_limit`` says that it limits what may be returned, rather than what
    comes first; ``is_used`` is false if it was switched off.
    """

    id: str
    kind: str
    words: str
    meaning: str
    is_limit: bool = False
    is_used: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A verbatim piece of one passage, chosen as (part of) an answer: ``spans`` count characters of the source.

    ``speaker`` says it, as far as minutes tell without doubt; ``answer_span`` are the characters of ``text`` that are
    the short answer, if there is one.
    """

    text: str
    passage: Passage
    spans: tuple[Span, ...]
    speaker: str | None = None
    answer_span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Quotes from different places of one meeting's papers that differ in their values alone."""

    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is said in reply to one question.

    ``text`` is the answer as shown: the quotes' texts, or the sentence that nothing was found. ``confidence`` is
    between 0 and 1; ``abstained`` says that the papers do not seem to answer. ``kind`` is the kind of question as
    understood; ``understood`` is all that was read in it, ``suggestion`` the question with words mended that no paper
    has. ``hits`` are the ranked passages, best first; on abstention they are the nearest ones. ``written`` is what a
    language model wrote, ``None`` if none was asked.

    ``short`` is the figure, date, time or name that the first answering quote marks, ``verdict`` "yes" or "no" where
    one sentence settles the question; neither is part of ``text``. ``more`` are further quotes, less likely to be
    needed, and ``conflicts`` what the papers of one meeting print differently. ``why_not`` says, of an answer that
    abstains, what in particular is missing. ``dropped`` counts quotes that could not be proven and are not shown.
    """

    question: str
    text: str
    abstained: bool
    confidence: float
    kind: str
    quotes: tuple[Quote, ...]
    hits: tuple[Hit, ...]
    latency_ms: float
    understood: tuple[Understood, ...] = ()
    suggestion: str | None = None
    written: Written | None = None
    short: str | None = None
    verdict: str | None = None
    more: tuple[Quote, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    why_not: str | None = None
    dropped: int = 0
