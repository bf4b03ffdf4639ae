"""Who says a quote: the speaker of its sentences, as the minutes that it stands in tell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate

from kb.records import Outline, Span
from kb.structure import read_people
from kb.structure.statements import Statement, read_statements


class Attributions:
    """The statements of the documents of one library, each document read when it is first quoted.

    Args:
        outline: Gives a document's structure by its name.
        source: Gives its text.
    """

    def __init__(self, outline: Callable[[str], Outline], source: Callable[[str], str]) -> None:
        self._outline = outline
        self._source = source
        self._placed: dict[str, _Placed] = {}

    def speaker(self, document: str, spans: Sequence[Span]) -> str | None:
        """The one speaker of all sentences at some spans; ``None`` if there are several, none, or any doubt."""
        placed = self._placed.get(document)
        if placed is None:
            text = self._source(document)
            placed = _Placed(
                [
                    statement
                    for part in self._outline(document).parts
                    for statement in read_statements(text, part, read_people(text, part))
                ]
            )
            self._placed[document] = placed
        attributions = [statement.attribution for statement in placed.at(spans)]
        speakers = {one.speaker for one in attributions}
        if len(speakers) != 1 or any(one.doubtful for one in attributions):
            return None
        return next(iter(speakers))


class _Placed:
    """Statements, to be found by their place."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._spans = sorted(
            (span.start, span.end, number)
            for number, statement in enumerate(statements)
            for span in statement.spans
        )
        self._statements = statements
        self._starts = [start for start, _, _ in self._spans]
        self._ends = list(accumulate((end for _, end, _ in self._spans), max))

    def at(self, spans: Sequence[Span]) -> list[Statement]:
        """Those that overlap some spans, in order."""
        found: set[int] = set()
        for span in spans:
            first, last = bisect_right(self._ends, span.start), bisect_left(self._starts, span.end)
            found.update(number for _, end, number in self._spans[first:last] if end > span.start)
        return [self._statements[number] for number in sorted(found)]
