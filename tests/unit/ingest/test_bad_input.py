"""Bad input: a clear word about each file, and nothing lost."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kb.errors import LibraryError, LibraryFormatError, LibraryMissingError, SourceFault
from kb.ingest import FileStatus, IngestSettings, ingest, reading
from kb.library import Library
from kb.passages import PassageSettings
from kb.store.manifest import FORMAT_VERSION
from tests.fakes import HashingEncoder
from tests.unit.ingest.conftest import Shed

BAD_FILES = {
    "empty.txt": b"",
    "empty.pdf": b"",
    "blank.txt": b" \n \n",
    "no.pdf": b"These are words, not a PDF.",
    "cut.pdf": b"%PDF-1.7\n1 0 obj\n<<",
    "nul.txt": b"1. COST\n\nIt was no\0 more.\n",
    "picture.txt": bytes(range(256)) * 40,
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_fails_and_the_others_are_read(shed: Shed, name: str) -> None:
    """With a reason, and what to do about it."""
    shed.write("good.txt")
    (shed.papers / name).write_bytes(BAD_FILES[name])
    results = {result.path.name: result for result in shed.ingest().results}
    assert results["good.txt"].status is FileStatus.ADDED
    assert results[name].status is FileStatus.FAILED
    assert results[name].reason
    assert results[name].next_step
    assert results[name].document is None


@pytest.mark.parametrize(
    "data",
    [
        "1. COST\n\nIt was £5 – no more.\n".encode("cp1252"),
        "1. COST\n\nIt was £5 – no more.\n".encode("utf-16"),
        "\ufeff1. COST\n\nIt was £5 – no more.\n".encode(),
    ],
)
def test_odd_encodings_are_read(shed: Shed, data: bytes) -> None:
    """The pound sign survives them all."""
    (shed.papers / "odd.txt").write_bytes(data)
    [result] = shed.ingest().results
    assert result.status is FileStatus.ADDED
    with Library.open(shed.library, encoder=shed.encoder) as library:
        assert "£5 –" in library.search("cost")[0].passage.text


def test_equal_bad_files_each_fail(shed: Shed) -> None:
    """The second is no duplicate of something that is not there; under another kind it may be good."""
    (shed.papers / "a.pdf").write_bytes(b"1. ROADS\n\nWords about roads.\n")
    shutil.copy(shed.papers / "a.pdf", shed.papers / "b.pdf")
    shutil.copy(shed.papers / "a.pdf", shed.papers / "c.txt")
    shutil.copy(shed.papers / "a.pdf", shed.papers / "d.txt")
    assert shed.statuses() == {
        "a.pdf": "failed",
        "b.pdf": "failed",
        "c.txt": "added",
        "d.txt": "duplicate of c.txt",
    }


def test_a_changed_file_that_cannot_be_read_keeps_its_document(shed: Shed) -> None:
    """The old paper is better than none."""
    path = shed.write("a.txt")
    shed.ingest()
    path.write_bytes(b"")
    assert shed.statuses() == {"a.txt": "failed"}
    with Library.open(shed.library, encoder=shed.encoder) as library:
        assert "number was 7" in library.source_text("a.txt")


def test_a_fault_of_the_program_is_one_files_misfortune(
    shed: Shed, misread: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    """It is logged with its traceback, and told as what it is."""
    shed.write("a.txt")
    shed.write("b.txt", number=8)
    misread("stumble")
    with caplog.at_level(logging.ERROR):
        bad, good = shed.ingest().results
    assert good.status is FileStatus.ADDED
    assert bad.fault is SourceFault.PROGRAM_FAULT
    assert "fault in this program" in str(bad.reason)
    assert "RecursionError" in str(bad.reason)
    assert "misreading.py" in caplog.text


def test_text_that_no_file_can_hold_is_one_files_misfortune(shed: Shed, misread: Callable[..., None]) -> None:
    """Half of a surrogate pair, as damaged PDFs give; SQLite would refuse it with all the other documents."""
    shed.write("a.txt")
    shed.write("b.txt", number=8)
    misread("spoil")
    bad, good = shed.ingest().results
    assert (bad.status, good.status) == (FileStatus.FAILED, FileStatus.ADDED)


def test_a_file_that_changes_under_the_reader_fails(shed: Shed, misread: Callable[..., None]) -> None:
    """What is stored must be what was recognised."""
    path = shed.write("a.txt")
    misread("rewrite")
    [result] = shed.ingest(path).results
    assert result.fault is SourceFault.CHANGED
    assert "changed while" in str(result.reason)


def test_nothing_but_failures_builds_nothing(shed: Shed) -> None:
    """Not even an empty folder is left."""
    [result] = shed.ingest(shed.papers / "nowhere.txt").results
    assert result.status is FileStatus.FAILED
    assert not shed.library.exists()
    assert shed.ingest().results == ()
    assert not shed.library.exists()


def test_an_unbuilt_library_says_how_to_build_it(tmp_path: Path) -> None:
    """No folder, and an empty folder."""
    for folder in (tmp_path / "my library", tmp_path):
        with pytest.raises(LibraryMissingError) as caught:
            Library.open(folder)
        assert f"There is no library at {folder}." in caught.value.message
        assert "kb ingest PATH --library" in caught.value.next_step


def test_a_folder_of_other_things_is_left_alone(shed: Shed) -> None:
    """A mistyped --library must not mix a library into someone's papers."""
    path = shed.write("a.txt")
    with pytest.raises(LibraryError, match="holds other things"):
        ingest([path], shed.papers, encoder=shed.encoder)
    with pytest.raises(LibraryError, match="cannot be written"):
        ingest([path], path, encoder=shed.encoder)
    assert list(shed.papers.iterdir()) == [path]


def test_another_model_is_refused_and_can_be_adopted(shed: Shed) -> None:
    """Opening names the command; ingesting with the other model embeds everything anew."""
    shed.write("a.txt")
    first = shed.ingest()
    other = HashingEncoder(16)
    with pytest.raises(LibraryFormatError, match="built with the embedding model hashing") as caught:
        Library.open(shed.library, encoder=other)
    assert "kb ingest PATH" in caught.value.next_step
    report = ingest([shed.papers], shed.library, encoder=other)
    assert report.embedded == first.embedded
    assert [result.status for result in report.results] == [FileStatus.UNCHANGED]
    with Library.open(shed.library, encoder=other) as library:
        assert library.search("number")
        assert library.manifest.encoder.dimension == 16


def test_another_format_is_refused(shed: Shed) -> None:
    """An older one is built again; a later one is left alone."""
    shed.write("a.txt")
    shed.ingest()
    pointer = shed.library / "manifest.json"
    value = json.loads(pointer.read_text())
    pointer.write_text(json.dumps({**value, "format": FORMAT_VERSION + 1}))
    with pytest.raises(LibraryFormatError, match="Update this program"):
        Library.open(shed.library)
    with pytest.raises(LibraryFormatError, match="Update this program"):
        shed.ingest()
    pointer.write_text(json.dumps({**value, "format": 0}))
    with pytest.raises(LibraryFormatError, match="kb ingest PATH"):
        Library.open(shed.library)
    assert shed.statuses() == {"a.txt": "unchanged"}
    assert Library.open(shed.library).content_hash


DAMAGED = (
    "manifest.json",
    "generations/*/manifest.json",
    "generations/*/library.sqlite",
    "generations/*/embeddings.npy",
    "generations/*/embedding_keys.npy",
    "generations/*/index/vectors.faiss",
    "generations/*/index/engine.json",
)


@pytest.mark.parametrize("pattern", DAMAGED)
@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "other"])
def test_a_damaged_library_is_refused_and_mended(shed: Shed, pattern: str, damage: str) -> None:
    """Opening names the command; running it brings every document back, also those whose files are gone."""
    shed.write("gone.txt", number=1)
    shed.write("2023/gone.txt", number=2)
    shed.ingest()
    shutil.rmtree(shed.papers)
    shed.papers.mkdir()
    shed.write("new.txt", number=3)
    [path] = shed.library.glob(pattern)
    data = path.read_bytes()
    path.unlink()
    if damage != "missing":
        path.write_bytes({"empty": b"", "cut": data[: len(data) // 2], "other": b"\xff" * len(data)}[damage])
    is_noticed = not (
        pattern.endswith(".npy") and damage == "other"
    )  # opening reads no vectors but the index's
    if is_noticed:
        with pytest.raises((LibraryFormatError, LibraryMissingError), match="kb ingest PATH"):
            Library.open(shed.library, encoder=shed.encoder)
    assert shed.statuses() == {"new.txt": "added"}
    with Library.open(shed.library, encoder=shed.encoder) as library:
        documents = library.documents()
        assert "number was 2" in "".join(library.source_text(summary.document) for summary in documents)
        assert len(documents) == 3
        if pattern != "generations/*/manifest.json":  # the names stand nowhere else that is checked
            assert [summary.document for summary in documents] == ["2023/gone.txt", "gone.txt", "new.txt"]
        assert library.search("number")


def test_bytes_alone_get_their_names_from_the_files(shed: Shed) -> None:
    """When nothing but originals is left, papers that are named again are called what they were."""
    shed.write("a.txt", number=1)
    shed.write("b.txt", number=2)
    shed.ingest()
    (shed.papers / "b.txt").unlink()
    (shed.library / "manifest.json").write_text("{")
    shutil.rmtree(shed.library / "generations")
    assert shed.statuses() == {"a.txt": "added"}
    with Library.open(shed.library, encoder=shed.encoder) as library:
        names = [summary.document for summary in library.documents()]
    assert len(names) == 2
    assert "a.txt" in names


@pytest.mark.parametrize("constant", ["STRUCTURE_VERSION", "PASSAGES_VERSION"])
def test_new_stages_read_everything_again(shed: Shed, monkeypatch: pytest.MonkeyPatch, constant: str) -> None:
    """From the originals, since the files may be gone; equal passages keep their vectors."""
    shed.write("a.txt")
    before = shed.ingest()
    (shed.papers / "a.txt").unlink()
    monkeypatch.setattr(f"kb.ingest.settings.{constant}", 99)
    report = shed.ingest()
    assert (report.results, report.passages, report.embedded) == ((), before.passages, 0)
    with Library.open(shed.library, encoder=shed.encoder) as library:
        assert 99 in library.manifest.versions.values()
    generation = shed.generations()
    shed.ingest()
    assert shed.generations() == generation


def test_a_document_that_cannot_be_read_again_stays(shed: Shed, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it was; the failure is told, and tried again with every run."""
    shed.write("a.txt")
    shed.ingest()
    shutil.rmtree(shed.library / "originals")
    (shed.papers / "a.txt").unlink()
    monkeypatch.setattr("kb.ingest.settings.STRUCTURE_VERSION", 99)
    for _ in range(2):
        [result] = shed.ingest().results
        assert (result.status, result.document) == (FileStatus.FAILED, "a.txt")
        with Library.open(shed.library, encoder=shed.encoder) as library:
            assert "number was 7" in library.source_text("a.txt")


def test_a_lost_original_is_kept_again(shed: Shed) -> None:
    """As soon as its file is seen."""
    shed.write("a.txt")
    shed.ingest()
    shutil.rmtree(shed.library / "originals")
    assert shed.statuses() == {"a.txt": "unchanged"}
    with Library.open(shed.library, encoder=shed.encoder) as library:
        assert library.original_path("a.txt").is_file()


def test_other_settings_cut_again(shed: Shed) -> None:
    """And are remembered."""
    shed.write("a.txt")
    shed.ingest()
    settings = IngestSettings(passages=PassageSettings(max_words=10))
    report = ingest([shed.papers], shed.library, encoder=shed.encoder, settings=settings)
    assert report.embedded > 0
    with Library.open(shed.library, encoder=shed.encoder) as library:
        passages = library.manifest.settings["passages"]
        assert isinstance(passages, dict)
        assert passages["max_words"] == 10


def test_a_document_of_which_nothing_is_left_is_given_up(shed: Shed) -> None:
    """Neither its rows nor its original can be read: that is told, and the others are saved."""
    shed.write("a.txt", number=1)
    shed.write("b.txt", number=2)
    shed.ingest()
    (shed.papers / "a.txt").unlink()
    shutil.rmtree(shed.library / "originals")
    [database] = shed.library.glob("generations/*/library.sqlite")
    database.write_bytes(b"")
    unchanged, lost = shed.ingest().results
    assert (unchanged.status, unchanged.document) == (FileStatus.UNCHANGED, "b.txt")
    assert (lost.status, lost.document) == (FileStatus.FAILED, "a.txt")
    with Library.open(shed.library, encoder=shed.encoder) as library:
        assert [summary.document for summary in library.documents()] == ["b.txt"]


def test_a_paper_without_passages_is_kept_and_told(shed: Shed, misread: Callable[..., None]) -> None:
    """It can be looked at, though not found."""
    shed.write("a.txt")
    misread("split_nothing")
    [result] = shed.ingest().results
    assert (result.status, result.passages) == (FileStatus.ADDED, 0)
    assert result.issues[-1] == reading.NO_PASSAGES
    with Library.open(shed.library, encoder=shed.encoder) as library:
        assert library.search("number") == ()
        assert library.source_text("a.txt")


def test_the_default_encoder_is_that_of_the_library(shed: Shed, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new library gets the program's own."""
    asked: list[str | None] = []

    def find(name: str | None) -> HashingEncoder:
        asked.append(name)
        return HashingEncoder()

    monkeypatch.setattr("kb.ingest.make_encoder", find)
    path = shed.write("a.txt")
    for _ in range(2):
        ingest([path], shed.library)
    assert asked == [None, "hashing"]


def test_originals_that_cannot_be_written(shed: Shed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Are no fault of the file's: the run stops, and the library is as it was."""
    from kb.store import LibraryFolder

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    shed.write("a.txt")
    monkeypatch.setattr(LibraryFolder, "store_original", refuse)
    with pytest.raises(LibraryError, match="No space left"):
        shed.ingest()
