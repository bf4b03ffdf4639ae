"""From paths to files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kb.ingest import FileStatus
from kb.ingest.files import FoundFile, find_files
from tests.unit.ingest.conftest import Shed


def found(shed: Shed, *paths: Path) -> list[str]:
    """The files found, by their relative paths; failures by name and a mark."""
    results = find_files(paths or (shed.papers,), library=shed.library)
    return [each.relative if isinstance(each, FoundFile) else f"failed {each.path.name}" for each in results]


def test_folders_are_walked_in_order(shed: Shed) -> None:
    """A folder's own files come before those of its folders."""
    for name in ("b.txt", "a/z.md", "a/b/c.txt", "c/a.PDF", "a.txt"):
        shed.write(name)
    assert found(shed) == ["a.txt", "b.txt", "a/z.md", "a/b/c.txt", "c/a.PDF"]


def test_hidden_and_other_files_are_passed_over(shed: Shed) -> None:
    """Silently: folders hold all kinds of things."""
    for name in (".hidden.txt", ".folder/a.txt", "sheet.xlsx", "noending", "a.txt"):
        shed.write(name)
    assert found(shed) == ["a.txt"]


def test_what_is_named_is_not_passed_over(shed: Shed) -> None:
    """Another kind of file fails; a hidden paper is read."""
    assert found(shed, shed.write("sheet.xlsx"), shed.write(".hidden.txt")) == [
        "failed sheet.xlsx",
        ".hidden.txt",
    ]


def test_a_file_named_twice_is_read_once(shed: Shed) -> None:
    """By itself and by its folder, in whatever spelling."""
    path = shed.write("a.txt")
    assert found(shed, path, shed.papers, shed.papers / "x" / ".." / "a.txt") == ["a.txt"]


def test_links_in_circles_end(shed: Shed) -> None:
    """Links are followed, each folder once."""
    shed.write("a/a.txt")
    (shed.papers / "a" / "loop").symlink_to(shed.papers, target_is_directory=True)
    (shed.papers / "self").symlink_to(shed.papers / "self")
    (shed.papers / "b").symlink_to(shed.papers / "a", target_is_directory=True)
    assert found(shed) == ["a/a.txt"]


def test_a_broken_link_is_told(shed: Shed) -> None:
    """It was meant to be a paper."""
    (shed.papers / "gone.txt").symlink_to(shed.papers / "nowhere.txt")
    assert found(shed) == ["failed gone.txt"]


def test_libraries_are_no_papers(shed: Shed) -> None:
    """Neither this one, wherever it stands, nor another."""
    shed.write("a.txt")
    shed.ingest()
    other = shed.papers / "other library"
    shed.library.rename(other)
    shed.library = shed.papers / "library"
    shed.ingest()
    assert (shed.library / "originals").is_dir()
    assert (other / "originals").is_dir()
    assert found(shed) == ["a.txt"]
    assert found(shed, shed.library) == []


def test_a_path_that_does_not_exist_fails(shed: Shed) -> None:
    """With its name and what to do."""
    [result] = find_files([shed.papers / "nowhere.txt"], library=shed.library)
    assert not isinstance(result, FoundFile)
    assert result.status is FileStatus.FAILED
    assert "nowhere.txt" in str(result.reason)
    assert result.next_step


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_not_waited_for(shed: Shed) -> None:
    """Reading it would never end."""
    os.mkfifo(shed.papers / "pipe.txt")
    assert found(shed) == []
    assert found(shed, shed.papers / "pipe.txt") == ["failed pipe.txt"]


def test_impossible_paths_fail(shed: Shed) -> None:
    """A NUL, a name too long."""
    assert len(found(shed, Path("a\0b.txt"), Path("x" * 5000 + ".txt"))) == 2


def test_unreadable_files_and_folders_fail(shed: Shed, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest is read; simulated, since a superuser may read anything."""
    shed.write("a.txt")
    shed.write("b.txt", number=2)
    shed.write("closed/c.txt", number=3)
    read, scan = Path.open, os.scandir

    def refuse_file(path: Path, *args: object, **options: object) -> object:
        if path.name in {"a.txt", "closed"}:
            raise PermissionError(13, "Permission denied", str(path))
        return read(path, *args, **options)  # type: ignore[call-overload]

    def refuse_folder(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(Path, "open", refuse_file)
    monkeypatch.setattr(os, "scandir", refuse_folder)
    results = find_files([shed.papers], library=shed.library)
    monkeypatch.undo()
    assert [each.path.name for each in results] == ["a.txt", "b.txt", "closed"]
    assert isinstance(results[1], FoundFile)
    for each in (results[0], results[2]):
        assert not isinstance(each, FoundFile)
        assert "may not be read" in str(each.reason)


@pytest.mark.skipif(os.geteuid() == 0, reason="a superuser may read anything")
def test_permissions_really_refused(shed: Shed) -> None:
    """As the simulated case, with the real thing."""
    path = shed.write("a.txt")
    path.chmod(0)
    [result] = find_files([path], library=shed.library)
    assert not isinstance(result, FoundFile)
    assert "may not be read" in str(result.reason)


def test_names_that_are_no_unicode_are_kept_readable(shed: Shed) -> None:
    """Old disks hold names in Latin-1."""
    path = os.fsencode(shed.papers) + b"/proc\xe8s.txt"
    with open(path, "w") as file:  # noqa: PTH123 - the name is bytes
        file.write("1. ITEM\n\nSome words about roads.\n")
    [result] = shed.ingest().results
    assert result.status is FileStatus.ADDED
    assert result.document == "proc�s.txt"
    [again] = shed.ingest().results
    assert again.status is FileStatus.UNCHANGED
