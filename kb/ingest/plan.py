"""Which document a file is or becomes, decided by bytes first, by place second, by name last.

Nothing here reads a paper or writes a library; `Shelf` is what the library will hold when the run ends.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from kb.errors import UsageError
from kb.ingest.files import FoundFile, absolute, display_name, sha256_of
from kb.store import DocumentEntry


class Shelf:
    """The documents a library holds, as a run changes them.

    Args:
        entries: Those it held before.
        files: The files of this run.
        library: The library folder, from which origins are counted.
        replacing: The names of the documents that some files, by their paths, take the place of.
    """

    def __init__(
        self,
        entries: Iterable[DocumentEntry],
        files: Sequence[FoundFile],
        *,
        library: Path,
        replacing: Mapping[Path, str] | None = None,
    ) -> None:
        self._library = absolute(library)
        self._by_sha = {entry.sha256: entry for entry in entries}
        self._by_hash = {file.sha256: file for file in files}
        self._by_origin = {self.origin(file): file for file in files}
        self._originals = dict(self._by_sha)
        self._replacing = {path: self.named(name) for path, name in (replacing or {}).items()}

    def copy(self) -> Shelf:
        """Return one to try things on."""
        other = copy.copy(self)
        other._by_sha = dict(self._by_sha)  # noqa: SLF001 - of the same class
        return other

    @property
    def entries(self) -> Mapping[str, DocumentEntry]:
        """The documents by hash."""
        return self._by_sha

    @property
    def has_changed(self) -> bool:
        """Whether the documents are no longer those of before."""
        return self._by_sha != self._originals

    def origin(self, file: FoundFile) -> str:
        """Where a file stands, relative to the library folder: the same on any machine if both move together."""
        return self.origin_of(file.path)

    def origin_of(self, path: Path) -> str:
        """Where a path stands, counted so."""
        return display_name(Path(os.path.relpath(path, self._library)).as_posix())

    def file_of(self, entry: DocumentEntry) -> FoundFile | None:
        """Return a file of this run that has a document's bytes."""
        return self._by_hash.get(entry.sha256)

    def named(self, name: str) -> DocumentEntry:
        """Return the document of a name; raises `UsageError` if there is none."""
        for entry in self._by_sha.values():
            if entry.name == name:
                return entry
        raise UsageError(
            f"There is no paper {name!r} in this library.", next_step="List their names with: kb documents"
        )

    def put(self, entry: DocumentEntry, *, instead_of: DocumentEntry | None = None) -> None:
        """Take in a document, in the place of another one or of its own earlier entry."""
        if instead_of is not None:
            self._by_sha.pop(instead_of.sha256, None)
        self._by_sha[entry.sha256] = entry

    def remove(self, entry: DocumentEntry) -> None:
        """Give up a document."""
        self._by_sha.pop(entry.sha256, None)

    def keeper(self, files: Sequence[FoundFile]) -> FoundFile | None:
        """Return which of some files with the bytes of one document is that document; the others are copies of it.

        That is the file at the place it came from, or of its name. Failing these the first file was moved or renamed,
        unless the document still stands where it came from: then all are copies, and the answer is ``None``.
        """
        entry = self._by_sha[files[0].sha256]
        for file in files:
            if self.origin(file) == entry.origin:
                return file
        if self._is_at_origin(entry):
            by_name = [file for file in files if entry.name in (file.path.name, file.relative)]
            return by_name[0] if by_name else None
        self.put(replace(entry, origin=self.origin(files[0])))
        return files[0]

    def place(self, file: FoundFile) -> tuple[str, DocumentEntry | None]:
        """Find the name for a file with new bytes, and the document that it replaces, if any.

        A file replaces the document that came from the same place, or that has its name and is no longer where it was.
        Otherwise it gets the first name that is free: its own, its path, or more of its path.
        """
        if file.path in self._replacing:
            return self._replacing[file.path].name, self._replacing[file.path]
        origin = self.origin(file)
        for entry in self._by_sha.values():
            if entry.origin == origin and entry.sha256 not in self._by_hash:
                return entry.name, entry
        by_name = {entry.name: entry for entry in self._by_sha.values()}
        known = by_name.get(file.relative)
        if known is not None and not self._stands(known):
            return known.name, known
        for name in _names(file):
            known = by_name.get(name)
            if known is None:
                return name, None
            if not self._stands(known):
                return name, known
        return f"{file.path.stem}-{file.sha256[:16]}{file.path.suffix}", None

    def _stands(self, entry: DocumentEntry) -> bool:
        """Say whether a document's bytes are among this run's files, or still where they came from."""
        return entry.sha256 in self._by_hash or self._is_at_origin(entry)

    def _is_at_origin(self, entry: DocumentEntry) -> bool:
        if entry.origin in self._by_origin:
            return self._by_origin[entry.origin].sha256 == entry.sha256
        try:
            return sha256_of(absolute(self._library / entry.origin)) == entry.sha256
        except (OSError, ValueError):
            return False


def group_by_bytes(files: Iterable[FoundFile]) -> Mapping[str, list[FoundFile]]:
    """Put files with the same bytes together, in the order of their first."""
    groups: dict[str, list[FoundFile]] = {}
    for file in files:
        groups.setdefault(file.sha256, []).append(file)
    return groups


def _names(file: FoundFile) -> Iterator[str]:
    """Give the names a file may have, the shortest first: ``minutes.pdf``, ``2023/minutes.pdf``, ..."""
    yield display_name(file.path.name)
    yield file.relative
    parts = PurePosixPath(display_name(str(absolute(file.path)))).parts[1:]
    for count in range(2, len(parts) + 1):
        yield "/".join(parts[-count:])
