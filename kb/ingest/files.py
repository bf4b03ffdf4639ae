"""From the paths a user names to the files to be read.

Folders are walked in sorted order, a folder's own files before those of its folders; hidden files, other kinds of
file and libraries are passed over there, silently. What is named itself, or cannot be looked at, gets a result.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.errors import SourceError, SourceFault
from kb.ingest.report import FileResult, FileStatus
from kb.sources import SUFFIXES
from kb.store.manifest import MANIFEST_NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """A file to be read; ``relative`` is its path within what the user named, with ``/``."""

    path: Path
    relative: str
    sha256: str

    @property
    def suffix(self) -> str:
        """Its suffix in lower case, with the dot."""
        return self.path.suffix.lower()


def find_files(paths: Sequence[Path], *, library: Path) -> list[FoundFile | FileResult]:
    """Find the files that paths stand for, each once, and hash them.

    Args:
        paths: Files and folders.
        library: The library folder, which is never searched.

    Returns:
        Files and failures, in order.
    """
    found: dict[Path, FoundFile | FileResult] = {}
    for path in paths:
        for file, relative in _named(path, library):
            found.setdefault(absolute(file), _looked_at(file, relative))
    return list(found.values())


def absolute(path: Path) -> Path:
    """Return a path from the root, by its words alone: links are not followed, so a link keeps its own place."""
    return Path(os.path.normpath(path.absolute()))


def sha256_of(path: Path) -> str:
    """Return the SHA-256, in hex, of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def display_name(path: str) -> str:
    """Return a path as text that can be stored: bytes that are no UTF-8 are replaced."""
    return os.fsencode(path).decode("utf-8", "replace")


def _named(path: Path, library: Path) -> Iterator[tuple[Path, str]]:
    """Give the files of a path with their relative paths."""
    try:
        is_folder = path.is_dir()
    except (OSError, ValueError):
        is_folder = False  # looking at it again will say why
    if is_folder:
        yield from _walk(path, library)
    else:
        yield path, path.name


def _walk(root: Path, library: Path) -> Iterator[tuple[Path, str]]:
    failures: list[OSError] = []
    seen: set[tuple[int, int]] = set()
    for folder, subfolders, names in os.walk(root, followlinks=True, onerror=failures.append):
        status = Path(folder).stat()
        if (status.st_dev, status.st_ino) in seen or _is_library(Path(folder), library):
            subfolders.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            if name.startswith(".") or path.suffix.lower() not in SUFFIXES:
                continue
            if path.is_file() or path.is_symlink():
                yield path, path.relative_to(root).as_posix()
    for failure in failures:
        path = Path(os.fsdecode(failure.filename))
        yield path, path.name


def _is_library(folder: Path, library: Path) -> bool:
    if library.exists() and folder.samefile(library):
        return True
    return (folder / MANIFEST_NAME).is_file() and (folder / "generations").is_dir()


def _looked_at(path: Path, relative: str) -> FoundFile | FileResult:
    """Hash a file, or say why that cannot be done."""
    shown = display_name(str(path))
    try:
        return _hashed(path, relative)
    except SourceError as error:
        reason, next_step, fault = error.message, error.next_step, error.fault
    except FileNotFoundError:
        fault = SourceFault.MISSING
        reason, next_step = f"There is no file or folder {shown}.", "Check the path."
        if path.is_symlink():
            reason, next_step = f"{shown} is a link to nothing.", "Mend the link, or name the file itself."
    except PermissionError:
        fault = SourceFault.NOT_READABLE
        reason, next_step = f"{shown} may not be read.", "Give your user permission to read it."
    except (OSError, ValueError) as error:
        fault = SourceFault.NOT_READABLE
        reason, next_step = (
            f"{shown} cannot be read ({error}).",
            "Check the path and the disk, then try again.",
        )
    return FileResult(path=path, status=FileStatus.FAILED, fault=fault, reason=reason, next_step=next_step)


def _hashed(path: Path, relative: str) -> FoundFile:
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):  # reading a pipe might never end
        raise SourceError(
            f"{path.name} is no ordinary file.",
            next_step="Save it as a file and add that.",
            fault=SourceFault.UNSUPPORTED,
        )
    if stat.S_ISREG(mode) and path.suffix.lower() not in SUFFIXES:
        kinds = ", ".join(sorted(SUFFIXES))
        raise SourceError(
            f"{path.name} is of a kind that cannot be read.",
            next_step=f"Save it as one of {kinds} and add that.",
            fault=SourceFault.UNSUPPORTED,
        )
    return FoundFile(path=path, relative=display_name(relative), sha256=sha256_of(path))
