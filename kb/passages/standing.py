"""What of an outline stands: its items without what is printed struck through.

Struck text keeps its place in the outline and in `Source.text`; it is left out of what passages quote, and told of each
passage in whose reach it is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kb.records import Item, Span


def without(spans: Iterable[Span], struck: Sequence[Span]) -> tuple[Span, ...]:
    """Take ``struck`` (in order) out of ``spans``; both count characters of one text."""
    left: list[Span] = []
    for span in spans:
        start = span.start
        for hole in _touching(span, struck):
            if hole.start > start:
                left.append(Span(start, hole.start))
            start = max(start, hole.end)
        if start < span.end:
            left.append(Span(start, span.end))
    return tuple(left)


def within(spans: Iterable[Span], struck: Sequence[Span]) -> tuple[Span, ...]:
    """Give what of ``spans`` is struck, in the order of ``spans``."""
    return tuple(
        Span(max(span.start, hole.start), min(span.end, hole.end))
        for span in spans
        for hole in _touching(span, struck)
    )


def standing(item: Item, text: str, struck: Sequence[Span]) -> Item:
    """Leave struck text out of an item's heading and paragraphs, and paragraphs in which nothing else is said."""
    if not struck:
        return item
    paragraphs = [
        replace(paragraph, spans=spans)
        for paragraph in item.paragraphs
        if (spans := _said(without(paragraph.spans, struck), text))
    ]
    return replace(item, heading=_said(without(item.heading, struck), text), paragraphs=tuple(paragraphs))


def _said(spans: Iterable[Span], text: str) -> tuple[Span, ...]:
    return tuple(span for span in spans if text[span.start : span.end].strip())


def _touching(span: Span, struck: Sequence[Span]) -> list[Span]:
    first = bisect_right(struck, span.start, key=lambda hole: hole.end)
    found: list[Span] = []
    for hole in struck[first:]:
        if hole.start >= span.end:
            break
        found.append(hole)
    return found
