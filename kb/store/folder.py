"""The library folder: where things stand in it, one writer at a time, and the swap from one generation to the next.

Layout::

    manifest.json               names the current generation; replaced by renaming, so it is always whole
    generations/<name>/         library.sqlite, places.sqlite, embeddings, index/, manifest.json; never changed
                                once named above
    originals/<sha256><suffix>  the papers as they were read
    lock                        held by the one who writes

Whatever else stands in ``generations`` was left by a run that stopped half-way, and is removed by the next.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import hashlib
import json
import logging
import os
import shutil
import socket
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kb.errors import LibraryError, LibraryMissingError
from kb.store.manifest import (
    FORMAT_VERSION,
    MANIFEST_NAME,
    Manifest,
    check_format,
    damaged,
    encode_manifest,
    read_json,
    read_manifest,
)
from kb.store.refused import REFUSED_NAME, RefusedFile, decode_refused, encode_refused
from kb.store.steps import build_step

logger = logging.getLogger(__name__)

_PART: Final = ".part"
"""Ending of files not yet whole."""


@dataclass(frozen=True, slots=True)
class LibraryFolder:
    """The paths of one library."""

    path: Path

    @property
    def manifest(self) -> Path:
        """The file that names the current generation."""
        return self.path / MANIFEST_NAME

    @property
    def generations(self) -> Path:
        """The folder of generations."""
        return self.path / "generations"

    @property
    def originals(self) -> Path:
        """The folder of the papers as they were read."""
        return self.path / "originals"

    def original(self, sha256: str, suffix: str) -> Path:
        """Where the copy of a paper stands."""
        return self.originals / f"{sha256}{suffix}"

    def current(self) -> Path:
        """Return the folder of the current generation.

        Raises:
            LibraryMissingError: If there is no library.
            LibraryFormatError: If its manifest is damaged or of another format.
        """
        if not self.manifest.exists():
            raise LibraryMissingError(f"There is no library at {self.path}.", next_step=build_step(self.path))
        value = read_json(self.manifest, library=self.path)
        check_format(value, library=self.path)
        name = value.get("generation")
        if not isinstance(name, str) or not name or Path(name).name != name:
            raise damaged(self.path, f"{MANIFEST_NAME} names no generation")
        return self.generations / name

    def read_generation(self, generation: Path) -> Manifest:
        """Read a generation's manifest and compare its files with it, by size.

        Raises:
            LibraryFormatError: If the manifest is unreadable, or a file is missing or of another size.
        """
        manifest = read_manifest(generation / MANIFEST_NAME, library=self.path)
        for name, (size, _) in manifest.files.items():
            try:
                found = (generation / name).stat().st_size
            except OSError as error:
                raise damaged(self.path, f"{name} is missing") from error
            if found != size:
                raise damaged(self.path, f"{name} has {found} bytes where {size} were written")
        return manifest

    def intact_files(self, generation: Path, manifest: Manifest) -> frozenset[str]:
        """Return which of a generation's files still have the bytes that were written; reads them all."""
        return frozenset(
            name
            for name, (_, sha256) in manifest.files.items()
            if _sha256_or_none(generation / name) == sha256
        )

    def store_original(self, data: bytes, *, sha256: str, suffix: str) -> None:
        """Keep a copy of a paper; the file appears whole or not at all."""
        target = self.original(sha256, suffix)
        self.originals.mkdir(exist_ok=True)
        _write_durably(target, data)

    def refused(self) -> tuple[RefusedFile, ...]:
        """Return the files that were offered and could not be read, in the order of their places."""
        try:
            return decode_refused((self.path / REFUSED_NAME).read_bytes())
        except OSError:
            return ()

    def keep_refused(self, files: Collection[RefusedFile]) -> None:
        """Keep which files could not be read, in the place of those kept before."""
        ordered = sorted(files, key=lambda file: file.origin)
        if tuple(ordered) != self.refused():
            _write_durably(self.path / REFUSED_NAME, encode_refused(ordered))

    def swap_in(self, generation: Path) -> None:
        """Make a generation the current one, in one step."""
        pointer = {"format": FORMAT_VERSION, "generation": generation.name}
        _sync(self.generations)
        _write_durably(self.manifest, (json.dumps(pointer) + "\n").encode())

    def clean(self, *, keep: Path, originals: Collection[str]) -> None:
        """Remove every other generation, half-written files, and originals no longer wanted.

        Args:
            keep: The current generation.
            originals: Names of the originals to keep.
        """
        for folder in _entries(self.generations):
            if folder != keep:
                logger.info("removing an old or unfinished generation: %s", folder.name)
                shutil.rmtree(folder, ignore_errors=True)
        for path in _entries(self.originals):
            if path.name not in originals:
                path.unlink(missing_ok=True)
        for path in _entries(self.path):
            if path.name.endswith(_PART):
                path.unlink(missing_ok=True)

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the library's lock; a folder made for it is removed again if nothing was put in.

        Raises:
            LibraryError: If another run holds it, or the folder cannot be written or holds something else.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self._refuse_foreign_folder()
            lock = self._acquire()
        except OSError as error:
            raise LibraryError(
                f"The folder {self.path} cannot be written ({error.strerror or error}).",
                next_step="Choose another folder with --library, or mend its permissions.",
            ) from error
        try:
            yield
        finally:
            if {path.name for path in _entries(self.path)} == {"lock"}:
                (self.path / "lock").unlink()
                with contextlib.suppress(OSError):
                    self.path.rmdir()
            os.close(lock)

    def _refuse_foreign_folder(self) -> None:
        names = {path.name for path in _entries(self.path)}
        if names and not names & {"generations", "originals", "lock"}:
            raise LibraryError(
                f"The folder {self.path} holds other things and no library.",
                next_step="Choose an empty or a new folder with --library.",
            )

    def _acquire(self) -> int:
        path = self.path / "lock"
        while True:
            lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                holder = os.read(lock, 200).decode("utf-8", "replace").strip() or "another run"
                os.close(lock)
                raise LibraryError(
                    f"The library at {self.path} is being written by {holder}.",
                    next_step="Wait until it has ended, then try again.",
                ) from error
            if _is_same_file(lock, path):
                break
            os.close(lock)  # the holder removed the file between opening and locking
        now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
        os.ftruncate(lock, 0)
        os.write(lock, f"process {os.getpid()} on {socket.gethostname()}, since {now}".encode())
        return lock


def write_generation_manifest(generation: Path, manifest: Manifest) -> None:
    """Write a generation's own manifest; last of its files."""
    _write_durably(generation / MANIFEST_NAME, encode_manifest(manifest).encode())


def seal(generation: Path) -> dict[str, tuple[int, str]]:
    """Flush every file of a generation to the disk.

    Returns:
        The size in bytes and SHA-256 of each, by its path relative to the generation.
    """
    stamps = {}
    for path in sorted(generation.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            stamps[path.relative_to(generation).as_posix()] = (len(data), hashlib.sha256(data).hexdigest())
        _sync(path)
    _sync(generation)
    return stamps


def _sha256_or_none(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _entries(folder: Path) -> tuple[Path, ...]:
    try:
        return tuple(sorted(folder.iterdir()))
    except FileNotFoundError:
        return ()


def _is_same_file(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _write_durably(path: Path, data: bytes) -> None:
    part = path.with_name(path.name + _PART)
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
