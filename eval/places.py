"""Which gold places does a passage hit?

Takes passages of any splitter with the papers they were cut from, gives the places of a topic that each
hits, and TREC run lines and qrels over *place* ids, so that judgments survive a change of splitter.

The rule of overlap. A passage hits a place if it covers at least half of the place's words (a large passage
around a small place) or if at least half of its own words lie in the place (a small passage inside a large
place). Half is the point from which the larger share is right; the second clause keeps fine splitters from
being punished for quoting tightly. Words are counted, not characters, so that tables padded with spaces
weigh what they say.

The rule of lines. Every passage becomes one run line, so ranks are ranks of passages. Its id is that of the
best place it hits that no passage above it has taken (best grade, then best covered); so a place counts
once, however many passages repeat it. A passage that hits nothing, or only what was shown already, keeps its
own id, which no judgment knows. A passage that covers two places is credited with one of them: large
passages pay in recall.

The rule of copies. A text that stands in several files is one: see `eval.twins`.

In a PDF a place is a page and an anchor: the paragraph runs from the anchor to the next blank line or
printed label.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote

from eval.systems import Paper
from eval.topics import LineRange, Place, Topic
from eval.twins import elsewhere, same_places
from eval.wording import word_starts, words
from kb.records import Citation, Passage, Span

# Shares of words, dimensionless.
MIN_SHARE_OF_PLACE = 0.5
MIN_SHARE_OF_PASSAGE = 0.5
# Words; a paragraph of a paper is rarely longer, and a longer guess would swallow its neighbours.
MAX_ANCHORED_WORDS = 150

# What ends a paragraph of a PDF's text: a blank line; a table row (cells are parted by tabs); a printed label, but not
# a number that a wrapped line happens to begin with, so the line before it must end a sentence.
_LABEL = r"(?:\(?\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}\.\d{1,2}|\(?[a-z][.)]|[•*–-])[ \t\n]"
_PARAGRAPH_END = re.compile(rf"\n(?=[ \t]*\n|[^\n]*\t|(?<=[.;:!?)”\"’]\n){_LABEL})")
_ROW_END = re.compile(r"\n")


class PlaceHit(NamedTuple):
    """A place that a passage hits: its number among the topic's, from 0, and the share of its words shown."""

    number: int
    place: Place
    coverage: float


class RunLine(NamedTuple):
    """One line of a TREC run: the id of a place, or of a passage that hits none; ``rank`` counts from 1."""

    item_id: str
    rank: int


class Judge:
    """Knows the papers and says which places a passage hits.

    Args:
        papers: The papers as the system read them; passages' spans count characters of their texts.
    """

    def __init__(self, papers: Iterable[Paper]) -> None:
        self._papers: Mapping[str, Paper] = {paper.name: paper for paper in papers}
        self._words: dict[str, list[int]] = {}
        self._extents: dict[Place, Span | None] = {}

    def hits(self, topic: Topic, passage: Passage) -> tuple[PlaceHit, ...]:
        """Return the places of a topic that a passage hits, best grade first, then best covered."""
        return self.hits_of_spans(topic, passage.citation, passage.spans)

    def hits_of_spans(self, topic: Topic, citation: Citation, spans: Sequence[Span]) -> tuple[PlaceHit, ...]:
        """Return the places of a topic hit by pieces of one document, such as a quote's.

        What stands in other files too hits places there; of equal grade, those in the cited file come first.
        """
        found = list(self._hits_in(topic, citation, spans))
        for there, all_spans in elsewhere(citation):
            if any(place.document == there.document for place in topic.places):
                same = self._same_words(citation.document, spans, there.document, all_spans)
                found += self._hits_in(topic, there, same)
        return tuple(
            sorted(
                found,
                key=lambda hit: (
                    -hit.place.grade,
                    hit.place.document != citation.document,
                    -hit.coverage,
                    hit.number,
                ),
            )
        )

    def same_places(self, topic: Topic) -> Mapping[str, str]:
        """Map every place of a topic to the one it counts as, by id; see `eval.twins.same_places`."""
        return same_places(topic, self.text_of)

    def text_of(self, place: Place) -> str:
        """Return the text of a place, empty if it cannot be found in the papers."""
        extent = self.extent(place)
        return "" if extent is None else self._papers[place.document].text[extent.start : extent.end]

    def extent(self, place: Place) -> Span | None:
        """Return the characters of a place, or ``None`` if it cannot be found in the papers."""
        if place not in self._extents:
            paper = self._papers.get(place.document)
            if paper is None:
                self._extents[place] = None
            elif place.lines is not None:
                self._extents[place] = _lines_extent(paper.text, place.lines.first, place.lines.last)
            else:
                self._extents[place] = _anchor_extent(paper, place)
        return self._extents[place]

    def pages(self, document: str, spans: Sequence[Span]) -> tuple[int, ...]:
        """Return the pages on which pieces of a document stand, ascending; empty for a text file."""
        paper = self._papers.get(document)
        if paper is None:
            return ()
        return tuple(
            page.number
            for page in paper.pages
            if any(s < page.span.end and e > page.span.start for s, e in spans)
        )

    def lines_of(self, passage: Passage) -> LineRange | None:
        """Return the physical lines of a text file that a passage stands on; ``None`` in a PDF."""
        paper = self._papers.get(passage.citation.document)
        if paper is None or paper.pages or not passage.spans:
            return None
        start, end = min(span.start for span in passage.spans), max(span.end for span in passage.spans)
        return LineRange(paper.text.count("\n", 0, start) + 1, paper.text.count("\n", 0, end) + 1)

    def source_at(self, document: str, spans: Sequence[Span]) -> str | None:
        """Return what the source says at spans, joined by spaces; ``None`` if there is no such document."""
        paper = self._papers.get(document)
        return None if paper is None else " ".join(paper.text[start:end] for start, end in spans)

    def _hits_in(self, topic: Topic, citation: Citation, spans: Sequence[Span]) -> Iterator[PlaceHit]:
        for index, place in enumerate(topic.places):
            if place.document == citation.document:
                coverage = self._coverage(place, citation, spans)
                if coverage is not None:
                    yield PlaceHit(index, place, coverage)

    def _same_words(
        self, document: str, spans: Sequence[Span], other: str, other_spans: Sequence[Span]
    ) -> Sequence[Span]:
        """Find a piece of a passage where the passage stands in another file; all of it there, if it can't be found."""
        paper = self._papers.get(other)
        wanted = words(self.source_at(document, spans) or "")
        if paper is None or not wanted or not other_spans:
            return other_spans
        start, end = min(span.start for span in other_spans), max(span.end for span in other_spans)
        found = re.compile(_in_order(wanted), re.IGNORECASE).search(paper.text, start, end)
        return other_spans if found is None else (Span(*found.span()),)

    def _coverage(self, place: Place, citation: Citation, spans: Sequence[Span]) -> float | None:
        """Return the share of the place's words that are covered, ``None`` if the place is not hit."""
        extent = self.extent(place)
        if extent is None:
            return 1.0 if self._cited_alike(place, citation, spans) else None
        wanted = self._count(place.document, extent)
        shown = sum(self._count(place.document, span) for span in spans)
        shared = sum(
            self._count(place.document, Span(max(span.start, extent.start), min(span.end, extent.end)))
            for span in spans
        )
        if not shared:
            return None
        covers_place = shared >= MIN_SHARE_OF_PLACE * wanted
        lies_in_place = shared >= MIN_SHARE_OF_PASSAGE * shown
        return shared / wanted if covers_place or lies_in_place else None

    def _cited_alike(self, place: Place, citation: Citation, spans: Sequence[Span]) -> bool:
        """A page without an anchor: the page and every printed number that the place gives must agree."""
        if place.anchor is not None or place.page is None:
            return False
        given = [
            (place.item, citation.item),
            (place.section, citation.section),
            (place.paragraph, citation.paragraph),
        ]
        on_page = place.page in (self.pages(place.document, spans) or (citation.page,))
        return on_page and all(gold is None or gold == cited for gold, cited in given)

    def _count(self, document: str, span: Span) -> int:
        """Count the words that begin inside a span."""
        if document not in self._words:
            self._words[document] = word_starts(self._papers[document].text)
        starts = self._words[document]
        return max(0, bisect_left(starts, span.end) - bisect_left(starts, span.start))


def _lines_extent(text: str, first: int, last: int) -> Span | None:
    """Return the characters of physical lines, parted by line feeds alone (as the sets count them)."""
    starts = [0, *(match.end() for match in re.finditer("\n", text)), len(text) + 1]
    if last >= len(starts):
        return None
    extent = Span(starts[first - 1], starts[last] - 1)
    return extent if text[extent.start : extent.end].strip() else None


def _anchor_extent(paper: Paper, place: Place) -> Span | None:
    """Find the anchor's words on the page and run on to the end of the paragraph."""
    if place.anchor is None:
        return None
    page = next((page for page in paper.pages if page.number == place.page), None)
    if place.page is not None and page is None:
        return None
    start, end = page.span if page else (0, len(paper.text))
    anchor = words(place.anchor)
    # A printed label ("5.") may stand in the anchor and not before the text, in another column.
    for wanted in (anchor, anchor[1:]):
        found = (
            re.compile(_in_order(wanted), re.IGNORECASE).search(paper.text, start, end) if wanted else None
        )
        if found:
            return _paragraph_from(paper.text, found.start(), found.end())
    return None


def _in_order(wanted: Sequence[str]) -> str:
    """A pattern of words that follow each other, whatever stands between them."""
    pattern = r"[\W_]+".join(re.escape(word) for word in wanted)
    return rf"(?<!\w){pattern}(?!\w)"


def _paragraph_from(text: str, start: int, anchor_end: int) -> Span:
    """Run from an anchor to the end of its table row or paragraph; a paragraph may go on over the page."""
    line_end = text.find("\n", anchor_end)
    line = text[text.rfind("\n", 0, start) + 1 : len(text) if line_end < 0 else line_end]
    stop = (_ROW_END if "\t" in line else _PARAGRAPH_END).search(text, anchor_end)
    end = stop.start() if stop else len(text)
    starts = word_starts(text[start:end])
    if len(starts) > MAX_ANCHORED_WORDS:
        end = max(anchor_end, start + starts[MAX_ANCHORED_WORDS])
    return Span(start, end)


def run_lines(judge: Judge, topic: Topic, passages: Sequence[Passage]) -> tuple[RunLine, ...]:
    """Turn a ranking of passages into a ranking of places, by the rule in the module's docstring.

    Args:
        judge: Knows the papers.
        topic: Whose places are looked for.
        passages: Best first.

    Returns:
        One line for each passage, in their order, with unique ids; a passage listed twice counts where it
        stands first.
    """
    same = judge.same_places(topic)
    taken: set[str] = set()
    lines: list[RunLine] = []
    for passage in passages:
        own = f"passage:{quote(passage.id)}"
        ids = [same[hit.place.id] for hit in judge.hits(topic, passage)]
        item_id = next((place for place in ids if place not in taken), own)
        if item_id not in taken:
            taken.add(item_id)
            lines.append(RunLine(item_id, len(lines) + 1))
    return tuple(lines)


def qrels(judge: Judge, topic: Topic) -> dict[str, int]:
    """Return the judgments of a topic: place id to grade.

    A place listed twice, or standing in two files, keeps its best grade.
    """
    same = judge.same_places(topic)
    grades: dict[str, int] = {}
    for place in topic.places:
        counted = same[place.id]
        grades[counted] = max(place.grade, grades.get(counted, 0))
    return grades
