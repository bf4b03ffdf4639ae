"""Papers can be taken out, or replaced by a file from elsewhere; nothing else of the library changes."""

from __future__ import annotations

import pytest

from kb.errors import UsageError
from kb.ingest import FileStatus, IngestReport, ingest
from kb.library import Library
from kb.records import Filters, PlaceStatus
from tests.unit.ingest.conftest import Shed


def change(shed: Shed, *paths: object, **changes: object) -> IngestReport:
    """Ingest some files, removing or replacing documents."""
    return ingest(paths, shed.library, encoder=shed.encoder, readers=shed.readers, **changes)


def test_a_removed_paper_is_gone_and_its_places_say_so(shed: Shed) -> None:
    """The others stay as they were, without being embedded again."""
    shed.write("one.txt")
    shed.write("two.txt", topic="BUDGET", number=9)
    shed.ingest()
    with Library.open(shed.library, encoder=shed.encoder) as library:
        (place, *_) = [passage.id for passage in library.within(Filters(documents=("one.txt",)))]
        kept = [passage.id for passage in library.within(Filters(documents=("two.txt",)))]
    shed.encoder.encoded.clear()
    (result,) = change(shed, removing=["one.txt"]).results
    assert (result.status, result.document) == (FileStatus.REMOVED, "one.txt")
    assert not shed.encoder.encoded
    with Library.open(shed.library, encoder=shed.encoder) as library:
        assert [summary.document for summary in library.documents()] == ["two.txt"]
        assert [passage.id for passage in library.within(Filters(documents=("two.txt",)))] == kept
        assert library.resolve(place).status is PlaceStatus.REMOVED


def test_what_is_not_there_cannot_be_removed(shed: Shed) -> None:
    """Nor the last paper: what is left would be no library."""
    shed.write("one.txt")
    shed.ingest()
    with pytest.raises(UsageError, match=r"no paper .two"):
        change(shed, removing=["two.txt"])
    with pytest.raises(UsageError, match="last papers"):
        change(shed, removing=["one.txt"])


def test_a_file_from_elsewhere_replaces_a_paper(shed: Shed) -> None:
    """Under its name, with its ids, also while the paper still stands where it came from."""
    shed.write("one.txt")
    shed.ingest()
    with Library.open(shed.library, encoder=shed.encoder) as library:
        before = [passage.id for passage in library.within(Filters(documents=("one.txt",)))]
    new = shed.papers.parent / "upload" / "new.txt"
    new.parent.mkdir()
    new.write_text((shed.papers / "one.txt").read_text().replace("was 7", "was 8"))
    (result,) = change(shed, new, replacing={new: "one.txt"}).results
    assert (result.status, result.document) == (FileStatus.UPDATED, "one.txt")
    with Library.open(shed.library, encoder=shed.encoder) as library:
        passages = library.within(Filters(documents=("one.txt",)))
        assert [passage.id for passage in passages] == before
        assert any("was 8" in passage.text for passage in passages)


def test_a_file_that_cannot_be_read_replaces_nothing(shed: Shed) -> None:
    """The paper stays."""
    shed.write("one.txt")
    shed.ingest()
    bad = shed.papers.parent / "bad.pdf"
    bad.write_bytes(b"not a PDF file")
    (result,) = change(shed, bad, replacing={bad: "one.txt"}).results
    assert result.status is FileStatus.FAILED
    with Library.open(shed.library, encoder=shed.encoder) as library:
        assert [summary.document for summary in library.documents()] == ["one.txt"]
