"""The manifest of a generation, and the pointer to it."""

from __future__ import annotations

import json
from importlib import metadata
from pathlib import Path

import pytest

from kb.errors import LibraryFormatError
from kb.store import DocumentEntry, EncoderInfo, LibraryFolder, Manifest
from kb.store.generation import open_current
from kb.store.manifest import content_hash, encode_manifest, installed_versions, read_manifest
from tests.unit.store.samples import NOW, sha256

ENTRY = DocumentEntry(
    name="2023/a.txt", sha256=sha256("a"), suffix=".txt", origin="../a.txt", recipe="r", passages=3
)
MANIFEST = Manifest(
    created=NOW,
    encoder=EncoderInfo(name="hashing", fingerprint="f" * 64, dimension=32),
    settings={"bm25": {"k1": 1.5, "fields": ["text"]}},
    versions={"structure": 1},
    libraries={"numpy": "2.0"},
    content_hash="c" * 64,
    documents=(ENTRY,),
    files={"library.sqlite": (10, sha256("b"))},
)


def test_a_manifest_comes_back(tmp_path: Path) -> None:
    """Every field."""
    path = tmp_path / "manifest.json"
    path.write_text(encode_manifest(MANIFEST))
    assert read_manifest(path, library=tmp_path) == MANIFEST
    assert MANIFEST.passages == 3


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1}', '{"format": "1"}', "null", "\udcff"])
def test_other_files_are_refused(tmp_path: Path, text: str) -> None:
    """Naming the command that mends the library."""
    path = tmp_path / "manifest.json"
    path.write_text(text, errors="surrogateescape")
    with pytest.raises(LibraryFormatError, match="kb ingest PATH"):
        read_manifest(path, library=tmp_path)


@pytest.mark.parametrize("name", [None, "", "..", "../elsewhere", "/etc", 3])
def test_a_pointer_points_inside(tmp_path: Path, name: object) -> None:
    """A generation is a folder of the library's."""
    (tmp_path / "manifest.json").write_text(json.dumps({"format": 1, "generation": name}))
    with pytest.raises(LibraryFormatError):
        open_current(LibraryFolder(tmp_path))


def test_the_content_hash_covers_what_decides() -> None:
    """And nothing else: neither order nor the machine."""
    given = {"settings": {"a": 1, "b": 2}, "versions": {"c": 1}, "fingerprint": "f"}
    first = content_hash(["1", "2"], **given)  # type: ignore[arg-type]
    assert first == content_hash(["2", "1"], **{**given, "settings": {"b": 2, "a": 1}})  # type: ignore[arg-type]
    others = [
        content_hash(["1"], **given),  # type: ignore[arg-type]
        content_hash(["1", "2"], **{**given, "settings": {"a": 1}}),  # type: ignore[arg-type]
        content_hash(["1", "2"], **{**given, "versions": {"c": 2}}),  # type: ignore[arg-type]
        content_hash(["1", "2"], **{**given, "fingerprint": "g"}),  # type: ignore[arg-type]
    ]
    assert len({first, *others}) == 5


def test_installed_versions_are_those_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not installed is left out."""
    assert installed_versions()["numpy"] == metadata.version("numpy")
    monkeypatch.setattr("kb.store.manifest.LIBRARIES", ("numpy", "no-such-package"))
    assert set(installed_versions()) == {"numpy"}


def test_a_lock_file_that_vanishes_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its holder may remove it between our opening and our locking it."""
    import fcntl

    real = fcntl.flock
    vanished: list[int] = []

    def lock(descriptor: int, operation: int) -> None:
        if not vanished:
            vanished.append(descriptor)
            (tmp_path / "lock").unlink()
        real(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", lock)
    with LibraryFolder(tmp_path).writing():
        assert (tmp_path / "lock").read_text().startswith("process ")


def test_half_written_files_are_removed(tmp_path: Path) -> None:
    """By the run after the one that left them."""
    folder = LibraryFolder(tmp_path)
    for path in (
        folder.originals / "a.txt.part",
        folder.generations / "old" / "x",
        tmp_path / "manifest.json.part",
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (folder.originals / "b.txt").touch()
    folder.clean(keep=folder.generations / "new", originals={"b.txt"})
    assert [path.name for path in sorted(tmp_path.rglob("*"))] == ["generations", "originals", "b.txt"]
