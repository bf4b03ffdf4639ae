"""Every file ends as one of five, by its bytes first, then its place, then its name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kb.ingest import FileStatus, ingest
from kb.library import Library
from kb.records import DoubtKind
from tests.fakes import HashingEncoder
from tests.unit.ingest.conftest import Shed


def names(shed: Shed) -> list[str]:
    """The documents of the library."""
    with Library.open(shed.library, encoder=shed.encoder) as library:
        return [summary.document for summary in library.documents()]


def test_new_files_are_added(shed: Shed) -> None:
    """With their number of passages."""
    shed.write("a.txt")
    shed.write("b.md", number=8)
    report = shed.ingest()
    assert [result.status for result in report.results] == [FileStatus.ADDED] * 2
    assert [result.document for result in report.results] == ["a.txt", "b.md"]
    assert sum(result.passages for result in report.results) == report.passages > 0
    assert report.count(FileStatus.ADDED) == 2


def test_a_second_run_changes_nothing(shed: Shed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is read, embedded or written, and the encoder has no text to read."""
    shed.write("a.txt")
    first = shed.ingest()
    before = (shed.library / "manifest.json").stat().st_mtime_ns, shed.generations()
    monkeypatch.setattr("kb.ingest.readers.Readers.read", lambda *_, **__: [])
    report = shed.ingest()
    assert [result.status for result in report.results] == [FileStatus.UNCHANGED]
    assert (report.passages, report.embedded, shed.encoder.encoded) == (first.passages, 0, [])
    assert before == ((shed.library / "manifest.json").stat().st_mtime_ns, shed.generations())
    assert {progress.stage for progress in shed.told} == {"reading"}


def test_a_changed_file_replaces_its_document(shed: Shed) -> None:
    """What it said before is no longer found, and its copy is gone."""
    shed.write("a.txt", number=7)
    shed.ingest()
    shed.write("a.txt", number=8)
    assert shed.statuses() == {"a.txt": "updated"}
    with Library.open(shed.library, encoder=shed.encoder) as library:
        assert "number was 8" in library.source_text("a.txt")
        assert len(library.documents()) == 1
        assert library.original_path("a.txt").read_bytes() == (shed.papers / "a.txt").read_bytes()
    assert len(list((shed.library / "originals").iterdir())) == 1


def test_only_what_changed_is_embedded(shed: Shed) -> None:
    """A passage with equal text keeps its vector, in whatever document it stands."""
    shed.write("a.txt", number=7)
    shed.write("b.txt", topic="BUDGET")
    first = shed.ingest()
    shed.write("a.txt", number=8)
    second = shed.ingest()
    assert 0 < second.embedded < first.embedded
    assert all("8" in text for text in shed.encoder.encoded)


def test_a_copy_is_a_duplicate(shed: Shed) -> None:
    """Of another file of the run, and of the library."""
    shed.write("a.txt")
    shed.write("copy.txt")
    assert shed.statuses() == {"a.txt": "added", "copy.txt": "duplicate of a.txt"}
    shed.write("later.txt")
    assert shed.statuses(shed.papers / "later.txt") == {"later.txt": "duplicate of a.txt"}
    assert shed.statuses() == {
        "a.txt": "unchanged",
        "copy.txt": "duplicate of a.txt",
        "later.txt": "duplicate of a.txt",
    }
    assert names(shed) == ["a.txt"]


def test_a_copy_that_sorts_first_does_not_take_over(shed: Shed) -> None:
    """The document stays the file that it came from."""
    shed.write("b.txt")
    shed.ingest()
    shed.write("a.txt")
    assert shed.statuses() == {"a.txt": "duplicate of b.txt", "b.txt": "unchanged"}


def test_a_renamed_file_keeps_its_document(shed: Shed) -> None:
    """Citations stay what they were; a later change finds its document again."""
    path = shed.write("a.txt")
    shed.ingest()
    path.rename(shed.papers / "b.txt")
    assert shed.statuses() == {"b.txt": "unchanged as a.txt"}
    shed.write("b.txt", number=8)
    assert shed.statuses() == {"b.txt": "updated as a.txt"}
    assert names(shed) == ["a.txt"]


def test_swapped_files_swap_places(shed: Shed) -> None:
    """Content decides."""
    shed.write("a.txt", number=1)
    shed.write("b.txt", number=2)
    shed.ingest()
    shed.write("a.txt", number=2)
    shed.write("b.txt", number=1)
    assert shed.statuses() == {"a.txt": "unchanged as b.txt", "b.txt": "unchanged as a.txt"}
    assert names(shed) == ["a.txt", "b.txt"]


def test_one_name_in_two_folders(shed: Shed) -> None:
    """The second is named by its path, and both keep their names through changes."""
    shed.write("minutes.txt", number=1)
    shed.write("2023/minutes.txt", number=2)
    assert shed.statuses() == {"minutes.txt": "added", "2023/minutes.txt": "added as 2023/minutes.txt"}
    shed.write("2023/minutes.txt", number=3)
    assert shed.statuses() == {"minutes.txt": "unchanged", "2023/minutes.txt": "updated as 2023/minutes.txt"}
    shed.write("minutes.txt", number=4)
    assert shed.statuses() == {"minutes.txt": "updated", "2023/minutes.txt": "unchanged as 2023/minutes.txt"}
    shed.write("minutes.txt", number=5)
    shed.write("2023/minutes.txt", number=6)
    assert shed.statuses() == {"minutes.txt": "updated", "2023/minutes.txt": "updated as 2023/minutes.txt"}
    with Library.open(shed.library, encoder=shed.encoder) as library:
        assert "number was 5" in library.source_text("minutes.txt")
        assert "number was 6" in library.source_text("2023/minutes.txt")


def test_one_name_in_two_runs(shed: Shed) -> None:
    """A folder a year, added one by one: nothing of the first year is lost."""
    shed.write("2022/minutes.txt", number=1)
    shed.write("2023/minutes.txt", number=2)
    shed.ingest(shed.papers / "2022")
    shed.ingest(shed.papers / "2023")
    assert names(shed) == ["2023/minutes.txt", "minutes.txt"]
    shed.write("2023/minutes.txt", number=3)
    [result] = shed.ingest(shed.papers / "2023" / "minutes.txt").results
    assert (result.status, result.document) == (FileStatus.UPDATED, "2023/minutes.txt")


def test_a_new_version_from_another_folder(shed: Shed) -> None:
    """When the old file is gone, a file of its name replaces it."""
    shed.write("old/minutes.txt", number=1)
    shed.ingest()
    shutil.rmtree(shed.papers / "old")
    shed.write("new/minutes.txt", number=2)
    assert shed.statuses() == {"new/minutes.txt": "updated"}
    assert names(shed) == ["minutes.txt"]


def test_equal_names_deep_down(shed: Shed) -> None:
    """More of the path is taken until the name is free."""
    for number, folder in enumerate(("a/x", "b/x", "c/x")):
        shed.write(f"{folder}/minutes.txt", number=number)
        shed.ingest(shed.papers / folder)
    assert names(shed) == ["c/x/minutes.txt", "minutes.txt", "x/minutes.txt"]


def test_other_documents_stay(shed: Shed) -> None:
    """A run adds; what it is not told of stays, in whatever order it comes."""
    first, second = shed.write("b.txt", number=1), shed.write("a.txt", number=2)
    shed.ingest(first)
    one_by_one = shed.ingest(second)
    with Library.open(shed.library, encoder=shed.encoder) as library:
        hits = [hit.passage for hit in library.search("number")]
        content_hash = library.content_hash
    shutil.rmtree(shed.library)
    at_once = shed.ingest()
    assert one_by_one.passages == at_once.passages
    with Library.open(shed.library, encoder=shed.encoder) as library:
        assert library.content_hash == content_hash
        assert [hit.passage for hit in library.search("number")] == hits


def test_the_content_hash_is_of_the_content(tmp_path: Path) -> None:
    """Not of the machine, the place or the names; of the model it is."""
    hashes = []
    for folder, name, dimension in (("one", "a.txt", 32), ("two", "b.txt", 32), ("three", "a.txt", 16)):
        (tmp_path / folder).mkdir()
        shed = Shed(tmp_path / folder)
        encoder = HashingEncoder(dimension)
        ingest([shed.write(name)], shed.library, encoder=encoder)
        with Library.open(shed.library, encoder=encoder) as library:
            hashes.append(library.content_hash)
    assert hashes[0] == hashes[1] != hashes[2]


def test_progress_is_told(shed: Shed) -> None:
    """Each stage counts from nothing to all of it."""
    shed.write("a.txt")
    shed.write("b.txt", number=8)
    shed.ingest()
    for stage in ("reading", "embedding", "writing"):
        told = [progress for progress in shed.told if progress.stage == stage]
        assert told[0].done == 0
        assert told[-1].done == told[-1].total > 0
        assert [progress.done for progress in told] == sorted(progress.done for progress in told)
    assert [progress.name for progress in shed.told if progress.stage == "reading"][:2] == ["a.txt", "b.txt"]


def test_doubts_are_counted_and_kept(shed: Shed) -> None:
    """Told by the run that reads a paper, and kept with it through later runs that do not."""
    shed.write("sound.txt")
    path = shed.write("gap.txt", number=8)
    path.write_text(path.read_text().replace("RESOLVED", "4. PLANS\n\nPlans were told.\n\nRESOLVED"))
    first = {result.path.name: result.doubts for result in shed.ingest().results}
    assert first["gap.txt"] == first["sound.txt"] + 1
    shed.write("other.txt", number=9)
    shed.ingest()
    with Library.open(shed.library, encoder=shed.encoder) as library:
        [gap] = [doubt for doubt in library.doubts("gap.txt") if doubt.kind is DoubtKind.NUMBERING_GAP]
        counts = {summary.document: summary.doubts for summary in library.documents()}
    assert gap.message == "Item 4 follows 2: 3 is missing."
    assert counts["gap.txt"] == first["gap.txt"]
