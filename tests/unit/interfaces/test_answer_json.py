"""The JSON of an answer holds to its schema, and the schema to its description."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import QuestionError
from kb.interfaces import answer_json
from kb.records import Citation, Link, LinkKind, PartKind, PassageId, Span, Struck
from tests.unit.interfaces.fake_library import OUTLINE, make_answer, make_citation, make_hits, make_passage

ROOT = Path(__file__).parents[3]
SCHEMA = json.loads((ROOT / "kb/interfaces/answer.schema.json").read_text("utf-8"))
TEXT = st.text(min_size=1)
MAYBE = st.none() | TEXT


def links_of(*kinds: LinkKind) -> st.SearchStrategy[Link]:
    """Links of some kinds."""
    spans = st.lists(st.tuples(st.integers(0), st.integers(0)).map(lambda pair: Span(*pair)), max_size=2)
    return st.builds(
        Link,
        kind=st.sampled_from(kinds),
        id=TEXT.map(PassageId),
        document=TEXT,
        label=TEXT,
        page=st.none() | st.integers(min_value=1),
        page_label=MAYBE,
        spans=spans.map(tuple),
        note=MAYBE,
    )


def validate(data: object) -> None:
    """Check against the published schema, after a trip through text."""
    jsonschema.validate(json.loads(json.dumps(data)), SCHEMA, format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize("abstained", [False, True])
def test_an_answer_meets_the_schema(*, abstained: bool) -> None:
    """Answers and abstentions are valid; only an answer cites."""
    data = answer_json.answer_to_json(make_answer(abstained=abstained), question_id="q1")
    validate(data)
    assert data["id"] == "q1"
    assert bool(data["citations"]) is not abstained
    assert [passage["rank"] for passage in data["passages"]] == [1, 2, 3]


def test_an_error_meets_the_schema() -> None:
    """An error takes the answer's place, with its id."""
    data = answer_json.error_to_json(QuestionError("The question is empty."), id=None)
    validate(data)
    assert data == {
        "schema": 1,
        "id": None,
        "error": {"message": "The question is empty.", "next_step": None},
    }


@given(
    st.builds(
        Citation,
        id=TEXT.map(PassageId),
        document=TEXT,
        body=MAYBE,
        meeting_date=st.none() | st.dates(),
        kind=st.sampled_from(PartKind),
        agenda_item=MAYBE,
        item=MAYBE,
        section=MAYBE,
        item_title=MAYBE,
        paragraph=MAYBE,
        page=st.none() | st.integers(min_value=1),
        page_label=MAYBE,
        status=MAYBE,
        label=TEXT,
        links=st.tuples(
            st.lists(links_of(LinkKind.ALSO_IN), max_size=2),
            st.lists(links_of(*list(LinkKind)[1:]), max_size=2),
        ).map(lambda pair: (*pair[0], *pair[1])),
    )
)
def test_a_citation_survives_the_round_trip(citation: Citation) -> None:
    """Writing then reading a citation gives it back."""
    data = json.loads(json.dumps(answer_json.citation_to_json(citation)))
    assert answer_json.citation_from_json(data) == citation


def test_no_field_of_a_citation_is_forgotten() -> None:
    """A field added to the record must be added to the JSON and to its schema."""
    fields = {field.name for field in dataclasses.fields(Citation)}
    assert set(answer_json.citation_to_json(make_citation("1"))) == fields | {"also_in"}
    assert set(SCHEMA["$defs"]["citation"]["properties"]) == fields | {"also_in"}


def test_the_schema_knows_every_relation() -> None:
    """A new relation between places is a change of the schema."""
    assert SCHEMA["$defs"]["link"]["properties"]["relation"]["enum"] == [kind.value for kind in LinkKind]


def test_the_schema_knows_every_kind() -> None:
    """A new kind of paper is a change of the schema."""
    assert SCHEMA["$defs"]["citation"]["properties"]["kind"]["enum"] == [kind.value for kind in PartKind]


@pytest.mark.parametrize("record", ["answer", "quote", "passage", "box", "citation", "link"])
def test_the_description_lists_the_fields_of_the_schema(record: str) -> None:
    """docs/answer-schema.md names the same fields in the same order."""
    page = (ROOT / "docs/answer-schema.md").read_text("utf-8")
    section = page.split(f"## {record.capitalize()}\n")[1].split("\n## ")[0]
    assert re.findall(r"^\| `(\w+)`", section, re.MULTILINE) == list(SCHEMA["$defs"][record]["properties"])


def test_a_passage_says_where_it_is_printed() -> None:
    """Each box with the page it is on and the size of that page; struck text beside the quote, not in it."""
    struck = make_passage("9", "The grant was £600.", struck=[Struck(Span(14, 18), "£500", 14)])
    (data,) = answer_json.passages_to_json(make_hits([struck]))
    assert data["struck"] == ["£500"]
    assert data["boxes"] == [
        {
            "page": 3,
            "x0": 72.0,
            "top": 100.0,
            "x1": 523.0,
            "bottom": 126.5,
            "page_width": 595.3,
            "page_height": 841.9,
        }
    ]
    assert set(data) == set(SCHEMA["$defs"]["passage"]["properties"])


def test_an_outline_leaves_out_what_stands_before_the_first_item() -> None:
    """Items without number and title are no items; only printed labels are listed."""
    data = answer_json.outline_to_json("minutes.txt", OUTLINE)
    assert data["doc"] == "minutes.txt"
    (part,) = data["parts"]
    [item] = part["items"]
    assert {name: item[name] for name in ("number", "title", "page", "paragraphs")} == {
        "number": "6",
        "title": "Road safety",
        "page": 3,
        "paragraphs": ["1", "a"],
    }
    assert [place["paragraph"] for place in item["places"]] == ["1", None, "a"]
    assert (part["kind"], part["meeting_date"]) == ("minutes", "2023-03-22")
