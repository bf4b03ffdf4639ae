"""Where sentences end.

Takes text or spans of a source, gives spans. Abbreviations ("Cllr.", "i.e.", "A. Sharp") end no sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from kb.records import Span

_END = re.compile(
    r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bCllr)(?<!\bCllrs)(?<!\bi\.e)(?<!\be\.g)"
    r"(?<!\betc)[.?!](?!(?<=\bNo\.)\s+\d)[\"'”’)*]*\s+(?=[\"'“‘(*]*[A-Z0-9£])"
)
_OPENING = re.compile(r"(?:The|This|It|There|Councillor|Cllr)\s")
_SHORT = 0.6
_ENOUGH_LINES = 2


def sentence_spans(text: str, spans: Sequence[Span], *, by_lines: bool = False) -> list[tuple[Span, ...]]:
    """Divide ``spans`` (read as one text) into sentences, each as the spans it covers.

    Args:
        text: Of the source.
        spans: One a line.
        by_lines: Whether a line that leads in ("...:") or is left short may end a sentence without a full stop.
    """
    sentences: list[list[Span]] = [[]]
    joined = " ".join(text[span.start : span.end] for span in spans)
    breaks = [match.end() for match in _END.finditer(joined)]
    full = max((span.end - span.start for span in spans), default=0)
    offset = 0
    for place, span in enumerate(spans):
        start = 0
        length = span.end - span.start
        inside = breaks[bisect_right(breaks, offset) : bisect_left(breaks, offset + length)]
        for stop in [*(end - offset for end in inside), length]:
            piece = _trim(text, Span(span.start + start, span.start + stop))
            if piece.end > piece.start:
                sentences[-1].append(piece)
            if stop < length:
                sentences.append([])
            start = stop
        offset += length + 1
        here = bisect_left(breaks, offset)
        if breaks[here : here + 1] == [offset] or (
            by_lines and _line_ends_sentence(text, spans, place, full)
        ):
            sentences.append([])
    return [tuple(sentence) for sentence in sentences if sentence]


def _line_ends_sentence(text: str, spans: Sequence[Span], place: int, full: int) -> bool:
    """Whether a sentence ends with its line, though without a full stop: a lead-in, or a line left short."""
    span = spans[place]
    if place + 1 == len(spans):
        return False
    line, following = (
        text[span.start : span.end].rstrip(),
        text[spans[place + 1].start : spans[place + 1].end].lstrip(),
    )
    if not following[:1].isupper() or "\t" in line:
        return False
    return line.endswith(":") or (
        len(line) < _SHORT * full and len(spans) > _ENOUGH_LINES and _OPENING.match(following) is not None
    )


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
