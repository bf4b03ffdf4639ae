"""Sentences of the best passages, each with its place: what an answer is made of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.tokens import tokenize
from kb.passages import quote, sentence_spans
from kb.records import Passage, Span

_RUN_IN_WORDS = 6
_BULLET = re.compile(r"(?<!\S)[•▪●■◦\uf0b7>](?=\s)")
_LIST_NUMBER = re.compile(r"(?<!\S)(\d{1,2})\.\Z")


@dataclass(frozen=True)
class Sentence:
    """One sentence: where it stands, its text as it would be quoted, and the rank of its passage from 0."""

    passage: Passage
    rank: int
    place: int
    spans: tuple[Span, ...]
    text: str

    @property
    def n_words(self) -> int:
        """Words of the text."""
        return len(self.text.split())

    @property
    def terms(self) -> tuple[str, ...]:
        """Index terms of the text, in order."""
        return _terms(self.text)

    @property
    def header_terms(self) -> frozenset[str]:
        """Index terms of the passage's context header."""
        return _header_terms(self.passage.header)


@lru_cache(maxsize=20_000)
def _terms(text: str) -> tuple[str, ...]:
    """Read once for the questions that meet a sentence again."""
    return tuple(tokenize(text))


@lru_cache(maxsize=1024)
def _header_terms(header: str) -> frozenset[str]:
    """Passages of one item share their header."""
    return frozenset(tokenize(header))


def cut(passages: Sequence[Passage], sources: Mapping[str, str]) -> list[Sentence]:
    """The sentences of ``passages``, best passage first; ``sources`` holds the source text of each document's name."""
    found: list[Sentence] = []
    for rank, passage in enumerate(passages):
        text = sources[passage.citation.document]
        pieces = _at_points(text, sentence_spans(text, passage.spans))
        for place, spans in enumerate(_with_run_ins(text, pieces)):
            found.append(Sentence(passage, rank, place, spans, quote(text, spans)))
    return found


def _at_points(text: str, sentences: Sequence[tuple[Span, ...]]) -> list[tuple[Span, ...]]:
    """Sentences cut before the points of a list, each of which says something of its own.

    A point begins at a bullet; or at a number, which a full stop behind it has parted from its words ("2. Reduce ...").
    """
    cut_up: list[tuple[Span, ...]] = []
    number: tuple[Span, ...] = ()
    following = 1
    for spans in sentences:
        points: list[list[Span]] = [list(number)]
        for span in spans:
            start = span.start
            for match in _BULLET.finditer(text, span.start, span.end):
                if match.start() > start:
                    points[-1].append(_trimmed(text, start, match.start()))
                points.append([])
                start = match.start()
            points[-1].append(_trimmed(text, start, span.end))
        number = ()
        last = points[-1][-1]
        found = _LIST_NUMBER.search(text, last.start, last.end)
        if found and int(found[1]) == following:  # else a figure: "it rose to 12."
            following += 1
            number = (Span(found.start(1), last.end),)
            points[-1][-1] = _trimmed(text, last.start, found.start())
        cut_up += [
            tuple(kept) for point in points if (kept := [span for span in point if span.end > span.start])
        ]
    return [*cut_up, number] if number else cut_up


def _trimmed(text: str, start: int, end: int) -> Span:
    return Span(start, start + len(text[start:end].rstrip()))


def _with_run_ins(text: str, sentences: Sequence[tuple[Span, ...]]) -> list[tuple[Span, ...]]:
    """Sentences with run-in headings ("Road Safety.") joined to what they head."""
    joined: list[tuple[Span, ...]] = []
    heading: tuple[Span, ...] = ()
    for spans in sentences:
        whole = (*heading, *spans)
        if sum(len(text[span.start : span.end].split()) for span in whole) < _RUN_IN_WORDS:
            heading = whole
        else:
            joined.append(whole)
            heading = ()
    if heading:
        joined.append(heading)
    return joined
