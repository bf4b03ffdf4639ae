"""One open library for all visitors, opened again when it has been rebuilt."""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kb.errors import KbError, LibraryFormatError, ModelError

if TYPE_CHECKING:
    from kb.library import Library

_MANIFEST: Final = "manifest.json"


class OpenLibrary:
    """The library at a folder, opened when first asked for and after each change of its manifest.

    The manifest is swapped in atomically, so its inode and time say whether there is a new generation. A library that
    was replaced stays open: another visitor's question may still be reading it, and it closes when the last has done.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._opening = threading.Lock()
        self._library: Library | None = None
        self._seen: tuple[int, int] | None = None

    def current(self) -> Library:
        """The library as it is now; while one visitor's request opens a new generation, others still get the last.

        Raises:
            LibraryError: If there is none, or it cannot be opened.
        """
        stamp = self._stamp()
        with self._lock:
            known, seen = self._library, self._seen
        if known is not None and (stamp == seen or not self._opening.acquire(blocking=False)):
            return known
        if known is None:
            self._opening.acquire()
        try:
            with self._lock:
                if self._library is not None and self._seen == stamp:
                    return self._library  # opened while this one waited
            found = self._open(known)
            with self._lock:
                self._library, self._seen = found, stamp
            return found
        finally:
            self._opening.release()

    def _open(self, known: Library | None) -> Library:
        """Open the library, with the model of the last generation where it is still the right one."""
        from kb.library import Library  # noqa: PLC0415 - brings the search engine

        if known is not None:
            with contextlib.suppress(LibraryFormatError, ModelError):
                return Library.open(self.folder, encoder=known.encoder)
        return Library.open(self.folder)

    def warm(self) -> None:
        """Load the model in the background, so that the first question need not wait for it."""

        def load() -> None:
            with contextlib.suppress(KbError):  # a question that meets the same error will say so
                self.current().search("warm", k=1)

        threading.Thread(target=load, name="warm", daemon=True).start()

    def _stamp(self) -> tuple[int, int] | None:
        try:
            found = (self.folder / _MANIFEST).stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns
