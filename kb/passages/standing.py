"""What of an outline stands: its items without what is printed struck through.

Struck text keeps its place in the outline and in `Source.text`; it is left out of what passages quote, and told of each
passage in whose reach it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kb.records import Item, Span
from kb.structure.spans import without


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
