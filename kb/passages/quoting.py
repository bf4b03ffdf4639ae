"""What may be quoted of a source: its text at spans, white space folded; and how many words that is."""

from __future__ import annotations

from collections.abc import Sequence

from kb.records import Source, Span
from kb.structure.folding import fold

_CLOSING = frozenset(".,;:!?)")


def quote(text: str, spans: Sequence[Span]) -> str:
    """The source ``text`` at ``spans``, white space folded to single spaces: exactly what may be quoted.

    Spans are parted by a space, but for two on one line if there is no white space at or between their ends (a part of
    a word has been left out), or if the second begins with closing punctuation. A hyphen at a line's end joins.
    """
    pieces: list[str] = []
    for place, span in enumerate(spans):
        if place and not _touches(text, spans[place - 1], span):
            pieces.append("\n")
        pieces.append(text[span.start : span.end].strip())
    return fold("".join(pieces))


def _touches(text: str, before: Span, after: Span) -> bool:
    gap = text[before.end : after.start]
    if not gap or "\n" in gap:
        return False
    around = text[before.end - 1 : after.start + 1]
    return not any(map(str.isspace, around)) or text[after.start] in _CLOSING


def count(source: Source, spans: Sequence[Span]) -> int:
    """Count the words at spans."""
    return sum(len(source.text[span.start : span.end].split()) for span in spans)
