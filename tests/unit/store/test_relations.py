"""Relations through the database: statuses, links, each text once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from kb.errors import LibraryFormatError
from kb.records import Filters, LinkKind, PartKind, PassageId
from kb.store import Contents
from kb.store.database import DATABASE_NAME, write_database
from kb.versions import PaperRelation, PaperStanding, PassageRelation, Relations
from tests.unit.store.samples import DAY, document_row, passage

DRAFT = tuple(passage(text, number=number, document="draft.txt") for number, text in enumerate("ABC"))
FINAL = tuple(passage(text, number=number, document="final.txt") for number, text in enumerate("ABD"))
PACK = (passage("A", number=0, document="pack.txt", kind=PartKind.REPORT),)
STANDING = PaperStanding(
    document="draft.txt",
    part=0,
    kind=PartKind.MINUTES,
    body="Fenwold Panel",
    meeting_date=DAY,
    title="Minutes",
    page=2,
    status="superseded",
    relations=(
        PaperRelation(
            kind=LinkKind.SUPERSEDED_BY,
            document="final.txt",
            part=1,
            page=3,
            title="Minutes",
            meeting_date=DAY,
            same=2,
            changed=1,
            passage=PassageId("final.txt/0"),
            note="a note",
        ),
        PaperRelation(
            kind=LinkKind.AMENDS, document=None, part=None, page=None, title=None, meeting_date=None
        ),
    ),
)
RELATIONS = Relations(
    same=(
        (FINAL[0].id, DRAFT[0].id, PACK[0].id),
        (FINAL[1].id, DRAFT[1].id),
    ),
    passages=(
        PassageRelation(kind=LinkKind.SUPERSEDES, passage=FINAL[2].id, other=DRAFT[2].id),
        PassageRelation(kind=LinkKind.SUPERSEDED_BY, passage=DRAFT[2].id, other=FINAL[2].id, note="C to D"),
    ),
    statuses=tuple((each.id, "superseded") for each in DRAFT),
    papers=(STANDING,),
)
# Rows: the draft's are 0 to 2, the final minutes' 3 to 5, the pack's is 6.
DOCUMENTS = tuple(
    document_row(name, *passages)
    for name, passages in (("draft.txt", DRAFT), ("final.txt", FINAL), ("pack.txt", PACK))
)


@pytest.fixture
def contents(tmp_path: Path) -> Iterator[Contents]:
    """Three documents with their relations."""
    write_database(tmp_path / DATABASE_NAME, DOCUMENTS, relations=RELATIONS)
    opened = Contents.open(tmp_path, library=tmp_path)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), [2, 3, 4, 5]),
        (Filters(documents=("draft.txt", "pack.txt")), [0, 1, 2]),
        (Filters(kinds=(PartKind.REPORT,)), [6]),
        (Filters(statuses=("superseded",)), [0, 1, 2]),
        (Filters(documents=("nothing.txt",)), []),
    ],
)
def test_each_text_comes_once_and_the_one_that_counts_first(
    contents: Contents, filters: Filters, expected: list[int]
) -> None:
    """A filter that leaves it out leaves a copy in."""
    mask = contents.each_text_once(contents.mask(filters))
    assert mask is not None
    assert np.flatnonzero(mask).tolist() == expected


def test_a_passage_tells_where_else_it_stands(contents: Contents) -> None:
    """In the order that counts, with the place to read it."""
    citation = contents.passage(contents.row(FINAL[0].id)).citation
    assert [(link.id, link.document) for link in citation.also_in] == [
        (DRAFT[0].id, "draft.txt"),
        (PACK[0].id, "pack.txt"),
    ]
    assert citation.also_in[0].spans == DRAFT[0].spans
    assert citation.status is None


def test_what_is_superseded_says_so_and_leads_on(contents: Contents) -> None:
    """In its status and by a link with a note; the successor is known by row."""
    citation = contents.passage(2).citation
    assert citation.status == "superseded"
    [link] = citation.linked(LinkKind.SUPERSEDED_BY)
    assert (link.id, link.note) == (FINAL[2].id, "C to D")
    assert contents.successors == {2: 5}


def test_standings_come_back(contents: Contents) -> None:
    """Every field of them."""
    assert contents.standings() == (STANDING,)


def test_without_relations_everything_stands_alone(tmp_path: Path) -> None:
    """No mask, no links; a printed status stays."""
    write_database(tmp_path / DATABASE_NAME, DOCUMENTS)
    opened = Contents.open(tmp_path, library=tmp_path)
    assert opened.each_text_once(None) is None
    assert opened.passages(range(7)) == (*DRAFT, *FINAL, *PACK)
    opened.close()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE same_text SET passage = 'unknown' WHERE place = 1 AND text_group = 0",
        "UPDATE relations SET kind = 'cousin_of'",
        "UPDATE statuses SET passage = 'unknown' || rowid",
        "DROP TABLE relations",
    ],
)
def test_damaged_relations_are_told(tmp_path: Path, damage: str) -> None:
    """When the library is opened, with the command that mends it."""
    write_database(tmp_path / DATABASE_NAME, DOCUMENTS, relations=RELATIONS)
    with sqlite3.connect(tmp_path / DATABASE_NAME) as connection:
        connection.execute(damage)
    connection.close()
    with pytest.raises(LibraryFormatError, match="damaged"):
        Contents.open(tmp_path, library=tmp_path)
