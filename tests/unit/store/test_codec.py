"""Records to JSON and back."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from kb.records import Citation, Item, Outline, Page, Paragraph, Part
from kb.store import codec
from tests.unit.store.samples import CITATION, ITEM, OUTLINE, PAGE, PARAGRAPH, PART


def test_outlines_come_back() -> None:
    """Every field, through real JSON."""
    value = json.loads(codec.dumps(codec.encode_outline(OUTLINE)))
    assert codec.decode_outline(value) == OUTLINE


def test_pages_come_back() -> None:
    """With their printed label and their span."""
    assert codec.decode_page(json.loads(codec.dumps(codec.encode_page(PAGE)))) == PAGE


def test_citations_come_back() -> None:
    """The id and the document's name are kept beside the object."""
    value = json.loads(codec.dumps(codec.encode_citation(CITATION)))
    assert codec.decode_citation(value, passage_id=CITATION.id, document=CITATION.document) == CITATION


@pytest.mark.parametrize(
    ("record", "encoded", "elsewhere"),
    [
        (Outline, codec.encode_outline(OUTLINE), set()),
        (Part, codec.encode_outline(OUTLINE)["parts"][0], set()),
        (Item, codec.encode_outline(OUTLINE)["parts"][0]["items"][0], set()),
        (Paragraph, codec.encode_outline(OUTLINE)["parts"][0]["items"][0]["paragraphs"][0], set()),
        (Page, codec.encode_page(PAGE), set()),
        (Citation, codec.encode_citation(CITATION), {"id", "document", "links"}),
    ],
)
def test_no_field_is_forgotten(record: type[Any], encoded: dict[str, Any], elsewhere: set[str]) -> None:
    """A field added to a record must be added to its codec."""
    assert set(encoded) | elsewhere == {field.name for field in dataclasses.fields(record)}


@pytest.mark.parametrize("sample", [PARAGRAPH, ITEM, PART, CITATION])
def test_the_samples_leave_no_field_at_its_default(sample: Any) -> None:
    """Otherwise a forgotten field would come back by luck."""
    for field in dataclasses.fields(sample):
        if field.name == "links":
            continue  # kept in tables of their own, see test_relations.py
        assert getattr(sample, field.name) not in (None, False, "", ()), field.name


@pytest.mark.parametrize(
    "value", [{}, {"parts": 3, "furniture": []}, {"parts": [{"kind": "poem"}], "furniture": []}]
)
def test_other_objects_are_refused(value: dict[str, Any]) -> None:
    """By the errors that readers of a library expect."""
    with pytest.raises(codec.DECODING_ERRORS):
        codec.decode_outline(value)
