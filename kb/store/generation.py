"""One generation, open: its manifest, its documents and passages, its search engine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from index import Engine, IndexFormatError
from kb.errors import LibraryFormatError
from kb.store.contents import Contents
from kb.store.folder import LibraryFolder
from kb.store.manifest import Manifest, damaged
from kb.store.places import Places

INDEX_NAME: Final = "index"

_ATTEMPTS: Final = 3
"""A writer may remove the generation between reading its name and opening it; the name then has changed."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Generation:
    """What answering needs of a library; row for row, ``contents`` and ``engine`` have the same passages.

    ``folder`` holds what is read later; a writer may have removed it by then.
    """

    folder: Path
    manifest: Manifest
    contents: Contents
    places: Places
    engine: Engine

    def close(self) -> None:
        """Close the files."""
        self.contents.close()
        self.places.close()


def open_current(folder: LibraryFolder) -> Generation:
    """Open the current generation of a library.

    Raises:
        LibraryMissingError: If there is no library.
        LibraryFormatError: If it is damaged, or of another format.
    """
    for _ in range(_ATTEMPTS - 1):
        path = folder.current()
        try:
            return open_generation(folder, path)
        except LibraryFormatError:
            if folder.current() == path:
                raise
    return open_generation(folder, folder.current())


def open_generation(folder: LibraryFolder, path: Path) -> Generation:
    """Open one generation.

    Raises:
        LibraryFormatError: If it is damaged, or of another format.
    """
    manifest = folder.read_generation(path)
    try:
        engine = Engine.load(path / INDEX_NAME, vectors_from=manifest.encoder.fingerprint)
    except IndexFormatError as error:
        raise damaged(folder.path, error.message.rstrip(".")) from error
    contents = Contents.open(path, library=folder.path)
    try:
        places = Places.open(path, library=folder.path)
    except LibraryFormatError:
        contents.close()
        raise
    generation = Generation(folder=path, manifest=manifest, contents=contents, places=places, engine=engine)
    if contents.ids != tuple(engine.ids) or len(contents) != manifest.passages:
        generation.close()
        raise damaged(folder.path, "its index is of other passages")
    return generation
