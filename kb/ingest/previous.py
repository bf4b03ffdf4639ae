"""What a run finds in the library folder: the last generation, or what can be saved of a damaged one.

A damaged library is not an error here but work to do: every document is read again from its original. Refused is only a
library of a later format, which this program must not touch.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from kb.errors import LibraryFormatError, LibraryMissingError
from kb.ids import document_id
from kb.store import DocumentEntry, LibraryFolder, Manifest
from kb.store.database import DATABASE_NAME, read_documents
from kb.store.embeddings import KEYS_NAME, VECTORS_NAME, Embeddings, load_embeddings
from kb.store.ledger import LEDGER_NAME, PlaceEntry, read_ledger
from kb.store.manifest import MANIFEST_NAME, NewerLibraryError, read_manifest
from kb.store.rows import DocumentRow

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """The library as it was.

    ``generation`` is the folder of what was found, ``manifest`` says what was built and ``intact`` which of its files
    are as they were written. All is whole if ``is_whole``; otherwise ``entries`` are the documents to save.
    """

    generation: Path | None = None
    manifest: Manifest | None = None
    entries: tuple[DocumentEntry, ...] = ()
    intact: frozenset[str] = frozenset()
    is_current: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether a generation is in use and nothing in it is damaged."""
        return self.is_current and self.manifest is not None and self.intact == set(self.manifest.files)

    def rows(self) -> dict[str, DocumentRow]:
        """Return the documents by hash; empty if their file is damaged."""
        if self.generation is None or DATABASE_NAME not in self.intact:
            return {}
        return {row.entry.sha256: row for row in read_documents(self.generation / DATABASE_NAME)}

    def ledger(self) -> dict[str, PlaceEntry]:
        """Return every id that was given; empty if their file is damaged."""
        if self.generation is None or LEDGER_NAME not in self.intact:
            return {}
        return read_ledger(self.generation / LEDGER_NAME)

    def embeddings(self) -> Embeddings:
        """Return the vectors by text; empty if their files are damaged."""
        if self.generation is None or not {KEYS_NAME, VECTORS_NAME} <= self.intact:
            return Embeddings()
        return load_embeddings(self.generation)


def find_previous(folder: LibraryFolder) -> Previous:
    """Look at the library.

    Raises:
        NewerLibraryError: If it is of a later format.
    """
    try:
        generation = folder.current()
        found = _read(folder, generation, is_current=True)
    except NewerLibraryError:
        raise
    except LibraryMissingError:
        return _latest_generation(folder)
    except LibraryFormatError as error:
        logger.warning("building again from the originals: %s", error.message)
        latest = _latest_generation(folder)
        return latest if latest.entries else Previous(entries=_entries_of_originals(folder))
    if not found.is_whole:
        logger.warning("building again, some files are damaged: %s", generation.name)
    return found


def _read(folder: LibraryFolder, generation: Path, *, is_current: bool) -> Previous:
    manifest = read_manifest(generation / MANIFEST_NAME, library=folder.path)
    return Previous(
        generation=generation,
        manifest=manifest,
        entries=manifest.documents,
        intact=folder.intact_files(generation, manifest),
        is_current=is_current,
    )


def _latest_generation(folder: LibraryFolder) -> Previous:
    """Take the latest generation that still says what it holds."""
    if folder.generations.is_dir():
        for generation in sorted(folder.generations.iterdir(), reverse=True):
            try:
                return _read(folder, generation, is_current=False)
            except LibraryFormatError:
                continue
    return Previous()


def _entries_of_originals(folder: LibraryFolder) -> tuple[DocumentEntry, ...]:
    """Make entries, without an origin, for originals of which nothing but the bytes is known."""
    if not folder.originals.is_dir():
        return ()
    entries = []
    for path in sorted(folder.originals.iterdir()):
        try:
            name = f"{document_id(path.stem)}{path.suffix}"
        except ValueError:
            continue  # something else, or not yet whole
        entries.append(
            DocumentEntry(name=name, sha256=path.stem, suffix=path.suffix, origin="", recipe="", passages=0)
        )
    return tuple(entries)
