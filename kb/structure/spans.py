"""What is left of spans when others are taken out of them, and what lies in both."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from kb.records import Span


def without(spans: Iterable[Span], holes: Sequence[Span]) -> tuple[Span, ...]:
    """Take ``holes`` (in order, apart from each other) out of ``spans``; both count characters of one text."""
    left: list[Span] = []
    for span in spans:
        start = span.start
        for hole in _touching(span, holes):
            if hole.start > start:
                left.append(Span(start, hole.start))
            start = max(start, hole.end)
        if start < span.end:
            left.append(Span(start, span.end))
    return tuple(left)


def within(spans: Iterable[Span], holes: Sequence[Span]) -> tuple[Span, ...]:
    """Give what of ``spans`` lies in ``holes``, in the order of ``spans``."""
    return tuple(
        Span(max(span.start, hole.start), min(span.end, hole.end))
        for span in spans
        for hole in _touching(span, holes)
    )


def _touching(span: Span, holes: Sequence[Span]) -> list[Span]:
    first = bisect_right(holes, span.start, key=lambda hole: hole.end)
    found: list[Span] = []
    for hole in holes[first:]:
        if hole.start >= span.end:
            break
        found.append(hole)
    return found
