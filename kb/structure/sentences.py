"""Where sentences end.

Takes text or spans of a source, gives spans. Abbreviations ("Cllr.", "i.e.", "A. Sharp") end no sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.records import Span

_END = re.compile(
    r"(?<![A-Z][a-z]\.)(?<!\b[A-Z]\.)(?<!\bNo\.)(?<!\bSt\.)(?<!\bCllr\.)(?<!\bi\.e\.)(?<!\be\.g\.)(?<!\betc\.)"
    r"[.?!][\"'”’)*]*\s+(?=[\"'“‘(*]*[A-Z0-9£])"
)


def sentence_spans(text: str, spans: Sequence[Span]) -> list[tuple[Span, ...]]:
    """Divide ``spans`` (read as one text) into sentences, each as the spans it covers."""
    sentences: list[list[Span]] = [[]]
    joined = " ".join(text[span.start : span.end] for span in spans)
    breaks = [match.end() for match in _END.finditer(joined)]
    offset = 0
    for span in spans:
        start = 0
        length = span.end - span.start
        for stop in [place - offset for place in breaks if 0 < place - offset < length] + [length]:
            piece = _trim(text, Span(span.start + start, span.start + stop))
            if piece.end > piece.start:
                sentences[-1].append(piece)
            if stop < length:
                sentences.append([])
            start = stop
        offset += length + 1
        if offset in breaks:
            sentences.append([])
    return [tuple(sentence) for sentence in sentences if sentence]


def sentences_of(text: str) -> list[str]:
    """The sentences of a text."""
    return [
        " ".join(text[span.start : span.end] for span in spans)
        for spans in sentence_spans(text, (Span(0, len(text)),))
    ]


def _trim(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


__all__ = ["sentence_spans", "sentences_of"]
