"""The read side of a generation."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from kb.errors import LibraryFormatError, UsageError
from kb.records import Filters, PartKind
from kb.store import Contents
from kb.store.database import DATABASE_NAME, read_documents, write_database
from tests.unit.store.samples import DAY, OUTLINE, PAGE, document_row, passage

LATER = dt.date(2024, 1, 31)
PASSAGES = (
    passage("One.", number=1, item="1"),
    passage("Two.", number=2, item="2"),
    passage("Three.", number=3, item="2"),
    passage("Four.", number=1, document="report.txt", kind=PartKind.REPORT, day=LATER, item="2"),
    passage("Five.", number=2, document="report.txt", kind=PartKind.REPORT, body=None, day=None, item=None),
)
DOCUMENTS = (
    document_row("minutes.txt", *PASSAGES[:3]),
    document_row("report.txt", *PASSAGES[3:]),
)


@pytest.fixture
def contents(tmp_path: Path) -> Iterator[Contents]:
    """Two documents of five passages."""
    write_database(tmp_path / DATABASE_NAME, DOCUMENTS)
    opened = Contents.open(tmp_path, library=tmp_path)
    yield opened
    opened.close()


def test_rows_come_back(tmp_path: Path) -> None:
    """A document goes from one generation to the next as it was."""
    write_database(tmp_path / DATABASE_NAME, DOCUMENTS)
    assert tuple(read_documents(tmp_path / DATABASE_NAME)) == DOCUMENTS


def test_passages_come_back_in_the_order_asked_for(contents: Contents) -> None:
    """By row, as the search engine names them; also twice."""
    assert contents.passages([4, 0, 4]) == (PASSAGES[4], PASSAGES[0], PASSAGES[4])
    assert [contents.row(each.id) for each in PASSAGES] == [0, 1, 2, 3, 4]
    assert contents.ids == tuple(each.id for each in PASSAGES)


def test_passages_do_not_pile_up(contents: Contents, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that runs for long does not end with the whole library in memory; what was forgotten is read again."""
    monkeypatch.setattr("kb.store.contents._PASSAGES_KEPT", 1)
    for row in (0, 1, 2, 3, 4):
        assert contents.passages([row, 0]) == (PASSAGES[row], PASSAGES[0])
        assert len(contents._passages) <= 3


def test_a_document_comes_back(contents: Contents) -> None:
    """Its text to the character, its structure, its pages, its summary."""
    assert contents.source_text("report.txt") == "The text\0 of it – £5."
    assert contents.outline("report.txt") == OUTLINE
    assert contents.pages("report.txt") == (PAGE,)
    [minutes, report] = contents.documents()
    assert (minutes.document, minutes.passages, minutes.pages) == ("minutes.txt", 3, 1)
    assert (report.document, report.passages, report.issues) == ("report.txt", 2, ("odd",))
    assert [part.title for part in report.parts] == ["Minutes"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(bodies=("Fenwold Panel",)), [1, 1, 1, 1, 0]),
        (Filters(bodies=("Elsewhere",)), [0, 0, 0, 0, 0]),
        (Filters(kinds=(PartKind.REPORT,)), [0, 0, 0, 1, 1]),
        (Filters(kinds=(PartKind.REPORT, PartKind.MINUTES)), [1, 1, 1, 1, 1]),
        (Filters(documents=("minutes.txt", "unknown")), [1, 1, 1, 0, 0]),
        (Filters(date_from=DAY), [1, 1, 1, 1, 0]),
        (Filters(date_from=LATER), [0, 0, 0, 1, 0]),
        (Filters(date_to=DAY), [1, 1, 1, 0, 0]),
        (Filters(date_to=LATER, kinds=(PartKind.REPORT,)), [0, 0, 0, 1, 0]),
        (Filters(date_from=LATER, date_to=DAY), [0, 0, 0, 0, 0]),
    ],
)
def test_filters_become_a_mask(contents: Contents, filters: Filters, expected: list[int]) -> None:
    """All limits hold together; what has no date is in no range of dates."""
    mask = contents.mask(filters)
    assert mask is not None
    assert mask.dtype == np.bool_
    assert mask.astype(int).tolist() == expected


def test_no_filter_is_no_mask(contents: Contents) -> None:
    """So the engine need not look at one."""
    assert contents.mask(Filters()) is None


def test_facets_count_passages(contents: Contents) -> None:
    """Most frequent first; documents by name."""
    facets = contents.facets()
    assert facets.bodies == (("Fenwold Panel", 4),)
    assert facets.kinds == ((PartKind.MINUTES, 3), (PartKind.REPORT, 2))
    assert facets.documents == (("minutes.txt", 3), ("report.txt", 2))
    assert (facets.first_date, facets.last_date) == (DAY, LATER)


def test_the_context_of_a_passage_is_its_item(contents: Contents) -> None:
    """Item 2 of the report is another one than item 2 of the minutes."""
    assert contents.context(PASSAGES[2].id) == PASSAGES[1:3]
    assert contents.context(PASSAGES[3].id) == PASSAGES[3:4]


def test_unknown_names_are_the_askers_mistake(contents: Contents) -> None:
    """With a next step."""
    for ask in (contents.row, contents.outline, contents.source_text, contents.pages):
        with pytest.raises(UsageError) as caught:
            ask("nothing")
        assert caught.value.next_step


def test_many_threads_read_at_once(contents: Contents) -> None:
    """Web servers ask from any of their threads."""

    def read(number: int) -> str:
        row = number % len(PASSAGES)
        assert contents.passages([row, 0])[0] == PASSAGES[row]
        return contents.source_text("minutes.txt")

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(read, range(400)))) == 1


def test_it_stays_readable_when_its_files_are_gone(tmp_path: Path) -> None:
    """A later generation replaces this one while someone reads."""
    write_database(tmp_path / DATABASE_NAME, DOCUMENTS)
    contents = Contents.open(tmp_path, library=tmp_path)
    (tmp_path / DATABASE_NAME).unlink()
    assert contents.passages(range(5)) == PASSAGES
    contents.close()


def test_a_closed_library_says_so(contents: Contents) -> None:
    """Rather than that its file is damaged."""
    contents.close()
    with pytest.raises(LibraryFormatError, match="closed"):
        contents.outline("minutes.txt")


def test_what_is_no_database_is_damage(tmp_path: Path) -> None:
    """Missing, no SQLite, or without the tables."""
    for data in (None, b"", b"no database at all" * 100):
        if data is not None:
            (tmp_path / DATABASE_NAME).write_bytes(data)
        with pytest.raises(LibraryFormatError, match="damaged"):
            Contents.open(tmp_path, library=tmp_path)


def test_what_cannot_be_decoded_is_damage(tmp_path: Path) -> None:
    """JSON of another shape does not surface as a `KeyError`."""
    write_database(tmp_path / DATABASE_NAME, DOCUMENTS)
    broken = json.dumps({"parts": 1})
    raw = (tmp_path / DATABASE_NAME).read_bytes()
    text = DOCUMENTS[0].outline.encode()
    (tmp_path / DATABASE_NAME).write_bytes(raw.replace(text, broken.encode().ljust(len(text))))
    contents = Contents.open(tmp_path, library=tmp_path)
    with pytest.raises(LibraryFormatError, match="damaged"):
        contents.outline("minutes.txt")
    contents.close()


def test_an_empty_library_has_no_facets(tmp_path: Path) -> None:
    """And nothing fails for want of rows."""
    write_database(tmp_path / DATABASE_NAME, [document_row("blank.txt")])
    contents = Contents.open(tmp_path, library=tmp_path)
    assert contents.facets().documents == (("blank.txt", 0),)
    assert contents.facets().first_date is None
    mask = contents.mask(Filters(bodies=("x",), date_from=DAY))
    assert mask is not None
    assert mask.shape == (0,)
    contents.close()
