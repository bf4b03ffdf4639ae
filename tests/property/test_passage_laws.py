"""Laws of passages, for any text; those of structure stand in `test_structure_laws`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.passages import PassageSettings, quote, sentence_spans, split
from kb.records import Outline, PartKind, Source, Span
from kb.structure import parse
from tests.strategies import any_texts, sources

SLOW_TO_DRAW = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
SIZES = st.builds(
    PassageSettings,
    max_words=st.integers(1, 150),
    small_words=st.integers(0, 40),
    group_words=st.integers(0, 80),
    lead_words=st.integers(0, 20),
)


def covered(text: str, spans: Iterable[Span]) -> Counter[int]:
    """How often each visible character is covered, by its place."""
    return Counter(place for span in spans for place in range(*span) if not text[place].isspace())


def paragraph_spans(outline: Outline) -> list[Span]:
    """The spans of all paragraphs, and of the headings that are all an agenda has."""
    items = [item for part in outline.parts for item in part.items]
    entries = [item for part in outline.parts if part.kind is PartKind.AGENDA for item in part.items]
    spans = [span for item in items for paragraph in item.paragraphs for span in paragraph.spans]
    return spans + [span for item in entries for span in item.heading]


@SLOW_TO_DRAW
@given(source=sources, sizes=SIZES)
def test_passages_hold_the_text_of_all_paragraphs_once(source: Source, sizes: PassageSettings) -> None:
    """Nothing is lost and nothing is said twice, whatever the sizes."""
    outline = parse(source)
    spans = [span for passage in split(source, outline, sizes) for span in passage.spans]
    assert all(0 <= span.start < span.end <= len(source.text) for span in spans)
    found = covered(source.text, spans)
    assert found == covered(source.text, paragraph_spans(outline))
    assert set(found.values()) <= {1}


@SLOW_TO_DRAW
@given(source=sources)
def test_passages_quote_the_source(source: Source) -> None:
    """Their text is the source at their spans, white space folded, and never empty."""
    for passage in split(source, parse(source)):
        assert passage.text
        assert passage.text == quote(source.text, passage.spans) == " ".join(passage.text.split())


@SLOW_TO_DRAW
@given(source=sources)
def test_ids_are_unique_and_stable(source: Source) -> None:
    """The same file gives the same passages."""
    passages = split(source, parse(source))
    assert len({passage.id for passage in passages}) == len(passages)
    assert split(source, parse(source)) == passages


@given(text=any_texts, data=st.data())
def test_sentences_hold_all_they_were_cut_from(text: str, data: st.DataObject) -> None:
    """In order, once, without white space at their ends."""
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)) | {0, len(text)})
    spans = [Span(start, end) for start, end in pairwise(cuts)]
    pieces = [span for sentence in sentence_spans(text, spans) for span in sentence]
    assert pieces == sorted(pieces)
    assert covered(text, pieces) == covered(text, spans)
    assert all(text[span.start : span.end] == text[span.start : span.end].strip() for span in pieces)
