"""Papers into the library: files in, a new generation out, and a word about every file.

Identity is content: what counts is the SHA-256 of a file's bytes. A file ends as added, updated, unchanged, duplicate
or failed, and one that fails stops no other. What is in the library stays in it, also if a later run breaks off; what
has not changed is neither read nor embedded again. Files are read in processes of
their own, with limits. Why it is built so: docs/decisions/0004-library-on-disk.md.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from index import Encoder
from kb.ingest.previous import find_previous
from kb.ingest.readers import Readers
from kb.ingest.report import FileResult, FileStatus, IngestReport, Progress
from kb.ingest.run import IngestRun
from kb.ingest.settings import IngestSettings, ReadingSettings
from kb.store import LibraryFolder
from kb.store.encoders import make_encoder

__all__ = [
    "FileResult",
    "FileStatus",
    "IngestReport",
    "IngestSettings",
    "Progress",
    "Readers",
    "ReadingSettings",
    "ingest",
]


def ingest(
    paths: Sequence[Path],
    library: Path,
    *,
    encoder: Encoder | None = None,
    settings: IngestSettings | None = None,
    readers: Readers | None = None,
    progress: Callable[[Progress], None] | None = None,
    replacing: Mapping[Path, str] | None = None,
    removing: Collection[str] = (),
) -> IngestReport:
    """Take files and folders into a library, which is made if there is none.

    Args:
        paths: Files, and folders to be searched. None at all mends or renews a library from its own originals.
        library: The library folder.
        encoder: The embedding model; by default the one the library was built with. Another one embeds everything anew.
        settings: How passages are cut and indexed; other ones than before read everything anew.
        readers: The processes to read in, if the caller keeps some; by default they live as long as this run.
        progress: Told of every step.
        replacing: For some of the files the names of the documents that they take the place of, wherever those came
            from. A file that cannot be read replaces nothing.
        removing: Names of documents to drop. Their places stay known as removed; their files are not touched, so that
            a later run over a folder that holds them takes them in again.

    Raises:
        UsageError: If there is no document of a name to be removed or replaced, or none would be left.
        LibraryError: If the library cannot be written, or another run is writing it.
        LibraryFormatError: If the library is of a later format.
        ModelError: If the embedding model cannot be loaded.
    """
    folder = LibraryFolder(library)
    with folder.writing():
        previous = find_previous(folder)
        if encoder is None:
            encoder = make_encoder(previous.manifest.encoder.name if previous.manifest is not None else None)
        chosen = settings or IngestSettings()
        with contextlib.nullcontext(readers) if readers else Readers(chosen.reading) as reading:
            return IngestRun(
                paths,
                folder=folder,
                previous=previous,
                encoder=encoder,
                settings=chosen,
                readers=reading,
                tell=progress or _say_nothing,
                replacing=replacing or {},
                removing=removing,
            ).run()


def _say_nothing(_: Progress) -> None:
    """Take no notice of progress."""
