"""Proof of quotes: nothing is shown as quoted that does not stand in the source, character for character."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping

from kb.passages import quote
from kb.records import Quote, Span

logger = logging.getLogger(__name__)


def prove(quotes: Iterable[Quote], sources: Mapping[str, str]) -> Iterator[Quote]:
    """Yield the quotes that hold: their text is the source at their spans, inside the passage they cite.

    A quote that fails is dropped and logged with its place; its text is not.
    """
    for candidate in quotes:
        if is_proven(candidate, sources):
            yield candidate
        else:
            logger.error("quote dropped, not in the source at its place: %s", candidate.passage.id)


def is_proven(candidate: Quote, sources: Mapping[str, str]) -> bool:
    """Whether a quote stands in its source at its place."""
    text = sources.get(candidate.passage.citation.document)
    if text is None or not candidate.text:
        return False
    inside = all(_within(span, candidate.passage.spans) for span in candidate.spans)
    return inside and quote(text, candidate.spans) == candidate.text


def _within(span: Span, spans: Iterable[Span]) -> bool:
    return any(outer.start <= span.start and span.end <= outer.end for outer in spans)
