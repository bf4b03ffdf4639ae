"""A law of the store: what is written is what is read, whatever it is."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from kb.records import Box, Citation, Item, Outline, PageBox, Paragraph, Part, PartKind, PassageId, Span
from kb.store import codec

texts = st.text(st.characters(codec="utf-8"), max_size=20)
maybe = st.none() | texts
spans = st.tuples(st.integers(0, 10**7), st.integers(0, 10**7)).map(lambda pair: Span(*sorted(pair)))
many_spans = st.lists(spans, max_size=3).map(tuple)
pages = st.none() | st.integers(1, 5000)
points = st.floats(-1e4, 1e4)
boxes = st.lists(
    st.builds(PageBox, st.integers(1, 5000), st.builds(Box, points, points, points, points), points, points),
    max_size=2,
).map(tuple)
paragraphs = st.builds(
    Paragraph,
    label=maybe,
    spans=many_spans,
    label_span=st.none() | spans,
    page=pages,
    continues=st.booleans(),
    is_heading=st.booleans(),
    is_row=st.booleans(),
    context=texts,
    boxes=boxes,
    note=maybe,
)
items = st.builds(
    Item,
    number=maybe,
    title=texts,
    page=pages,
    heading=many_spans,
    paragraphs=st.lists(paragraphs, max_size=3).map(tuple),
    boxes=boxes,
)
parts = st.builds(
    Part,
    kind=st.sampled_from(PartKind),
    body=maybe,
    meeting_date=st.none() | st.dates(),
    title=texts,
    agenda_item=maybe,
    page=pages,
    status=maybe,
    items=st.lists(items, max_size=2).map(tuple),
    contact=maybe,
)
outlines = st.builds(Outline, parts=st.lists(parts, max_size=2).map(tuple), furniture=many_spans)
citations = st.builds(
    Citation,
    id=texts.map(PassageId),
    document=texts,
    body=maybe,
    meeting_date=st.none() | st.dates(),
    kind=st.sampled_from(PartKind),
    agenda_item=maybe,
    item=maybe,
    section=maybe,
    item_title=maybe,
    paragraph=maybe,
    page=pages,
    page_label=maybe,
    status=maybe,
    label=texts,
)


@given(outlines)
def test_any_outline_comes_back(outline: Outline) -> None:
    """Through the text that is stored."""
    assert codec.decode_outline(json.loads(codec.dumps(codec.encode_outline(outline)))) == outline


@given(citations)
def test_any_citation_comes_back(citation: Citation) -> None:
    """Through the text that is stored."""
    value = json.loads(codec.dumps(codec.encode_citation(citation)))
    assert codec.decode_citation(value, passage_id=citation.id, document=citation.document) == citation
