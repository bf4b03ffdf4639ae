"""Sentences of the best passages, each with its place: what an answer is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from index.tokens import tokenize
from kb.passages import quote, sentence_spans
from kb.records import Passage, Span

_RUN_IN_WORDS = 6


@dataclass(frozen=True)
class Sentence:
    """One sentence: where it stands, its text as it would be quoted, and the rank of its passage from 0.

    Its terms are read once, for the confidence and for the choice of sentences alike.
    """

    passage: Passage
    rank: int
    place: int
    spans: tuple[Span, ...]
    text: str

    @property
    def n_words(self) -> int:
        """Words of the text."""
        return len(self.text.split())

    @cached_property
    def terms(self) -> list[str]:
        """Index terms of the text, in order."""
        return tokenize(self.text)

    @property
    def header_terms(self) -> frozenset[str]:
        """Index terms of the passage's context header."""
        return _header_terms(self.passage.header)


@lru_cache(maxsize=1024)
def _header_terms(header: str) -> frozenset[str]:
    """Passages of one item share their header."""
    return frozenset(tokenize(header))


def cut(passages: Sequence[Passage], sources: Mapping[str, str]) -> list[Sentence]:
    """The sentences of ``passages``, best passage first; ``sources`` holds the source text of each document's name."""
    found: list[Sentence] = []
    for rank, passage in enumerate(passages):
        text = sources[passage.citation.document]
        for place, spans in enumerate(_with_run_ins(text, sentence_spans(text, passage.spans))):
            found.append(Sentence(passage, rank, place, spans, quote(text, spans)))
    return found


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
