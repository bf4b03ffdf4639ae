"""A run that stops at any moment leaves the library that was there, and the next run tidies up."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from kb.errors import LibraryError, LibraryMissingError, ModelError
from kb.ingest import building, ingest
from kb.library import Library
from kb.store import LibraryFolder
from tests.fakes import HashingEncoder
from tests.unit.ingest.conftest import Shed

STAGES = (
    "kb.ingest.readers.Readers.read",
    "kb.ingest.run.IngestRun._keep_original",
    "kb.ingest.building._embed",
    "kb.ingest.building.write_database",
    "kb.ingest.building.save_embeddings",
    "kb.ingest.building.Engine.build",
    "kb.ingest.building.Engine.save",
    "kb.ingest.building.seal",
    "kb.ingest.building.write_generation_manifest",
    "kb.ingest.building.check_generation",
    "kb.store.folder.LibraryFolder.swap_in",
)


class KilledError(BaseException):
    """Stands for the end of the process: nothing catches it, nothing is tidied up."""


def number_found(shed: Shed) -> str:
    """What the library answers."""
    with Library.open(shed.library, encoder=shed.encoder) as library:
        return library.search("which number was it")[0].passage.text


def stop(*_: object, **__: object) -> None:
    """Stop here."""
    raise KilledError


def stop_after(real: Callable[..., object]) -> Callable[..., object]:
    """Stop just after something was done."""

    def run(*args: object, **options: object) -> None:
        real(*args, **options)
        raise KilledError

    return run


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_at_any_stage(shed: Shed, monkeypatch: pytest.MonkeyPatch, stage: str, when: str) -> None:
    """The old library opens and answers; a next run finishes the work and leaves one generation."""
    shed.write("a.txt", number=7)
    shed.ingest()
    shed.write("a.txt", number=8)
    with monkeypatch.context() as patch:
        patch.setattr(building, "shutil", SimpleNamespace(rmtree=lambda *_, **__: None))
        owner, name = stage.rsplit(".", 1)
        if when == "before":
            patch.setattr(stage, stop)
        else:
            real = _resolve(owner).__dict__[name]
            real = real.__func__ if isinstance(real, classmethod) else real
            wrapped = stop_after(real)
            patch.setattr(stage, classmethod(wrapped) if name == "build" else wrapped)
        with pytest.raises(KilledError):
            shed.ingest()
    was_swapped = (stage, when) == (STAGES[-1], "after")
    assert ("8" if was_swapped else "7") in number_found(shed)
    report = shed.ingest()
    assert [result.status.value for result in report.results] == ["unchanged" if was_swapped else "updated"]
    assert "8" in number_found(shed)
    assert len(shed.generations()) == 1
    assert len(list((shed.library / "originals").iterdir())) == 1
    assert not list(shed.library.rglob("*.part"))


@pytest.mark.parametrize("stage", STAGES)
def test_killed_in_the_first_run(shed: Shed, monkeypatch: pytest.MonkeyPatch, stage: str) -> None:
    """There is no library yet, and opening says so; a next run builds it."""
    shed.write("a.txt", number=7)
    with monkeypatch.context() as patch:
        patch.setattr(building, "shutil", SimpleNamespace(rmtree=lambda *_, **__: None))
        patch.setattr(stage, stop)
        with pytest.raises(KilledError):
            shed.ingest()
    with pytest.raises(LibraryMissingError):
        Library.open(shed.library)
    shed.ingest()
    assert "7" in number_found(shed)
    assert len(shed.generations()) == 1
    with Library.open(shed.library, encoder=shed.encoder) as library:
        assert [summary.document for summary in library.documents()] == ["a.txt"]


@pytest.mark.parametrize("stage", STAGES[3:])
def test_a_full_disk(shed: Shed, monkeypatch: pytest.MonkeyPatch, stage: str) -> None:
    """The library is as it was, the unfinished generation is gone at once, and the error says both."""
    shed.write("a.txt", number=7)
    shed.ingest()
    shed.write("a.txt", number=8)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(stage, refuse)
        with pytest.raises(LibraryError, match="No space left") as caught:
            shed.ingest()
    assert "disk" in caught.value.next_step
    assert "7" in number_found(shed)
    assert len(shed.generations()) == 1


def test_a_generation_that_fails_its_check_is_not_used(shed: Shed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Here half of the passages are missing from the database."""
    shed.write("a.txt", number=7)
    shed.ingest()
    shed.write("a.txt", number=8)
    real = building.write_database

    def forget(path: Path, documents: list[object], *, relations: object) -> None:
        real(path, [])

    with monkeypatch.context() as patch:
        patch.setattr(building, "write_database", forget)
        with pytest.raises(LibraryError, match="as it was before"):
            shed.ingest()
    assert "7" in number_found(shed)


def test_a_failing_encoder(shed: Shed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is a `ModelError`; the library is as it was."""
    from index import EncoderError

    shed.write("a.txt", number=7)
    shed.ingest()
    shed.write("a.txt", number=8)

    def refuse(*_: object, **__: object) -> None:
        raise EncoderError("The model is broken.", next_step="Reinstall it.")

    with monkeypatch.context() as patch:
        patch.setattr(shed.encoder, "encode", refuse)
        with pytest.raises(ModelError, match="broken") as caught:
            shed.ingest()
    assert caught.value.next_step == "Reinstall it."
    assert "7" in number_found(shed)


def test_an_open_library_survives_its_successor(shed: Shed) -> None:
    """Whoever reads goes on reading what was opened."""
    shed.write("a.txt", number=7)
    shed.ingest()
    with Library.open(shed.library, encoder=shed.encoder) as library:
        shed.write("a.txt", number=8)
        shed.ingest()
        assert "number was 7" in library.source_text("a.txt")
        assert "7" in library.search("which number was it")[0].passage.text


def test_opening_while_a_writer_swaps(shed: Shed, monkeypatch: pytest.MonkeyPatch) -> None:
    """The generation named may be gone by the time it is opened; then the next one is."""
    shed.write("a.txt", number=7)
    shed.ingest()
    shed.write("a.txt", number=8)
    real = LibraryFolder.read_generation
    runs = [shed.ingest]

    def interfere(folder: LibraryFolder, generation: Path) -> object:
        if runs:
            runs.pop()()
        return real(folder, generation)

    monkeypatch.setattr(LibraryFolder, "read_generation", interfere)
    assert "8" in number_found(shed)


def test_two_writers_do_not_clash(shed: Shed) -> None:
    """The second is told who holds the library; readers are not kept out."""
    path = shed.write("a.txt")
    shed.ingest()
    with LibraryFolder(shed.library).writing():
        with pytest.raises(LibraryError, match=f"process {os.getpid()} on") as caught:
            ingest([path], shed.library, encoder=HashingEncoder())
        assert "Wait" in caught.value.next_step
        assert number_found(shed)
    assert shed.ingest().results


def test_a_killed_writer_leaves_no_lock(shed: Shed) -> None:
    """The lock ends with its process, however that ends."""
    shed.write("a.txt")
    shed.ingest()
    program = (
        "import os, sys; from pathlib import Path; from kb.store import LibraryFolder\n"
        "held = LibraryFolder(Path(sys.argv[1])).writing(); held.__enter__(); os._exit(9)"
    )
    ended = subprocess.run([sys.executable, "-c", program, str(shed.library)], check=False)
    assert ended.returncode == 9
    assert shed.ingest().results


def _resolve(dotted: str) -> object:
    """Return the module or class of a dotted name."""
    module, _, attribute = dotted.rpartition(".")
    return sys.modules.get(dotted) or getattr(_resolve(module), attribute)
