"""Sentences of a paper as the register reads them: white space folded, markup left out, each letter with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kb.records import Item, Paragraph, Part, Span
from kb.structure.people import People
from kb.structure.sentences import sentence_spans

_TAG = re.compile(r"</?[a-z][a-z0-9]*\b[^<>]*>", re.IGNORECASE)
BULLET = re.compile(r"^\s*(?:[-•●▪·–—*o]|\uf0b7)\s+")


class Folded:
    """Pieces of a source as one line of text that can be cut again into pieces of the source.

    Args:
        source: The whole text.
        spans: The pieces, in order.
        struck: What is struck through, and so is not there.
    """

    def __init__(self, source: str, spans: Sequence[Span], struck: Sequence[Span] = ()) -> None:
        letters: list[str] = []
        places: list[int] = []
        owners: list[int] = []
        for number, span in enumerate(spans):
            inside = [each for each in struck if each.start < span.end and span.start < each.end]
            hidden = _hidden(source, span, inside)
            if letters and letters[-1] != " ":
                letters.append(" ")
                places.append(-1)
                owners.append(number)
            for place in range(span.start, span.end):
                letter = source[place]
                if place in hidden or letter == "*":
                    continue
                if letter.isspace():
                    if not letters or letters[-1] == " ":
                        continue
                    letter = " "
                letters.append(letter)
                places.append(place)
                owners.append(number)
        while letters and letters[-1] == " ":
            letters.pop()
            places.pop()
            owners.pop()
        self.text = "".join(letters)
        self._places = places
        self._owners = owners
        starts, ends = [span.start for span in spans], [span.end for span in spans]
        self._struck = [
            each for each in struck if spans and each.start < max(ends) and min(starts) < each.end
        ]

    def cut(self, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
        """The pieces of the source in which characters ``start`` to ``end`` of the text stand."""
        end = len(self.text) if end is None else end
        while start < end and self.text[start] == " ":
            start += 1
        while end > start and self.text[end - 1] == " ":
            end -= 1
        pieces: list[Span] = []
        owner = -1
        for place, of in zip(self._places[start:end], self._owners[start:end], strict=True):
            if place < 0:
                continue
            if of == owner and not self._is_struck_between(pieces[-1].end, place):
                pieces[-1] = Span(pieces[-1].start, place + 1)
            else:
                pieces.append(Span(place, place + 1))
            owner = of
        return tuple(pieces)

    def _is_struck_between(self, start: int, end: int) -> bool:
        return any(each.start < end and start < each.end for each in self._struck)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper of a document with what is known of it: its number in the outline, and the people of its meeting.

    ``text`` is that of the whole document, ``struck`` what is struck through there.
    """

    text: str
    number: int
    part: Part
    people: People
    struck: tuple[Span, ...] = ()
    _known: dict[int, list[Block]] = field(default_factory=dict)

    def blocks(self, item: Item) -> list[Block]:
        """The paragraphs of an item of this paper that have words; read once."""
        if id(item) not in self._known:
            self._known[id(item)] = self._read(item)
        return self._known[id(item)]

    def _read(self, item: Item) -> list[Block]:
        blocks = []
        for paragraph in item.paragraphs:
            pieces = sentence_spans(self.text, paragraph.spans, by_lines=True)
            folded = [Folded(self.text, spans, self.struck) for spans in pieces]
            folded = [each for each in folded if each.text]
            sentences = tuple(
                Sentence(each, last=number + 1 == len(folded)) for number, each in enumerate(folded)
            )
            if sentences:
                blocks.append(Block(paragraph, sentences, Folded(self.text, paragraph.spans, self.struck)))
        return blocks

    def business(self) -> Iterator[Item]:
        """The items in which business is done: those from the first numbered one on, or all if none is numbered."""
        started = all(item.number is None for item in self.part.items)
        for item in self.part.items:
            started = started or item.number is not None
            if started:
                yield item


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an item; ``last`` says that its paragraph ends with it."""

    folded: Folded
    last: bool

    @property
    def text(self) -> str:
        """Its words."""
        return self.folded.text

    def cut(self, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
        """See `Folded.cut`."""
        return self.folded.cut(start, end)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph with its sentences."""

    paragraph: Paragraph
    sentences: tuple[Sentence, ...]
    whole: Folded

    @property
    def text(self) -> str:
        """All its words."""
        return self.whole.text

    @property
    def is_point(self) -> bool:
        """Whether it is labelled or begins with a bullet: a point of a list."""
        return self.paragraph.label is not None or BULLET.match(self.text) is not None


def _hidden(source: str, span: Span, struck: Sequence[Span]) -> set[int]:
    hidden = {
        place for each in struck for place in range(max(each.start, span.start), min(each.end, span.end))
    }
    if "<" in source[span.start : span.end]:
        for match in _TAG.finditer(source, span.start, span.end):
            hidden.update(range(*match.span()))
    return hidden
