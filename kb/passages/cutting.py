"""Where what stands together but is too long for one passage is cut."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.passages.quoting import count, quote
from kb.passages.sizes import PassageSettings
from kb.passages.units import Unit
from kb.records import Paragraph, Source, Span
from kb.structure.sentences import sentence_spans

_QUESTION = re.compile(r"\?\W*$|\b(?:asked|queried|questioned|enquired)\b", re.IGNORECASE)
_NOWHERE = 1_000_000
_SPLIT_AT = re.compile(r"^[^\w\s]|^Update\b")


def cut(source: Source, unit: Unit, settings: PassageSettings) -> Iterator[list[tuple[Paragraph, Span]]]:
    """Cut a unit into pieces of at most ``max_words`` words, between paragraphs where possible."""
    block: list[tuple[Paragraph, Span]] = []
    words = 0
    has_text = False  # a block of headings alone goes on to what they are headings of
    question = (
        _NOWHERE  # where the last sentence begins in the block if it asks: the reply is not cut from it
    )
    for paragraph in unit.paragraphs:
        sentences = (
            [paragraph.spans]
            if unit.words <= settings.max_words
            else list(_sentences(source, paragraph, settings))
        )
        for place, spans in enumerate(sentences):
            size = count(source, spans)
            full = words + size > settings.max_words
            natural = place == 0 and words >= settings.group_words and _opens(source, spans)
            if block and (full or (natural and unit.words > settings.max_words)) and has_text:
                asked = (
                    question
                    if question < len(block) and full and size <= settings.group_words
                    else len(block)
                )
                if any(not one.is_heading for one, _ in block[:asked]):
                    kept, block = block[:asked], block[asked:]
                else:
                    kept, block = block, []
                yield kept
                words = count(source, [span for _, span in block])
                has_text = bool(block)
            question = len(block) if _asks(source, spans) else _NOWHERE
            block += [(paragraph, span) for span in spans]
            words += size
            has_text = has_text or (bool(spans) and not paragraph.is_heading)
    if block:
        yield block


def _asks(source: Source, spans: Sequence[Span]) -> bool:
    return bool(spans) and _QUESTION.search(quote(source.text, spans)) is not None


def _opens(source: Source, spans: Sequence[Span]) -> bool:
    return bool(spans) and _SPLIT_AT.match(source.text[spans[0].start : spans[0].end]) is not None


def _sentences(source: Source, paragraph: Paragraph, settings: PassageSettings) -> Iterator[tuple[Span, ...]]:
    """The spans of each sentence of a paragraph, runs of short ones together; a paragraph that fits stays whole."""
    if count(source, paragraph.spans) <= settings.max_words:
        yield paragraph.spans
        return
    for spans in sentence_spans(source.text, paragraph.spans):
        words = count(source, spans)
        if words <= settings.max_words:
            yield spans
            continue
        # A "sentence" of a table or a list without full stops: cut by lines.
        for span in spans:
            yield (span,)
